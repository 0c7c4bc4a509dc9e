// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SIGTERM and SIGINT as a Qt signal. Thread: the one with the event loop.

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace nest::nestd {

class UnixSignals final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UnixSignals)

public:
    /// Blocks the two signals in this thread and those made from it later, so it comes before all threads.
    explicit UnixSignals(QObject *parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    void received(int number);

private:
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace nest::nestd
