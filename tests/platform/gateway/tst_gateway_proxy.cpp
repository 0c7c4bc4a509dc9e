// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Requests through a running gateway to functions on Unix sockets: bodies both ways, slow and leaving
// clients, headers, limits.

#include "tests/platform/gateway/testgateway.h"

#include <QTest>

#include <thread>

using namespace nest;
using namespace nest::gateway;
using namespace std::chrono_literals;
using namespace nest::test;

namespace {

bool echo(const Asked &asked, RawClient &client)
{
    std::string fields;
    for (const auto &[name, value] : asked.headers) {
        fields += "got-" + name + ": " + value + "\r\n";
    }
    return client.send(TestFunction::ok(asked.line + "\n" + asked.body, fields));
}

std::string pattern(std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>('a' + (i * 7 + i / 1000) % 26);
    }
    return bytes;
}

} // namespace

class TestGatewayProxy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void thePlatformsOwnPathsReachNoFunction()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), echo);
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        for (const char *line : {"POST /fn/f/_nest/specialise", "GET /fn/f/_nest/health", "GET /fn/f/_nest/",
                                 "GET http://x/fn/f/_nest/x"}) {
            const Answer answer = client.ask(line + std::string(" HTTP/1.1\r\nHost: x\r\n\r\n"));
            QCOMPARE(answer.status, 404);
            QVERIFY2(answer.body.contains("gateway/reserved-path"), answer.body.c_str());
        }
        QCOMPARE(client.ask("GET /_nest/specialise HTTP/1.1\r\nHost: f.localhost\r\n\r\n").status, 404);
        QCOMPARE(function.requests.load(), 0);
        QCOMPARE(client.ask("GET /fn/f/a/_nest/b HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
    }

    void passesRequestsByPathAndByHost()
    {
        TestGateway gateway;
        QVERIFY(gateway.isRunning);
        const TestFunction function(gateway.socketPath("a"), echo);
        gateway.route({gateway.revision(1, {function.path})});
        const Answer byPath = gateway.get("/fn/f/a%20b?c=d");
        QCOMPARE(byPath.status, 200);
        QCOMPARE(byPath.body, "GET /a%20b?c=d HTTP/1.1\n");
        auto client = gateway.client();
        QCOMPARE(client.ask("GET /z HTTP/1.1\r\nHost: f.localhost:7070\r\n\r\n").body, "GET /z HTTP/1.1\n");
        QCOMPARE(client.ask("GET /_nest/healthz HTTP/1.1\r\nHost: x\r\n\r\n").body, "ok");
        const Answer unknown = client.ask("GET /fn/nope/ HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(unknown.status, 404);
        QVERIFY(unknown.body.find("\"/problems/gateway/unknown-function\"") != std::string::npos);
        QVERIFY(unknown.body.find("\"requestId\":\"inv-") != std::string::npos);
        const Answer elsewhere = client.ask("GET /fn/f/ HTTP/1.1\r\nHost: x\r\nnest-set: other\r\n\r\n");
        QCOMPARE(elsewhere.status, 404);
        QVERIFY(elsewhere.body.find("\"/problems/gateway/no-deployment\"") != std::string::npos);
    }

    void passesOnGroupTraceAndIdAndStripsForgedFields()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), echo);
        gateway.route({gateway.revision(1, {function.path})});
        const Answer plain = gateway.get("/fn/f/", "nest-version: 9\r\nnest-request-id: evil\r\n");
        QCOMPARE(plain.header("got-nest-set"), "default");
        QCOMPARE(plain.header("got-nest-lane"), "main");
        QCOMPARE(plain.header("got-nest-region"), "local");
        QCOMPARE(plain.header("got-nest-version"), "");
        QVERIFY(plain.header("got-nest-request-id").starts_with("inv-"));
        QCOMPARE(plain.header("got-traceparent").size(), std::size_t(55));
        QCOMPARE(plain.header("got-x-forwarded-for"), "127.0.0.1");
        QCOMPARE(plain.header("got-host"), "x");
        const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        const Answer lane = gateway.get("/fn/f/", "nest-lane: feature-x\r\ntraceparent: " + trace + "\r\n");
        QCOMPARE(lane.header("got-nest-lane"), "feature-x"); // served by main, but passed on downstream
        QCOMPARE(lane.header("got-traceparent"), trace);
    }

    void tellsTimingOnlyWhenAsked()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &, RawClient &client) {
            return client.send(TestFunction::ok("x", "nest-version: 77\r\n"));
        });
        gateway.route({gateway.revision(3, {function.path})});
        const Answer asked = gateway.get("/fn/f/", "nest-debug: timing\r\n");
        QCOMPARE(asked.header("nest-version"), "3");
        QCOMPARE(asked.header("nest-instance"), "i-a");
        QCOMPARE(asked.header("nest-cold"), "warm");
        QCOMPARE(asked.header("nest-queue-wait-ms"), "0");
        QCOMPARE(asked.header("nest-cold-start"), "start=31");
        QCOMPARE(asked.header("nest-group"), "default/main/local");
        QVERIFY(asked.header("nest-request-id").starts_with("inv-"));
        QCOMPARE(asked.header("nest-trace-id").size(), 32U);
        QVERIFY(std::stod(asked.header("nest-handler-ms")) > 0);
        QCOMPARE(gateway.get("/fn/nobody/", "nest-debug: timing\r\n").header("nest-group"), "");
        const Answer plain = gateway.get();
        for (const auto &[name, value] : plain.headers) {
            QVERIFY2(!name.starts_with("nest-"), name.c_str());
        }
    }

    void relaysLargeBodiesBothWays_data()
    {
        QTest::addColumn<bool>("chunkedUp");
        QTest::addColumn<bool>("chunkedDown");
        QTest::newRow("length, length") << false << false;
        QTest::newRow("chunked, length") << true << false;
        QTest::newRow("length, chunked") << false << true;
        QTest::newRow("chunked, chunked") << true << true;
    }

    void relaysLargeBodiesBothWays()
    {
        QFETCH(bool, chunkedUp);
        QFETCH(bool, chunkedDown);
        const std::string body = pattern(5'000'000);
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &asked, RawClient &client) {
            if (!chunkedDown) {
                return client.send(TestFunction::ok(asked.body));
            }
            client.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            for (std::size_t at = 0; at < asked.body.size(); at += 70'001) {
                const std::string piece = asked.body.substr(at, 70'001);
                char size[20];
                std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
                client.send(size + piece + "\r\n");
            }
            return client.send("0\r\n\r\n");
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        for (int i = 0; i < 2; ++i) { // the connections are used again afterwards
            QVERIFY(client.send("POST /fn/f/ HTTP/1.1\r\nHost: x\r\n"));
            std::thread sender([&] {
                if (chunkedUp) {
                    client.send("Transfer-Encoding: chunked\r\n\r\n");
                    for (std::size_t at = 0; at < body.size(); at += 99'999) {
                        const std::string piece = body.substr(at, 99'999);
                        char size[20];
                        std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
                        client.send(size + piece + "\r\n");
                    }
                    client.send("0\r\n\r\n");
                } else {
                    client.send("Content-Length: 5000000\r\n\r\n" + body);
                }
            });
            sender.join();
            const Answer answer = client.readAnswer();
            QVERIFY(answer.isComplete);
            QVERIFY(answer.body == body);
        }
        QCOMPARE(function.connections.load(), 1);
    }

    void passesPipelinedRequestsInOrder()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), echo);
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        std::string all;
        for (int i = 0; i < 50; ++i) {
            all += "POST /fn/f/" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab";
        }
        for (const char byte : all) { // every cut there is
            QVERIFY(client.send({&byte, 1}));
        }
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(client.readAnswer().body, "POST /" + std::to_string(i) + " HTTP/1.1\nab");
        }
        QCOMPARE(function.connections.load(), 1);
    }

    void aSlowReaderSlowsTheFunctionDown()
    {
        std::atomic<std::size_t> produced = 0;
        constexpr std::size_t total = 30'000'000;
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &, RawClient &client) {
            client.send("HTTP/1.1 200 OK\r\ncontent-length: " + std::to_string(total) + "\r\n\r\n");
            const std::string piece = pattern(100'000);
            while (produced < total && client.send(piece)) {
                produced += piece.size();
            }
            return true;
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto client = RawClient::tcp(gateway.port(), 64 * 1024);
        QVERIFY(client.send("GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n"));
        std::size_t before = 1;
        QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, produced.load()) == produced.load() && produced > 0,
                                 5000);
        QTest::qWait(100);
        QVERIFY2(produced < 15'000'000,
                 std::to_string(produced).c_str()); // kernel buffers and the gateway's mark
        const Answer answer = client.readAnswer();
        QVERIFY(answer.isComplete);
        QCOMPARE(answer.body.size(), total);
    }

    void aSlowFunctionSlowsTheClientDown()
    {
        std::atomic<bool> mayRead = false;
        TestGateway gateway;
        TestFunction function(gateway.socketPath("a"), [&](const Asked &asked, RawClient &client) {
            while (!mayRead) {
                std::this_thread::yield();
            }
            const std::string body = client.readBytes(std::stoul(asked.header("content-length")));
            return client.send(TestFunction::ok(std::to_string(body.size())));
        });
        function.readsBodies = false;
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        QVERIFY(client.send("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n"));
        std::size_t sent = 0;
        const std::string piece(100'000, 'x');
        while (sent < 30'000'000) {
            const ssize_t count =
                ::send(client.fd(), piece.data(), piece.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            pollfd descriptor{client.fd(), POLLOUT, 0};
            if (count > 0) {
                sent += static_cast<std::size_t>(count);
            } else if (::poll(&descriptor, 1, 300) == 0) {
                break; // full
            }
        }
        QVERIFY2(sent < 20'000'000, std::to_string(sent).c_str());
        mayRead = true;
        QVERIFY(client.send(std::string(30'000'000 - sent, 'x')));
        QCOMPARE(client.readAnswer().body, "30000000");
    }

    void aClientThatLeavesEndsTheUpstreamRequest()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &, RawClient &client) {
            client.readAll(); // never answers
            return false;
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        QVERIFY(client.send("GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n"));
        QTRY_COMPARE(function.requests.load(), 1);
        QCOMPARE(function.open.load(), 1);
        client.close();
        QTRY_COMPARE(function.open.load(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().aborted, std::uint64_t(1), 3000);
        QCOMPARE(gateway.sum().inFlight, 0U);
    }

    void anEarlyAnswerArrivesWhileTheUploadStillRuns()
    {
        TestGateway gateway;
        TestFunction function(gateway.socketPath("a"), [](const Asked &, RawClient &client) {
            client.send("HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\n\r\nbig");
            return false;
        });
        function.readsBodies = false;
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        QVERIFY(
            client.send("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\nfirst bytes"));
        const Answer answer = client.readAnswer();
        QCOMPARE(answer.status, 413);
        QCOMPARE(answer.body, "big");
    }

    void aStreamArrivesPieceByPieceInBothDirections()
    {
        TestGateway gateway;
        TestFunction function(gateway.socketPath("a"), [](const Asked &, RawClient &client) {
            client.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            for (int i = 0; i < 3; ++i) { // answers each chunk before the next one is sent
                std::string chunk = client.readUntil("\r\n");
                chunk += client.readUntil("\r\n");
                client.send(chunk);
            }
            client.readUntil("0\r\n\r\n");
            return client.send("0\r\n\r\n");
        });
        function.readsBodies = false;
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        QVERIFY(client.send("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(client.send("2\r\n" + std::string(2, static_cast<char>('a' + i)) + "\r\n"));
            const std::string piece(2, static_cast<char>('a' + i));
            QVERIFY(client.readUntil(piece).ends_with(piece));
        }
        QVERIFY(client.send("0\r\n\r\n"));
        QVERIFY(client.readUntil("0\r\n\r\n").ends_with("0\r\n\r\n"));
        QCOMPARE(client.ask("GET /_nest/healthz HTTP/1.1\r\nHost: x\r\n\r\n").body, "ok");
    }

    void continueIsSentWhenThereIsAnInstance()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), echo);
        auto client = gateway.client();
        gateway.route({gateway.revision(1, {})});
        QVERIFY(client.send(
            "POST /fn/f/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
        QTRY_VERIFY(gateway.pokes() > 0);
        pollfd descriptor{client.fd(), POLLIN, 0};
        QCOMPARE(::poll(&descriptor, 1, 50), 0); // it waits, and the body stays with the client
        gateway.route({gateway.revision(1, {function.path})});
        QVERIFY(client.readUntil("\r\n\r\n").starts_with("HTTP/1.1 100 "));
        const Answer answer = client.ask("ab");
        QCOMPARE(answer.body, "POST / HTTP/1.1\nab");
        QCOMPARE(answer.header("got-expect"), "");
    }

    void headAndEmptyAnswersKeepTheConnection()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &asked, RawClient &client) {
            if (asked.line.starts_with("HEAD")) {
                return client.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
            }
            if (asked.line.starts_with("GET /early")) {
                return client.send("HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n" + TestFunction::ok("x"));
            }
            return client.send("HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n");
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        QCOMPARE(client.ask("HEAD /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n", true).header("content-length"), "5");
        QCOMPARE(client.ask("GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n").status, 304);
        QVERIFY(client.send("GET /fn/f/early HTTP/1.1\r\nHost: x\r\n\r\n"));
        QVERIFY(client.readUntil("\r\n\r\n").starts_with("HTTP/1.1 103 Early Hints\r\nlink: a\r\n"));
        QCOMPARE(client.readAnswer().body, "x");
        QCOMPARE(function.connections.load(), 1);
    }

    void anOldClientGetsItsStreamUntilTheConnectionEnds()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &, RawClient &client) {
            client.send("HTTP/1.1 200 OK\r\n\r\nuntil the end"); // no length: ends with the connection
            return false;
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto old = gateway.client();
        const Answer answer = old.ask("GET /fn/f/ HTTP/1.0\r\n\r\n");
        QCOMPARE(answer.header("transfer-encoding"), "");
        QCOMPARE(answer.body, "until the end");
        const Answer chunked = gateway.get();
        QCOMPARE(chunked.header("transfer-encoding"), "chunked");
        QCOMPARE(chunked.body, "until the end");
        QVERIFY(chunked.isComplete);
    }

    void refusesOverLimitConflictingAndUpgradeRequests_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("length and chunked")
            << QByteArray("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: "
                          "chunked\r\n\r\n0\r\n\r\n")
            << 400 << QByteArray("http/bad-request");
        QTest::newRow("two lengths")
            << QByteArray(
                   "POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")
            << 400 << QByteArray("http/bad-request");
        QTest::newRow("declared body")
            << QByteArray("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000001\r\n\r\n") << 413
            << QByteArray("http/body-too-large");
        QTest::newRow("chunked body")
            << QByteArray("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" +
                          QByteArray(1'100'000, 'x'))
            << 413 << QByteArray("http/body-too-large");
        QTest::newRow("upgrade")
            << QByteArray(
                   "GET /fn/f/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
            << 501 << QByteArray("gateway/upgrade-unsupported");
        QTest::newRow("connect") << QByteArray("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n") << 501
                                 << QByteArray("gateway/upgrade-unsupported");
        QTest::newRow("slow head") << QByteArray("GET /fn/f/ HTT") << 408
                                   << QByteArray("http/header-timeout");
        QTest::newRow("slow body") << QByteArray(
                                          "POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
                                   << 408 << QByteArray("http/body-timeout");
        QTest::newRow("no such address") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n") << 404
                                         << QByteArray("gateway/unknown-function");
    }

    void refusesOverLimitConflictingAndUpgradeRequests()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        GatewayConfig config;
        config.limits.bodyBytes = 1'000'000;
        config.limits.headerTime = 100ms;
        config.limits.bodyTime = 100ms;
        TestGateway gateway(config);
        const TestFunction function(gateway.socketPath("a"), echo);
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        QVERIFY(client.send(request.toStdString()) || status == 413);
        const Answer answer = client.readAnswer();
        QCOMPARE(answer.status, status);
        QVERIFY2(answer.body.find("\"/problems/" + type.toStdString() + "\"") != std::string::npos,
                 answer.body.c_str());
        const bool hadStarted = type == "http/body-timeout" || request.contains("\r\n200000\r\n");
        if (!hadStarted) { // the head went on before the body broke a limit
            QCOMPARE(function.requests.load(), 0);
        }
        QCOMPARE(gateway.get().status, 200); // the gateway goes on
    }

    void anAnswerThatTakesTooLongIs504()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &, RawClient &client) {
            client.readAll();
            return false;
        });
        auto route = gateway.revision(1, {function.path});
        route.requestTimeout = 100ms;
        gateway.route({route});
        auto client = gateway.client();
        const Answer answer = client.ask("GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(answer.status, 504);
        QVERIFY(answer.body.find("\"/problems/gateway/timeout\"") != std::string::npos);
        QTRY_COMPARE(function.open.load(), 0); // it is told to stop
        QCOMPARE(client.ask("GET /_nest/healthz HTTP/1.1\r\nHost: x\r\n\r\n").body, "ok");
    }

    void rubbishFromAFunctionIs502()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &asked, RawClient &client) {
            if (asked.line.starts_with("GET /two")) {
                client.send("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab");
            } else if (asked.line.starts_with("GET /switch")) {
                client.send("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n");
            } else {
                client.send("what is this?\r\n\r\n");
            }
            return false;
        });
        gateway.route({gateway.revision(1, {function.path})});
        for (const char *path : {"/fn/f/", "/fn/f/two", "/fn/f/switch"}) {
            const Answer answer = gateway.get(path);
            QCOMPARE(answer.status, 502);
            QVERIFY(answer.body.find("\"/problems/gateway/bad-response\"") != std::string::npos);
        }
        QCOMPARE(gateway.heard().troubled.size(), std::size_t(3));
    }

    void bytesBehindAnAnswerAreNeverAnotherClients()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &asked, RawClient &client) {
            return client.send(asked.turn == 1 && asked.connection == 1
                                   ? TestFunction::ok("first") + TestFunction::ok("smuggled")
                                   : TestFunction::ok("second"));
        });
        gateway.route({gateway.revision(1, {function.path})});
        QCOMPARE(gateway.get().body, "first");
        QCOMPARE(gateway.get().body, "second");
    }
};

QTEST_GUILESS_MAIN(TestGatewayProxy)
#include "tst_gateway_proxy.moc"
