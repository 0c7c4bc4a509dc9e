// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/outbox.h"

#include "api/wire/codec.h"

namespace nest::control {

namespace {

constexpr std::chrono::milliseconds retryAfter{1'000};

} // namespace

Outbox::Outbox(Context &context, QObject *parent) : QObject(parent), m_context(context)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Outbox::flush);
}

void Outbox::add(PendingChange change)
{
    if (m_waiting.changes.size() >= most) {
        m_waiting.changes.erase(m_waiting.changes.begin());
    }
    m_waiting.changes.push_back(std::move(change));
    if (!m_isWriting && !m_timer.isActive()) {
        m_timer.start(0);
    }
}

void Outbox::add(const wire::Decision &decision)
{
    if (m_waiting.decisions.size() >= most) {
        m_waiting.decisions.erase(m_waiting.decisions.begin());
    }
    m_waiting.decisions.push_back(decision);
    add(PendingChange{"decisions", decision.id, wire::write(decision)});
}

bool Outbox::isEmpty() const
{
    return !m_isWriting && m_waiting.changes.empty();
}

void Outbox::flush()
{
    if (m_isWriting || m_waiting.changes.empty()) {
        return;
    }
    m_isWriting = true;
    auto batch = std::exchange(m_waiting, {});
    auto sent = batch;
    QCoro::connect(
        commitAndPublish(m_context, std::move(batch)), this,
        [this, sent = std::move(sent)](const Result<Committed> &result) { onWritten(sent, result); });
}

void Outbox::onWritten(Batch sent, const Result<Committed> &result)
{
    m_isWriting = false;
    if (!result) {
        sent.changes.insert(sent.changes.end(), m_waiting.changes.begin(), m_waiting.changes.end());
        sent.decisions.insert(sent.decisions.end(), m_waiting.decisions.begin(), m_waiting.decisions.end());
        m_waiting = std::move(sent);
        Q_EMIT failed(result.error());
        m_timer.start(retryAfter);
    } else if (!m_waiting.changes.empty()) {
        m_timer.start(0);
    }
}

} // namespace nest::control
