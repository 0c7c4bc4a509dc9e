// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/draft/buildrun.h"

#include "models/session.h"

#include <QCoroTask>

#include <algorithm>
#include <utility>

namespace nest::models {

using namespace std::chrono_literals;

namespace {

constexpr auto pollEvery = 250ms; // a log that grows looks alive; a build takes seconds
constexpr auto pollAgain = 1s;    // after a failed question

} // namespace

BuildRun::BuildRun(Session &session, QString function, QObject *parent)
    : QObject(parent), m_session(session), m_function(std::move(function))
{
    m_poll.setSingleShot(true);
    connect(&m_poll, &QTimer::timeout, this, &BuildRun::ask);
    connect(&session.functions(), &CollectionBase::changed, this, &BuildRun::lookAtFunction);
    connect(&session, &Session::stateChanged, this, [this] {
        if (m_session.isConnected() && m_wanted > 0 && (!m_build || isRunning())) {
            ask();
        }
    });
    lookAtFunction();
}

bool BuildRun::isRunning() const
{
    return m_isStarting || (m_build && (m_build->state == wire::BuildState::Queued ||
                                        m_build->state == wire::BuildState::Running));
}

std::optional<int> BuildRun::greenBuild() const
{
    const auto *function = m_session.functions().find(m_function.toStdString());
    if (isRunning() || !m_build || m_build->state != wire::BuildState::Succeeded || !function ||
        !function->status || !m_build->createdAt) {
        return std::nullopt;
    }
    const auto changed = function->status->draftChangedAt;
    return changed && *changed > *m_build->createdAt ? std::nullopt : std::optional(m_build->number);
}

void BuildRun::lookAtFunction()
{
    const auto *function = m_session.functions().find(m_function.toStdString());
    const int latest = function && function->status ? function->status->latestBuild.value_or(0) : 0;
    const int version = function && function->status ? function->status->latestVersion.value_or(0) : 0;
    // A version made elsewhere may be of this build: a second one of the same must not be offered.
    const bool mayBePublished =
        std::exchange(m_latestVersion, version) < version && m_build && !m_build->version && !isRunning();
    if (latest > m_wanted || mayBePublished) {
        m_wanted = std::max(m_wanted, latest);
        ask();
    }
    Q_EMIT changed(); // the draft may be younger than the build now
}

void BuildRun::start()
{
    if (isRunning()) {
        return;
    }
    m_isStarting = true;
    m_error = {};
    Q_EMIT changed();
    QCoro::connect(m_session.client().startBuild(m_function.toStdString()), this,
                   [this](Result<wire::Build> &&build) {
                       m_isStarting = false;
                       const bool isUnwanted = std::exchange(m_cancelWhenStarted, false);
                       if (!build) {
                           m_error = std::move(build.error());
                           Q_EMIT changed();
                           Q_EMIT notStarted();
                           return;
                       }
                       const int number = build->number;
                       m_wanted = std::max(m_wanted, number);
                       take(std::move(*build));
                       if (isUnwanted) {
                           cancelBuild(number);
                       }
                   });
}

void BuildRun::cancel()
{
    if (m_isStarting) { // build() is the one before; the one to cancel has no number yet
        m_cancelWhenStarted = true;
        Q_EMIT changed();
    } else if (m_build && isRunning() && !m_isCancelling) {
        cancelBuild(m_build->number);
    }
}

void BuildRun::cancelBuild(int number)
{
    m_isCancelling = m_build && m_build->number == number; // not when a younger one was started elsewhere
    Q_EMIT changed();
    QCoro::connect(m_session.client().cancelBuild(m_function.toStdString(), number), this,
                   [this](Result<> &&done) {
                       if (!done && done.error().type != "control/not-running") {
                           m_isCancelling = false;
                           m_error = std::move(done.error());
                           Q_EMIT changed();
                       }
                       ask();
                   });
}

void BuildRun::setVersion(int build, int version)
{
    if (m_build && m_build->number == build) {
        m_build->version = version;
        Q_EMIT changed();
    }
}

void BuildRun::ask()
{
    if (m_isAsking || m_wanted == 0) {
        return;
    }
    m_isAsking = true;
    QCoro::connect(m_session.client().build(m_function.toStdString(), m_wanted), this,
                   [this](Result<wire::Build> &&build) {
                       m_isAsking = false;
                       if (build) {
                           take(std::move(*build));
                       } else if (build.error().type != "control/unknown-build") {
                           m_poll.start(pollAgain);
                       }
                   });
}

void BuildRun::take(wire::Build build)
{
    if (build.number < m_wanted) { // a younger one was started meanwhile
        ask();
        return;
    }
    const bool wasRunning = m_build && isRunning() && m_build->number == build.number;
    m_build = std::move(build);
    const bool runs = isRunning();
    if (runs) {
        m_poll.start(pollEvery);
    } else {
        m_isCancelling = false;
    }
    Q_EMIT changed();
    if (wasRunning && !runs) {
        Q_EMIT ended();
    }
}

} // namespace nest::models
