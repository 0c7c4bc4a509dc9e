// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/deployrun.h"

#include <QCoroTask>

#include <algorithm>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

wire::GroupName groupOf(const wire::Deployment &deployment)
{
    return {deployment.set, deployment.lane, deployment.region};
}

bool isGone(const Error &error)
{
    return error.type == "control/unknown-deployment";
}

} // namespace

DeployRun::DeployRun(Session &session, int version, std::vector<DeployStep> steps, QObject *parent)
    : QObject(parent), m_session(session), m_version(version)
{
    for (DeployStep &step : steps) {
        m_rows.emplace_back().step = std::move(step);
    }
    connect(&session.deployments(), &CollectionBase::changed, this, &DeployRun::look);
}

DeployRun::~DeployRun() = default;

bool DeployRun::isAnswered() const
{
    return countOf(State::Sent) == 0 && countOf(State::Undoing) == 0;
}

int DeployRun::countOf(State state) const
{
    return static_cast<int>(std::ranges::count(m_rows, state, &Row::state));
}

int DeployRun::changedCount() const
{
    return countOf(State::Changed) + countOf(State::Ready) + countOf(State::UndoFailed);
}

void DeployRun::start()
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        send(row);
    }
}

void DeployRun::retry(std::size_t row)
{
    if (m_rows[row].state == State::Failed) {
        set(row, State::Sent);
        send(row);
    } else if (m_rows[row].state == State::UndoFailed) {
        undoRow(row);
    }
}

void DeployRun::replace(std::size_t row)
{
    Row &at = m_rows[row];
    if (at.state != State::Stale) {
        return;
    }
    at.step.before = at.current;
    at.step.wanted.etag = at.current ? at.current->etag : std::nullopt;
    if (at.current &&
        std::exchange(at.step.usesManifest, false)) { // somebody deployed it: their scaling stays
        at.step.wanted.scaling = at.current->scaling;
        at.step.wanted.concurrencyLimit = at.current->concurrencyLimit;
    }
    set(row, State::Sent);
    send(row);
}

void DeployRun::send(std::size_t row)
{
    const DeployStep &step = m_rows[row].step;
    auto answer = step.usesManifest ? m_session.client().startDeployment(step.wanted, step.scalingFields)
                                    : m_session.client().putDeployment(step.wanted);
    QCoro::connect(std::move(answer), this,
                   [this, row](Result<wire::Deployment> &&written) { take(row, std::move(written)); });
}

void DeployRun::take(std::size_t row, Result<wire::Deployment> &&answer)
{
    Row &at = m_rows[row];
    if (answer) {
        at.written = std::move(*answer);
        set(row, State::Changed);
        look();
    } else if (answer.error().type == "store/stale" || isGone(answer.error())) {
        askCurrent(row);
        return;
    } else {
        at.error = std::move(answer.error());
        set(row, State::Failed);
    }
    if (isAnswered()) {
        Q_EMIT answered();
    }
}

/// What is there now, so that a person can decide.
void DeployRun::askCurrent(std::size_t row)
{
    const wire::Deployment &wanted = m_rows[row].step.wanted;
    QCoro::connect(m_session.client().deployment(wanted.function, groupOf(wanted)), this,
                   [this, row](Result<wire::Deployment> &&now) {
                       Row &at = m_rows[row];
                       const bool isUnknown = !now && !isGone(now.error());
                       at.current = now ? std::optional(std::move(*now)) : std::nullopt;
                       at.error = isUnknown ? std::move(now.error()) : Error{};
                       set(row, isUnknown ? State::Failed : State::Stale);
                       if (isAnswered()) {
                           Q_EMIT answered();
                       }
                   });
}

void DeployRun::undo()
{
    if (m_isUndoing) {
        return;
    }
    m_isUndoing = true;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        undoRow(row);
    }
    m_isUndoing = countOf(State::Undoing) > 0;
}

void DeployRun::undoRow(std::size_t row)
{
    Row &at = m_rows[row];
    if (!at.written ||
        (at.state != State::Changed && at.state != State::Ready && at.state != State::UndoFailed)) {
        return;
    }
    set(row, State::Undoing);
    if (at.step.before) {
        wire::Deployment former = *at.step.before;
        former.status.reset();
        former.etag = at.written->etag;
        QCoro::connect(m_session.client().putDeployment(std::move(former)), this,
                       [this, row](Result<wire::Deployment> &&answer) {
                           undoAnswered(row,
                                        answer ? std::nullopt : std::optional(std::move(answer.error())));
                       });
    } else {
        QCoro::connect(m_session.client().deleteDeployment(at.written->function, groupOf(*at.written),
                                                           at.written->etag.value_or("")),
                       this, [this, row](Result<> &&answer) {
                           undoAnswered(row,
                                        answer ? std::nullopt : std::optional(std::move(answer.error())));
                       });
    }
}

void DeployRun::undoAnswered(std::size_t row, std::optional<Error> error)
{
    m_rows[row].error = error.value_or(Error{});
    set(row, error ? State::UndoFailed : State::Undone);
    if (countOf(State::Undoing) == 0) {
        m_isUndoing = false;
        Q_EMIT undone();
    }
}

/// The counts of instances, once the watch has told of our own change.
void DeployRun::look()
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        Row &at = m_rows[row];
        if (!at.written || (at.state != State::Changed && at.state != State::Ready)) {
            continue;
        }
        const auto *now =
            m_session.deployments().find(at.written->function + '/' + toString(groupOf(*at.written)));
        if (now == nullptr || !now->status || now->etag != at.written->etag) {
            continue;
        }
        const auto revision =
            std::ranges::find(now->status->revisions, m_version, &wire::RevisionStatus::version);
        if (revision == now->status->revisions.end()) {
            continue;
        }
        at.ready = revision->ready;
        at.desired = revision->desired;
        set(row, revision->ready >= revision->desired ? State::Ready : State::Changed);
    }
}

void DeployRun::set(std::size_t row, State state)
{
    m_rows[row].state = state;
    Q_EMIT rowChanged(row);
}

} // namespace nest::models
