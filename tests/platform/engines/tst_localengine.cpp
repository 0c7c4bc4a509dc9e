// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The life of an instance, from the start to its end, as the engine tells it.
#include "tests/platform/engines/enginefixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr auto greeter = "export function handler(event, context) {\n"
                         "    console.log('hello from', event.path);\n"
                         "    return { path: event.path, version: context.version, group: context.group };\n"
                         "}\n";

} // namespace

class TestLocalEngine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void answersAndTellsPhasesLinesAndUse();
    void answersARequestSentBeforeTheProcessHasBooted();
    void handsTheEnvironmentOverBySocketOnly();
    void saysWhyAFunctionDidNotLoad_data();
    void saysWhyAFunctionDidNotLoad();
    void givesUpOnAModuleThatNeverLoads();
    void saysWhyAnInstanceEnded_data();
    void saysWhyAnInstanceEnded();
    void drainsByFinishingWhatIsInFlight();
    void killsWhatDoesNotDrain();
    void runsTwoRequestsAtOnce();
};

void TestLocalEngine::answersAndTellsPhasesLinesAndUse()
{
    EngineFixture fixture;
    const auto id = fixture.startFunction(greeter);
    QVERIFY2(fixture.notes().sockets.contains(id), fixture.notes().instanceFailures[id].detail.c_str());
    QCOMPARE(fixture.engine().isolation().level, 3);
    QVERIFY(fixture.notes().sockets[id].size() < 100);
    const auto answer = fixture.ask(id, {.target = "/fn/greet"});
    QCOMPARE(answer->status(), 200);
    QCOMPARE(answer->json()[u"path"], u"/fn/greet"_s);
    QCOMPARE(answer->json()[u"version"], 7);
    QCOMPARE(answer->json()[u"group"], u"default/main/local"_s);
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "hello from /fn/greet"); }));

    const auto cold = fixture.notes().coldStarts[id];
    QVERIFY(cold.startMs > 0);
    QVERIFY(cold.runtimeInitMs > 0);
    QVERIFY(cold.userInitMs > 0);
    QCOMPARE(cold.scheduleMs, 0); // its caller's

    QVERIFY(waitUntil([&] { return fixture.notes().statsCount[id] >= 2; }));
    QVERIFY(fixture.notes().memoryMegabytes[id] > 20);
    QVERIFY(fixture.notes().memoryMegabytes[id] < 256);
    QVERIFY(fixture.notes().cpuMilliseconds[id] > 0);
}

void TestLocalEngine::answersARequestSentBeforeTheProcessHasBooted()
{
    EngineFixture fixture;
    // The socket's path is known from the id, and the socket is there before the process.
    auto spec = fixture.spec(fixture.writeCode({{u"handler.js"_s, greeter}}));
    const auto path = fixture.runtimeDirectory() + "/i/" + spec.id + ".sock";
    fixture.engine().startInstance(spec);
    QVERIFY(waitUntil([&] { return QFile::exists(QString::fromStdString(path)); }));
    QVERIFY(!fixture.notes().isSettled(spec.id));
    Asking early(path, {.target = "/_nest/health"});
    QVERIFY(waitUntil([&] { return early.isOver(); }));
    QCOMPARE(early.status(), 200);
    QVERIFY(early.json()[u"processStartUnixMs"].toDouble() > 0);
    QVERIFY(waitUntil([&] { return fixture.notes().sockets.contains(spec.id); }));
    const auto health = fixture.ask(spec.id, {.target = "/_nest/health"});
    QCOMPARE(health->json()[u"status"], u"ready"_s);
    const auto again = fixture.ask(spec.id, {.method = "POST", .target = "/_nest/specialise", .body = "{}"});
    QCOMPARE(again->status(), 409);
}

void TestLocalEngine::handsTheEnvironmentOverBySocketOnly()
{
    EngineFixture fixture;
    auto spec = fixture.spec(fixture.writeCode(
        {{u"handler.js"_s,
          "import { readFileSync } from 'node:fs';\n"
          "export const handler = (event, context) => ({\n"
          "    given: context.environment.SECRET, process: process.env.SECRET,\n"
          "    dump: readFileSync('/proc/self/environ', 'utf8').includes('swordfish'),\n"
          "    arguments: readFileSync('/proc/self/cmdline', 'utf8').includes('swordfish'),\n"
          "});\n"}}));
    spec.environment = {{"SECRET", "swordfish"}};
    fixture.startAndWait(spec);
    const auto seen = fixture.ask(spec.id)->json();
    QCOMPARE(seen[u"given"], u"swordfish"_s);
    QCOMPARE(seen[u"process"], u"swordfish"_s);
    QCOMPARE(seen[u"dump"], false);
    QCOMPARE(seen[u"arguments"], false);
}

