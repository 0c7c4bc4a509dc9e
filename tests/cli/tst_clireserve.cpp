// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `nest reserve` and `nest capacity` against a real nestd.

#include "tests/cli/shell.h"
#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace nest::clitest;
using namespace std::chrono_literals;

#define VERIFY_CODE(outcome, wanted) QVERIFY2((outcome).code == (wanted), (outcome).said().constData())

class CliReserveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rulesAreAddedListedAndRemoved();
    void decisionsSpeakOfTheRule();
    void whatIsWrongIsSaid_data();
    void whatIsWrongIsSaid();
    void capacityIsShownByGroup();

private:
    Outcome nest(const QStringList &arguments) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NEST_SOCKET"_s, m_platform.socket());
        return Shell(arguments, environment).finish(60s);
    }

    TestPlatform m_platform;
};

void CliReserveTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
}

void CliReserveTest::rulesAreAddedListedAndRemoved()
{
    const auto added =
        nest({u"reserve"_s, u"add"_s, u"hello"_s, u"always"_s, u"--cron"_s, u"0 * * * *"_s, u"--for"_s,
              u"1h"_s, u"--floor"_s, u"2"_s, u"--zone"_s, u"Asia/Shanghai"_s, u"--reason"_s, u"a sale"_s});
    VERIFY_CODE(added, 0);
    QCOMPARE(added.output, u"Added always: at least 2 for 1 h from 0 * * * * on, Asia/Shanghai.\n"_s);
    QVERIFY(waitUntil(
        [&] { return nest({u"reserve"_s, u"list"_s, u"hello"_s}).output.contains(u"allocated 2"_s); }, 20s));
    const auto listed = nest({u"reserve"_s, u"list"_s, u"hello"_s, u"--hours"_s, u"2"_s});
    VERIFY_CODE(listed, 0);
    QVERIFY2(listed.output.startsWith(u"requested 2 (always), allocated 2, in use 0, spill-over 0\n"_s),
             listed.said().constData());
    static const QRegularExpression row(u"always +2 +0 \\* \\* \\* \\* +1 h +Asia/Shanghai +on\\n"_s);
    QVERIFY2(listed.output.contains(row), listed.said().constData());
    QVERIFY2(listed.output.endsWith(u"4.0 instance-hours reserved\n"_s), listed.said().constData());
    const auto json = nest({u"reserve"_s, u"list"_s, u"hello"_s, u"--json"_s}).json();
    QCOMPARE(json[u"items"][0][u"name"].toString(), u"always"_s);
    QCOMPARE(json[u"plan"][u"steps"][0][u"rule"].toString(), u"always"_s);

    VERIFY_CODE(nest({u"reserve"_s, u"disable"_s, u"hello"_s, u"always"_s}), 0);
    QVERIFY(nest({u"reserve"_s, u"list"_s, u"hello"_s}).output.contains(u" off\n"_s));
    VERIFY_CODE(nest({u"reserve"_s, u"enable"_s, u"hello"_s, u"always"_s}), 0);
}

void CliReserveTest::decisionsSpeakOfTheRule()
{
    const auto list = nest({u"decisions"_s, u"hello"_s, u"--json"_s}).json()[u"items"].toArray();
    QString id;
    for (const auto &decision : list) {
        if (decision[u"rule"].toString() == u"always" && decision[u"limit"].toString() == u"reserved") {
            id = decision[u"id"].toString();
        }
    }
    QVERIFY(!id.isEmpty());
    const auto why = nest({u"decisions"_s, u"hello"_s, u"--why"_s, id});
    VERIFY_CODE(why, 0);
    QVERIFY2(why.output.contains(u"2 by always"_s), why.said().constData());
    const auto removed = nest({u"reserve"_s, u"remove"_s, u"hello"_s, u"always"_s});
    VERIFY_CODE(removed, 0);
    QCOMPARE(removed.output, u"Removed always.\n"_s);
}

void CliReserveTest::whatIsWrongIsSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    const auto add = [](const QString &cron, const QString &length, const QString &floor) {
        return QStringList{u"add"_s,   u"hello"_s, u"wrong"_s,   u"--cron"_s, cron,
                           u"--for"_s, length,     u"--floor"_s, floor};
    };
    QTest::newRow("cron") << add(u"0 9 * *"_s, u"1h"_s, u"1"_s) << 5 << u"has 4 fields; it needs five"_s;
    QTest::newRow("length") << add(u"0 9 * * *"_s, u"90s"_s, u"1"_s) << 2
                            << u"--for is a time in whole minutes"_s;
    QTest::newRow("floor") << add(u"0 9 * * *"_s, u"1h"_s, u"99"_s) << 5 << u"the maximum of 10"_s;
    QTest::newRow("zone") << add(u"0 9 * * *"_s, u"1h"_s, u"1"_s) + QStringList{u"--zone"_s, u"Mars"_s} << 5
                          << u"'Mars' is no zone"_s;
    QTest::newRow("start") << add(u"0 9 * * *"_s, u"1h"_s, u"1"_s) + QStringList{u"--start"_s, u"soon"_s} << 2
                           << u"--start is a time"_s;
    QTest::newRow("no rule") << QStringList{u"remove"_s, u"hello"_s, u"nothing"_s} << 2
                             << u"has no reservation 'nothing'"_s;
    QTest::newRow("no function") << QStringList{u"list"_s, u"nobody"_s} << 3 << u"nobody"_s;
    QTest::newRow("no verb") << QStringList() << 2 << u"subcommand"_s;
}

void CliReserveTest::whatIsWrongIsSaid()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, part);
    const auto outcome = nest(QStringList{u"reserve"_s} + arguments);
    VERIFY_CODE(outcome, code);
    QVERIFY2(outcome.errors.contains(part), outcome.said().constData());
}

void CliReserveTest::capacityIsShownByGroup()
{
    QVERIFY(m_platform.gateway({.path = "/fn/hello/"}).status == 200);
    const auto outcome = nest({u"capacity"_s});
    VERIFY_CODE(outcome, 0);
    static const QRegularExpression head(u"^\\d+ MB of memory, \\d+ MB promised, "_s);
    QVERIFY2(outcome.output.contains(head), outcome.said().constData());
    static const QRegularExpression row(u"\\ndefault/main/local +\\d+ +\\d+ MB "_s);
    QVERIFY2(outcome.output.contains(row), outcome.said().constData());
    QVERIFY(nest({u"capacity"_s, u"--json"_s}).json()[u"groups"].isArray());
}

QTEST_GUILESS_MAIN(CliReserveTest)
#include "tst_clireserve.moc"
