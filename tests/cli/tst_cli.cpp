// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `nest` as a shell user has it: a process with arguments, two outputs and an exit code, against a real nestd
// with real functions. The tests go on from each other, as a day at a shell does.

#include "tests/cli/shell.h"
#include "tests/support/testplatform.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace nest::clitest;
using namespace std::chrono_literals;

namespace {

/// Ended, be it collected by its parent or not.
bool isGone(pid_t process)
{
    QFile status(u"/proc/%1/stat"_s.arg(process));
    return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray manifest(const QByteArray &name, const QByteArray &rest = {})
{
    return "name: " + name + "\nruntime: node20\nhandler: src/handler.js#handler\n" + rest;
}

} // namespace

#define VERIFY_CODE(outcome, wanted) QVERIFY2((outcome).code == (wanted), (outcome).said().constData())

class CliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void statusTellsAnEmptyPlatform();
    void misunderstoodCommandsEndWithTwo_data();
    void misunderstoodCommandsEndWithTwo();
    void unknownFunctionsEndWithThree_data();
    void unknownFunctionsEndWithThree();
    void silentPlatformEndsWithSix();
    void runtimeFolderNamesThePlatform();

    void createMakesAFunctionOnce();
    void badNamesAreRefusedWithTheField();
    void deployBuildsPublishesAndServes();
    void deployingTheSameAgainChangesNothing();
    void invokeWakesTheFunctionAndTellsHow();
    void listsAreTablesAndJson();
    void loadScalesFromZeroUpAndBackToZero();
    void decisionsTellTheWholeWay();
    void oneDecisionIsExplainedStepByStep();

    void syntaxErrorsNameFileLineAndColumn();
    void foldersAreUploadedAndLogsFollowed();
    void interruptedDeployCancelsTheBuild();
    void interruptedLoadEndsWithItsSummary();
    void firstCommandStartsTheLocalPlatform();

private:
    [[nodiscard]] QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NEST_SOCKET"_s, m_platform.socket());
        return environment;
    }
    Outcome nest(const QStringList &arguments, std::chrono::milliseconds limit = 60s) const
    {
        return Shell(arguments, environment()).finish(limit);
    }
    /// Instances that are there in any way; asked without `nest`, often.
    [[nodiscard]] int running(const QByteArray &function) const
    {
        const auto answer = m_platform.get("/v1/instances?limit=500&function=" + function);
        if (answer.status != 200) {
            return -1;
        }
        int count = 0;
        for (const auto &instance : QJsonDocument::fromJson(answer.body)[u"items"].toArray()) {
            const auto state = instance[u"state"].toString();
            count += state != u"stopped" && state != u"failed" ? 1 : 0;
        }
        return count;
    }

    TestPlatform m_platform;
    QTemporaryDir m_folder;
};

void CliTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
}

void CliTest::statusTellsAnEmptyPlatform()
{
    const auto table = nest({u"status"_s});
    VERIFY_CODE(table, 0);
    for (const auto &text : {u"Platform   "_s, u"http://127.0.0.1:%1"_s.arg(m_platform.gatewayPort()),
                             u"Isolation  level"_s, u"0 ready, 0 starting"_s, u"nest create hello"_s}) {
        QVERIFY2(table.output.contains(text), table.said().constData());
    }
    QVERIFY(!table.output.contains(u'\033')); // no terminal, no colour
    const auto status = nest({u"status"_s, u"--json"_s}).json();
    QCOMPARE(status[u"functions"].toInt(-1), 0);
    QVERIFY(status[u"isolation"][u"level"].isDouble());
    const auto functions = nest({u"functions"_s});
    VERIFY_CODE(functions, 0);
    QVERIFY(functions.output.startsWith(u"No functions yet"_s));
    const auto list = nest({u"--json"_s, u"functions"_s}).json();
    QVERIFY(list[u"items"].isArray());
}

void CliTest::misunderstoodCommandsEndWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("nothing") << QStringList{} << u"subcommand is required"_s;
    QTest::newRow("no such command") << QStringList{u"frobnicate"_s} << u"There is no command 'frobnicate'"_s;
    QTest::newRow("no name") << QStringList{u"create"_s} << u"NAME is required"_s;
    QTest::newRow("no such option") << QStringList{u"status"_s, u"--colour"_s} << u"--colour"_s;
    QTest::newRow("two origins") << QStringList{u"create"_s, u"abc"_s,    u"--template"_s,
                                                u"x"_s,      u"--from"_s, u"."_s}
                                 << u"excludes"_s;
    QTest::newRow("no duration") << QStringList{u"deploy"_s, u"abc"_s, u"--stable-window"_s, u"soon"_s}
                                 << u"no duration such as 90s"_s;
    QTest::newRow("no shape") << QStringList{u"load"_s, u"abc"_s, u"--shape"_s, u"square"_s} << u"square"_s;
    QTest::newRow("no header") << QStringList{u"invoke"_s, u"abc"_s, u"-H"_s, u"nothing"_s}
                               << u"name: value"_s;
    QTest::newRow("no group") << QStringList{u"deploy"_s, u"abc"_s, u"--group"_s, u"main"_s}
                              << u"set/lane/region"_s;
}

void CliTest::misunderstoodCommandsEndWithTwo()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, sentence);
    const auto outcome = nest(arguments);
    VERIFY_CODE(outcome, 2);
    QVERIFY2(outcome.errors.startsWith(u"nest: "_s) && outcome.errors.contains(sentence),
             outcome.said().constData());
    QVERIFY(outcome.output.isEmpty());
}

void CliTest::unknownFunctionsEndWithThree_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const auto &command :
         {u"deploy"_s, u"invoke"_s, u"instances"_s, u"decisions"_s, u"logs"_s, u"load"_s}) {
        QTest::newRow(qPrintable(command)) << QStringList{command, u"nobody"_s};
    }
}

void CliTest::unknownFunctionsEndWithThree()
{
    QFETCH(QStringList, arguments);
    const auto outcome = nest(arguments);
    VERIFY_CODE(outcome, 3);
    QVERIFY2(outcome.errors.startsWith(u"nest: "_s) && outcome.errors.contains(u"nobody"_s),
             outcome.said().constData());
}

void CliTest::silentPlatformEndsWithSix()
{
    const auto outcome = nest({u"--socket"_s, m_folder.filePath(u"nobody.sock"_s), u"status"_s});
    VERIFY_CODE(outcome, 6);
    QVERIFY(outcome.errors.startsWith(u"nest: No platform answers at "_s));
}

void CliTest::runtimeFolderNamesThePlatform()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"NEST_SOCKET"_s);
    environment.insert(u"NEST_RUNTIME_DIR"_s, m_platform.runtimeDirectory());
    const auto status = Shell({u"status"_s}, environment).finish();
    VERIFY_CODE(status, 0);
    QVERIFY2(status.output.contains(m_platform.socket()), status.said().constData());
}

void CliTest::createMakesAFunctionOnce()
{
    const auto created = nest({u"create"_s, u"hello"_s, u"--description"_s, u"says hello"_s});
    VERIFY_CODE(created, 0);
    QVERIFY2(created.output.contains(u"from the template http-api-node"_s), created.said().constData());
    QVERIFY(created.output.contains(u"Next: nest deploy hello"_s));
    const auto again = nest({u"create"_s, u"hello"_s});
    VERIFY_CODE(again, 4);
    QVERIFY(again.errors.startsWith(u"nest: There is a function 'hello' already"_s));
    QVERIFY2(again.errors.contains(u"\n  /name: "_s), again.said().constData());
    const auto unknown = nest({u"create"_s, u"other"_s, u"--template"_s, u"cobol"_s});
    QVERIFY2(unknown.code == 3 && unknown.errors.contains(u"cobol"_s), unknown.said().constData());
}

void CliTest::badNamesAreRefusedWithTheField()
{
    const auto outcome = nest({u"create"_s, u"Hello World"_s});
    VERIFY_CODE(outcome, 5);
    QVERIFY(outcome.errors.startsWith(u"nest: "_s));
    QVERIFY(outcome.output.isEmpty());
}

