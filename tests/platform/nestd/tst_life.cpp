// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The platform's own life: how it starts, what keeps it from starting, how it ends, and what is left after a
// crash.

#include "tests/support/testplatform.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Runs nestd until it ends by itself; what it wrote to standard error, and its exit code.
std::pair<int, QString> runToEnd(const QStringList &arguments)
{
    QProcess nestd;
    nestd.start(TestPlatform::program(u"nestd"_s), arguments);
    if (!nestd.waitForFinished(15'000)) {
        nestd.kill();
        nestd.waitForFinished();
        return {-1, u"it did not end"_s};
    }
    return {nestd.exitCode(),
            QString::fromUtf8(nestd.readAllStandardError() + nestd.readAllStandardOutput())};
}

} // namespace

class LifeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesAPortThatWasSetAndIsTaken();
    void knowsWhetherFunctionsStartWhenItSaysThatItIsReady();
    void isReadyWithoutAKeeperThatNeverAnswers();
    void takesTheNextPortWhenTheUsualOneIsTaken();
    void refusesAFolderItCannotWrite();
    void keepsADatabaseItCannotRead();
    void checksItsConfiguration();
    void refusesWhatIsWrongOnTheCommandLine();
    void finishesWhatRunsWhenToldToStop();
    void adoptsRunningInstancesAfterACrash();
    void endsItsFunctionsWhenItDoesNotComeBack();
    void endsByItselfWhenNobodyUsesIt();
    void guardsItsTcpListener();
};

void LifeTest::refusesAPortThatWasSetAndIsTaken()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    TestPlatform platform;
    QVERIFY(!platform.start({u"--gateway-port"_s, QString::number(taken.serverPort())}));
    QVERIFY2(platform.error().contains(QString::number(taken.serverPort())), qPrintable(platform.error()));
    QVERIFY2(platform.error().contains(u"use"), qPrintable(platform.error()));
}

void LifeTest::knowsWhetherFunctionsStartWhenItSaysThatItIsReady()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    const auto me = platform.get("/v1/me").body;
    QVERIFY(QFile::exists(platform.runtimeDirectory() + u"/endpoint.json"_s));
    QVERIFY2(QJsonDocument::fromJson(me)[u"functionsCanStart"].toBool(), me.constData());
    QVERIFY2(QJsonDocument::fromJson(me)[u"isolation"][u"level"].toInt() > 0, me.constData());
}

void LifeTest::isReadyWithoutAKeeperThatNeverAnswers()
{
    TestPlatform platform;
    QVERIFY(QDir().mkpath(platform.runtimeDirectory()));
    QLocalServer mute;
    QVERIFY(mute.listen(platform.runtimeDirectory() + u"/keeper.sock"_s));
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QVERIFY2(platform.startTime() < seconds(8), qPrintable(QString::number(platform.startTime().count())));
    const auto me = platform.get("/v1/me").body;
    QVERIFY(!QJsonDocument::fromJson(me)[u"functionsCanStart"].toBool());
    QVERIFY2(me.contains("still being checked"), me.constData());
}

void LifeTest::takesTheNextPortWhenTheUsualOneIsTaken()
{
    TestPlatform first;
    TestPlatform second;
    QVERIFY2(first.start(), qPrintable(first.error()));
    QVERIFY2(second.start(), qPrintable(second.error()));
    QVERIFY(first.gatewayPort() != second.gatewayPort());
    QCOMPARE(second.gateway({.path = "/_nest/healthz"}).status, 200);
}

void LifeTest::refusesAFolderItCannotWrite()
{
    const auto [code, said] =
        runToEnd({u"--data-dir"_s, u"/proc/self/nest"_s, u"--runtime-dir"_s, u"/tmp/nest-t-none"_s});
    QCOMPARE(code, 69);
    QVERIFY2(said.contains(u"/proc/self/nest cannot be written"), qPrintable(said));
}

void LifeTest::keepsADatabaseItCannotRead()
{
    TestPlatform platform;
    QDir().mkpath(platform.dataDirectory());
    QFile database(platform.dataDirectory() + u"/nest.db"_s);
    QVERIFY(database.open(QIODevice::WriteOnly));
    const QByteArray content = "this is no database, but somebody may want it back";
    database.write(content);
    database.close();
    QVERIFY(!platform.start());
    QVERIFY2(platform.error().contains(u"nest.db"), qPrintable(platform.error()));
    QVERIFY(database.open(QIODevice::ReadOnly));
    QCOMPARE(database.readAll(), content);
}

void LifeTest::checksItsConfiguration()
{
    const auto [code, said] = runToEnd(
        {u"--check-config"_s, u"--data-dir"_s, u"/tmp/nest-x"_s, u"--runtime-dir"_s, u"/tmp/nest-y"_s});
    QCOMPARE(code, 0);
    QVERIFY2(said.contains(u"good"), qPrintable(said));
    QVERIFY(!QDir(u"/tmp/nest-x"_s).exists()); // it starts nothing
}