void TestLocalEngine::saysWhyAFunctionDidNotLoad_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("handler");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("line");
    const QByteArray standard = "handler.js#handler";
    const QByteArray load = "engines/load-error";
    QTest::newRow("throws") << QByteArray("const a = 1;\nthrow new Error('no database');\n") << standard
                            << load
                            << QByteArray("The function could not be loaded: no database (handler.js:2).")
                            << QByteArray("/code/handler.js:2");
    QTest::newRow("syntax error") << QByteArray("export function handler() {\n    return 1;\n}\n}\n")
                                  << standard << load << QByteArray("Unexpected token '}' (handler.js:4).")
                                  << QByteArray("}");
    QTest::newRow("no such module") << QByteArray("import 'left-pad';\n") << standard << load
                                    << QByteArray("Cannot find package 'left-pad'") << QByteArray("left-pad");
    QTest::newRow("no such file") << QByteArray("") << QByteArray("src/none.js#handler") << load
                                  << QByteArray("Cannot find module 'src/none.js'")
                                  << QByteArray("/code/src/none.js");
    QTest::newRow("no such export") << QByteArray("export const other = 1;\n") << standard << load
                                    << QByteArray("exports no function 'handler'; it exports other.")
                                    << QByteArray("loader.mjs");
    QTest::newRow("ends while loading")
        << QByteArray("console.error('giving up'); process.exit(5);\n") << standard
        << QByteArray("engines/start-failed")
        << QByteArray("The instance of v7 ended while it started: exit code 5.") << QByteArray("giving up");
}

void TestLocalEngine::saysWhyAFunctionDidNotLoad()
{
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, handler);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, line);
    EngineFixture fixture;
    const auto spec = fixture.spec(fixture.writeCode({{u"handler.js"_s, code}}), handler.toStdString());
    fixture.startAndWait(spec);
    QVERIFY(fixture.notes().instanceFailures.contains(spec.id));
    const auto error = fixture.notes().instanceFailures[spec.id];
    QCOMPARE(QByteArray::fromStdString(error.type), type);
    // One sentence for whoever asked, without the paths of the box; the stack or the output as lines.
    QVERIFY2(error.detail.contains(words.toStdString()), error.detail.c_str());
    QVERIFY2(!error.detail.contains('\n') && !error.detail.contains("/code/"), error.detail.c_str());
    QVERIFY(std::ranges::any_of(
        error.fields, [&](const FieldError &field) { return field.detail.contains(line.toStdString()); }));
    // Nothing of it is left, and its end is not told a second time.
    QVERIFY(waitUntil([&] { return descendants(fixture.keeperPid()).empty(); }));
    QVERIFY(fixture.notes().ended.empty());
}

void TestLocalEngine::givesUpOnAModuleThatNeverLoads()
{
    EngineFixture fixture;
    auto config = fixture.config();
    fixture.loseEngine();
    config.loadTimeoutSeconds = 2;
    engines::LocalEngine engine(config);
    EngineNotes notes(engine);
    engine.start();
    const auto spec = fixture.spec(
        fixture.writeCode({{u"handler.js"_s, "await new Promise(() => setInterval(() => {}, 1e6));"}}));
    engine.startInstance(spec);
    QVERIFY(waitUntil([&] { return notes.instanceFailures.contains(spec.id); }));
    QCOMPARE(notes.instanceFailures[spec.id].type, std::string("engines/load-timeout"));
    QVERIFY(notes.instanceFailures[spec.id].detail.starts_with("The function was not loaded within 2 s."));
}