void CliTest::deployBuildsPublishesAndServes()
{
    const auto deployed = nest({u"deploy"_s, u"hello"_s, u"--threshold"_s, u"20"_s, u"--maximum"_s, u"5"_s,
                                u"--stable-window"_s, u"6s"_s, u"--panic-window"_s, u"2s"_s,
                                u"--scale-down-delay"_s, u"0"_s, u"--scale-to-zero-after"_s, u"5s"_s,
                                u"--reason"_s, u"The shop opens"_s, u"--description"_s, u"Says hello"_s});
    VERIFY_CODE(deployed, 0);
    const auto deployment = m_platform.get("/v1/functions/hello/deployments/default/main/local");
    QCOMPARE(QJsonDocument::fromJson(deployment.body)[u"reason"].toString(), u"The shop opens"_s);
    const auto version = m_platform.get("/v1/functions/hello/versions/1");
    QCOMPARE(QJsonDocument::fromJson(version.body)[u"description"].toString(), u"Says hello"_s);
    for (const auto &text :
         {u"Building #1"_s, u"Published v1 from build #1."_s, u"Deployed hello v1 to default/main/local."_s,
          u"It scales from zero at the first request."_s,
          u"http://127.0.0.1:%1/fn/hello"_s.arg(m_platform.gatewayPort())}) {
        QVERIFY2(deployed.output.contains(text), deployed.said().constData());
    }
}

void CliTest::deployingTheSameAgainChangesNothing()
{
    const auto again = nest({u"deploy"_s, u"hello"_s});
    VERIFY_CODE(again, 0);
    QVERIFY2(again.output.contains(u"Build #1 is of the draft as it is."_s), again.said().constData());
    QVERIFY(again.output.contains(u"It is deployed like this already."_s));
    const auto refused = nest({u"deploy"_s, u"hello"_s, u"--reserved"_s, u"9"_s}); // above the maximum
    VERIFY_CODE(refused, 5);
    QVERIFY2(refused.errors.contains(u"/scaling/"_s), refused.said().constData());
    const auto unknown = nest({u"deploy"_s, u"hello"_s, u"--version"_s, u"7"_s});
    QVERIFY2(unknown.code == 5 && unknown.errors.contains(u"/weights/0/version"_s),
             unknown.said().constData());
    const auto changed = nest({u"deploy"_s, u"hello"_s, u"--utilisation"_s, u"0.75"_s, u"--json"_s});
    VERIFY_CODE(changed, 0);
    QCOMPARE(changed.json()[u"reason"].toString(), QString()); // the one before was for another change
    const auto scaling = changed.json()[u"scaling"].toObject();
    QCOMPARE(scaling[u"utilisation"].toDouble(), 0.75);
    QCOMPARE(scaling[u"threshold"].toDouble(), 20.0);
    QCOMPARE(scaling[u"stableWindowSeconds"].toInt(), 6);
}

void CliTest::invokeWakesTheFunctionAndTellsHow()
{
    const auto cold = nest({u"invoke"_s, u"hello"_s, u"--path"_s, u"/?name=Ada"_s, u"-i"_s});
    VERIFY_CODE(cold, 0);
    for (const auto &text : {u"HTTP 200"_s, u"content-type: application/json"_s, u"served by v1, instance "_s,
                             u"cold, waited "_s, u"runtime init "_s, u"Hello, Ada!"_s}) {
        QVERIFY2(cold.output.contains(text), cold.said().constData());
    }
    const auto warm = nest({u"invoke"_s, u"hello"_s, u"--json"_s}).json();
    QCOMPARE(warm[u"status"].toInt(), 200);
    QCOMPARE(warm[u"version"].toInt(), 1);
    QCOMPARE(warm[u"cold"].toBool(true), false);
    const auto body = nest({u"invoke"_s, u"hello"_s}); // nothing but the body, for pipes
    QVERIFY2(body.json()[u"message"].toString() == u"Hello, world!", body.said().constData());
}

