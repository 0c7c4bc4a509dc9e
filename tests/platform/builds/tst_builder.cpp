// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Real builds: a real keeper, real boxes, real Node.
#include "platform/builds/artefact.h"
#include "platform/builds/builder.h"
#include "platform/builds/templates.h"
#include "tests/platform/builds/builderbench.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace nest;
using namespace nest::builds;
using tests::waitUntil;

namespace {

const std::string templateFolder = NEST_BINARY_DIR "/share/nest/templates";

const std::string goodHandler = "export const handler = () => ({ status: 200 });\n";

BuildFiles draftOf(const std::string &handler, const BuildFiles &more = {}, const std::string &manifest = {})
{
    BuildFiles files{{"function.yaml", "name: shop\n" + manifest}, {"src/handler.js", handler}};
    files.insert(files.end(), more.begin(), more.end());
    return files;
}

} // namespace

class BuilderTest final : public tests::BuilderBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin(); }
    void cleanupTestCase() { end(); }
    void init() { makeData(); }
    void cleanup() { drop(); }

    void buildsAndRunsEveryTemplate_data();
    void buildsAndRunsEveryTemplate();
    void sameDraftGivesTheSameArtefact();
    void saysWhereAScriptIsBroken_data();
    void saysWhereAScriptIsBroken();
    void refusesADraftWithAReason_data();
    void refusesADraftWithAReason();
    void aFailedTestFailsTheBuild();
    void runsTheCommandOfTheManifest();
    void anEmptyCommandMeansNoTests();
    void testsCannotChangeTheArtefact();
    void testsHaveNoNetworkAndSeeNoHost();
    void endsTestsThatNeverEnd();
    void keepsOnlyTheBeginningOfEndlessOutput();
    void cancelsWhereverItIs_data();
    void cancelsWhereverItIs();
    void runsTwoAtOnceAndTheRestInOrder();
    void leavesNothingBehind();
};

void BuilderTest::buildsAndRunsEveryTemplate_data()
{
    QTest::addColumn<int>("passed");
    QTest::addColumn<tests::Question>("question");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("part"); // of the answer
    const auto row = [](const char *id, int passed, const tests::Question &question, int status,
                        const QByteArray &part) {
        QTest::newRow(id) << passed << question << status << part;
    };
    const auto event = [](const QByteArray &text) {
        return tests::Question{.method = "POST",
                               .headers = {{"content-type", "application/cloudevents+json"}},
                               .body = R"({"specversion":"1.0","id":"1","source":"/here",)" + text + '}'};
    };
    for (const char *id : {"http-api-node", "http-api-python", "http-api-java"}) {
        row(id, 3, {.target = "/?name=Ada"}, 200, "Hello, Ada!");
    }
    row("empty-node", -1, {}, 204, {});
    row("server-rendering-node", 4, {.target = "/?q=tea"}, 200, "#1 Tea &amp; biscuits");
    row("scheduled-job-node", 4, event(R"("type":"nest.schedule.fired.v1","time":"2025-03-01T02:00:00Z")"),
        200, R"("day":"2025-02-28")");
    row("queue-consumer-node", 4,
        event(R"("type":"shop.order.placed.v1","data":{"order":7,"items":["tea"]})"), 200,
        R"("result":"shipped")");
    const tests::Question csv{.method = "POST",
                              .target = "/?by=city&value=price",
                              .headers = {{"content-type", "text/csv"}},
                              .body = "city,price\nBonn,2\nBonn,3\n"};
    row("data-processing-node", 6, csv, 200, R"("Bonn":{"count":2,"sum":5)");
    row("data-processing-python", 4, csv, 200, R"("Bonn": {"count": 2, "sum": 5)");
    row("data-processing-java", 5, csv, 200, R"("Bonn":{"count":2,"sum":5)");
    std::vector<std::string> ids;
    for (const auto &each : templates(templateFolder)) {
        QVERIFY(!each.title.empty() && !each.description.empty() && !each.runtime.empty());
        QVERIFY(std::ranges::contains(each.files, "function.yaml"));
        QVERIFY(!std::ranges::contains(each.files, "template.yaml"));
        ids.push_back(each.id);
    }
    QCOMPARE(ids, (std::vector<std::string>{"http-api-node", "http-api-python", "http-api-java",
                                            "server-rendering-node", "scheduled-job-node",
                                            "queue-consumer-node", "data-processing-node",
                                            "data-processing-python", "data-processing-java", "empty-node"}));
}

