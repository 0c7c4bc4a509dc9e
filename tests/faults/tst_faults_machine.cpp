// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The machine itself: a full disk, a database that somebody else holds, a clock that jumps. What was deployed
// goes on answering, what cannot be done is refused with its name, and all is well when the cause has gone.
#include "tests/faults/steadyload.h"
#include "tests/support/testplatform.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace nest::faults;
using nest::testsupport::HttpAnswer;
using nest::testsupport::TestPlatform;
using nest::testsupport::waitUntil;
using namespace std::chrono_literals;

namespace {

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

HttpAnswer putFile(const TestPlatform &platform, const QByteArray &content)
{
    return platform.api({"PUT",
                         "/v1/functions/hello/files/notes.txt",
                         R"({"content":")" + content + R"("})",
                         {{"If-Match", "*"}}});
}

QString fileContent(const TestPlatform &platform)
{
    return object(platform.get("/v1/functions/hello/files/notes.txt"))[u"content"].toString();
}

/// The last build's state and reason, when it is over.
QString buildAndWait(const TestPlatform &platform)
{
    const auto started = platform.api({"POST", "/v1/functions/hello/builds"});
    if (started.status != 202) {
        return u"refused: "_s + object(started)[u"type"].toString();
    }
    const auto path = "/v1/functions/hello/builds/" + QByteArray::number(object(started)[u"number"].toInt());
    QJsonObject build;
    waitUntil(
        [&] {
            build = object(platform.get(path));
            return build[u"state"] != u"running"_s && build[u"state"] != u"queued"_s;
        },
        20s);
    return build[u"state"].toString() + u": "_s + build[u"reason"].toString();
}

void setClock(const QString &path, int seconds)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::number(seconds));
}

} // namespace

class FaultsMachineTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsSaidAndHeals();
    void aLockedStoreIsSaidAndHeals();
    void aClockThatJumpsStopsNothing();
};