void CliTest::listsAreTablesAndJson()
{
    const auto functions = nest({u"functions"_s});
    QVERIFY2(functions.output.startsWith(u"NAME   STATE"_s), functions.said().constData());
    QVERIFY(functions.output.contains(u"v1"_s) && functions.output.contains(u"says hello"_s));
    const auto row = nest({u"functions"_s, u"--json"_s}).json()[u"items"][0];
    QCOMPARE(row[u"name"].toString(), u"hello"_s);
    QCOMPARE(row[u"state"].toString(), u"healthy"_s); // what the table shows is there too
    QVERIFY(row[u"ready"].toInt() >= 1 && row[u"desired"].toInt() >= 1);
    QCOMPARE(row[u"groups"][0][u"group"].toString(), u"default/main/local"_s);
    QCOMPARE(row[u"groups"][0][u"weights"][0][u"version"].toInt(), 1);
    const auto instances = nest({u"instances"_s, u"hello"_s, u"--json"_s}).json()[u"items"].toArray();
    QVERIFY(!instances.isEmpty());
    QVERIFY(instances[0][u"id"].toString().startsWith(u"i-"_s));
    const auto table = nest({u"instances"_s});
    QVERIFY2(table.output.startsWith(u"INSTANCE  FUNCTION"_s), table.said().constData());
    QVERIFY(table.output.contains(instances[0][u"id"].toString().right(6)));
}

void CliTest::loadScalesFromZeroUpAndBackToZero()
{
    QVERIFY(waitUntil([&] { return running("hello") == 0; }, 30s));
    const auto load =
        nest({u"load"_s, u"hello"_s, u"--rate"_s, u"60"_s, u"--duration"_s, u"9s"_s, u"--json"_s});
    VERIFY_CODE(load, 0);
    const auto reports = load.jsonLines();
    QVERIFY(reports.size() >= 8);
    int most = 0;
    for (const auto &report : reports) {
        most = std::max(most, report[u"ready"].toInt());
    }
    QVERIFY2(most >= 3, load.said().constData());
    const auto &last = reports.last();
    QVERIFY(last[u"finished"].toBool());
    QCOMPARE(last[u"sent"].toInt(), 540);
    QCOMPARE(last[u"ok"].toInt(), 540); // none was lost, not even those sent to zero instances
    QVERIFY(last[u"total"][u"p99Ms"].isDouble());
    QVERIFY(waitUntil([&] { return running("hello") == 0; }, 40s));
}

void CliTest::decisionsTellTheWholeWay()
{
    const auto list = nest({u"decisions"_s, u"hello"_s, u"--limit"_s, u"200"_s, u"--json"_s}).json();
    const auto newestFirst = list[u"items"].toArray();
    QVERIFY(newestFirst.size() >= 3);
    int most = 0;
    for (const auto &decision : newestFirst) {
        most = std::max(most, decision[u"desired"].toInt());
    }
    QCOMPARE(newestFirst.last()[u"from"].toInt(-1), 0);
    QVERIFY(most >= 3);
    QCOMPARE(newestFirst.first()[u"desired"].toInt(-1), 0);
    QCOMPARE(newestFirst.first()[u"cause"].toString(), u"scaleToZero"_s);

    const auto table = nest({u"decisions"_s, u"hello"_s, u"--group"_s, u"default/main/local"_s});
    VERIFY_CODE(table, 0);
    for (const auto &text :
         {u"0 → 1"_s, u"1 → 0"_s, u"scale to zero"_s, u"poke"_s, u" ÷ (20 × 0.75)⌉ = "_s, u"idle "_s}) {
        QVERIFY2(table.output.contains(text), table.said().constData());
    }
}

void CliTest::oneDecisionIsExplainedStepByStep()
{
    const auto newest =
        nest({u"decisions"_s, u"hello"_s, u"--limit"_s, u"1"_s, u"--json"_s}).json()[u"items"][0];
    const auto id = newest[u"id"].toString();
    const auto why = nest({u"decisions"_s, u"hello"_s, u"--why"_s, id.right(6)});
    VERIFY_CODE(why, 0);
    for (const auto &step : newest[u"steps"].toArray()) {
        const auto name =
            step[u"name"].toString().left(4).toLower(); // "stableWish" is shown as "stable wish"
        QVERIFY2(why.output.contains(u'\n' + name), why.said().constData());
    }
    QCOMPARE(nest({u"decisions"_s, u"hello"_s, u"--why"_s, id, u"--json"_s}).json()[u"id"].toString(), id);
    VERIFY_CODE(nest({u"decisions"_s, u"hello"_s, u"--why"_s, u"NOSUCH"_s}), 3);
}

