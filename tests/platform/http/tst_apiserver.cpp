// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The API's listener on real sockets: requests, streams, clients that leave, limits.

#include "platform/http/apiserver.h"
#include "platform/http/eventloop.h"
#include "tests/platform/http/rawclient.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

using namespace nest;
using namespace nest::http;
using namespace std::chrono_literals;
using nest::test::Answer;
using nest::test::RawClient;

namespace {

/// A server on its own thread, on TCP and a Unix socket.
class Running
{
public:
    explicit Running(ApiServer::Handler handler, Limits limits = {}) : m_server(m_loop, limits)
    {
        m_server.setHandler(std::move(handler));
        path = m_dir.filePath(QStringLiteral("api.sock")).toStdString();
        const auto listening = m_server.listenUnix(path, 0600);
        const auto bound = m_server.listenTcp("127.0.0.1", 0);
        if (listening && bound) {
            port = *bound;
            m_thread = std::thread([this] { m_loop.run(); });
        }
    }
    ~Running()
    {
        if (m_thread.joinable()) {
            m_loop.post([this] { m_server.close(); });
            m_loop.stop();
            m_thread.join();
        }
    }

    std::string path;
    std::uint16_t port = 0;

private:
    QTemporaryDir m_dir;
    EventLoop m_loop;
    ApiServer m_server;
    std::thread m_thread;
};

void echo(const ApiRequest &request, const std::shared_ptr<Reply> &reply)
{
    reply->send(200, {{"content-type", "text/plain"}},
                request.method + "|" + request.target + "|" + request.path + "|" + request.query + "|" +
                    std::string(request.header("X-THING")) + "|" + std::to_string(request.body.size()) + "|" +
                    (request.viaTcp ? "tcp" : "unix") + "|" +
                    std::to_string(request.peer ? request.peer->uid : -1));
}

constexpr std::string_view plainGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

} // namespace

