// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of functions when nestd, or the keeper, goes away; and where none may start.
#include "tests/platform/engines/enginefixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <signal.h>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr auto counter = "let count = 0;\nexport const handler = () => String(++count);\n";
// A grandchild in a session of its own: what escapes from a mere process group.
constexpr auto withGrandchild =
    "import { spawn } from 'node:child_process';\n"
    "spawn('/usr/bin/setsid', ['/usr/bin/sleep', '600'], { detached: true }).unref();\n"
    "export const handler = () => 'here';\n";

bool allDead(const std::vector<qint64> &pids)
{
    return std::ranges::none_of(pids, isAlive);
}

} // namespace

class TestKeeperLife final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void isAdoptedByARestartedNestd();
    void forgetsWhatWasNotReady();
    void killsABoxThatIsStillBeingMade();
    void endsAllWhenLeftAlone();
    void leavesNoBoxWhenKilled();
    void drainsAtSigterm();
    void servesOneNestdOnly();
    void keepsLinesForARestartedNestdAndCountsDrops();
    void refusesToStartBelowTheMinimumLevel();
    void saysWhenItCannotBeStarted();
};

void TestKeeperLife::isAdoptedByARestartedNestd()
{
    EngineFixture fixture;
    auto spec = fixture.spec(fixture.writeCode({{u"handler.js"_s, counter}}));
    spec.environment = {{"SECRET", "swordfish"}};
    fixture.startAndWait(spec);
    QCOMPARE(fixture.ask(spec.id)->body(), "1");
    const auto keeper = fixture.keeperPid();
    fixture.restartEngine();
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 1; }));
    QCOMPARE(fixture.keeperPid(), keeper);
    QCOMPARE(fixture.notes().adopted.size(), std::size_t{1});
    const auto adopted = fixture.notes().adopted.front();
    spec.environment.clear(); // secrets are not left with the keeper
    QVERIFY(adopted.spec == spec);
    Asking asking(adopted.socketPath, {});
    QVERIFY(waitUntil([&] { return asking.isOver(); }));
    QCOMPARE(asking.body(), "2"); // the same process
    fixture.engine().drain(spec.id);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(spec.id); }));
}

void TestKeeperLife::forgetsWhatWasNotReady()
{
    EngineFixture fixture;
    const auto spec = fixture.spec(
        fixture.writeCode({{u"handler.js"_s, "await new Promise(() => setInterval(() => {}, 1e6));"}}));
    fixture.engine().startInstance(spec);
    QVERIFY(waitUntil([&] { return descendants(fixture.keeperPid()).size() >= 3; }));
    fixture.restartEngine();
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 1; }));
    QVERIFY(fixture.notes().adopted.empty());
    QVERIFY(waitUntil([&] { return descendants(fixture.keeperPid()).empty(); }));
}

void TestKeeperLife::killsABoxThatIsStillBeingMade()
{
    // At different moments of bwrap's work: a killed bwrap once left its process 1 behind.
    EngineFixture fixture;
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 1; }));
    const auto code = fixture.writeCode({{u"handler.js"_s, counter}});
    for (std::size_t depth = 1; depth <= 3; ++depth) {
        for (int i = 0; i < 5; ++i) {
            const auto spec = fixture.spec(code);
            fixture.engine().startInstance(spec);
            QVERIFY(waitUntil([&] { return descendants(fixture.keeperPid()).size() >= depth; }));
            fixture.engine().kill(spec.id);
            QVERIFY(waitUntil([&] { return fixture.notes().instanceFailures.contains(spec.id); }));
            QVERIFY(waitUntil([&] { return descendants(fixture.keeperPid()).empty(); }));
        }
    }
}

void TestKeeperLife::endsAllWhenLeftAlone()
{
    EngineFixture fixture;
    QVERIFY(fixture.notes().sockets.contains(fixture.startFunction(withGrandchild)));
    QVERIFY(fixture.notes().sockets.contains(fixture.startFunction(counter)));
    auto pids = descendants(fixture.keeperPid());
    pids.push_back(fixture.keeperPid());
    QVERIFY(pids.size() >= 8);
    QElapsedTimer timer;
    fixture.loseEngine();
    timer.start();
    QVERIFY(waitUntil([&] { return allDead(pids); }, 5000));
    QVERIFY2(timer.elapsed() >= 1900 && timer.elapsed() < 3000,
             QByteArray::number(timer.elapsed()).constData());
    QVERIFY(!QFile::exists(QString::fromStdString(fixture.runtimeDirectory() + "/keeper.sock")));
    QVERIFY(QDir(QString::fromStdString(fixture.runtimeDirectory() + "/i")).isEmpty());
}

void TestKeeperLife::leavesNoBoxWhenKilled()
{
    EngineFixture fixture;
    const auto ready = fixture.startFunction(withGrandchild);
    fixture.engine().runJob({.id = "j-long",
                             .arguments = {"/bin/bash", "-c", "echo begun; sleep 600"},
                             .workDirectory = fixture.writeCode({{u"a"_s, "a"}}),
                             .readOnly = {},
                             .memoryMegabytes = 64,
                             .timeoutSeconds = 600});
    // The job's box is finished: before that a killed bwrap leaves its process 1 (docs/sandbox.md section 5).
    QVERIFY(waitUntil([&] { return fixture.notes().jobOutputs["j-long"] == "begun\n"; }));
    const auto pids = descendants(fixture.keeperPid());
    QVERIFY(pids.size() >= 7);
    const auto killed = fixture.keeperPid();
    QCOMPARE(::kill(static_cast<pid_t>(killed), SIGKILL), 0);
    QVERIFY(waitUntil([&] { return allDead(pids); }, 2500));
    // The engine says so and goes on with a new keeper.
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 2; }));
    QCOMPARE(fixture.notes().ended[ready].reason, std::string("the keeper ended"));
    QCOMPARE(fixture.notes().jobResults["j-long"].exitCode, -1);
    QVERIFY(fixture.keeperPid() != killed);
    QVERIFY(fixture.notes().sockets.contains(fixture.startFunction(counter)));
}

