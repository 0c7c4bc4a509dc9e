// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `nest simulate`: loads as they are written on the command line, and what it says against a real nestd.

#include "app/nest/loadshape.h"
#include "tests/cli/shell.h"
#include "tests/support/testplatform.h"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace nest::clitest;
using namespace std::chrono_literals;

#define VERIFY_CODE(outcome, wanted) QVERIFY2((outcome).code == (wanted), (outcome).said().constData())

class CliSimulateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shapesAreReadAsSeconds();
    void shapesThatAreNoneAreNamed_data();
    void shapesThatAreNoneAreNamed();
    void filesAreReadAsSeconds();
    void aDrawnLoadIsSimulated();
    void aFileIsSimulated();
    void theRuleOfAFunctionIsComparedWithAChange();
    void whatIsMissingIsSaid_data();
    void whatIsMissingIsSaid();

private:
    Outcome nest(const QStringList &arguments) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NEST_SOCKET"_s, m_platform.socket());
        return Shell(arguments, environment).finish(60s);
    }

    TestPlatform m_platform;
    QTemporaryDir m_folder;
};

void CliSimulateTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
}

void CliSimulateTest::shapesAreReadAsSeconds()
{
    const auto load = nest::cli::parseLoadShape("10x2s, 0-4x5,1.5x1m");
    QVERIFY(load);
    QCOMPARE(load->size(), std::size_t(67));
    QCOMPARE(std::vector(load->begin(), load->begin() + 7), (nest::cli::LoadSeconds{10, 10, 0, 1, 2, 3, 4}));
    QCOMPARE(load->back(), std::optional(1.5));
}

void CliSimulateTest::shapesThatAreNoneAreNamed_data()
{
    QTest::addColumn<QString>("shape");
    QTest::addColumn<QString>("part");
    QTest::newRow("no time") << u"250"_s << u"'250'"_s;
    QTest::newRow("no number") << u"250x2m,manyx2m"_s << u"'manyx2m'"_s;
    QTest::newRow("negative") << u"-5x2m"_s << u"'-5x2m'"_s;
    QTest::newRow("no duration") << u"250x"_s << u"'250x'"_s;
    QTest::newRow("nothing") << QString() << u"''"_s;
    QTest::newRow("too long") << u"1x47h,1x2h"_s << u"48 hours"_s;
}

void CliSimulateTest::shapesThatAreNoneAreNamed()
{
    QFETCH(QString, shape);
    QFETCH(QString, part);
    const auto load = nest::cli::parseLoadShape(shape.toStdString());
    QVERIFY(!load);
    QCOMPARE(load.error().type, std::string("cli/bad-value"));
    QVERIFY2(load.error().detail.contains(part.toStdString()), load.error().detail.c_str());
}

void CliSimulateTest::filesAreReadAsSeconds()
{
    const auto load = nest::cli::parseLoadFile("# of Monday\n12\r\n-\n\n 3.5 \n");
    QVERIFY(load);
    QCOMPARE(*load, (nest::cli::LoadSeconds{12, std::nullopt, std::nullopt, 3.5}));
    const auto bad = nest::cli::parseLoadFile("12\n13\ntwelve\n");
    QVERIFY(!bad);
    QVERIFY2(bad.error().detail.contains("Line 3 of the load is 'twelve'"), bad.error().detail.c_str());
    QVERIFY(!nest::cli::parseLoadFile("# nothing\n"));
}