class TestApiServer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void handsOverTheWholeRequest()
    {
        const Running server(echo);
        auto tcp = RawClient::tcp(server.port);
        const Answer answer = tcp.ask("PUT /v1/a%20b/%2F?x=%20&y HTTP/1.1\r\nHost: x\r\nx-thing: v\r\n"
                                      "Content-Length: 3\r\n\r\nabc");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "PUT|/v1/a%20b/%2F?x=%20&y|/v1/a b//|x=%20&y|v|3|tcp|-1");
        QVERIFY(answer.header("date").ends_with(" GMT"));
        auto local = RawClient::unixSocket(server.path);
        QCOMPARE(local.ask(plainGet).body, "GET|/|/|||0|unix|" + std::to_string(::getuid()));
        struct stat info{};
        QCOMPARE(::stat(server.path.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0600U);
    }

    void tellsThePeersProcess()
    {
        std::atomic<int> pid = -1;
        const Running server([&](const ApiRequest &request, const std::shared_ptr<Reply> &reply) {
            pid = request.peer ? request.peer->pid : -1;
            echo(request, reply);
        });
        auto local = RawClient::unixSocket(server.path);
        QCOMPARE(local.ask(plainGet).status, 200);
        QCOMPARE(pid.load(), static_cast<int>(::getpid()));
    }

    void answersPipelinedRequestsInOrderAlsoWhenAnswersComeLate()
    {
        std::vector<std::thread> late;
        std::mutex mutex;
        const Running server([&](const ApiRequest &request, std::shared_ptr<Reply> reply) {
            const std::lock_guard lock(mutex);
            late.emplace_back(
                [path = request.path, reply = std::move(reply)] { reply->send(200, {}, path); });
        });
        auto client = RawClient::tcp(server.port);
        std::string all;
        for (int i = 0; i < 20; ++i) {
            all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        }
        QVERIFY(client.send(all));
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(client.readAnswer().body, "/" + std::to_string(i));
        }
        for (std::thread &thread : late) {
            thread.join();
        }
    }

    void takesLargeBodiesBothWays()
    {
        const std::string large(3'000'000, 'x');
        const Running server([](const ApiRequest &request, const std::shared_ptr<Reply> &reply) {
            reply->send(200, {}, request.body);
        });
        auto client = RawClient::tcp(server.port);
        QVERIFY(client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" + large));
        QVERIFY(client.readAnswer().body == large);
        QVERIFY(client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2dc6c0\r\n" +
                            large + "\r\n0\r\n\r\n"));
        QVERIFY(client.readAnswer().body == large);
    }

    void streamsAndTellsWhenTheClientLeaves()
    {
        std::shared_ptr<Reply> stream;
        std::atomic<bool> hasStream = false;
        std::atomic<bool> closed = false;
        const Running server([&](const ApiRequest &, std::shared_ptr<Reply> reply) {
            reply->begin(200, {{"content-type", "text/event-stream"}});
            reply->onClosed([&] { closed = true; });
            stream = std::move(reply);
            hasStream = true;
        });
        auto client = RawClient::unixSocket(server.path);
        QVERIFY(client.send("GET /watch HTTP/1.1\r\nHost: x\r\n\r\n"));
        QVERIFY(client.readUntil("\r\n\r\n").find("transfer-encoding: chunked") != std::string::npos);
        QTRY_VERIFY(hasStream.load());
        stream->write("data: 1\n\n");
        QVERIFY(client.readUntil("data: 1\n\n").ends_with("data: 1\n\n"));
        QTRY_COMPARE(stream->buffered(), std::size_t(0));
        QVERIFY(stream->isOpen());
        QVERIFY(!closed);
        client.close();
        QTRY_VERIFY(closed.load());
        QVERIFY(!stream->isOpen());
        stream->write("into the void");
        bool calledAtOnce = false;
        stream->onClosed([&] { calledAtOnce = true; });
        QVERIFY(calledAtOnce);
    }

    void endsAStreamAndKeepsTheConnection()
    {
        const Running server([](const ApiRequest &, const std::shared_ptr<Reply> &reply) {
            reply->begin(200, {});
            reply->write("one ");
            reply->write("two");
            reply->end();
            QVERIFY(!reply->isOpen());
        });
        auto client = RawClient::tcp(server.port);
        for (int i = 0; i < 3; ++i) {
            const Answer answer = client.ask(plainGet);
            QVERIFY(answer.isComplete);
            QCOMPARE(answer.body, "one two");
        }
    }

    void aSlowReaderIsSeenInBuffered()
    {
        std::shared_ptr<Reply> stream;
        std::atomic<bool> hasStream = false;
        const Running server([&](const ApiRequest &, std::shared_ptr<Reply> reply) {
            reply->begin(200, {});
            stream = std::move(reply);
            hasStream = true;
        });
        auto client = RawClient::unixSocket(server.path);
        QVERIFY(client.send(plainGet));
        QTRY_VERIFY(hasStream.load());
        const std::string piece(100'000, 'x');
        for (int i = 0; i < 100; ++i) { // more than the kernel's buffers take
            stream->write(piece);
        }
        QTRY_VERIFY(stream->buffered() > 1'000'000);
        std::thread ender([&] {
            QTRY_VERIFY(stream->buffered() < 100'000);
            stream->end();
        });
        const Answer answer = client.readAnswer();
        ender.join();
        QVERIFY(answer.isComplete);
        QCOMPARE(answer.body.size(), std::size_t(10'000'000));
        QTRY_COMPARE(stream->buffered(), std::size_t(0));
    }

    void aReplyThatIsDroppedIsAnsweredAnyway()
    {
        const Running server([](const ApiRequest &, const std::shared_ptr<Reply> &) {});
        auto client = RawClient::tcp(server.port);
        const Answer answer = client.ask(plainGet);
        QCOMPARE(answer.status, 500);
        QVERIFY(answer.body.find("/problems/http/no-answer") != std::string::npos);
        QCOMPARE(client.ask(plainGet).status, 500); // the connection goes on
    }

    void aSecondAnswerIsIgnored()
    {
        const Running server([](const ApiRequest &, const std::shared_ptr<Reply> &reply) {
            reply->send(200, {}, "first");
            reply->send(500, {}, "second");
            reply->begin(500, {});
        });
        auto client = RawClient::tcp(server.port);
        QCOMPARE(client.ask(plainGet).body, "first");
        QCOMPARE(client.ask(plainGet).body, "first");
    }

    void answersHeadAndExpectations()
    {
        const Running server(echo);
        auto client = RawClient::tcp(server.port);
        const Answer answer = client.ask("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", true);
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.header("content-length").empty());
        QVERIFY(
            client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
        QVERIFY(client.readUntil("\r\n\r\n").starts_with("HTTP/1.1 100 "));
        QCOMPARE(client.ask("ab").status, 200);
    }

    void refusesWithProblems_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("declared body")
            << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n") << 413
            << QByteArray("http/body-too-large");
        QTest::newRow("chunked body")
            << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
                          QByteArray(2000, 'x'))
            << 413 << QByteArray("http/body-too-large");
        QTest::newRow("head") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nA: " + QByteArray(3000, 'x')) << 431
                              << QByteArray("http/header-too-large");
        QTest::newRow("malformed") << QByteArray("what is this\r\n\r\n") << 400
                                   << QByteArray("http/bad-request");
        QTest::newRow("bad escape") << QByteArray("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n") << 400
                                    << QByteArray("http/bad-request");
        QTest::newRow("zero byte") << QByteArray("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n") << 400
                                   << QByteArray("http/bad-request");
        QTest::newRow("slow head") << QByteArray("GET / HT") << 408 << QByteArray("http/header-timeout");
        QTest::newRow("slow body") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
                                   << 408 << QByteArray("http/body-timeout");
    }

    void refusesWithProblems()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        const Running server(
            echo, {.headerBytes = 2000, .bodyBytes = 1000, .headerTime = 100ms, .bodyTime = 100ms});
        auto client = RawClient::tcp(server.port);
        const Answer answer = client.ask(request.toStdString());
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.header("content-type"), "application/problem+json");
        QVERIFY2(answer.body.starts_with("{\"type\":\"/problems/" + type.toStdString() + "\",\"title\":\""),
                 answer.body.c_str());
        if (type != "http/bad-request") {
            QCOMPARE(answer.header("connection"), "close");
            QVERIFY(client.sawEnd());
        }
    }

    void closesIdleConnectionsAndLimitsTheirNumber()
    {
        const Running server(echo, {.connections = 2, .idleTime = 300ms});
        auto one = RawClient::tcp(server.port);
        auto two = RawClient::tcp(server.port);
        QCOMPARE(one.ask(plainGet).status, 200);
        QCOMPARE(two.ask(plainGet).status, 200);
        auto three = RawClient::tcp(server.port);
        const Answer refused = three.readAnswer();
        QCOMPARE(refused.status, 503);
        QVERIFY(refused.body.find("http/too-many-connections") != std::string::npos);
        QVERIFY(one.sawEnd());
        QVERIFY(two.sawEnd());
        auto four = RawClient::tcp(server.port);
        QCOMPARE(four.ask(plainGet).status, 200);
    }

    void aTakenPortIsNamed()
    {
        const Running server(echo);
        EventLoop loop;
        ApiServer second(loop, {});
        const auto tcp = second.listenTcp("127.0.0.1", server.port);
        QVERIFY(!tcp);
        QCOMPARE(tcp.error().type, "http/port-taken");
        QVERIFY(tcp.error().detail.find(std::to_string(server.port)) != std::string::npos);
        const auto local = second.listenUnix(server.path, 0600);
        QVERIFY(!local);
        QCOMPARE(local.error().type, "http/socket-taken");
    }

    void replacesASocketThatNobodyListensOn()
    {
        const QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("old.sock")).toStdString();
        const int old = ::socket(AF_UNIX, SOCK_STREAM, 0);
        QVERIFY(old >= 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size());
        QCOMPARE(::bind(old, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        ::close(old); // the file stays
        EventLoop loop;
        ApiServer server(loop, {});
        QVERIFY(server.listenUnix(path, 0600));
    }
};

QTEST_GUILESS_MAIN(TestApiServer)
#include "tst_apiserver.moc"
