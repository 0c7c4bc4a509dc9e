// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nestd is killed amid writes, deployments and builds, and a second one is started by mistake.
#include "tests/faults/boxes.h"
#include "tests/faults/crashstory.h"
#include "tests/faults/steadyload.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace nest::faults;
using nest::testsupport::TestPlatform;
using nest::testsupport::waitUntil;
using namespace std::chrono_literals;

class FaultsCrashTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItAcknowledgedThroughKills();
    void leavesNoProcessWhenItDoesNotComeBack();
    void aSecondOneHarmsNothing();
};

void FaultsCrashTest::keepsWhatItAcknowledgedThroughKills()
{
    TestPlatform platform;
    QVERIFY2(platform.start({u"--pool-idle"_s, u"0"_s}), qPrintable(platform.error()));
    const auto seed = std::random_device{}();
    CrashStory story(platform, seed);
    auto figures = story.tell(10);
    qInfo("seed %u: %d kills, %ld acknowledged writes, %d builds, %d versions, ready again p50 %.0f ms", seed,
          figures.kills, figures.acknowledged, figures.builds, figures.versions,
          quantile(figures.readyMilliseconds, 0.5));
    QVERIFY2(figures.problem.isEmpty(), qPrintable(figures.problem));
    for (const auto &fault : figures.faults) {
        qWarning("%s", fault.c_str());
    }
    QVERIFY(figures.faults.empty());
    QCOMPARE(figures.kills, 10);
    QVERIFY(figures.acknowledged >= 50);
    QVERIFY(figures.builds >= 3);
}

void FaultsCrashTest::leavesNoProcessWhenItDoesNotComeBack()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), R"({"scaling":{"reserved":2}})"),
             QString());
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    const auto keeper = keeperOf(platform.runtimeDirectory());
    QVERIFY(keeper > 0);
    // A build is under way, too: its box is one of those that must go.
    QCOMPARE(
        platform
            .api(
                {"PUT",
                 "/v1/functions/hello/files/src/slow.test.js",
                 R"({"content":"import test from 'node:test';\ntest('slow', () => new Promise((done) => setTimeout(done, 20000)));"})",
                 {{"If-None-Match", "*"}}})
            .status,
        201);
    QCOMPARE(platform.api({"POST", "/v1/functions/hello/builds"}).status, 202);
    QVERIFY(
        waitUntil([&] { return runsBelow(keeper, "slow.test.js"); }, 15s)); // not the box of a pool's slot
    auto pids = descendantsOf(keeper);
    pids.push_back(keeper);
    QVERIFY(pids.size() >= 9); // two instances and the build, each a box and what runs in it
    platform.kill();
    QVERIFY(waitUntil([&] { return std::ranges::none_of(pids, isAlive); }, 4s));
}

void FaultsCrashTest::aSecondOneHarmsNothing()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    const auto files = TestPlatform::helloFiles("hello");
    QCOMPARE(platform.deploy("hello", files, R"({"scaling":{"reserved":1}})"), QString());
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    QCOMPARE(
        platform
            .api(
                {"PUT",
                 "/v1/functions/hello/files/src/slow.test.js",
                 R"({"content":"import test from 'node:test';\ntest('slow', () => new Promise((done) => setTimeout(done, 800)));"})",
                 {{"If-None-Match", "*"}}})
            .status,
        201);
    const QDir builds(platform.dataDirectory() + u"/builds"_s);
    QCOMPARE(platform.api({"POST", "/v1/functions/hello/builds"}).status, 202);
    const auto isBuilding = [&] {
        return !builds.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty();
    };
    QVERIFY(waitUntil(isBuilding, 15s));
    for (const auto &runtime : {platform.runtimeDirectory(), platform.runtimeDirectory() + u'2'}) {
        QProcess second;
        second.start(TestPlatform::program(u"nestd"_s),
                     {u"--data-dir"_s, platform.dataDirectory(), u"--runtime-dir"_s, runtime});
        QVERIFY(second.waitForFinished(15'000));
        QCOMPARE(second.exitCode(), 69);
        QVERIFY(second.readAllStandardError().contains("Another nestd uses the data folder"));
    }
    // The first one's build goes on and its function answers.
    QString state;
    QVERIFY(waitUntil(
        [&] {
            state = QJsonDocument::fromJson(platform.get("/v1/functions/hello/builds/2").body)[u"state"]
                        .toString();
            return state != u"running" && state != u"queued";
        },
        30s));
    QCOMPARE(state, u"succeeded"_s);
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
}

QTEST_GUILESS_MAIN(FaultsCrashTest)
#include "tst_faults_crash.moc"