void BuilderTest::buildsAndRunsEveryTemplate()
{
    QFETCH(int, passed);
    const auto files = templateFiles(QTest::currentDataTag(), "shop", templateFolder);
    QVERIFY2(files, files ? "" : files.error().detail.c_str());
    const auto result = build(*files);
    QVERIFY2(result.state == wire::BuildState::Succeeded, result.reason.c_str());
    QCOMPARE(result.manifest.name, std::string("shop"));
    QCOMPARE(result.tests ? result.tests->passed : -1, passed);
    QVERIFY(result.problems.empty());
    QVERIFY(result.bytes > 0);
    const ArtefactStore store(m_data->path().toStdString());
    const auto folder = store.folderPath(result.digest);
    QVERIFY(QFile::exists(QString::fromStdString(folder + '/' + result.manifest.handlerFile())));
    QVERIFY(QFile::exists(QString::fromStdString(folder + "/package.json")));
    auto spec = m_engine->spec(folder, result.manifest.handler);
    spec.runtime = result.manifest.runtime;
    spec.environment = result.manifest.environment;
    const auto id = m_engine->startAndWait(spec);
    QVERIFY2(m_engine->notes().sockets.contains(id), m_engine->notes().instanceFailures[id].detail.c_str());
    QFETCH(tests::Question, question);
    const auto answer = m_engine->ask(id, question);
    QTEST(answer->status(), "status");
    QFETCH(QByteArray, part);
    QVERIFY2(answer->body().contains(part), answer->body());
    QVERIFY(!templateFiles("nothing-node", "shop", templateFolder));
    QVERIFY(!templateFiles("../theme", "shop", templateFolder));
}

void BuilderTest::sameDraftGivesTheSameArtefact()
{
    const auto first = build(draftOf(goodHandler));
    const auto second = build(draftOf(goodHandler));
    QCOMPARE(first.state, wire::BuildState::Succeeded);
    QCOMPARE(first.digest, second.digest);
    QVERIFY(build(draftOf(goodHandler + "// more\n")).digest != first.digest);
}

void BuilderTest::saysWhereAScriptIsBroken_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("ES module") << QByteArray("src/handler.js")
                               << QByteArray(
                                      "export const a = 1;\nexport function handler( {\n    return 1;\n}\n")
                               << 3 << 12 << QByteArray("SyntaxError: Unexpected number");
    QTest::newRow("CommonJS") << QByteArray("lib/old.cjs") << QByteArray("const a = ;\n") << 1 << 11
                              << QByteArray("SyntaxError: Unexpected token ';'");
    QTest::newRow("mjs") << QByteArray("lib/x.mjs") << QByteArray("\n\n  import from;\n") << 3 << 14
                         << QByteArray("SyntaxError");
    QTest::newRow("await in CommonJS")
        << QByteArray("lib/x.cjs") << QByteArray("await 1;\n") << 1 << 1 << QByteArray("SyntaxError");
    QTest::newRow("a name with a colon and a space")
        << QByteArray("lib/a b:7.js") << QByteArray("let x = 1;\nlet x;\n") << 2 << 5
        << QByteArray("already been declared");
}

