// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A machine on which no box can be made: nestd runs and tells why functions do not, wherever somebody looks;
// with the box back they run again. The box is taken away for real, by naming a bubblewrap that does not
// exist.
#include "tests/support/testplatform.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace std::chrono_literals;

namespace {

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

class NoIsolationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void meTellsLevelReasonAndRemedy();
    void commandLineTellsIt();
    void requestIsAnsweredWithTheReason();
    void buildFailsWithTheReason();
    void functionsRunAgainWithTheBox();

private:
    TestPlatform m_platform;
};

void NoIsolationTest::initTestCase()
{
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/"}).status, 200);
    QCOMPARE(m_platform.stop(), 0);
    // The keeper of before would be taken over, and it has its box.
    QVERIFY(
        waitUntil([&] { return !QFile::exists(m_platform.runtimeDirectory() + u"/keeper.sock"_s); }, 20s));
    QVERIFY2(m_platform.start({u"--bwrap"_s, u"/nonexistent/bwrap"_s}), qPrintable(m_platform.error()));
}

void NoIsolationTest::meTellsLevelReasonAndRemedy()
{
    QJsonObject me;
    QVERIFY(waitUntil(
        [&] {
            me = object(m_platform.get("/v1/me"));
            return !me[u"isolation"][u"sentence"].toString().isEmpty();
        },
        20s));
    QCOMPARE(me[u"functionsCanStart"].toBool(true), false);
    QVERIFY(me[u"isolation"][u"level"].toInt(9) < 3);
    QVERIFY2(me[u"isolation"][u"sentence"].toString().startsWith("Functions do not start"_L1),
             qPrintable(me[u"isolation"][u"sentence"].toString()));
    QVERIFY2(me[u"isolation"][u"remedy"].toString().contains("bubblewrap"_L1),
             qPrintable(me[u"isolation"][u"remedy"].toString()));
}

void NoIsolationTest::commandLineTellsIt()
{
    QProcess nest;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"NEST_RUNTIME_DIR"_s, m_platform.runtimeDirectory());
    nest.setProcessEnvironment(environment);
    nest.start(TestPlatform::program(u"nest"_s), {u"status"_s});
    QVERIFY(nest.waitForFinished(20'000));
    const auto text = QString::fromUtf8(nest.readAllStandardOutput());
    QVERIFY2(text.contains("unctions do not start"_L1), qPrintable(text));
    QVERIFY2(text.contains("bubblewrap"_L1), qPrintable(text));
}

void NoIsolationTest::requestIsAnsweredWithTheReason()
{
    QElapsedTimer clock;
    clock.start();
    const auto answer = m_platform.gateway({.path = "/fn/hello/"});
    QCOMPARE(answer.status, 503);
    QVERIFY2(answer.body.contains("no box can be made"), answer.body.constData());
    QVERIFY2(clock.elapsed() < 15'000, "a request that cannot be served is not held until its time is up");
    const QByteArray request = R"({"group":{"set":"default","lane":"main","region":"local"}})";
    const auto invoked = m_platform.api({"POST", "/v1/functions/hello/actions/invoke", request});
    QCOMPARE(invoked.status, 503);
    QVERIFY2(invoked.body.contains("control/cannot-start") && invoked.body.contains("bubblewrap"),
             invoked.body.constData());
}

void NoIsolationTest::buildFailsWithTheReason()
{
    const auto started =
        m_platform.api({.method = "POST", .path = "/v1/functions/hello/builds", .body = "{}"});
    QCOMPARE(started.status, 202);
    const auto path = "/v1/functions/hello/builds/" + QByteArray::number(object(started)[u"number"].toInt());
    QJsonObject build;
    QVERIFY(waitUntil(
        [&] {
            build = object(m_platform.get(path));
            return build[u"state"] == u"failed"_s;
        },
        20s));
    QVERIFY2(build[u"reason"].toString().contains("box"_L1), qPrintable(build[u"reason"].toString()));
}

void NoIsolationTest::functionsRunAgainWithTheBox()
{
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY(
        waitUntil([&] { return !QFile::exists(m_platform.runtimeDirectory() + u"/keeper.sock"_s); }, 20s));
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/"}).status, 200);
}

QTEST_GUILESS_MAIN(NoIsolationTest)
#include "tst_noisolation.moc"
