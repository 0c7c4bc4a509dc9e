// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A socket before that of a platform. The answer to the watch, or to another request, may wait there until it
// is let through: as on a busy machine, where the lists are there before the watch is open; and some requests
// may be refused. Owner: the test. Thread: UI.

#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QTemporaryDir>

namespace nest::testsupport {

using namespace Qt::StringLiterals;

class Doorway final : public QObject
{
public:
    Doorway(const QString &platform, bool holdsTheWatch) : m_platform(platform), m_isOpen(!holdsTheWatch)
    {
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            while (QLocalSocket *client = m_server.nextPendingConnection()) {
                join(client);
            }
        });
        m_server.listen(socket());
    }

    [[nodiscard]] QString socket() const { return m_folder.filePath(u"api.sock"_s); }
    /// What is held was asked for and waits.
    [[nodiscard]] bool isHeld() const { return m_held != nullptr; }
    /// The answer to the next request whose first line has this.
    void hold(const QByteArray &part)
    {
        m_wanted = part;
        m_held.clear();
        m_isOpen = false;
    }
    void letThrough()
    {
        m_isOpen = true;
        if (m_held) {
            Q_EMIT m_held->readyRead();
        }
    }
    /// Those whose first line has this; empty: none.
    void refuse(const QByteArray &part) { m_refused = part; }

private:
    void join(QLocalSocket *client)
    {
        auto *platform = new QLocalSocket(client);
        platform->connectToServer(m_platform);
        connect(client, &QLocalSocket::readyRead, this, [this, client, platform] {
            const QByteArray request = client->readAll();
            const QByteArray line = request.left(request.indexOf('\r'));
            if (!m_held && line.contains(m_wanted)) {
                m_held = platform;
            }
            if (!m_refused.isEmpty() && line.contains(m_refused)) {
                const QByteArray body =
                    R"({"type":"platform/busy","title":"Busy","status":503,"detail":"It is too busy."})";
                client->write("HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Type: "
                              "application/problem+json\r\nContent-Length: " +
                              QByteArray::number(body.size()) + "\r\n\r\n" + body);
                client->disconnectFromServer(); // with what else comes of it
                return;
            }
            platform->write(request);
        });
        connect(platform, &QLocalSocket::readyRead, this, [this, client, platform] {
            if (m_isOpen || platform != m_held) {
                client->write(platform->readAll());
            }
        });
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        connect(platform, &QLocalSocket::disconnected, client, &QLocalSocket::disconnectFromServer);
    }

    QString m_platform;
    QTemporaryDir m_folder;
    QLocalServer m_server;
    QPointer<QLocalSocket> m_held;
    bool m_isOpen;
    QByteArray m_wanted = "GET /v1/watch";
    QByteArray m_refused;
};

} // namespace nest::testsupport
