// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/client/testplatform.h"

#include "api/wire/codec.h"

#include <QUrl>

#include <algorithm>
#include <chrono>

namespace nest::tests {

using namespace Qt::StringLiterals;

TestPlatform::TestPlatform()
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_heartbeats, &QTimer::timeout, this, &TestPlatform::sendHeartbeat);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (auto *socket = m_server.nextPendingConnection()) {
            m_sockets.append(socket);
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { readFrom(socket); });
            connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
                m_sockets.removeOne(socket);
                m_watchers.removeOne(socket);
                socket->deleteLater();
            });
        }
    });
}

TestPlatform::~TestPlatform()
{
    crash();
}

QString TestPlatform::socketPath() const
{
    return m_folder.filePath(u"api.sock"_s);
}

int TestPlatform::requestsOf(const QByteArray &verb, const QByteArray &path) const
{
    return static_cast<int>(std::ranges::count_if(m_requests, [&](const TestRequest &request) {
        return request.verb == verb && request.path == path;
    }));
}

void TestPlatform::listen()
{
    QLocalServer::removeServer(socketPath());
    if (!m_server.listen(socketPath())) {
        qFatal("the test platform cannot listen: %ls", qUtf16Printable(m_server.errorString()));
    }
}

void TestPlatform::crash()
{
    m_server.close();
    cutConnections();
}

void TestPlatform::setLastId(qint64 id)
{
    m_lastId = id;
    m_events.removeIf([id](const auto &event) { return event.key() > id; });
}

void TestPlatform::setHeartbeats(int milliseconds)
{
    if (milliseconds > 0) {
        m_heartbeats.start(milliseconds);
    } else {
        m_heartbeats.stop();
    }
}

void TestPlatform::cutConnections()
{
    m_watchers.clear();
    const auto sockets = std::exchange(m_sockets, {});
    for (const auto &socket : sockets) {
        if (socket) {
            socket->disconnect(this);
            socket->abort();
            socket->deleteLater();
        }
    }
}

void TestPlatform::setList(const QByteArray &path, QList<QByteArray> items, int pageSize)
{
    on(path, [this, items = std::move(items), pageSize](const TestRequest &request) {
        const qsizetype begin = request.query.value("cursor", "0").toLongLong();
        const qsizetype end = std::min(items.size(), begin + pageSize);
        TestReply reply;
        reply.headers["nest-watch-id"] = QByteArray::number(m_lastId);
        reply.body = "{\"items\":[" + items.mid(begin, end - begin).join(',') + ']';
        if (end < items.size()) {
            reply.body += ",\"nextCursor\":\"" + QByteArray::number(end) + '"';
        }
        reply.body += '}';
        return reply;
    });
}

void TestPlatform::readFrom(QLocalSocket *socket)
{
    while (socket->state() == QLocalSocket::ConnectedState) { // answering may cut it
        const QByteArray seen = socket->peek(1024 * 1024);
        const qsizetype headEnd = seen.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return;
        }
        TestRequest request;
        const QList<QByteArray> lines = seen.first(headEnd).split('\n');
        const QList<QByteArray> first = lines.first().trimmed().split(' ');
        request.verb = first.value(0);
        const QByteArray target = first.value(1);
        const qsizetype mark = target.indexOf('?');
        request.path = mark < 0 ? target : target.first(mark);
        if (mark >= 0) {
            for (const QByteArray &part : target.sliced(mark + 1).split('&')) {
                const qsizetype equals = part.indexOf('=');
                request.query[part.first(equals)] = QByteArray::fromPercentEncoding(part.sliced(equals + 1));
            }
        }
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers[line.first(colon).toLower()] = line.sliced(colon + 1).trimmed();
        }
        const qsizetype length = request.headers.value("content-length", "0").toLongLong();
        if (seen.size() < headEnd + 4 + length) {
            return;
        }
        request.body = seen.sliced(headEnd + 4, length);
        socket->skip(headEnd + 4 + length);
        m_requests.append(request);
        answer(socket, request);
    }
}

void TestPlatform::answer(QLocalSocket *socket, const TestRequest &request)
{
    if (request.path == "/v1/watch") {
        openWatch(socket, request);
        return;
    }
    const auto handler = m_handlers.value(request.path);
    if (handler) {
        reply(socket, handler(request));
        return;
    }
    reply(
        socket,
        {.status = 404,
         .body =
             R"({"type":"/problems/control/unknown-route","title":"x","status":404,"detail":"No such route."})"});
}

void TestPlatform::reply(QLocalSocket *socket, const TestReply &reply)
{
    if (reply.closesInstead) {
        socket->abort();
        return;
    }
    if (reply.isWithheld) {
        return;
    }
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) +
                      " x\r\ncontent-length: " + QByteArray::number(reply.body.size()) +
                      "\r\ncontent-type: application/json\r\n";
    for (const auto &[name, value] : reply.headers.asKeyValueRange()) {
        head += name + ": " + value + "\r\n";
    }
    socket->write(head + "\r\n" + reply.body);
}

void TestPlatform::openWatch(QLocalSocket *socket, const TestRequest &request)
{
    const qint64 since = request.query.value("since").toLongLong();
    if (since < m_compactedBelow || since > m_lastId) {
        reply(
            socket,
            {.status = 410,
             .body =
                 R"({"type":"/problems/control/compacted","title":"x","status":410,"detail":"List again."})"});
        return;
    }
    socket->write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n");
    m_watchers.append(socket);
    for (const auto &[id, bytes] : m_events.asKeyValueRange()) {
        if (id > since) {
            socket->write(bytes);
        }
    }
    sendHeartbeat();
}

void TestPlatform::sendChange(const QByteArray &kind, const std::string &key, const std::string &object)
{
    wire::ChangeEvent event;
    event.key = key;
    event.object = wire::RawJson{object};
    ++m_lastId;
    const QByteArray bytes = "id: " + QByteArray::number(m_lastId) + "\nevent: " + kind +
                             "\ndata: " + QByteArray::fromStdString(wire::write(event)) + "\n\n";
    m_events[m_lastId] = bytes;
    sendRaw(bytes);
}

void TestPlatform::sendRemoval(const QByteArray &kind, const std::string &key)
{
    wire::ChangeEvent event;
    event.operation = wire::ChangeOperation::Delete;
    event.key = key;
    ++m_lastId;
    const QByteArray bytes = "id: " + QByteArray::number(m_lastId) + "\nevent: " + kind +
                             "\ndata: " + QByteArray::fromStdString(wire::write(event)) + "\n\n";
    m_events[m_lastId] = bytes;
    sendRaw(bytes);
}

void TestPlatform::sendStats(const wire::Stats &stats)
{
    sendRaw("event: stats\ndata: " + QByteArray::fromStdString(wire::write(stats)) + "\n\n");
}

void TestPlatform::sendHeartbeat()
{
    wire::Heartbeat heartbeat;
    heartbeat.time = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    heartbeat.lastId = m_lastId;
    sendRaw("event: heartbeat\ndata: " + QByteArray::fromStdString(wire::write(heartbeat)) + "\n\n");
}

void TestPlatform::sendRaw(const QByteArray &bytes)
{
    for (const auto &socket : m_watchers) {
        if (socket) {
            socket->write(bytes);
        }
    }
}

void TestPlatform::cutWatchers()
{
    const auto watchers = std::exchange(m_watchers, {});
    for (const auto &socket : watchers) {
        if (socket) {
            socket->abort();
        }
    }
}

} // namespace nest::tests
