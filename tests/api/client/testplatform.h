// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A test server on a Unix socket that speaks as much of the API as the clients' tests need: lists with cursor
// and watch id, answers given by path, and the watch as server-sent events. It keeps what it was asked.
//
// In the test's own thread, beside the client; nothing blocks.

#include "api/wire/types.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QMap>
#include <QObject>
#include <QPointer>
#include <QTemporaryDir>
#include <QTimer>

#include <functional>

namespace nest::tests {

struct TestRequest
{
    QByteArray verb;
    QByteArray path;
    QMap<QByteArray, QByteArray> query;
    QMap<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
};

struct TestReply
{
    int status = 200;
    QByteArray body = {};
    QMap<QByteArray, QByteArray> headers = {};
    bool isWithheld = false; // never answered
    bool closesInstead = false;
};

class TestPlatform final : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<TestReply(const TestRequest &)>;

    TestPlatform();
    ~TestPlatform() override;

    [[nodiscard]] QString socketPath() const;
    [[nodiscard]] const QList<TestRequest> &requests() const { return m_requests; }
    [[nodiscard]] int requestsOf(const QByteArray &verb, const QByteArray &path) const;
    [[nodiscard]] qsizetype watchers() const { return m_watchers.size(); }

    void listen();
    /// Stops listening and cuts every connection, as a crash would.
    void crash();
    /// Answers `path`, any verb.
    void on(const QByteArray &path, Handler handler) { m_handlers[path] = std::move(handler); }
    /// The items of a list, as JSON, in pages of `pageSize`.
    void setList(const QByteArray &path, QList<QByteArray> items, int pageSize = 1'000'000);
    /// Ids below it are gone: a watch from there is answered 410.
    void setCompactedBelow(qint64 id) { m_compactedBelow = id; }
    /// Another history: later events than `id` never were.
    void setLastId(qint64 id);
    /// Sent to every watcher in this interval; 0 ends them.
    void setHeartbeats(int milliseconds);

    void sendChange(const QByteArray &kind, const std::string &key, const std::string &object);
    void sendRemoval(const QByteArray &kind, const std::string &key);
    void sendStats(const wire::Stats &stats);
    void sendHeartbeat();
    void sendRaw(const QByteArray &bytes);
    void cutWatchers();
    /// Every connection, as a server does with idle ones; it goes on listening.
    void cutConnections();
    [[nodiscard]] qint64 lastId() const { return m_lastId; }

private:
    void readFrom(QLocalSocket *socket);
    void answer(QLocalSocket *socket, const TestRequest &request);
    void openWatch(QLocalSocket *socket, const TestRequest &request);
    void reply(QLocalSocket *socket, const TestReply &reply);

    QTemporaryDir m_folder;
    QLocalServer m_server;
    QMap<QByteArray, Handler> m_handlers;
    QList<TestRequest> m_requests;
    QList<QPointer<QLocalSocket>> m_sockets;
    QList<QPointer<QLocalSocket>> m_watchers;
    QMap<qint64, QByteArray> m_events; // id to the bytes sent, for watchers that come back
    QTimer m_heartbeats;
    qint64 m_lastId = 100;
    qint64 m_compactedBelow = 0;
};

} // namespace nest::tests