void TestKeeperLife::drainsAtSigterm()
{
    EngineFixture fixture;
    const auto id =
        fixture.startFunction("export const handler = () => {\n"
                              "    console.log('begun');\n"
                              "    return new Promise((done) => setTimeout(done, 400, 'finished'));\n"
                              "};\n");
    Asking asking(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "begun"); }));
    const auto keeper = fixture.keeperPid();
    ::kill(static_cast<pid_t>(keeper), SIGTERM);
    QVERIFY(waitUntil([&] { return !isAlive(keeper); }));
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }));
    QCOMPARE(asking.body(), "finished");
    QCOMPARE(fixture.notes().ended[id].reason, std::string("drained"));
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 2; })); // a nestd that stays gets another
}

void TestKeeperLife::servesOneNestdOnly()
{
    EngineFixture fixture;
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 1; }));
    engines::LocalEngine second(fixture.config());
    EngineNotes notes(second);
    second.start();
    QVERIFY(waitUntil([&] { return notes.failed.has_value(); }));
    QCOMPARE(notes.failed->detail, std::string("Another nestd uses this runtime folder. Stop it first."));
    QCOMPARE(notes.readyCount, 0);
    QVERIFY(fixture.notes().sockets.contains(fixture.startFunction(counter)));
}

void TestKeeperLife::keepsLinesForARestartedNestdAndCountsDrops()
{
    EngineFixture fixture;
    // Half a megabyte in lines of 1,000 bytes: twice what is kept.
    const auto id =
        fixture.startFunction("export const handler = async () => {\n"
                              "    for (let i = 0; i < 500; ++i) {\n"
                              "        const line = String(i).padEnd(999, '.') + '\\n';\n"
                              "        await new Promise((done) => process.stdout.write(line, done));\n"
                              "    }\n"
                              "    return 'written';\n"
                              "};\n");
    const auto path = fixture.notes().sockets[id];
    fixture.loseEngine();
    Asking asking(path, {});
    QVERIFY(waitUntil([&] { return asking.isOver(); }, 1800));
    QCOMPARE(asking.body(), "written");
    fixture.restartEngine();
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 1; }));
    QCOMPARE(fixture.notes().adopted.size(), std::size_t{1});
    QVERIFY(waitUntil([&] { return fixture.notes().dropped.contains(id); }));
    const auto &lines = fixture.notes().lines[id];
    const auto count = [&] {
        return static_cast<int>(lines.size()) + fixture.notes().dropped[id];
    };
    QVERIFY(waitUntil([&] { return count() == 500; }));
    QVERIFY(fixture.notes().dropped[id] > 0);
    QVERIFY(lines.size() > 200);
    QVERIFY(lines.front().starts_with("0..."));
}

void TestKeeperLife::refusesToStartBelowTheMinimumLevel()
{
    EngineFixture fixture("/no/such/bwrap");
    const auto spec = fixture.spec(fixture.writeCode({{u"handler.js"_s, counter}}));
    fixture.startAndWait(spec);
    QVERIFY(fixture.notes().instanceFailures.contains(spec.id));
    const auto error = fixture.notes().instanceFailures[spec.id];
    QCOMPARE(error.type, std::string("keeper/isolation"));
    const auto isolation = fixture.engine().isolation();
    QVERIFY(isolation.level < 3);
    QVERIFY(isolation.sentence.starts_with("Functions do not start: no box can be made on this machine ("));
    QCOMPARE(error.detail, isolation.sentence + " " + isolation.remedy);
    fixture.engine().runJob(
        {.id = "j-1", .arguments = {"/usr/bin/true"}, .workDirectory = spec.codeDir, .readOnly = {}});
    QVERIFY(waitUntil([&] { return fixture.notes().jobResults.contains("j-1"); }));
    QCOMPARE(fixture.notes().jobResults["j-1"].exitCode, -1);
    QCOMPARE(fixture.notes().jobResults["j-1"].reason, error.detail);
}

void TestKeeperLife::saysWhenItCannotBeStarted()
{
    EngineFixture fixture;
    auto config = fixture.config();
    config.runtimeDirectory += "2";
    config.keeperProgram = "/no/such/nest-keeper";
    engines::LocalEngine engine(config);
    EngineNotes notes(engine);
    const auto spec = fixture.spec(fixture.writeCode({{u"handler.js"_s, counter}}));
    engine.startInstance(spec);
    engine.start();
    QVERIFY(waitUntil([&] { return notes.failed.has_value(); }));
    QCOMPARE(notes.failed->detail,
             std::string("'/no/such/nest-keeper' could not be started. Is Nest installed completely?"));
    QVERIFY(notes.instanceFailures.contains(spec.id)); // what waited for it hears of it
}

QTEST_GUILESS_MAIN(TestKeeperLife)
#include "tst_keeperlife.moc"
