// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/dev/debugdoor.h"

#include <QLocalSocket>
#include <QTcpSocket>
#include <QTimer>

#include <format>

namespace nest::cli {

using namespace std::chrono_literals;

namespace {

constexpr auto tryEvery = 100ms;
constexpr int mostTries = 200; // while the box is made, or after it was replaced
constexpr qint64 mostUnsent = 1024 * 1024;

/// One debugger. Its own owner: gone when either side has closed.
class Passage final : public QObject
{
public:
    Passage(QTcpSocket *debugger, QString path, DebugDoor *door)
        : QObject(door), m_debugger(debugger), m_path(std::move(path))
    {
        debugger->setParent(this);
        debugger->setReadBufferSize(mostUnsent);
        m_box.setReadBufferSize(mostUnsent);
        m_retry.setSingleShot(true);
        m_retry.setInterval(tryEvery);
        connect(&m_retry, &QTimer::timeout, this, &Passage::reach);
        connect(debugger, &QTcpSocket::readyRead, this, &Passage::move);
        connect(debugger, &QTcpSocket::bytesWritten, this, &Passage::move);
        connect(debugger, &QTcpSocket::disconnected, this, &QObject::deleteLater);
        connect(&m_box, &QLocalSocket::connected, this, &Passage::move);
        connect(&m_box, &QLocalSocket::readyRead, this, &Passage::move);
        connect(&m_box, &QLocalSocket::bytesWritten, this, &Passage::move);
        connect(&m_box, &QLocalSocket::disconnected, this, [this] {
            if (m_debugger->isOpen()) {
                m_debugger->write(m_box.readAll()); // the rest, which its buffer bounds
            }
            m_debugger->disconnectFromHost(); // after what is unsent
        });
        connect(&m_box, &QLocalSocket::errorOccurred, this, [this] {
            if (m_box.state() == QLocalSocket::UnconnectedState && !m_wasConnected) {
                m_retry.start();
            }
        });
        connect(door, &DebugDoor::detached, this, [this] {
            m_box.disconnect(this); // it has no rest
            m_box.abort();
            m_debugger->abort();
            deleteLater();
        });
        reach();
    }
    ~Passage() override { m_box.disconnect(this); }
    Q_DISABLE_COPY_MOVE(Passage)

private:
    void reach()
    {
        if (++m_tries > mostTries) {
            m_debugger->abort();
            return;
        }
        m_box.connectToServer(m_path);
    }
    void move()
    {
        if (!m_debugger->isOpen()) {
            return; // it has gone, and so shall we
        }
        if (m_box.state() == QLocalSocket::ConnectedState) {
            m_wasConnected = true;
            if (m_box.bytesToWrite() < mostUnsent) {
                m_box.write(m_debugger->read(mostUnsent));
            }
        }
        if (m_box.isOpen() && m_debugger->bytesToWrite() < mostUnsent) {
            m_debugger->write(m_box.read(mostUnsent));
        }
    }

    QTcpSocket *m_debugger;
    QLocalSocket m_box;
    QString m_path;
    QTimer m_retry;
    int m_tries = 0;
    bool m_wasConnected = false;
};

} // namespace

DebugDoor::DebugDoor(QString socketPath, QObject *parent)
    : QObject(parent), m_socketPath(std::move(socketPath))
{
    connect(&m_server, &QTcpServer::newConnection, this, &DebugDoor::accept);
}

Result<> DebugDoor::listen(int port)
{
    if (!m_server.listen(QHostAddress::LocalHost, static_cast<quint16>(port))) {
        return failure(
            "cli/port-taken",
            std::format("Port {} of 127.0.0.1 cannot be had for the debugger: {}. Name another with --port.",
                        port, m_server.errorString().toStdString()));
    }
    return {};
}

void DebugDoor::detachAll()
{
    Q_EMIT detached();
}

void DebugDoor::accept()
{
    while (auto *debugger = m_server.nextPendingConnection()) {
        new Passage(debugger, m_socketPath, this);
    }
}

} // namespace nest::cli
