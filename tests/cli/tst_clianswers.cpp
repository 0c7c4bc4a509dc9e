// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What `nest` says when something is not as asked: failures as documents for programs and as sentences that a
// shell user can follow, and tables that show what serves. Against a real nestd.

#include "tests/cli/shell.h"
#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace nest::clitest;
using namespace std::chrono_literals;

#define VERIFY_CODE(outcome, wanted) QVERIFY2((outcome).code == (wanted), (outcome).said().constData())

class CliAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void failuresAreProblemDocumentsWithJson();
    void functionsTellWhatServes();
    void failuresNameCommandsThatWork();
    void invokeTellsAnotherGroupsAnswer();
    void loadCountsAnotherGroupsAnswers();
    void anOldDecisionIsFoundToo();

private:
    Outcome nest(const QStringList &arguments, std::chrono::milliseconds limit = 60s) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NEST_SOCKET"_s, m_platform.socket());
        return Shell(arguments, environment).finish(limit);
    }

    TestPlatform m_platform;
    QTemporaryDir m_folder;
};

void CliAnswersTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
}

void CliAnswersTest::failuresAreProblemDocumentsWithJson()
{
    const auto unknown = nest({u"logs"_s, u"nobody"_s, u"--json"_s});
    VERIFY_CODE(unknown, 3);
    const auto document = unknown.json();
    QVERIFY2(document[u"type"].toString() == u"/problems/control/unknown-function",
             unknown.said().constData());
    QCOMPARE(document[u"title"].toString(), u"No such function"_s);
    QCOMPARE(document[u"status"].toInt(), 404);
    QVERIFY(document[u"detail"].toString().contains(u"nobody"_s));
    QVERIFY(document[u"errors"].isArray());
    QVERIFY(unknown.errors.startsWith(u"nest: There is no function 'nobody'"_s));

    const auto bad = nest({u"create"_s, u"Hello World"_s, u"--json"_s});
    VERIFY_CODE(bad, 5);
    QCOMPARE(bad.json()[u"type"].toString(), u"/problems/builds/bad-name"_s);
    const auto misunderstood = nest({u"status"_s, u"--colour"_s, u"--json"_s});
    VERIFY_CODE(misunderstood, 2);
    QCOMPARE(misunderstood.json()[u"type"].toString(), u"/problems/cli/bad-value"_s);
    const auto silent = nest({u"--socket"_s, m_folder.filePath(u"nobody.sock"_s), u"status"_s, u"--json"_s});
    VERIFY_CODE(silent, 6);
    QVERIFY2(silent.json()[u"type"].toString().startsWith(u"/problems/client/"_s), silent.said().constData());
    QVERIFY(silent.json()[u"status"].isUndefined());
    // The answer of the gateway is the document, and says that the gateway refused.
    const auto refused = nest({u"invoke"_s, u"nobody"_s, u"--json"_s});
    VERIFY_CODE(refused, 3);
    QVERIFY2(refused.json()[u"problem"][u"type"].toString() == u"/problems/gateway/unknown-function",
             refused.said().constData());
}

void CliAnswersTest::functionsTellWhatServes()
{
    const auto line = [this] {
        const auto table = nest({u"functions"_s}).output;
        const auto lines = table.split(u'\n');
        const auto found =
            std::ranges::find_if(lines, [](const auto &one) { return one.startsWith(u"talker"); });
        return found != lines.end() ? *found : table;
    };
    for (const auto *unused : {"v1", "v2"}) {
        Q_UNUSED(unused)
        QCOMPARE(m_platform.deploy("talker", TestPlatform::helloFiles("talker"), "{}"), QString());
    }
    QVERIFY2(line().contains(u"  v2  "_s), qPrintable(line()));
    VERIFY_CODE(nest({u"deploy"_s, u"talker"_s, u"--weights"_s, u"1=90,2=10"_s}), 0);
    QVERIFY2(line().contains(u"  v1 90 % · v2 10 %  "_s), qPrintable(line()));
    VERIFY_CODE(nest({u"deploy"_s, u"talker"_s, u"--version"_s, u"1"_s}), 0);
    QVERIFY2(line().contains(u"  v1  "_s), qPrintable(line())); // not the newest
    const HttpRequest group{"PUT", "/v1/groups/default/gray/local", "{}", {{"If-None-Match", "*"}}};
    QCOMPARE(m_platform.api(group).status, 201);
    VERIFY_CODE(
        nest({u"deploy"_s, u"talker"_s, u"--version"_s, u"2"_s, u"--group"_s, u"default/gray/local"_s}), 0);
    QVERIFY2(line().contains(u"v1 in main"_s) && line().contains(u"v2 in gray"_s), qPrintable(line()));
}