void BuilderTest::saysWhereAScriptIsBroken()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, script);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QByteArray, message);
    auto files = draftOf(goodHandler);
    std::erase_if(files, [&](const auto &file) { return file.path == path.toStdString(); });
    files.push_back({path.toStdString(), script.toStdString()});
    files.push_back({"lib/fine.cjs", "#!/usr/bin/env node\nreturn 1;\n"});
    files.push_back({"lib/fine.mjs", "await Promise.resolve();\nexport default import.meta.url;\n"});
    const auto result = build(files);
    QCOMPARE(result.state, wire::BuildState::Failed);
    QCOMPARE(result.problems.size(), std::size_t(1));
    const auto &problem = result.problems.front();
    QCOMPARE(problem.path, path.toStdString());
    QVERIFY2(problem.message.contains(message.toStdString()), problem.message.c_str());
    QCOMPARE(std::pair(problem.line, problem.column), std::pair(line, column));
    QVERIFY2(result.reason.contains(path.toStdString()), result.reason.c_str());
}

void BuilderTest::refusesADraftWithAReason_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("problem");
    const auto row = [](const char *name, const char *path, const char *content, const char *problem) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(content) << QByteArray(problem);
    };
    row("no manifest", "function.yaml", "", "function.yaml:0:0 the manifest function.yaml is missing");
    row("bad manifest", "function.yaml", "name: shop\nmemory: 1\n", "function.yaml:2:9 memory is 1");
    row("name of another", "function.yaml", "name: cart\n", "function.yaml:0:0 name is 'cart'");
    row("no handler", "src/handler.js", "",
        "function.yaml:0:0 the handler's file 'src/handler.js' is not in the draft");
    row("dependencies", "package.json",
        "{\n  \"name\": \"shop\",\n  \"dependencies\": {\"express\": \"4\"}\n}\n",
        "package.json:3:3 dependencies need a package-lock.json: make one with `npm install "
        "--package-lock-only` and add it to the draft");
    row("type", "package.json", "{\"type\": \"esm\"}", "package.json:1:2 type must be");
    row("broken package.json", "package.json", "{\n \"name\": }\n", "package.json:2:10 not valid JSON");
    row("broken JSON", "data/x.json", "{\"a\": [1,\n2,]}\n", "data/x.json:2:3 not valid JSON");
    row("cut JSON", "data/x.json", "{\"a\": [1\n", "data/x.json:2:1 not valid JSON");
    row("bad path", "../x", "x", ":0:0 The path '../x' cannot be used");
}

void BuilderTest::refusesADraftWithAReason()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, problem);
    auto files = draftOf(goodHandler);
    std::erase_if(files, [&](const auto &file) { return file.path == path.toStdString(); });
    if (!content.isEmpty()) {
        files.push_back({path.toStdString(), content.toStdString()});
    }
    const auto result = build(files);
    QCOMPARE(result.state, wire::BuildState::Failed);
    QCOMPARE(result.problems.size(), std::size_t(1));
    const auto &found = result.problems.front();
    const auto text = found.path + ':' + std::to_string(found.line) + ':' + std::to_string(found.column) +
                      ' ' + found.message;
    QVERIFY2(text.starts_with(problem.toStdString()), text.c_str());
    QVERIFY(result.digest.empty());
}

void BuilderTest::aFailedTestFailsTheBuild()
{
    const auto result =
        build(draftOf(goodHandler, {{"test/a.test.js", "import test from 'node:test';\n"
                                                       "import assert from 'node:assert';\n"
                                                       "test('works', () => {});\n"
                                                       "test('later', { skip: true }, () => {});\n"
                                                       "test('prices', async (t) => {\n"
                                                       "    await t.test('adds up', () => {\n"
                                                       "        assert.equal(1, 2);\n"
                                                       "    });\n"
                                                       "});\n"}}));
    QCOMPARE(result.state, wire::BuildState::Failed);
    QCOMPARE(result.reason, std::string("1 test failed: prices > adds up."));
    QVERIFY(result.tests);
    QCOMPARE(result.tests->passed, 1);
    QCOMPARE(result.tests->skipped, 1);
    QVERIFY(result.tests->failed >= 1);
    QCOMPARE(result.problems.size(), std::size_t(1));
    QCOMPARE(result.problems.front().path, std::string("test/a.test.js"));
    QCOMPARE(result.problems.front().line, 7);
    QVERIFY2(result.problems.front().message.starts_with("test 'prices > adds up' failed: "),
             result.problems.front().message.c_str());
    QVERIFY(m_notes->hasLine(m_number, "not ok"));
}