void LifeTest::refusesWhatIsWrongOnTheCommandLine()
{
    const auto [code, said] = runToEnd({u"--gateway-port"_s, u"99999"_s});
    QCOMPARE(code, 78);
    QVERIFY2(said.contains(u"gateway-port"), qPrintable(said));
    const auto [regionCode, regionSaid] = runToEnd({u"--region"_s, u"Shang Hai"_s, u"--check-config"_s});
    QCOMPARE(regionCode, 78);
    QVERIFY2(regionSaid.contains(u"Shang Hai"), qPrintable(regionSaid));
}

void LifeTest::finishesWhatRunsWhenToldToStop()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    const auto inFlight = [&platform] {
        const auto answer = platform.get("/v1/metrics/query?function=hello&names=inFlight&resolution=raw");
        const auto values = QJsonDocument::fromJson(answer.body)[u"series"][0][u"values"].toArray();
        return values.isEmpty() ? -1.0 : values.last().toDouble();
    };
    // The second of the first request, which may have been a slow start, is over.
    QVERIFY(waitUntil([&] { return inFlight() == 0; }, seconds(5)));
    HttpAnswer slow;
    std::thread client([&] { slow = sendOverTcp(platform.gatewayPort(), {.path = "/fn/hello/?wait=1500"}); });
    // The request is with the function before the platform is told to stop.
    const bool isThere = waitUntil([&] { return inFlight() >= 1; }, seconds(5));
    const int code = platform.stop();
    client.join();
    QVERIFY(isThere);
    QCOMPARE(code, 0);
    QCOMPARE(slow.status, 200);
    QVERIFY(!QFile::exists(platform.runtimeDirectory() + u"/endpoint.json"_s));
}

void LifeTest::adoptsRunningInstancesAfterACrash()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    const HttpRequest request{.path = "/fn/hello/", .headers = {{"nest-debug", "timing"}}};
    const auto before = platform.gateway(request);
    QCOMPARE(before.status, 200);
    platform.kill();
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    const auto after = platform.gateway(request);
    QCOMPARE(after.status, 200);
    QCOMPARE(after.headers.value("nest-instance"), before.headers.value("nest-instance"));
    // What was acknowledged is there, and the history of the load too.
    QCOMPARE(QJsonDocument::fromJson(platform.get("/v1/functions").body)[u"items"].toArray().size(), 1);
    QVERIFY(!QJsonDocument::fromJson(platform.get("/v1/decisions?function=hello").body)[u"items"]
                 .toArray()
                 .isEmpty());
}

void LifeTest::endsItsFunctionsWhenItDoesNotComeBack()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QCOMPARE(platform.gateway({.path = "/fn/hello/"}).status, 200);
    platform.kill();
    const auto keeperAnswers = [&] {
        QLocalSocket socket;
        socket.connectToServer(platform.runtimeDirectory() + u"/keeper.sock"_s);
        return socket.waitForConnected(200);
    };
    const auto boxesLeft = [&] {
        QProcess list;
        list.start(u"pgrep"_s, {u"-f"_s, platform.runtimeDirectory()});
        list.waitForFinished();
        return !list.readAllStandardOutput().trimmed().isEmpty();
    };
    QVERIFY(waitUntil([&] { return !boxesLeft(); }, seconds(6)));
    QVERIFY(!keeperAnswers());
}

void LifeTest::endsByItselfWhenNobodyUsesIt()
{
    TestPlatform platform;
    QVERIFY2(platform.start({u"--exit-when-idle"_s, u"2"_s}), qPrintable(platform.error()));
    QCOMPARE(platform.get("/v1/healthz").status, 200);
    QVERIFY(waitUntil([&] { return !QFile::exists(platform.runtimeDirectory() + u"/endpoint.json"_s); },
                      seconds(10)));
    QCOMPARE(platform.stop(), 0);
}

void LifeTest::guardsItsTcpListener()
{
    QTcpServer probe; // a free port; nestd takes it right after
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const auto port = probe.serverPort();
    probe.close();
    TestPlatform platform;
    QVERIFY2(platform.start({u"--api-port"_s, QString::number(port)}), qPrintable(platform.error()));
    QFile file(platform.dataDirectory() + u"/token"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto token = file.readAll().trimmed();
    const auto host = "127.0.0.1:" + QByteArray::number(port);
    const auto ask = [&](const QByteArray &hostHeader, const QByteArray &bearer, const QByteArray &origin) {
        QList<std::pair<QByteArray, QByteArray>> headers{{"Host", hostHeader}};
        if (!bearer.isEmpty()) {
            headers.append({"Authorization", "Bearer " + bearer});
        }
        if (!origin.isEmpty()) {
            headers.append({"Origin", origin});
        }
        return sendOverTcp(port, {.path = "/v1/me", .headers = headers}).status;
    };
    QCOMPARE(ask(host, token, {}), 200);
    QCOMPARE(ask(host, {}, {}), 401);
    QCOMPARE(ask(host, "wrong", {}), 401);
    QCOMPARE(ask("evil.example", token, {}), 403);
    QCOMPARE(ask(host, token, "http://evil.example"), 403);
    QCOMPARE(sendOverTcp(port, {.path = "/v1/healthz", .headers = {{"Host", host}}}).status, 200);
}

QTEST_GUILESS_MAIN(LifeTest)
#include "tst_life.moc"