void CliAnswersTest::failuresNameCommandsThatWork()
{
    const auto function = nest({u"logs"_s, u"nobody"_s});
    VERIFY_CODE(function, 3);
    QVERIFY2(function.errors.contains(u"`nest functions` lists them"_s), function.said().constData());
    // What the sentence says, typed: every other address, over the socket.
    const auto typed = [](const Outcome &outcome) {
        QProcess shell;
        shell.start(u"sh"_s, {u"-c"_s, outcome.errors.section(u'`', 1, 1) + u" -s -S -f"_s});
        shell.waitForFinished(20'000);
        return shell.exitCode() == 0 ? shell.readAllStandardOutput() : shell.readAllStandardError();
    };
    const auto templates = nest({u"create"_s, u"other"_s, u"--template"_s, u"cobol"_s});
    VERIFY_CODE(templates, 3);
    QVERIFY2(typed(templates).contains("http-api-node"), templates.said().constData());
    const QStringList toBlue{u"deploy"_s, u"talker"_s,  u"--version"_s,
                             u"1"_s,      u"--group"_s, u"default/blue/local"_s};
    const auto group = nest(toBlue);
    VERIFY_CODE(group, 3);
    QVERIFY2(!group.errors.contains(u" PUT /v1"_s), group.said().constData());
    QVERIFY2(typed(group).contains(R"("lane":"blue")"), group.said().constData());
    VERIFY_CODE(nest(toBlue), 0);
}

void CliAnswersTest::invokeTellsAnotherGroupsAnswer()
{
    QCOMPARE(m_platform.deploy("lone", TestPlatform::helloFiles("lone"), "{}"), QString());
    const auto other = nest({u"invoke"_s, u"lone"_s, u"--lane"_s, u"gray"_s});
    VERIFY_CODE(other, 0);
    QVERIFY2(other.errors == u"nest: answered by default/main/local, because lone is not deployed to "
                             "default/gray/local.\n",
             other.said().constData());
    QVERIFY(!other.output.contains(u"answered by"_s)); // the body alone, for pipes
    const auto document = nest({u"invoke"_s, u"lone"_s, u"-H"_s, u"Nest-Lane: gray"_s, u"--json"_s}).json();
    QCOMPARE(document[u"fallback"][u"asked"].toString(), u"default/gray/local"_s);
    QCOMPARE(document[u"fallback"][u"answered"].toString(), u"default/main/local"_s);
    for (const auto &lane : {QStringList{}, QStringList{u"--lane"_s, u"main"_s}}) {
        const auto own = nest(QStringList{u"invoke"_s, u"lone"_s} + lane);
        QVERIFY2(own.code == 0 && own.errors.isEmpty(), own.said().constData());
    }
}

void CliAnswersTest::loadCountsAnotherGroupsAnswers()
{
    const QStringList load{u"load"_s, u"lone"_s, u"--rate"_s, u"20"_s, u"--duration"_s, u"2s"_s};
    const auto other = nest(load + QStringList{u"--lane"_s, u"gray"_s});
    VERIFY_CODE(other, 0);
    QVERIFY2(other.output.contains(u"\n40 answered by another group than was asked for"_s),
             other.said().constData());
    VERIFY_CODE(nest({u"invoke"_s, u"lone"_s, u"--lane"_s, u"gray"_s}), 0); // not the load's
    const auto own = nest(load);
    VERIFY_CODE(own, 0);
    QVERIFY2(!own.output.contains(u"another group"_s), own.said().constData());
    const auto last = nest(load + QStringList{u"--lane"_s, u"gray"_s, u"--json"_s}).jsonLines().last();
    QCOMPARE(last[u"fallbacks"].toInt(), 40);
}

void CliAnswersTest::anOldDecisionIsFoundToo()
{
    QCOMPARE(m_platform.deploy("busy", TestPlatform::helloFiles("busy"), "{}"), QString());
    VERIFY_CODE(nest({u"invoke"_s, u"busy"_s}), 0);
    const auto decisions = [this] {
        return nest({u"decisions"_s, u"busy"_s, u"--limit"_s, u"500"_s, u"--json"_s})
            .json()[u"items"]
            .toArray();
    };
    QVERIFY(waitUntil([&] { return !decisions().isEmpty(); }, 10s));
    const auto oldest = decisions().last()[u"id"].toString();
    // More of them than two pages have, as a week of load leaves them.
    QCOMPARE(m_platform.stop(), 0);
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(m_platform.dataDirectory() + u"/nest.db"_s);
        QVERIFY(database.open());
        QSqlQuery insert(database);
        insert.prepare(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) "
            "INSERT INTO decisions (id, deployment, version, at, body) "
            "SELECT 'dec-7ZZZZZZZZZZZZZZZZZZZ' || printf('%06d', i), deployment, version, at + i, "
            "CAST(replace(CAST(body AS TEXT), id, 'dec-7ZZZZZZZZZZZZZZZZZZZ' || printf('%06d', i)) "
            "AS BLOB) FROM decisions, n WHERE id = ?"_s);
        insert.addBindValue(oldest);
        QVERIFY2(insert.exec(), qPrintable(insert.lastError().text()));
        QCOMPARE(insert.numRowsAffected(), 1100);
        insert.finish();
        database.close();
    }
    QSqlDatabase::removeDatabase(u"test"_s);
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(decisions().size(), 500);
    const auto why = nest({u"decisions"_s, u"busy"_s, u"--why"_s, oldest.right(6), u"--json"_s});
    VERIFY_CODE(why, 0);
    QCOMPARE(why.json()[u"id"].toString(), oldest);
    const auto unknown = nest({u"decisions"_s, u"busy"_s, u"--why"_s, u"NOSUCH"_s}); // the list ends
    VERIFY_CODE(unknown, 3);
    QVERIFY2(unknown.errors.contains(u"`nest decisions busy` lists them"_s), unknown.said().constData());
}

QTEST_GUILESS_MAIN(CliAnswersTest)
#include "tst_clianswers.moc"
