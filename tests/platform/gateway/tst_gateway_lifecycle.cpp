// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Starting and stopping a gateway: ports and drain.

#include "tests/platform/gateway/testgateway.h"

#include <QTest>

#include <thread>

// QTRY_ of Qt 6.8 narrows a duration to int where it is used.
#pragma GCC diagnostic ignored "-Wconversion"

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