void BuilderTest::runsTheCommandOfTheManifest()
{
    auto result = build(draftOf(goodHandler, {{"check.js", "console.log('checked', process.cwd());\n"}},
                                "tests: node check.js && echo twice\n"));
    QVERIFY2(result.state == wire::BuildState::Succeeded, result.reason.c_str());
    QVERIFY(m_notes->hasLine(m_number, "checked /work"));
    QVERIFY(m_notes->hasLine(m_number, "twice"));
    QVERIFY(!result.tests);
    result = build(draftOf(goodHandler, {}, "tests: echo broken >&2; exit 3\n"));
    QCOMPARE(result.state, wire::BuildState::Failed);
    QVERIFY2(result.reason.starts_with("The tests failed: exit code 3"), result.reason.c_str());
    QVERIFY(m_notes->hasLine(m_number, "broken"));
}

void BuilderTest::anEmptyCommandMeansNoTests()
{
    const auto result =
        build(draftOf(goodHandler, {{"test/x.test.js", "throw new Error('never');\n"}}, "tests: ''\n"));
    QVERIFY2(result.state == wire::BuildState::Succeeded, result.reason.c_str());
    QVERIFY(!result.tests);
}

void BuilderTest::testsCannotChangeTheArtefact()
{
    const auto plain = build(draftOf(goodHandler));
    const auto sly = build(draftOf(goodHandler, {}, "tests: echo evil > src/handler.js; echo x > more.js\n"));
    QVERIFY2(sly.state == wire::BuildState::Succeeded, sly.reason.c_str());
    const auto folder = ArtefactStore(m_data->path().toStdString()).folderPath(sly.digest);
    QFile handler(QString::fromStdString(folder + "/src/handler.js"));
    QVERIFY(handler.open(QIODevice::ReadOnly));
    QCOMPARE(handler.readAll().toStdString(), goodHandler);
    QVERIFY(!QFile::exists(QString::fromStdString(folder + "/more.js")));
    QVERIFY(plain.digest != sly.digest); // their manifests differ
}

void BuilderTest::testsHaveNoNetworkAndSeeNoHost()
{
    const auto probe = "import fs from 'node:fs';\n"
                       "import net from 'node:net';\n"
                       "if (fs.existsSync('" NEST_SOURCE_DIR "')) process.exit(11);\n"
                       "const socket = net.connect(80, '127.0.0.1');\n"
                       "socket.on('connect', () => process.exit(12));\n"
                       "socket.on('error', (error) => console.log('refused:', error.code));\n";
    const auto result = build(draftOf(goodHandler, {{"probe.js", probe}}, "tests: node probe.js\n"));
    QVERIFY2(result.state == wire::BuildState::Succeeded, result.reason.c_str());
    QVERIFY(m_notes->hasLine(m_number, "refused: EAFNOSUPPORT"));
}

