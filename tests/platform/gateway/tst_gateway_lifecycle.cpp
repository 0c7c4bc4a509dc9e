// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a gateway and what passes it end: ports, drain, answers that stall.

#include "tests/platform/gateway/testgateway.h"

#include <QTest>

#include <thread>

using namespace nest;
using namespace nest::gateway;
using namespace std::chrono_literals;
using namespace nest::test;

class TestGatewayLifecycle final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void drainFinishesWhatIsUnderWay()
    {
        std::atomic<bool> mayAnswer = false;
        TestGateway gateway;
        const TestFunction function(gateway.socketPath("a"), [&](const Asked &, RawClient &client) {
            while (!mayAnswer) {
                std::this_thread::yield();
            }
            return client.send(TestFunction::ok("done"));
        });
        gateway.route({gateway.revision(1, {function.path})});
        auto idle = gateway.client();
        QCOMPARE(idle.ask("GET /_nest/healthz HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
        auto busy = gateway.client();
        QVERIFY(busy.send("GET /fn/f/ HTTP/1.1\r\nHost: x\r\n\r\n"));
        QTRY_COMPARE(function.requests.load(), 1);
        std::thread drainer([&] { gateway.gateway().drain(10s); });
        QVERIFY(idle.sawEnd());
        QTRY_VERIFY(!gateway.client().isOpen());
        mayAnswer = true;
        const Answer answer = busy.readAnswer();
        QCOMPARE(answer.body, "done");
        QCOMPARE(answer.header("connection"), "close");
        QVERIFY(busy.sawEnd());
        drainer.join();
    }

    void anAnswerThatStallsIsCutOffAndAQuietOneIsNot()
    {
        GatewayConfig config;
        config.stallTimeout = 300ms;
        TestGateway gateway(config);
        const TestFunction function(gateway.socketPath("a"), [](const Asked &asked, RawClient &client) {
            client.send("HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n");
            const bool stalls = asked.line.starts_with("GET /stall");
            for (int i = 0; i < (stalls ? 2 : 8); ++i) { // 800 ms in all, never 300 ms without a byte
                std::this_thread::sleep_for(100ms);      // the pace of the function, not a wait of the test
                client.send("x");
            }
            if (stalls) {
                client.readAll();
            }
            return !stalls;
        });
        auto route = gateway.revision(1, {function.path});
        route.requestTimeout = 200ms;
        gateway.route({route});
        QCOMPARE(gateway.get("/fn/f/slow").body, "xxxxxxxx");
        auto client = gateway.client();
        QVERIFY(client.send("GET /fn/f/stall HTTP/1.1\r\nHost: x\r\n\r\n"));
        const std::string all = client.readAll();
        QVERIFY2(all.ends_with("\r\n\r\nxx"), all.c_str());
        QTRY_COMPARE(function.open.load(), 0); // the slot is given back
        QCOMPARE(gateway.get("/fn/f/slow").status, 200);
    }

    void aTakenPortIsAnErrorWhenItWasSetAndPassedOverWhenNot()
    {
        TestGateway first;
        GatewayConfig config;
        config.port = first.port();
        config.portWasSet = true;
        Gateway explicitOne(config, {});
        const auto refused = explicitOne.start();
        QVERIFY(!refused);
        QCOMPARE(refused.error().type, "http/port-taken");
        QVERIFY(refused.error().detail.find(std::to_string(first.port())) != std::string::npos);
        config.portWasSet = false;
        Gateway flexible(config, {});
        QVERIFY(flexible.start());
        QVERIFY(flexible.port() > first.port());
        QCOMPARE(RawClient::tcp(flexible.port()).ask("GET /_nest/healthz HTTP/1.1\r\nHost: x\r\n\r\n").body,
                 "ok");
    }
};

QTEST_GUILESS_MAIN(TestGatewayLifecycle)
#include "tst_gateway_lifecycle.moc"