void TestLocalEngine::saysWhyAnInstanceEnded_data()
{
    QTest::addColumn<QByteArray>("statement");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("code");
    QTest::newRow("exit") << QByteArray("process.exit(3)") << QByteArray("exit code 3") << 3;
    QTest::newRow("signal") << QByteArray("process.kill(process.pid, 'SIGKILL')")
                            << QByteArray("signal SIGKILL (Killed)") << 137;
    QTest::newRow("memory") << QByteArray(
                                   "const a = []; for (;;) { a.push(new Array(1e6).fill(Math.random())); }")
                            << QByteArray("memory limit of 64 MB") << 134;
    QTest::newRow("uncaught")
        << QByteArray("setTimeout(() => { throw new Error('late'); }, 1); await new Promise(() => {})")
        << QByteArray("exit code 1") << 1;
}

void TestLocalEngine::saysWhyAnInstanceEnded()
{
    QFETCH(QByteArray, statement);
    QFETCH(QByteArray, reason);
    QFETCH(int, code);
    EngineFixture fixture;
    auto spec = fixture.spec(
        fixture.writeCode({{u"handler.js"_s, "export async function handler() {" + statement + "}"}}));
    spec.memoryMegabytes = 64;
    fixture.startAndWait(spec);
    QVERIFY2(fixture.notes().sockets.contains(spec.id),
             fixture.notes().instanceFailures[spec.id].detail.c_str());
    fixture.ask(spec.id);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(spec.id); }));
    QCOMPARE(QByteArray::fromStdString(fixture.notes().ended[spec.id].reason), reason);
    QCOMPARE(fixture.notes().ended[spec.id].exitCode, code);
    QVERIFY(!QFile::exists(QString::fromStdString(fixture.notes().sockets[spec.id])));
}

void TestLocalEngine::drainsByFinishingWhatIsInFlight()
{
    EngineFixture fixture;
    const auto id =
        fixture.startFunction("export const handler = () => {\n"
                              "    console.log('begun');\n"
                              "    return new Promise((done) => setTimeout(done, 400, 'finished'));\n"
                              "};\n");
    Asking asking(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "begun"); }));
    fixture.engine().drain(id);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }));
    QCOMPARE(asking.status(), 200);
    QCOMPARE(asking.body(), "finished");
    QCOMPARE(fixture.notes().ended[id].reason, std::string("drained"));
    QCOMPARE(fixture.notes().ended[id].exitCode, 0);
}

void TestLocalEngine::killsWhatDoesNotDrain()
{
    EngineFixture fixture;
    auto spec = fixture.spec(fixture.writeCode(
        {{u"handler.js"_s, "export const handler = () => { console.log('begun'); for (;;) {} };\n"}}));
    spec.timeoutSeconds = 1;
    fixture.startAndWait(spec);
    Asking asking(fixture.notes().sockets[spec.id], {});
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(spec.id, "begun"); }));
    QElapsedTimer timer;
    timer.start();
    fixture.engine().drain(spec.id);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(spec.id); }));
    QVERIFY(timer.elapsed() >= 2900);
    QCOMPARE(fixture.notes().ended[spec.id].reason, std::string("drained, then exit code 137"));

    const auto other = fixture.startFunction(greeter);
    fixture.engine().kill(other);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(other); }));
    QCOMPARE(fixture.notes().ended[other].reason, std::string("killed by request"));
}

void TestLocalEngine::runsTwoRequestsAtOnce()
{
    EngineFixture fixture;
    // Each waits for the other: one after the other they would never end.
    const auto id = fixture.startFunction("let arrived = 0, release;\n"
                                          "const both = new Promise((done) => { release = done; });\n"
                                          "export async function handler(event) {\n"
                                          "    if (++arrived === 2) { release(); }\n"
                                          "    await both;\n"
                                          "    console.log('done');\n"
                                          "    return event.query.name;\n"
                                          "}\n");
    Asking first(fixture.notes().sockets[id],
                 {.target = "/?name=first", .headers = {{"x-request-id", "req-first"}}});
    Asking second(fixture.notes().sockets[id],
                  {.target = "/?name=second", .headers = {{"x-request-id", "req-second"}}});
    QVERIFY(waitUntil([&] { return first.isOver() && second.isOver(); }));
    QCOMPARE(first.body(), "first");
    QCOMPARE(second.body(), "second");
    for (const auto *request : {"req-first", "req-second"}) { // lines are told apart though they interleave
        QVERIFY(waitUntil([&] {
            return fixture.notes().hasLine(id,
                                           "\"message\":\"done\",\"requestId\":\"" + std::string(request));
        }));
    }
}

QTEST_GUILESS_MAIN(TestLocalEngine)
#include "tst_localengine.moc"