void BuilderTest::endsTestsThatNeverEnd()
{
    makeBuilder(3);
    QElapsedTimer clock;
    clock.start();
    const auto result = build(draftOf(goodHandler, {{"test/x.test.js", "setInterval(() => {}, 1000);\n"}}));
    QCOMPARE(result.state, wire::BuildState::Failed);
    QCOMPARE(result.reason,
             std::string("The build took longer than 3 s and was ended while running the tests."));
    QVERIFY(clock.elapsed() >= 2'900);
    QVERIFY2(clock.elapsed() < 8'000, qPrintable(QString::number(clock.elapsed())));
}

void BuilderTest::keepsOnlyTheBeginningOfEndlessOutput()
{
    const auto result =
        build(draftOf(goodHandler, {}, "tests: yes 'a line of output that goes on' | head -n 40000\n"));
    QVERIFY2(result.state == wire::BuildState::Succeeded, result.reason.c_str());
    std::size_t bytes = 0;
    for (const auto &line : m_notes->lines[m_number]) {
        bytes += line.size() + 1;
    }
    QVERIFY(bytes > 200'000 && bytes < 300'000);
    QVERIFY(m_notes->hasLine(m_number, "the rest is left out"));
}

void BuilderTest::cancelsWhereverItIs_data()
{
    QTest::addColumn<QByteArray>("after"); // a line of the log; empty: at once
    QTest::newRow("in the queue") << QByteArray();
    QTest::newRow("while preparing") << QByteArray("checking");
    QTest::newRow("while testing") << QByteArray("sleeping");
}

void BuilderTest::cancelsWhereverItIs()
{
    QFETCH(QByteArray, after);
    const auto number = start(draftOf(goodHandler, {}, "tests: echo sleeping; sleep 50\n"));
    if (!after.isEmpty()) {
        // The command itself holds the word too; wait for the output line.
        QVERIFY(waitUntil(
            [&] {
                return std::ranges::any_of(m_notes->lines[number], [&](const auto &line) {
                    return line.contains(after.toStdString()) && !line.starts_with("Tests:");
                });
            },
            30'000));
    }
    QElapsedTimer clock;
    clock.start();
    m_builder->cancel("shop", number);
    m_builder->cancel("shop", number + 100); // unknown: ignored
    QVERIFY(waitFor(number, 10'000));
    QVERIFY2(clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(m_notes->results[number].state, wire::BuildState::Cancelled);
    QVERIFY(m_notes->results[number].reason.starts_with("Cancelled"));
    m_builder->cancel("shop", number);
    const auto next = build(draftOf(goodHandler)); // the builder goes on
    QCOMPARE(next.state, wire::BuildState::Succeeded);
    QCOMPARE(m_notes->finishedCount[number], 1);
}

void BuilderTest::runsTwoAtOnceAndTheRestInOrder()
{
    const auto slow = draftOf(goodHandler, {}, "tests: sleep 50\n");
    const auto first = start(slow);
    const auto second = start(slow);
    const auto third = start(draftOf(goodHandler));
    const auto fourth = start(draftOf(goodHandler));
    QVERIFY(waitUntil([&] { return m_notes->hasLine(first, "Tests:") && m_notes->hasLine(second, "Tests:"); },
                      30'000));
    QCOMPARE(m_notes->started, (std::vector{first, second}));
    m_builder->cancel("shop", first);
    QVERIFY(waitFor(third) && waitFor(fourth));
    QCOMPARE(m_notes->started, (std::vector{first, second, third, fourth}));
    m_builder->cancel("shop", second);
    QVERIFY(waitFor(second));
}

void BuilderTest::leavesNothingBehind()
{
    QCOMPARE(build(draftOf(goodHandler)).state, wire::BuildState::Succeeded);
    QCOMPARE(build(draftOf("broken(")).state, wire::BuildState::Failed);
    const QDir builds(m_data->filePath(QStringLiteral("builds")));
    QVERIFY(waitUntil(
        [&] { return builds.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty(); }));
    // A builder that goes away with a build under way ends the box, and the next one sweeps the rest.
    const auto number = start(draftOf(goodHandler, {}, "tests: echo sleeping; sleep 50\n"));
    QVERIFY(waitUntil([&] { return m_notes->hasLine(number, "Tests:"); }, 30'000));
    makeBuilder(60);
    m_builder->removeLeftovers();
    QVERIFY(builds.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
    QVERIFY(waitUntil([&] {
        const auto &results = m_engine->notes().jobResults;
        return results.contains("b-shop-" + std::to_string(number) + "-test");
    }));
}

QTEST_GUILESS_MAIN(BuilderTest)
#include "tst_builder.moc"