void FaultsMachineTest::aFullDiskIsSaidAndHeals()
{
    TestPlatform platform;
    platform.limitData(24 * 1024 * 1024);
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), R"({"scaling":{"reserved":1}})"),
             QString());
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    QCOMPARE(putFile(platform, "before").status, 201);

    QFile filler(platform.dataFromOutside() + u"/filler"_s);
    QVERIFY2(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered), qPrintable(filler.errorString()));
    while (filler.write(QByteArray(4096, 'x')) == 4096) {
    }
    // SQLite's journal has some room of its own, so the first words may still fit.
    HttpAnswer refused;
    long accepted = 0;
    const QByteArray content(20'000, 'y');
    for (; accepted < 500; ++accepted) {
        refused = putFile(platform, content + QByteArray::number(qlonglong(accepted)));
        if (refused.status != 200) {
            break;
        }
    }
    QCOMPARE(refused.status, 507);
    QCOMPARE(object(refused)[u"type"].toString(), u"/problems/store/full"_s);
    QVERIFY2(refused.body.contains("make room"), refused.body.constData());
    // What was acknowledged last can be read, and functions answer, also after a death.
    const auto expected =
        accepted == 0 ? u"before"_s : QString::fromUtf8(content) + QString::number(accepted - 1);
    QCOMPARE(fileContent(platform), expected);
    QCOMPARE(platform.gateway({.path = "/fn/hello/?exit=1"}).status, 502);
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    const auto said = buildAndWait(platform);
    QVERIFY2(said.contains(u"store/full"_s) || said.contains(u"No space left"_s) || said.contains(u"room"_s),
             qPrintable(said));

    QVERIFY(filler.remove());
    QTRY_COMPARE_WITH_TIMEOUT(putFile(platform, "after").status, 200, 5'000);
    QCOMPARE(fileContent(platform), u"after"_s);
    const auto again = buildAndWait(platform);
    QVERIFY2(again.startsWith(u"succeeded"_s), qPrintable(again));
}

void FaultsMachineTest::aLockedStoreIsSaidAndHeals()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QCOMPARE(putFile(platform, "before").status, 201);
    {
        auto other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(platform.dataDirectory() + u"/nest.db"_s);
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
        // One that lets go soon is waited for.
        HttpAnswer waited;
        std::thread writer([&] { waited = putFile(platform, "a moment later"); });
        std::this_thread::sleep_for(400ms);
        QVERIFY(query.exec(u"ROLLBACK"_s));
        writer.join();
        QCOMPARE(waited.status, 200);
        QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
        const auto refused = putFile(platform, "meanwhile");
        QCOMPARE(refused.status, 503);
        QVERIFY2(refused.body.contains("store/locked") && refused.body.contains("Another process holds"),
                 refused.body.constData());
        QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status,
                 200); // a cold start writes, and need not wait
        QCOMPARE(fileContent(platform), u"a moment later"_s);
        QVERIFY(query.exec(u"ROLLBACK"_s));
        query.clear();
        other.close();
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    QCOMPARE(putFile(platform, "after").status, 200);
    // What the platform had to write itself meanwhile has been written since.
    QTRY_VERIFY_WITH_TIMEOUT(
        !object(platform.get("/v1/decisions?function=hello"))[u"items"].toArray().isEmpty(), 10'000);
}

void FaultsMachineTest::aClockThatJumpsStopsNothing()
{
    const QTemporaryDir folder;
    const auto clock = folder.filePath(u"clock"_s);
    setClock(clock, 0);
    TestPlatform platform;
    platform.addEnvironment(u"NEST_TEST_CLOCK"_s, clock);
    platform.addEnvironment(u"LD_PRELOAD"_s, QStringLiteral(NEST_CLOCKSHIFT));
    // Where nestd is built with a sanitizer: that the clock's library comes before the sanitizer's is meant.
    platform.addEnvironment(u"ASAN_OPTIONS"_s, u"detect_leaks=0:verify_asan_link_order=0"_s);
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"),
                             R"({"scaling":{"maximum":3,"threshold":20,"stableWindowSeconds":6,
                                 "panicWindowSeconds":2,"scaleDownDelaySeconds":2}})"),
             QString());
    const auto now = [&] {
        return QDateTime::fromString(object(platform.get("/v1/me"))[u"now"].toString(), Qt::ISODateWithMs);
    };
    const auto counted = [&] { // in one of the last seconds, as the platform's own series has it
        const auto answer =
            platform.get("/v1/metrics/query?function=hello&names=requestsPerSecond&resolution=raw");
        const auto values = QJsonDocument::fromJson(answer.body)[u"series"][0][u"values"].toArray();
        double most = 0;
        for (auto i = std::max<qsizetype>(0, values.size() - 4); i < values.size(); ++i) {
            most = std::max(most, values[i].toDouble());
        }
        return most;
    };
    const auto ready = [&] {
        const auto status =
            object(platform.get("/v1/functions/hello/deployments/default/main/local"))[u"status"];
        return status[u"ready"].toInt();
    };
    SteadyLoad load({.port = platform.gatewayPort(), .rate = 60, .threads = 8});
    load.begin();
    QTRY_VERIFY_WITH_TIMEOUT(counted() > 40, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(ready() >= 2, 10'000);
    const auto before = now();
    setClock(clock, 3'600);
    QTRY_VERIFY_WITH_TIMEOUT(before.secsTo(now()) >= 3'600, 2'000); // it follows at once
    QTRY_VERIFY_WITH_TIMEOUT(counted() > 40, 10'000);
    QVERIFY(ready() >= 1);
    const auto late = now();
    setClock(clock, -3'600);
    QTRY_VERIFY_WITH_TIMEOUT(counted() > 40, 10'000); // and counts on
    QVERIFY(late <= now());
    QVERIFY(late.secsTo(now()) < 60);
    QTRY_VERIFY_WITH_TIMEOUT(ready() >= 2, 10'000);
    const auto figures = load.end();
    QVERIFY2(figures.failed == 0, figures.text().c_str());
    // A restart with the wrong series behind it counts on, too.
    platform.kill();
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    SteadyLoad more({.port = platform.gatewayPort(), .rate = 60, .threads = 8});
    more.begin();
    QTRY_VERIFY_WITH_TIMEOUT(counted() > 20, 10'000);
    QVERIFY2(more.end().failed == 0, "after the restart");
}

QTEST_GUILESS_MAIN(FaultsMachineTest)
#include "tst_faults_machine.moc"
