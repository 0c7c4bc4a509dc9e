// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Transitions and decisions on their way to the store and then to the watchers. What is added in one round of
// the event loop is one transaction. A write that fails is kept and tried again with the next one, so a full
// disk loses nothing that fits in memory. Thread: control.

#include "platform/control/context.h"

#include <QObject>
#include <QTimer>

namespace nest::control {

class Outbox final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Outbox)

public:
    explicit Outbox(Context &context, QObject *parent = nullptr);

    void add(PendingChange change);
    void add(const wire::Decision &decision);
    [[nodiscard]] bool isEmpty() const;

    /// Beyond this the oldest go: the store has been unwritable for long.
    static constexpr std::size_t most = 10'000;

Q_SIGNALS:
    void failed(nest::Error error);

private:
    void flush();
    void onWritten(Batch sent, const Result<Committed> &result);

    Context &m_context;
    Batch m_waiting;
    QTimer m_timer;
    bool m_isWriting = false;
};

} // namespace nest::control
