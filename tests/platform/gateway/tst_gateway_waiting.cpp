// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Requests for which there is no instance yet, or no room: order, limits, pokes, reasons, route changes.

#include "tests/platform/gateway/testgateway.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace nest;
using namespace nest::gateway;
using namespace std::chrono_literals;
using namespace nest::test;

namespace {

constexpr std::string_view getF = "GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n";

bool ok(const Asked &, RawClient &client)
{
    return client.send(TestFunction::ok("ok"));
}

bool hasType(const Answer &answer, const char *type)
{
    return answer.body.find(std::string("\"/problems/gateway/") + type + "\"") != std::string::npos;
}

} // namespace

class TestGatewayWaiting final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void fiveHundredAtOnceFromZeroAreAllAnswered()
    {
        TestGateway gateway;
        std::atomic<int> busy = 0;
        std::atomic<int> most = 0;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &, RawClient &client) {
            const int now = ++busy;
            for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
            }
            const bool sent = client.send(TestFunction::ok("ok"));
            --busy;
            return sent;
        });
        auto route = gateway.revision(1, {});
        route.concurrencyLimit = 20;
        gateway.route({route});
        std::vector<RawClient> clients;
        for (int i = 0; i < 500; ++i) {
            clients.push_back(gateway.client());
            QVERIFY(clients.back().send(
                i % 2 ? getF : "POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"));
        }
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().queued, 500U, 5000);
        auto ready = gateway.revision(1, {function.path});
        ready.concurrencyLimit = 20;
        gateway.route({ready});
        for (RawClient &client : clients) {
            QCOMPARE(client.readAnswer().status, 200);
        }
        QCOMPARE(function.requests.load(), 500);
        QVERIFY(most <= 20);
        QVERIFY(function.connections <= 20);
    }

    void pokesAtOnceThenEveryHundredMilliseconds()
    {
        TestGateway gateway;
        gateway.route({gateway.revision(1, {})});
        auto client = gateway.client();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(client.send(getF));
        QTRY_VERIFY(gateway.pokes() >= 1);
        QVERIFY(timer.elapsed() < 90);
        QTRY_VERIFY(gateway.pokes() >= 5);
        QVERIFY2(timer.elapsed() >= 400, "pokes came too fast");
        QCOMPARE(gateway.heard().pokes.front(), (RevisionKey{"f", "default", "main", "local", 1}));
        client.close();
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().aborted, std::uint64_t(1), 3000);
        const std::size_t before = gateway.pokes();
        QTest::qWait(250);
        QCOMPARE(gateway.pokes(), before); // nobody waits any more
    }

    void releasesRequestsInArrivalOrder()
    {
        TestGateway gateway;
        std::mutex mutex;
        std::vector<std::string> order;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &asked, RawClient &client) {
            const std::lock_guard lock(mutex);
            order.push_back(asked.line.substr(4, asked.line.find(' ', 4) - 4));
            return client.send(TestFunction::ok("ok"));
        });
        auto route = gateway.revision(1, {});
        route.concurrencyLimit = 1;
        gateway.route({route});
        std::vector<RawClient> clients;
        std::vector<std::string> expected;
        for (int i = 0; i < 30; ++i) {
            clients.push_back(gateway.client());
            QVERIFY(clients.back().send("GET /fn/f/" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
            expected.push_back("/" + std::to_string(i));
            // The next one only when this one has been taken in: its health answer comes after it.
            auto probe = gateway.client();
            QCOMPARE(probe.ask("GET /_nest/healthz HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
        }
        route = gateway.revision(1, {function.path});
        route.concurrencyLimit = 1;
        gateway.route({route});
        for (RawClient &client : clients) {
            QCOMPARE(client.readAnswer().status, 200);
        }
        QCOMPARE(order, expected);
    }

    void neverMoreThanTheLimitAreWithAnInstance()
    {
        TestGateway gateway;
        std::atomic<bool> mayAnswer = false;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &, RawClient &client) {
            while (!mayAnswer) {
                std::this_thread::yield();
            }
            return client.send(TestFunction::ok("ok"));
        });
        auto route = gateway.revision(1, {function.path});
        route.concurrencyLimit = 2;
        gateway.route({route});
        std::vector<RawClient> clients;
        for (int i = 0; i < 6; ++i) {
            clients.push_back(gateway.client());
            QVERIFY(clients.back().send(getF));
        }
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().queued, 4U, 3000);
        QCOMPARE(gateway.sum().inFlight, 2U);
        QCOMPARE(function.requests.load(), 2);
        QVERIFY(gateway.pokes() > 0); // full is a reason for more instances
        mayAnswer = true;
        for (RawClient &client : clients) {
            QCOMPARE(client.readAnswer().status, 200);
        }
    }

    void aFullQueueRefusesAtOnce()
    {
        GatewayConfig config;
        config.activator.requests = 3;
        TestGateway gateway(config);
        gateway.route({gateway.revision(1, {})});
        std::vector<RawClient> waiting;
        for (int i = 0; i < 3; ++i) {
            waiting.push_back(gateway.client());
            QVERIFY(waiting.back().send(getF));
        }
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().queued, 3U, 3000);
        auto client = gateway.client();
        const Answer refused = client.ask(getF);
        QCOMPARE(refused.status, 503);
        QVERIFY(hasType(refused, "queue-full"));
        QCOMPARE(refused.header("retry-after"), "1");
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().rejected, std::uint64_t(1), 3000);
        waiting.front().close();
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().queued, 2U, 3000); // its place is free again
        QVERIFY(client.send(getF));
        const TestFunction function(gateway.socketPath("a"), ok);
        gateway.route({gateway.revision(1, {function.path})});
        QCOMPARE(client.readAnswer().status, 200);
    }

    void waitingBodiesAreLimitedTogether()
    {
        GatewayConfig config;
        config.activator.bodyBytes = 5'000;
        TestGateway gateway(config);
        gateway.route({gateway.revision(1, {})});
        const std::string post =
            "POST /fn/f/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3000\r\n\r\n" + std::string(3000, 'x');
        auto first = gateway.client();
        QVERIFY(first.send(post));
        QTRY_VERIFY(gateway.pokes() > 0);
        auto second = gateway.client();
        QVERIFY(hasType(second.ask(post), "queue-full"));
        std::size_t echoed = 0;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &asked, RawClient &client) {
            echoed = asked.body.size();
            return client.send(TestFunction::ok("ok"));
        });
        gateway.route({gateway.revision(1, {function.path})});
        QCOMPARE(first.readAnswer().status, 200);
        QCOMPARE(echoed, std::size_t(3000));
    }

    void waitingTooLongIs503NoInstance()
    {
        GatewayConfig config;
        config.activator.wait = 200ms;
        TestGateway gateway(config);
        gateway.route({gateway.revision(1, {})});
        QElapsedTimer timer;
        timer.start();
        const Answer answer = gateway.get();
        QCOMPARE(answer.status, 503);
        QVERIFY(hasType(answer, "no-instance"));
        QCOMPARE(answer.header("retry-after"), "1");
        QVERIFY(timer.elapsed() >= 200);
    }

    void aBlockedRevisionAnswersItsReasonAtOnce()
    {
        TestGateway gateway;
        gateway.route({gateway.revision(1, {})});
        auto waiting = gateway.client();
        QVERIFY(waiting.send(getF));
        QTRY_VERIFY(gateway.pokes() > 0);
        auto blocked = gateway.revision(1, {});
        blocked.blockedReason = "The handler \"src/index.js\" does not exist. Correct it and publish again.";
        gateway.route({blocked});
        const Answer released = waiting.readAnswer(); // whoever waited is told as well
        QCOMPARE(released.status, 503);
        const Answer answer = gateway.get();
        QCOMPARE(answer.status, 503);
        QVERIFY(hasType(answer, "cannot-start"));
        QVERIFY(answer.body.find("src/index.js\\\" does not exist") != std::string::npos);
    }

    void coldAndWaitAreTold()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), ok);
        gateway.route({gateway.revision(1, {})});
        auto client = gateway.client();
        const std::string request = "GET /fn/f/ HTTP/1.1\r\nHost: x\r\nnest-debug: timing\r\n\r\n";
        QVERIFY(client.send(request));
        QTRY_VERIFY(gateway.pokes() >= 3);
        gateway.route({gateway.revision(1, {function.path})});
        const Answer cold = client.readAnswer();
        QCOMPARE(cold.header("nest-cold"), "cold");
        QVERIFY(std::stoi(cold.header("nest-queue-wait-ms")) >= 200);
        QCOMPARE(client.ask(request).header("nest-cold"), "warm");
    }

    void aPokeTellsHowManyWaitWhenItIsRead()
    {
        TestGateway gateway;
        gateway.route({gateway.revision(1, {})});
        std::vector<RawClient> clients;
        for (int i = 0; i < 5; ++i) {
            clients.push_back(gateway.client());
            QVERIFY(clients.back().send(getF));
        }
        QTRY_VERIFY(gateway.heard().waiting && gateway.heard().waiting->load() == 5);
        clients.pop_back();
        QTRY_COMPARE(gateway.heard().waiting->load(), 4U);
        gateway.routeDeployments({});
        QTRY_COMPARE(gateway.heard().waiting->load(), 0U);
    }

    void whoWaitsForARevisionThatGoesIsSentToItsSuccessor()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), ok);
        gateway.route({gateway.revision(1, {})});
        auto client = gateway.client();
        QVERIFY(client.send(getF));
        QTRY_VERIFY(gateway.pokes() > 0);
        gateway.route({gateway.revision(2, {function.path})});
        QCOMPARE(client.readAnswer().status, 200);
        auto lost = gateway.client();
        gateway.route({gateway.revision(3, {})});
        const std::size_t before = gateway.pokes();
        QVERIFY(lost.send(getF));
        QTRY_VERIFY(gateway.pokes() > before);
        gateway.routeDeployments({});
        QVERIFY(hasType(lost.readAnswer(), "no-deployment"));
    }

    void whoWaitsForARevisionThatLosesItsWeightIsSentToTheOther()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), ok);
        gateway.route({gateway.revision(1, {})});
        auto client = gateway.client();
        QVERIFY(client.send(getF));
        QTRY_VERIFY(gateway.pokes() > 0);
        gateway.route({gateway.revision(1, {}, 0), gateway.revision(2, {function.path})});
        QCOMPARE(client.readAnswer().status, 200);
    }

    void routesChangeUnderLoadWithoutAnError()
    {
        TestGateway gateway;
        const TestFunction one(gateway.socketPath("one"), ok);
        const TestFunction two(gateway.socketPath("two"), ok);
        gateway.route({gateway.revision(1, {one.path})});
        std::atomic<bool> stop = false;
        std::atomic<int> good = 0;
        std::atomic<int> bad = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                auto client = gateway.client();
                while (!stop) {
                    client.ask(getF).status == 200 ? ++good : ++bad;
                }
            });
        }
        for (int i = 0; i < 60; ++i) {
            if (i % 2) {
                gateway.route({gateway.revision(1, {one.path}, 50), gateway.revision(2, {two.path}, 50)});
            } else {
                gateway.route({gateway.revision(i % 4 ? 1 : 2, {i % 4 ? one.path : two.path})});
            }
            const int before = good;
            QTRY_VERIFY(good > before + 5 || bad > 0);
        }
        stop = true;
        for (std::thread &thread : threads) {
            thread.join();
        }
        QCOMPARE(bad.load(), 0);
        QVERIFY(one.requests > 0 && two.requests > 0);
    }

    void anInstanceThatLeftTheTableIsToldIdleWhenItsLastRequestEnds()
    {
        TestGateway gateway;
        std::atomic<bool> mayAnswer = false;
        const TestFunction old(gateway.socketPath("old"), [&](const Asked &, RawClient &client) {
            while (!mayAnswer) {
                std::this_thread::yield();
            }
            return client.send(TestFunction::ok("old"));
        });
        const TestFunction fresh(gateway.socketPath("new"), ok);
        const std::string unused = gateway.socketPath("unused");
        auto route = gateway.revision(1, {old.path, unused});
        gateway.route({gateway.revision(1, {old.path})});
        auto client = gateway.client();
        QVERIFY(client.send(getF));
        QTRY_COMPARE(old.requests.load(), 1);
        gateway.route({route});
        gateway.route({gateway.revision(1, {fresh.path})});
        QTRY_COMPARE(gateway.heard().idle, std::vector<std::string>{"i-unused"}); // had none: at once
        QCOMPARE(gateway.get().body, "ok");
        QCOMPARE(gateway.heard().idle.size(), std::size_t(1));
        mayAnswer = true;
        QCOMPARE(client.readAnswer().body, "old");
        QTRY_COMPARE(gateway.heard().idle, (std::vector<std::string>{"i-unused", "i-old"}));
        QTRY_COMPARE(old.open.load(), 0); // its kept connection was closed
    }

    void fallsBackToMainAndAbroadAndCountsIt()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), ok);
        auto home = gateway.revision(1, {function.path});
        gateway.routeDeployments({{"default", "main", "local", {home}}});
        QCOMPARE(gateway.get("/fn/f/", "nest-lane: nope\r\n").status, 200);
        QCOMPARE(gateway.get("/fn/f/", "nest-region: nowhere\r\n").status, 200);
        QCOMPARE(gateway.get().status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().responses, std::uint64_t(3), 3000);
        QCOMPARE(gateway.sum().fallbacks, std::uint64_t(2));
    }
};

QTEST_GUILESS_MAIN(TestGatewayWaiting)
#include "tst_gateway_waiting.moc"
