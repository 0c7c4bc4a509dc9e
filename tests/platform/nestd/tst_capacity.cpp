// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A machine that is full: what does not fit is not started, the decision says so, who would wait is told why,
// and a place that becomes free is taken.

#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::seconds;

namespace {

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

class CapacityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatDoesNotFitIsNotStarted();
    void whoWouldWaitIsToldWhy();
    void aPlaceThatBecomesFreeIsTaken();
    void whatDrainsKeepsItsPlace();

private:
    [[nodiscard]] QJsonObject statusOf(const QByteArray &function) const
    {
        return object(
                   m_platform.get("/v1/functions/" + function + "/deployments/default/main/local"))[u"status"]
            .toObject();
    }
    [[nodiscard]] QJsonObject lastDecision(const QByteArray &function) const
    {
        return object(m_platform.get("/v1/decisions?function=" + function))[u"items"]
            .toArray()
            .first()
            .toObject();
    }

    TestPlatform m_platform;
};

void CapacityTest::initTestCase()
{
    QTest::failOnWarning();
    // Room for two instances of 256 MB.
    QVERIFY2(m_platform.start({u"--capacity-memory"_s, u"600"_s}), qPrintable(m_platform.error()));
}

void CapacityTest::whatDoesNotFitIsNotStarted()
{
    const auto empty = object(m_platform.get("/v1/capacity"));
    QCOMPARE(empty[u"memoryMegabytes"].toInt(), 600);
    QCOMPARE(empty[u"promisedMegabytes"].toInt(), 0);
    QVERIFY(empty[u"cores"].toInt() >= 1);
    QVERIFY(!empty.contains(u"usedMegabytes")); // not measured is not 0
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"),
                               R"({"scaling":{"reserved":4,"maximum":4}})"),
             QString());
    QVERIFY(waitUntil([&] { return statusOf("hello")[u"ready"].toInt() == 2; }, seconds(20)));
    QVERIFY(waitUntil([&] { return lastDecision("hello")[u"limit"].toString() == u"capacity"; }, seconds(5)));
    const auto decision = lastDecision("hello");
    QCOMPARE(decision[u"limit"].toString(), u"capacity"_s);
    QCOMPARE(decision[u"desired"].toInt(), 2);
    QCOMPARE(decision[u"inputs"][u"room"].toInt(), 2);
    const auto steps = decision[u"steps"].toArray();
    QCOMPARE(steps.last()[u"name"].toString(), u"capacity"_s);
    QCOMPARE(steps.last()[u"value"].toDouble(), 256.0);
    QCOMPARE(steps.last()[u"before"].toDouble(), 4.0);

    const auto full = object(m_platform.get("/v1/capacity"));
    QCOMPARE(full[u"promisedMegabytes"].toInt(), 512);
    const auto group = full[u"groups"].toArray().first().toObject();
    QCOMPARE(group[u"lane"].toString(), u"main"_s);
    QCOMPARE(group[u"instances"].toInt(), 2);
    QCOMPARE(group[u"promisedMegabytes"].toInt(), 512);
    QCOMPARE(group[u"limited"].toInt(), 1);
    QVERIFY(waitUntil(
        [&] {
            const auto seen = object(m_platform.get("/v1/capacity"));
            return seen[u"usedMegabytes"].toDouble() > 10 && seen[u"groups"][0][u"cpuPercent"].isDouble();
        },
        seconds(10)));
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/"}).status, 200);
}

void CapacityTest::whoWouldWaitIsToldWhy()
{
    QCOMPARE(m_platform.deploy("second", TestPlatform::helloFiles("second"), "{}"), QString());
    const auto answer = m_platform.gateway({.path = "/fn/second/", .limit = seconds(5)});
    QVERIFY2(answer.status == 503, answer.body.constData());
    QVERIFY2(answer.body.contains(
                 "No room on this machine: an instance takes 256 MB, and of 600 MB other instances "
                 "have been promised 512 MB."),
             answer.body.constData());
    // The answer does not wait until the decision is stored.
    QVERIFY(
        waitUntil([&] { return lastDecision("second")[u"limit"].toString() == u"capacity"; }, seconds(5)));
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/"}).status, 200); // the neighbour goes on
}

void CapacityTest::aPlaceThatBecomesFreeIsTaken()
{
    const QByteArray address = "/v1/functions/hello/deployments/default/main/local";
    auto document = object(m_platform.get(address));
    const auto etag = document.take(u"etag"_s).toString().toUtf8();
    document.remove(u"status"_s);
    auto scaling = document[u"scaling"].toObject();
    scaling[u"reserved"_s] = 0;
    scaling[u"scaleDownDelaySeconds"_s] = 0;
    scaling[u"stableWindowSeconds"_s] = 6;
    scaling[u"panicWindowSeconds"_s] = 2;
    scaling[u"scaleToZeroAfterSeconds"_s] = 1;
    document[u"scaling"_s] = scaling;
    QCOMPARE(
        m_platform.api({"PUT", address, QJsonDocument(document).toJson(), {{"If-Match", '"' + etag + '"'}}})
            .status,
        200);
    QVERIFY(
        waitUntil([&] { return m_platform.gateway({.path = "/fn/second/"}).status == 200; }, seconds(40)));
    QCOMPARE(statusOf("second")[u"reason"].toString(), QString());
}

/// One that is replaced while it still answers is promised its memory until it has.
void CapacityTest::whatDrainsKeepsItsPlace()
{
    TestPlatform platform;
    QVERIFY2(platform.start({u"--capacity-memory"_s, u"300"_s}), qPrintable(platform.error()));
    const QByteArray address = "/v1/functions/hello/deployments/default/main/local";
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), R"({"scaling":{"reserved":1}})"),
             QString());
    const auto instances = [&](const char *state) {
        return object(platform.get(QByteArray("/v1/instances?function=hello&state=") + state))[u"items"]
            .toArray();
    };
    QVERIFY(waitUntil([&] { return instances("ready").size() == 1; }, seconds(20)));
    HttpAnswer slow;
    std::thread client([&] { slow = platform.gateway({.path = "/fn/hello/?wait=3000"}); });
    QVERIFY(waitUntil(
        [&] { return object(platform.get(address))[u"status"][u"reserved"][u"inUse"].toInt() == 1; },
        seconds(10)));
    auto document = object(platform.get(address));
    document.remove(u"status"_s);
    document[u"environment"_s] = QJsonObject{{u"REPLACED"_s, u"yes"_s}};
    QCOMPARE(platform.api({"PUT", address, QJsonDocument(document).toJson(), {{"If-Match", "*"}}}).status,
             200);
    QCOMPARE(instances("draining").size(), 1);
    HttpAnswer next; // waits for the one that replaces it, and is not told that there is no room
    std::thread follower([&] { next = platform.gateway({.path = "/fn/hello/"}); });
    int most = 0;
    QVERIFY(waitUntil(
        [&] {
            most = std::max(most, object(platform.get("/v1/capacity"))[u"promisedMegabytes"].toInt());
            return instances("draining").isEmpty() && instances("ready").size() == 1;
        },
        seconds(20)));
    client.join();
    follower.join();
    QCOMPARE(slow.status, 200);
    QVERIFY2(next.status == 200, next.body.constData());
    QCOMPARE(most, 256);
}

QTEST_GUILESS_MAIN(CapacityTest)
#include "tst_capacity.moc"
