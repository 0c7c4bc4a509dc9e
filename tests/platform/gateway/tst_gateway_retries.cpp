// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// When an instance dies or closes: what is sent again and what is not (docs/decisions.md, 23).

#include "tests/platform/gateway/testgateway.h"

#include <QTest>

#include <thread>

using namespace nest;
using namespace nest::gateway;
using namespace std::chrono_literals;
using namespace nest::test;

namespace {

constexpr std::string_view getF = "GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n";

} // namespace

class TestGatewayRetries final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void whoIsSentAgainWhenTheInstanceClosesWithoutAnAnswer_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("again");
        QTest::newRow("GET") << QByteArray(getF) << true;
        QTest::newRow("DELETE") << QByteArray("DELETE /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n") << true;
        QTest::newRow("OPTIONS") << QByteArray("OPTIONS /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n") << true;
        QTest::newRow("PUT with body")
            << QByteArray("PUT /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello") << true;
        QTest::newRow("PUT chunked") << QByteArray("PUT /fn/f/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                                                   "chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
                                     << true;
        QTest::newRow("POST with key")
            << QByteArray(
                   "POST /fn/f/ HTTP/1.1\r\nHost: x\r\nIdempotency-Key: 1\r\nContent-Length: 5\r\n\r\nhello")
            << true;
        QTest::newRow("POST") << QByteArray(
                                     "POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")
                              << false;
        QTest::newRow("PATCH") << QByteArray(
                                      "PATCH /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")
                               << false;
        QTest::newRow("PUT beyond the buffer")
            << QByteArray("PUT /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" +
                          QByteArray(100'000, 'x'))
            << false;
    }

    void whoIsSentAgainWhenTheInstanceClosesWithoutAnAnswer()
    {
        QFETCH(QByteArray, request);
        QFETCH(bool, again);
        TestGateway gateway;
        std::atomic<int> deaths = 0;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &asked, RawClient &client) {
            if (++deaths == 1) {
                return false; // has read it all, says nothing
            }
            return client.send(TestFunction::ok(asked.body));
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        const Answer answer = client.ask(request.toStdString());
        QCOMPARE(answer.status, again ? 200 : 502);
        if (again) {
            QCOMPARE(answer.body, request.contains("hello") ? "hello" : "");
        } else {
            QVERIFY(answer.body.find("\"/problems/gateway/instance-died\"") != std::string::npos);
            QCOMPARE(answer.body.contains("Idempotency-Key"), !request.startsWith("PUT"));
        }
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().responses, std::uint64_t(1), 3000);
        QCOMPARE(gateway.sum().retries, std::uint64_t(again ? 1 : 0));
        QCOMPARE(gateway.sum().errors, std::uint64_t(again ? 0 : 1));
        QCOMPARE(gateway.heard().troubled, std::vector<std::string>{"i-a"});
        QCOMPARE(client.ask(getF).status, 200); // the client's connection lives on
    }

    void anAnswerThatHasBegunIsNeverRepeated()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &asked, RawClient &client) {
            client.send(asked.line.starts_with("GET /chunked")
                            ? "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"
                            : "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
            return false;
        });
        gateway.route({gateway.revision(1, {function.path})});
        for (const char *path : {"/fn/f/", "/fn/f/chunked"}) {
            const Answer answer = gateway.get(path);
            QCOMPARE(answer.status, 200);
            QVERIFY(!answer.isComplete); // and the client can see it
        }
        QCOMPARE(function.requests.load(), 2);
    }

    void aRequestThatEndsEveryInstanceIsGivenUp()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"),
                                    [&](const Asked &, RawClient &) { return false; });
        gateway.route({gateway.revision(1, {function.path})});
        const Answer answer = gateway.get();
        QCOMPARE(answer.status, 502);
        QCOMPARE(function.requests.load(), 3);
        QVERIFY2(answer.body.contains("was sent 3 times"), answer.body.c_str());
        QVERIFY2(!answer.body.contains("Idempotency-Key"), answer.body.c_str()); // it would change nothing
    }

    void aRefusedConnectionSendsAnyRequestElsewhere()
    {
        TestGateway gateway;
        const TestFunction alive(gateway.socketPath("alive"), [](const Asked &asked, RawClient &client) {
            return client.send(TestFunction::ok(asked.body));
        });
        gateway.route({gateway.revision(1, {gateway.socketPath("dead"), alive.path})});
        auto client = gateway.client();
        for (int i = 0; i < 100; ++i) {
            const Answer answer =
                client.ask("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body, "hello");
        }
        const auto troubled = gateway.heard().troubled;
        QVERIFY(!troubled.empty());
        QVERIFY(std::ranges::all_of(troubled, [](const std::string &id) { return id == "i-dead"; }));
        QVERIFY2(troubled.size() <= 10, "it is left alone for a while"); // 100 requests take less than 2 s
    }

    void waitsForANewInstanceWhenTheOnlyOneRefuses()
    {
        TestGateway gateway;
        gateway.route({gateway.revision(1, {gateway.socketPath("dead")})});
        auto client = gateway.client();
        QVERIFY(client.send("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"));
        QTRY_VERIFY(gateway.pokes() > 0);
        const TestFunction alive(gateway.socketPath("alive"), [](const Asked &asked, RawClient &other) {
            return other.send(TestFunction::ok(asked.body));
        });
        gateway.route({gateway.revision(1, {alive.path})});
        QCOMPARE(client.readAnswer().body, "hello");
        QTRY_VERIFY(!gateway.heard().idle.empty());
    }

    void aConnectionClosedWhileIdleIsNotUsedAgain()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &asked, RawClient &client) {
            client.send(TestFunction::ok(std::to_string(asked.connection)));
            return false; // without saying so in its head
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        for (int i = 1; i <= 20; ++i) { // POST: nothing may be sent twice, nothing may fail
            const Answer answer = client.ask("POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na");
            QTRY_COMPARE(function.open.load(), 0);
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body, std::to_string(i));
        }
        QCOMPARE(function.requests.load(), 20);
    }

    void aKilledInstanceLosesNoIdempotentRequest()
    {
        TestGateway gateway;
        const auto answer = [](const Asked &, RawClient &client) {
            return client.send(TestFunction::ok("ok"));
        };
        const TestFunction steady(gateway.socketPath("steady"), answer);
        std::atomic<bool> stop = false;
        std::atomic<int> good = 0;
        std::atomic<int> bad = 0;
        gateway.route({gateway.revision(1, {steady.path})});
        std::vector<std::thread> threads;
        threads.reserve(4);
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                auto client = gateway.client();
                while (!stop) {
                    client.ask(getF).status == 200 ? ++good : ++bad;
                }
            });
        }
        for (int i = 0; i < 20; ++i) {
            TestFunction mortal(gateway.socketPath("mortal" + std::to_string(i)), answer);
            gateway.route({gateway.revision(1, {steady.path, mortal.path})});
            QTRY_VERIFY(mortal.requests > 10);
            mortal.stop(); // the table does not know yet
            const int before = good;
            QTRY_VERIFY(good > before + 10);
        }
        stop = true;
        for (std::thread &thread : threads) {
            thread.join();
        }
        QCOMPARE(bad.load(), 0);
        QVERIFY(good > 400);
    }

    void aFullBacklogIsWaitedFor()
    {
        TestGateway gateway;
        std::atomic<int> served = 0;
        const TestFunction function(
            gateway.socketPath("a"),
            [&](const Asked &, RawClient &client) {
                ++served;
                return client.send(TestFunction::ok("ok"));
            },
            1);
        gateway.route({gateway.revision(1, {function.path})});
        std::vector<RawClient> clients;
        for (int i = 0; i < 100; ++i) {
            clients.push_back(gateway.client());
            QVERIFY(clients.back().send(getF));
        }
        for (RawClient &client : clients) {
            QCOMPARE(client.readAnswer().status, 200);
        }
        QVERIFY(gateway.heard().troubled.empty());
    }
};

QTEST_GUILESS_MAIN(TestGatewayRetries)
#include "tst_gateway_retries.moc"
