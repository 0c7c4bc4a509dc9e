// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Scaling with real instances under real load: from zero up, back to zero, the decisions read back, and a
// crowd that comes all at once.

#include "tests/support/testplatform.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::seconds;

namespace {

constexpr auto policy =
    R"({"scaling":{"threshold":20,"maximum":6,"stableWindowSeconds":6,"panicWindowSeconds":2,
    "scaleDownDelaySeconds":0,"scaleToZeroAfterSeconds":5}})";

QJsonArray items(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body)[u"items"].toArray();
}

QJsonObject deploymentStatus(const TestPlatform &platform)
{
    const auto answer = platform.get("/v1/functions/hello/deployments/default/main/local");
    return QJsonDocument::fromJson(answer.body)[u"status"].toObject();
}

} // namespace

class LiveScalingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growsWithTheLoadAndReturnsToZero();
    void tellsTheLastRequestAndThePhasesOfAStart();
    void answersACrowdThatComesAtOnce();
    void aPokesDecisionCountsWhoWaits();
    void keepsReservedInstances();
    void splitsTrafficByWeight();
    void dividesFloorAndCeilingAmongVersionsWithAWeight();
    void fallsBackToTheMainLane();
};

void LiveScalingTest::growsWithTheLoadAndReturnsToZero()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), policy), QString());
    QCOMPARE(deploymentStatus(platform)[u"state"].toString(), u"atZero"_s);

    int highest = 0;
    int failed = 0;
    int sent = 0;
    // About 50 requests a second: one every 20 ms, as each answers faster than that.
    QVERIFY(waitUntil(
        [&] {
            failed += platform.gateway({.path = "/fn/hello/"}).status == 200 ? 0 : 1;
            if (++sent % 20 == 0) {
                highest = std::max(highest, deploymentStatus(platform)[u"ready"].toInt());
            }
            return highest >= 3;
        },
        seconds(40)));
    QCOMPARE(failed, 0);

    QVERIFY(waitUntil([&] { return deploymentStatus(platform)[u"ready"].toInt() == 0; }, seconds(40)));
    QCOMPARE(deploymentStatus(platform)[u"state"].toString(), u"atZero"_s);

    const auto decisions = items(platform.get("/v1/decisions?function=hello&limit=200"));
    const auto first = decisions.last().toObject();
    QCOMPARE(first[u"from"].toInt(), 0);
    QCOMPARE(first[u"cause"].toString(), u"poke"_s);
    const auto last = decisions.first().toObject();
    QCOMPARE(last[u"desired"].toInt(), 0);
    QCOMPARE(last[u"cause"].toString(), u"scaleToZero"_s);
    const bool hasRise = std::ranges::any_of(decisions, [](const QJsonValue &decision) {
        const auto inputs = decision[u"inputs"];
        return decision[u"desired"].toInt() >= 3 && inputs[u"panicAverage"].toDouble() > 20 * 0.7 &&
               !decision[u"steps"].toArray().isEmpty();
    });
    QVERIFY(hasRise);

    // The next request wakes it, and the series tell the story without inventing seconds.
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    const auto answer =
        platform.get("/v1/metrics/query?function=hello&names=requestsPerSecond,ready&resolution=raw");
    double arrivals = 0;
    for (const auto &value : QJsonDocument::fromJson(answer.body)[u"series"][0][u"values"].toArray()) {
        arrivals += value.toDouble();
    }
    QVERIFY2(std::abs(arrivals - sent) <= 2,
             qPrintable(QString::number(arrivals) + u" counted of "_s + QString::number(sent)));
}

void LiveScalingTest::tellsTheLastRequestAndThePhasesOfAStart()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QVERIFY(!deploymentStatus(platform).contains(u"lastRequestAt"));
    const auto before = QDateTime::currentDateTimeUtc().addSecs(-2); // counted in whole seconds
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    const auto lastRequest = [](const QJsonValue &status) {
        return QDateTime::fromString(status[u"lastRequestAt"].toString(), Qt::ISODateWithMs);
    };
    QVERIFY(waitUntil([&] { return deploymentStatus(platform).contains(u"lastRequestAt"); }, seconds(5)));
    const auto seen = lastRequest(deploymentStatus(platform));
    QVERIFY2(seen >= before && seen <= QDateTime::currentDateTimeUtc(), qPrintable(seen.toString()));
    QCOMPARE(lastRequest(items(platform.get("/v1/deployments")).first()[u"status"]), seen);

    // A change of the deployment keeps it, and so does what is stored with it.
    QCOMPARE(platform
                 .api({"PUT",
                       "/v1/functions/hello/deployments/default/main/local",
                       R"({"weights":[{"version":1,"weight":100}],"concurrencyLimit":7})",
                       {{"If-Match", "*"}}})
                 .status,
             200);
    QCOMPARE(lastRequest(deploymentStatus(platform)), seen);
    const auto phases = items(platform.get("/v1/instances?function=hello")).first()[u"coldStart"].toObject();
    for (const auto *name : {"scheduleMs", "fetchMs", "startMs", "runtimeInitMs", "userInitMs"}) {
        QVERIFY2(phases[QLatin1StringView(name)].toDouble() > 0, name);
    }
    platform.kill();
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(lastRequest(deploymentStatus(platform)), seen);
}

