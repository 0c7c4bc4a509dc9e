// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadjob.h"

#include "app/console/pages/function/test/testtarget.h"
#include "models/session.h"

#include <QCoroTask>

#include <QDateTime>
#include <QTimer>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto decisionsEvery = 3; // seconds
constexpr auto afterRun = 2s;      // the last answers make decisions too

} // namespace

LoadJob::LoadJob(models::Session &session, QString function, QObject *parent)
    : QObject(parent), m_session(&session), m_function(std::move(function))
{
    connect(&m_generator, &client::LoadGenerator::reported, this, &LoadJob::take);
    connect(&session.stats(), &models::LiveStats::updated, this, &LoadJob::noteReady);
}

qint64 LoadJob::offset() const
{
    return QDateTime::currentMSecsSinceEpoch() - m_startedAtMs;
}

const wire::Instance *LoadJob::instance(const std::string &id) const
{
    const auto found = m_instances.find(id);
    return found == m_instances.end() ? nullptr : &found->second;
}

int LoadJob::coldStarts() const
{
    return static_cast<int>(std::ranges::count_if(m_instances, [this](const auto &known) {
        const auto &readyAt = known.second.readyAt;
        return readyAt && readyAt->time_since_epoch().count() >= m_startedAtMs;
    }));
}

std::optional<wire::ScalingPolicy> LoadJob::policy() const
{
    if (!m_answering || !m_session) {
        return std::nullopt;
    }
    const auto *deployment =
        m_session->deployments().find(m_function.toStdString() + '/' + wire::toString(*m_answering));
    return deployment == nullptr ? std::nullopt : std::optional(deployment->scaling);
}

Result<void> LoadJob::start(const LoadRequest &request)
{
    if (isRunning()) {
        return failure("client/load-running",
                       tr("Load runs on %1 already. Stop it first.").arg(m_function).toStdString());
    }
    if (auto started = m_generator.start(request.plan); !started) {
        return started;
    }
    ++m_generation;
    m_request = request;
    m_startedAtMs = QDateTime::currentMSecsSinceEpoch();
    m_endedAtMs = 0;
    m_end = End::None;
    m_wasStopped = false;
    m_rate.clear();
    m_ready.clear();
    m_decisions.clear();
    m_instances.clear();
    m_answering = answeringGroup(*m_session, m_function, request.group);
    connect(&m_session->instances(), &models::CollectionBase::changed, this, &LoadJob::noteInstances,
            Qt::UniqueConnection);
    noteReady();
    Q_EMIT changed();
    return {};
}

void LoadJob::stop()
{
    if (isRunning()) {
        m_wasStopped = true;
        m_generator.stop();
    }
}

void LoadJob::take(const client::LoadReport &report)
{
    m_rate.append({report.elapsed.count(), report.sentPerSecond});
    noteInstances();
    if (report.isFinished) {
        m_endedAtMs = QDateTime::currentMSecsSinceEpoch();
        m_end = m_wasStopped ? End::Stopped : End::Done;
        askDecisions();
        QTimer::singleShot(afterRun, this, &LoadJob::askDecisions);
    } else if (m_rate.size() % decisionsEvery == 0) {
        askDecisions();
    }
    Q_EMIT changed();
    if (report.isFinished) {
        Q_EMIT finished();
    }
}

void LoadJob::noteReady()
{
    if (!isRunning() || !m_answering || !m_session) {
        return;
    }
    const auto *stats =
        m_session->stats().deployment(m_function.toStdString() + '/' + wire::toString(*m_answering));
    const auto rule = policy();
    if (stats == nullptr) {
        return;
    }
    const bool isRate = rule && rule->metric == wire::ScalingMetric::RequestsPerSecond;
    const LoadReady now{offset(), stats->ready,
                        isRate ? stats->ready * rule->threshold * rule->utilisation : 0};
    if (m_ready.isEmpty() || m_ready.last().ready != now.ready ||
        m_ready.last().capacityPerSecond != now.capacityPerSecond) {
        m_ready.append(now);
    }
}

/// Keeps what is told of those that answered: the platform forgets stopped instances, the result does not.
void LoadJob::noteInstances()
{
    if (!m_session) {
        return;
    }
    for (const auto &answered : report().instances) {
        if (const auto *known = m_session->instances().find(answered.id)) {
            m_instances.insert_or_assign(answered.id, *known);
        }
    }
}

void LoadJob::askDecisions()
{
    if (!m_answering || !m_session || m_startedAtMs == 0) {
        return;
    }
    client::DecisionQuery query;
    query.function = m_function.toStdString();
    query.group = m_answering;
    query.from = wire::Time(std::chrono::milliseconds(m_startedAtMs));
    if (m_endedAtMs != 0) {
        query.to = wire::Time(std::chrono::milliseconds(m_endedAtMs));
    }
    QCoro::connect(m_session->client().decisions(query), this,
                   [this, generation = m_generation](Result<client::Page<wire::Decision>> &&answer) {
                       if (answer && generation == m_generation) { // else the marks of before stay
                           m_decisions = std::move(answer->items);
                           std::ranges::reverse(m_decisions);
                           Q_EMIT changed();
                       }
                   });
}

} // namespace nest::console
