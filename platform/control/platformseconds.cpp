// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Platform does each second, and what it does when an instance changes.
#include "platform/control/platform.h"

#include "api/wire/codec.h"
#include "platform/gateway/walltime.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace nest::control {

namespace {

constexpr std::int64_t openChunksInterval = 10; // seconds

wire::Time systemNow()
{
    return std::chrono::floor<std::chrono::milliseconds>(gateway::wallTime());
}

} // namespace

void Platform::onSecond(const gateway::SecondBatch &batch)
{
    m_metrics.add(batch);
    m_fleet.noteSecond(batch);
    m_deploymentsApi.noteSecond(batch);
    const auto now = systemNow();
    m_stats.recordUsage(batch.second, now);
    m_autoscaler.onSecond(batch.second);
    // Figures and states are changes too, many a second: these alone say what is deployed.
    const auto deployed = std::max(m_hub.lastIdOf("deployments"), m_hub.lastIdOf("functions"));
    if (!m_isStopping && std::exchange(m_pooledChange, deployed) != deployed) {
        m_poolsApi.apply();
    }
    if (!m_isStopping) {
        m_poolsApi.tick();
    }
    if (m_hub.streams() > 0) {
        m_hub.publishStats(m_stats.stats(batch, now));
    }
    auto chunks = m_metrics.takeClosedChunks(batch.second);
    if (batch.second % openChunksInterval == 0 && !m_isStopping) {
        // A crash then costs the charts some seconds, not the ten minutes of a chunk.
        std::ranges::move(m_metrics.openChunks(), std::back_inserter(chunks));
    }
    saveSeries(std::move(chunks));
    const bool hasTraffic = std::ranges::any_of(batch.revisions, [](const auto &revision) {
        return revision.arrivals > 0 || revision.inFlight > 0 || revision.queued > 0;
    });
    bool isReserved = false;
    for (const auto &[name, function] : m_catalogue.functions) {
        for (const auto &[group, deployment] : function.deployments) {
            isReserved = isReserved || deployment.document.scaling.reserved > 0 ||
                         (deployment.document.scaling.reservations &&
                          !deployment.document.scaling.reservations->empty());
        }
    }
    const auto steadyNow = std::chrono::steady_clock::now();
    if (hasTraffic || isReserved || m_hub.streams() > 0 || !m_invokeApi.isIdle()) {
        m_lastActivity = steadyNow;
    }
    if (m_config.exitWhenIdle && steadyNow - m_lastActivity > *m_config.exitWhenIdle && !m_isStopping) {
        m_stopReason = QStringLiteral("nobody has used it for a while");
        stop(std::chrono::seconds(1));
    }
}

void Platform::saveSeries(std::vector<metrics::Metrics::Chunk> chunks)
{
    if (chunks.empty()) {
        return;
    }
    QCoro::connect(m_persistence.saveSeries(std::move(chunks)), this, [](const Result<> &saved) {
        if (!saved) {
            spdlog::warn("metrics: {}", saved.error().detail);
        }
    });
}

void Platform::connectInstances()
{
    const auto changed = [this](const wire::Instance &instance) {
        m_outbox.add(PendingChange{"instances", instance.id, wire::write(instance)});
        if (instances::isEnded(instance.state)) {
            m_stats.forget(instance.id);
        }
    };
    const auto forgotten = [this](const std::string &id) {
        m_outbox.add(PendingChange{"instances", id, ""});
    };
    connect(&m_fleet, &instances::Fleet::instanceChanged, this, changed);
    connect(&m_fleet, &instances::Fleet::instanceForgotten, this, forgotten);
    connect(&m_trials, &trials::Trials::instanceChanged, this, changed);
    connect(&m_trials, &trials::Trials::instanceForgotten, this, forgotten);
    m_invokeLimit.setSingleShot(true);
    connect(&m_invokeLimit, &QTimer::timeout, &m_invokeApi, &InvokeApi::abortAll);
}

} // namespace nest::control