void LiveScalingTest::answersACrowdThatComesAtOnce()
{
    constexpr std::size_t crowd = 500;
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    std::vector<QByteArray> answers(crowd);
    for (std::size_t i = 0; i < crowd; ++i) {
        auto socket = std::make_unique<QTcpSocket>();
        auto *raw = socket.get();
        QObject::connect(raw, &QTcpSocket::connected, raw, [raw] {
            raw->write("GET /fn/hello/?wait=5 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        });
        QObject::connect(raw, &QTcpSocket::readyRead, raw,
                         [raw, &answer = answers[i]] { answer += raw->readAll(); });
        raw->connectToHost(u"127.0.0.1"_s, platform.gatewayPort());
        sockets.push_back(std::move(socket));
    }
    const auto isAnswered = [](const QByteArray &answer) {
        return answer.contains("\r\n\r\n");
    };
    QVERIFY(waitUntil([&] { return std::ranges::all_of(answers, isAnswered); }, seconds(35)));
    const auto good = std::ranges::count_if(
        answers, [](const QByteArray &answer) { return answer.startsWith("HTTP/1.1 200"); });
    QCOMPARE(good, static_cast<std::ptrdiff_t>(crowd));
    const auto first = items(platform.get("/v1/decisions?function=hello&limit=200")).last();
    QCOMPARE(first[u"cause"].toString(), u"poke"_s);
}

void LiveScalingTest::aPokesDecisionCountsWhoWaits()
{
    // A poke may be read before the second request is: over six functions that cannot happen each time.
    constexpr int functions = 6;
    constexpr int crowd = 20; // for each
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    for (int i = 0; i < functions; ++i) {
        const QByteArray name = "hello-" + QByteArray::number(i);
        QCOMPARE(platform.deploy(name, TestPlatform::helloFiles(name), "{}"), QString());
    }
    // They knock while the platform stands still, so that it finds them all at once.
    const auto process = static_cast<pid_t>(platform.processId());
    QCOMPARE(::kill(process, SIGSTOP), 0);
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    int sent = 0;
    for (int i = 0; i < functions * crowd; ++i) {
        auto socket = std::make_unique<QTcpSocket>();
        auto *raw = socket.get();
        QObject::connect(raw, &QTcpSocket::bytesWritten, raw, [&sent] { ++sent; });
        QObject::connect(raw, &QTcpSocket::connected, raw, [raw, i] {
            raw->write("GET /fn/hello-" + QByteArray::number(i / crowd) +
                       "/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
        });
        raw->connectToHost(u"127.0.0.1"_s, platform.gatewayPort());
        sockets.push_back(std::move(socket));
    }
    const bool allKnocked = waitUntil([&] { return sent == functions * crowd; }, seconds(10));
    QCOMPARE(::kill(process, SIGCONT), 0);
    QVERIFY(allKnocked);
    int most = 0;
    for (int i = 0; i < functions; ++i) {
        const auto path = "/v1/decisions?limit=200&function=hello-" + QByteArray::number(i);
        QVERIFY(waitUntil([&] { return !items(platform.get(path)).isEmpty(); }, seconds(20)));
        const auto first = items(platform.get(path)).last();
        QCOMPARE(first[u"cause"].toString(), u"poke"_s);
        most = std::max(most, first[u"inputs"][u"queued"].toInt());
    }
    QVERIFY2(most > 1 && most <= crowd, qPrintable(QString::number(most)));
}

void LiveScalingTest::keepsReservedInstances()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"),
                             R"({"scaling":{"reserved":2,"maximum":4}})"),
             QString());
    QVERIFY(waitUntil([&] { return deploymentStatus(platform)[u"ready"].toInt() == 2; }, seconds(20)));
    const auto decision = items(platform.get("/v1/decisions?function=hello")).last().toObject();
    QCOMPARE(decision[u"desired"].toInt(), 2);
    QCOMPARE(decision[u"limit"].toString(), u"reserved"_s);
}

void LiveScalingTest::splitsTrafficByWeight()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    auto files = TestPlatform::helloFiles("hello");
    QCOMPARE(platform.deploy("hello", files, "{}"), QString());
    files["src/handler.js"].append("// second\n");
    QCOMPARE(platform.deploy("hello", files, "{}"), QString());
    const auto put = platform.api({"PUT",
                                   "/v1/functions/hello/deployments/default/main/local",
                                   R"({"weights":[{"version":1,"weight":50},{"version":2,"weight":50}]})",
                                   {{"If-Match", "*"}}});
    QCOMPARE(put.status, 200);
    QList<int> seen{0, 0, 0};
    for (int i = 0; i < 60; ++i) {
        const auto answer = platform.gateway({.path = "/fn/hello/"});
        QCOMPARE(answer.status, 200);
        seen[QJsonDocument::fromJson(answer.body)[u"version"].toInt()]++;
    }
    // 60 throws of a fair coin: fewer than 12 on one side happens once in a million runs.
    QVERIFY2(seen[1] >= 12 && seen[2] >= 12, qPrintable(u"%1 and %2"_s.arg(seen[1]).arg(seen[2])));
}