void CliSimulateTest::aDrawnLoadIsSimulated()
{
    const QStringList arguments{u"simulate"_s,   u"--load"_s,      u"250x1m,1600x2m,300x4m"_s,
                                u"--reserved"_s, u"4"_s,           u"--maximum"_s,
                                u"40"_s,         u"--instances"_s, u"4"_s};
    const auto outcome = nest(arguments);
    VERIFY_CODE(outcome, 0);
    QVERIFY2(
        outcome.output.contains(u"279000 requests in 7 min; one instance is taken to carry 100 a second."),
        outcome.said().constData());
    static const QRegularExpression row(u"\\n +23  "_s);
    QVERIFY2(outcome.output.contains(row), outcome.said().constData()); // the peak
    QVERIFY2(outcome.output.contains(u"4 → "), outcome.said().constData());
    const auto json = nest(arguments + QStringList{u"--json"_s});
    VERIFY_CODE(json, 0);
    QCOMPARE(json.json()[u"peak"].toInt(), 23);
    QVERIFY(!json.json()[u"levels"].toArray().isEmpty());
}

void CliSimulateTest::aFileIsSimulated()
{
    QFile file(m_folder.filePath(u"load"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(QByteArray("140\n").repeated(120)) > 0);
    file.close();
    QFile policy(m_folder.filePath(u"policy.json"_s));
    QVERIFY(policy.open(QIODevice::WriteOnly));
    QVERIFY(policy.write(R"({"threshold": 20, "maximum": 5})") > 0);
    policy.close();
    const auto outcome = nest(
        {u"simulate"_s, u"--load-file"_s, file.fileName(), u"--policy"_s, policy.fileName(), u"--json"_s});
    VERIFY_CODE(outcome, 0);
    QCOMPARE(outcome.json()[u"requests"].toInt(), 16'800);
    QCOMPARE(outcome.json()[u"peak"].toInt(), 5);
    QVERIFY(policy.open(QIODevice::WriteOnly));
    QVERIFY(policy.write(R"({"threshhold": 20})") > 0);
    policy.close();
    const auto wrong =
        nest({u"simulate"_s, u"--load-file"_s, file.fileName(), u"--policy"_s, policy.fileName()});
    VERIFY_CODE(wrong, 2);
    QVERIFY2(wrong.errors.contains(u"threshhold"_s), wrong.said().constData());
}

void CliSimulateTest::theRuleOfAFunctionIsComparedWithAChange()
{
    const auto outcome = nest({u"simulate"_s, u"hello"_s, u"--load"_s, u"140x3m"_s, u"--threshold"_s, u"20"_s,
                               u"--steps"_s, u"1"_s});
    VERIFY_CODE(outcome, 0);
    static const QRegularExpression rows(u"as it is +2 .*\\n *changed +10 "_s);
    QVERIFY2(outcome.output.contains(rows), outcome.said().constData());
    // Nothing was changed.
    QCOMPARE(m_platform.get("/v1/functions/hello/deployments/default/main/local")
                 .body.contains("\"threshold\":100"),
             true);
}

void CliSimulateTest::whatIsMissingIsSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    QTest::newRow("nothing") << QStringList() << 2 << u"Name a function whose recorded load is meant"_s;
    QTest::newRow("unknown") << QStringList{u"nobody"_s} << 3 << u"nobody"_s;
    QTest::newRow("no file") << QStringList{u"--load-file"_s, u"/nowhere/load"_s} << 2 << u"cannot be read"_s;
    QTest::newRow("maximum") << QStringList{u"--load"_s, u"1x1m"_s, u"--maximum"_s, u"0"_s} << 5
                             << u"maximum"_s;
    QTest::newRow("too long ago") << QStringList{u"hello"_s, u"--last"_s, u"3d"_s} << 2 << u"--last"_s;
    QTest::newRow("cold start") << QStringList{u"--load"_s, u"1x1m"_s, u"--cold-start"_s, u"soon"_s} << 2
                                << u"--cold-start"_s;
}

void CliSimulateTest::whatIsMissingIsSaid()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, part);
    const auto outcome = nest(QStringList{u"simulate"_s} + arguments);
    VERIFY_CODE(outcome, code);
    QVERIFY2(outcome.errors.contains(part), outcome.said().constData());
}

QTEST_GUILESS_MAIN(CliSimulateTest)
#include "tst_clisimulate.moc"
