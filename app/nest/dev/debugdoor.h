// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a debugger attaches: a port of 127.0.0.1 that leads to the Unix socket of the box in which the
// runtime's debugger listens (app/relay/README.md).
//
// Whoever connects before there is a box waits a while for it. Nothing else than bytes is looked at. Thread:
// main's.

#include "api/wire/result.h"

#include <QObject>
#include <QTcpServer>

namespace nest::cli {

class DebugDoor final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DebugDoor)

public:
    explicit DebugDoor(QString socketPath, QObject *parent = nullptr);

    /// Errors: `cli/port-taken`.
    Result<> listen(int port);
    [[nodiscard]] int port() const { return m_server.serverPort(); }
    /// Every debugger: a runtime with one attached does not end, and one that is stopped at a breakpoint
    /// finishes nothing.
    void detachAll();

Q_SIGNALS:
    void detached();

private:
    void accept();

    QString m_socketPath;
    QTcpServer m_server;
};

} // namespace nest::cli