void CliTest::syntaxErrorsNameFileLineAndColumn()
{
    const auto folder = m_folder.filePath(u"broken"_s);
    write(folder + u"/function.yaml"_s, manifest("broken"));
    write(folder + u"/src/handler.js"_s,
          "export async function handler(event) {\n    return { status: 200 ;\n}\n");
    VERIFY_CODE(nest({u"create"_s, u"broken"_s, u"--from"_s, folder}), 0);
    const auto deployed = nest({u"deploy"_s, u"broken"_s});
    VERIFY_CODE(deployed, 1);
    static const QRegularExpression place(u"^src/handler\\.js:2:\\d+: .+"_s,
                                          QRegularExpression::MultilineOption);
    QVERIFY2(deployed.errors.contains(place), deployed.said().constData());
    QVERIFY(deployed.errors.contains(u"nest: build #1 of broken failed"_s));
    const auto again = nest({u"deploy"_s, u"broken"_s, u"--json"_s});
    VERIFY_CODE(again, 1);
    const auto document = again.json();
    QVERIFY2(document[u"type"].toString() == u"/problems/cli/build-failed", again.said().constData());
    QCOMPARE(document[u"build"].toInt(), 2);
    QCOMPARE(document[u"problems"][0][u"path"].toString(), u"src/handler.js"_s);
    QCOMPARE(document[u"problems"][0][u"line"].toInt(), 2);
    const auto row = nest({u"functions"_s, u"--json"_s}).json()[u"items"][0];
    QCOMPARE(row[u"name"].toString(), u"broken"_s);
    QVERIFY(row[u"state"].isNull() && row[u"groups"].toArray().isEmpty()); // not deployed
    VERIFY_CODE(nest({u"invoke"_s, u"broken"_s}), 3);                      // nothing was deployed
}

void CliTest::foldersAreUploadedAndLogsFollowed()
{
    const auto folder = m_folder.filePath(u"talker"_s);
    write(folder + u"/function.yaml"_s, manifest("talker", "scaling:\n  maximum: 2\n"));
    write(folder + u"/src/handler.js"_s,
          "export async function handler(event, context) {\n"
          "    if (event.query?.fail) throw new Error('asked to fail');\n"
          "    context.log.info('heard ' + event.query?.word);\n"
          "    return { status: 200, body: { sum: (event.body?.a ?? 0) + 1 } };\n}\n");
    write(folder + u"/node_modules/x/index.js"_s, "1\n");
    write(folder + u"/old.js"_s, "export {};\n");
    const auto created = nest({u"create"_s, u"talker"_s, u"--from"_s, folder});
    VERIFY_CODE(created, 0);
    QVERIFY2(created.output.contains(u"Left out: node_modules/"_s) &&
                 created.output.contains(u"3 files sent"_s),
             created.said().constData());
    QVERIFY(QFile::remove(folder + u"/old.js"_s));
    const auto deployed = nest({u"deploy"_s, u"talker"_s, u"--from"_s, folder});
    VERIFY_CODE(deployed, 0);
    QVERIFY2(deployed.output.contains(u"0 files sent, 2 unchanged, 1 removed"_s),
             deployed.said().constData());
    const auto deployment = m_platform.get("/v1/functions/talker/deployments/default/main/local");
    QCOMPARE(QJsonDocument::fromJson(deployment.body)[u"scaling"][u"maximum"].toInt(),
             2); // from the manifest

    const auto answer =
        nest({u"invoke"_s, u"talker"_s, u"--data"_s, u"{\"a\":41}"_s, u"--path"_s, u"/?word=first"_s});
    QVERIFY2(answer.json()[u"sum"].toInt() == 42, answer.said().constData());

    Shell follower({u"logs"_s, u"talker"_s, u"-f"_s}, environment());
    QVERIFY2(follower.says(u"heard first"_s), follower.output().toUtf8().constData());
    VERIFY_CODE(nest({u"invoke"_s, u"talker"_s, u"--path"_s, u"/?word=second"_s}), 0);
    QVERIFY2(follower.says(u"heard second"_s), follower.output().toUtf8().constData());
    follower.interrupt();
    const auto followed = follower.finish(10s);
    VERIFY_CODE(followed, 0);
    QCOMPARE(followed.output.count(u"heard first"_s), 1); // each line once

    const auto failed = nest({u"invoke"_s, u"talker"_s, u"--path"_s, u"/?fail=1"_s});
    VERIFY_CODE(failed, 1);
    QVERIFY(failed.errors.contains(u"talker answered 500"_s));
    const auto logs = nest({u"logs"_s, u"talker"_s, u"--limit"_s, u"1000"_s, u"--json"_s}).jsonLines();
    QVERIFY(std::ranges::any_of(
        logs, [](const auto &line) { return line[u"message"].toString() == u"heard second"; }));
}