void LiveScalingTest::dividesFloorAndCeilingAmongVersionsWithAWeight()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    auto files = TestPlatform::helloFiles("hello");
    QCOMPARE(platform.deploy("hello", files, "{}"), QString());
    files["src/handler.js"].append("// second\n");
    QCOMPARE(platform.deploy("hello", files, "{}"), QString());
    const auto put = [&](const QByteArray &weights, const QByteArray &scaling) {
        return platform.api({"PUT",
                             "/v1/functions/hello/deployments/default/main/local",
                             R"({"weights":)" + weights + R"(,"scaling":)" + scaling + "}",
                             {{"If-Match", "*"}}});
    };
    const QByteArray both = R"([{"version":1,"weight":95},{"version":2,"weight":5}])";
    const auto refused = put(both, R"({"maximum":1})");
    QCOMPARE(refused.status, 422);
    const auto error = QJsonDocument::fromJson(refused.body)[u"errors"][0];
    QCOMPARE(error[u"pointer"].toString(), u"/scaling/maximum"_s);
    QVERIFY2(error[u"detail"].toString().startsWith(u"must be at least 2"), refused.body.constData());

    const auto desired = [&](int version) {
        for (const auto &revision : deploymentStatus(platform)[u"revisions"].toArray()) {
            if (revision[u"version"].toInt() == version) {
                return revision[u"desired"].toInt();
            }
        }
        return -1;
    };
    // By weight the small one would have neither room nor floor, and the deployment three instances of two.
    QCOMPARE(put(both, R"({"reserved":2,"maximum":2})").status, 200);
    QCOMPARE(desired(1), 1);
    QCOMPARE(desired(2), 1);

    // Without a weight it gets nothing, what it has goes, and no decision brings it back.
    const QByteArray one = R"([{"version":1,"weight":100},{"version":2,"weight":0}])";
    QCOMPARE(put(one, R"({"reserved":1,"maximum":1})").status, 200);
    QCOMPARE(desired(1), 1);
    QCOMPARE(desired(2), 0);
    QVERIFY(waitUntil([&] { return deploymentStatus(platform)[u"ready"].toInt() == 1; }, seconds(20)));
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    QCOMPARE(desired(2), 0);
}

void LiveScalingTest::fallsBackToTheMainLane()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    auto files = TestPlatform::helloFiles("hello");
    QCOMPARE(platform.deploy("hello", files, "{}"), QString());
    QCOMPARE(platform.api({"PUT", "/v1/groups/default/lane-42/local", "{}", {{"If-None-Match", "*"}}}).status,
             201);
    files["src/handler.js"].append("// of the lane\n");
    QCOMPARE(platform.deploy("hello", files, "{}", "default/lane-42/local"), QString());
    const auto version = [&](const QByteArray &lane) {
        const auto answer = platform.gateway({.path = "/fn/hello/", .headers = {{"nest-lane", lane}}});
        return QJsonDocument::fromJson(answer.body)[u"version"].toInt();
    };
    QCOMPARE(version("main"), 1);
    QCOMPARE(version("lane-42"), 2);
    QCOMPARE(version("lane-7"), 1);
}

QTEST_GUILESS_MAIN(LiveScalingTest)
#include "tst_livescaling.moc"
