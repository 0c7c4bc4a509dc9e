// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is counted for a load that is known exactly.

#include "platform/gateway/tally.h"
#include "tests/platform/gateway/testgateway.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace nest;
using namespace nest::gateway;
using namespace std::chrono_literals;
using namespace nest::test;

class TestGatewayCounters final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void theIntegralOfTheLoadIsExact()
    {
        Tally tally;
        const Tally::TimePoint start{};
        tally.setInFlight(2, start);
        tally.setQueued(3, start + 500ms);                               // 2 for 0.5 s
        tally.setInFlight(1, start + 700ms);                             // 5 for 0.2 s
        const RevisionSecond first = tally.take({}, 10, start + 1000ms); // 4 for 0.3 s
        QCOMPARE(first.concurrencySeconds, 1.0 + 1.0 + 1.2);
        QCOMPARE(first.inFlight, 1U);
        QCOMPARE(first.queued, 3U);
        tally.setQueued(0, start + 1100ms);
        tally.setInFlight(0, start + 1200ms);
        const RevisionSecond second = tally.take({}, 11, start + 2000ms);
        QVERIFY(std::abs(second.concurrencySeconds - 0.5) < 1e-9);
        QVERIFY(!tally.hasSomething());
    }

    void countsEachRequestOnce()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &asked, RawClient &client) {
            return client.send(asked.line.starts_with("GET /bad")
                                   ? "HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"
                                   : TestFunction::ok("ok"));
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto client = gateway.client();
        for (int i = 0; i < 200; ++i) {
            const std::string path = i % 4 == 0 ? "/fn/f/bad" : "/fn/f/good";
            QVERIFY(client.ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").isComplete);
        }
        QCOMPARE(gateway.get("/fn/nope/").status, 404); // belongs to no revision
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().responses, std::uint64_t(200), 3000);
        const RevisionSecond sum = gateway.sum();
        QCOMPARE(sum.arrivals, std::uint64_t(200));
        QCOMPARE(sum.errors, std::uint64_t(50));
        QCOMPARE(sum.rejected, std::uint64_t(0));
        QCOMPARE(sum.waited, std::uint64_t(0));
        QCOMPARE(sum.latency.total(), std::uint64_t(200));
        QCOMPARE(sum.inFlight, 0U);
        std::uint64_t requests = 0;
        std::uint64_t errors = 0;
        for (const SecondBatch &batch : gateway.heard().seconds) {
            for (const InstanceSecond &instance : batch.instances) {
                QCOMPARE(instance.id, "i-a");
                requests += instance.requests;
                errors += instance.errors;
            }
        }
        QCOMPARE(requests, std::uint64_t(200));
        QCOMPARE(errors, std::uint64_t(50));
    }

    void loadAndLatencyAreThoseOfTheFunction()
    {
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [](const Asked &, RawClient &client) {
            std::this_thread::sleep_for(100ms); // the function's work, not a wait of the test
            return client.send(TestFunction::ok("ok"));
        });
        gateway.route({gateway.revision(1, {function.path})});
        QElapsedTimer timer;
        timer.start();
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                auto client = gateway.client();
                for (int j = 0; j < 5; ++j) {
                    client.ask("GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n");
                }
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        const double seconds = static_cast<double>(timer.elapsed()) / 1000;
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().responses, std::uint64_t(20), 3000);
        const RevisionSecond sum = gateway.sum();
        // 20 requests of 0.1 s: 2 request-seconds, up to what the machine adds.
        QVERIFY2(sum.concurrencySeconds >= 1.95 && sum.concurrencySeconds <= 4 * seconds + 0.01,
                 std::to_string(sum.concurrencySeconds).c_str());
        QVERIFY(sum.latency.quantileMilliseconds(0).value() >= 95);
        QVERIFY(sum.latency.quantileMilliseconds(0.5).value() < 100 + 1000 * seconds);
    }

    void waitingIsCountedInTheSecondItHappens()
    {
        TestGateway gateway;
        gateway.route({gateway.revision(1, {})});
        std::vector<RawClient> clients;
        for (int i = 0; i < 5; ++i) {
            clients.push_back(gateway.client());
            QVERIFY(clients.back().send("GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n"));
        }
        QTRY_VERIFY_WITH_TIMEOUT(gateway.sum().queued == 5 && gateway.sum().concurrencySeconds >= 5, 5000);
        const TestFunction function(gateway.socketPath("a"), [](const Asked &, RawClient &client) {
            return client.send(TestFunction::ok("ok"));
        });
        gateway.route({gateway.revision(1, {function.path})});
        for (RawClient &client : clients) {
            QCOMPARE(client.readAnswer().status, 200);
        }
        QTRY_COMPARE_WITH_TIMEOUT(gateway.sum().responses, std::uint64_t(5), 3000);
        const RevisionSecond sum = gateway.sum();
        QCOMPARE(sum.waited, std::uint64_t(5));
        QCOMPARE(sum.arrivals, std::uint64_t(5));
        QCOMPARE(sum.queued, 0U);
        QVERIFY(sum.waitMaxSeconds >= 1);
        std::int64_t last = 0;
        for (const SecondBatch &batch : gateway.heard().seconds) {
            QVERIFY(batch.second > last); // one a second, each once
            last = batch.second;
        }
    }

    void weightsHoldOverRealRequests()
    {
        TestGateway gateway;
        const auto answer = [](const Asked &, RawClient &client) {
            return client.send(TestFunction::ok("ok"));
        };
        const TestFunction one(gateway.socketPath("one"), answer);
        const TestFunction two(gateway.socketPath("two"), answer);
        const TestFunction none(gateway.socketPath("none"), answer);
        gateway.route({gateway.revision(1, {one.path}, 90), gateway.revision(2, {two.path}, 10),
                       gateway.revision(3, {none.path}, 0)});
        auto client = gateway.client();
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(client.ask("GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
        }
        QVERIFY(std::abs(two.requests - 100) <= 3);
        QCOMPARE(one.requests + two.requests, 1000);
        QCOMPARE(none.requests.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestGatewayCounters)
#include "tst_gateway_counters.moc"