void CliTest::interruptedDeployCancelsTheBuild()
{
    const auto folder = m_folder.filePath(u"slow"_s);
    write(folder + u"/function.yaml"_s, manifest("slow", "tests: sleep 60\n"));
    write(folder + u"/src/handler.js"_s, "export const handler = async () => 'done';\n");
    VERIFY_CODE(nest({u"create"_s, u"slow"_s, u"--from"_s, folder}), 0);
    Shell deploy({u"deploy"_s, u"slow"_s}, environment());
    QVERIFY(deploy.says(u"Building #1"_s));
    deploy.interrupt();
    const auto outcome = deploy.finish(30s);
    VERIFY_CODE(outcome, 1);
    QVERIFY2(outcome.errors.contains(u"build #1 of slow was cancelled"_s), outcome.said().constData());
    const auto build = m_platform.get("/v1/functions/slow/builds/1");
    QCOMPARE(QJsonDocument::fromJson(build.body)[u"state"].toString(), u"cancelled"_s);
}

void CliTest::interruptedLoadEndsWithItsSummary()
{
    Shell load({u"load"_s, u"hello"_s, u"--rate"_s, u"20"_s, u"--duration"_s, u"1h"_s}, environment());
    QVERIFY2(load.says(u" ready "_s), load.output().toUtf8().constData());
    load.interrupt();
    const auto outcome = load.finish(20s);
    VERIFY_CODE(outcome, 0);
    QVERIFY2(outcome.output.contains(u"0 failed, "_s) && outcome.output.contains(u"most instances ready "_s),
             outcome.said().constData());
}

void CliTest::firstCommandStartsTheLocalPlatform()
{
    const QTemporaryDir tree(u"/tmp/nest-c-XXXXXX"_s); // short: socket names are limited
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &variable : {u"NEST_SOCKET"_s, u"NEST_RUNTIME_DIR"_s, u"NEST_DATA_DIR"_s}) {
        environment.remove(variable);
    }
    QVERIFY(QDir(tree.path()).mkpath(u"run"_s));
    environment.insert(u"XDG_RUNTIME_DIR"_s, tree.filePath(u"run"_s));
    environment.insert(u"XDG_DATA_HOME"_s, tree.filePath(u"data"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, tree.filePath(u"config"_s));

    const auto first = Shell({u"status"_s, u"--json"_s}, environment).finish(30s);
    VERIFY_CODE(first, 0);
    QFile endpoint(tree.filePath(u"run/nest/local/endpoint.json"_s));
    QVERIFY(endpoint.open(QIODevice::ReadOnly));
    const auto pid = static_cast<pid_t>(QJsonDocument::fromJson(endpoint.readAll())[u"processId"].toInt());
    QVERIFY(pid > 1);
    const auto second = Shell({u"status"_s, u"--json"_s}, environment).finish(30s);
    QCOMPARE(second.json()[u"startedAt"], first.json()[u"startedAt"]); // the same one
    QCOMPARE(::kill(pid, SIGTERM), 0);
    QVERIFY(waitUntil([&] { return isGone(pid); }, 20s));
}

QTEST_GUILESS_MAIN(CliTest)
#include "tst_cli.moc"
