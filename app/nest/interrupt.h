// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Ctrl+C as a stop token, for the commands that have something to end in order.
//
// Until listen() is called Ctrl+C ends the program as usual; after the first one it does again, so that a
// second ends a command that hangs. Thread: main's; one object a process, because signals are the process's.

#include <QObject>

#include <memory>
#include <stop_token>

class QSocketNotifier;

namespace nest::cli {

class Interrupt final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;
    Q_DISABLE_COPY_MOVE(Interrupt)

    [[nodiscard]] bool isRequested() const { return m_source.stop_requested(); }
    /// For requests that shall end at once.
    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

    /// From now on SIGINT and SIGTERM ask to stop.
    void listen();

Q_SIGNALS:
    void requested();

private:
    void take();

    std::stop_source m_source;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace nest::cli
