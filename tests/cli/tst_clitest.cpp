// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `nest test` as a developer and a CI system have it: exit codes, lines, JSON, JUnit XML.

#include "app/nest/dev/testreport.h"
#include "tests/cli/devbench.h"

#include <QJsonArray>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace nest::clitest;
using namespace std::chrono_literals;

namespace {

struct JUnit
{
    QStringList elements; // in their order, closing ones left out
    QMap<QString, QString> counts;
    QMap<QString, QString> failures; // by "classname.name": text
    QMap<QString, double> times;
    QString error;
};

JUnit read(const QString &path)
{
    JUnit junit;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        junit.error = file.errorString();
        return junit;
    }
    QXmlStreamReader xml(&file);
    QString test;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        const auto name = xml.name().toString();
        const auto attributes = xml.attributes();
        junit.elements.append(name);
        if (name == "testsuite"_L1) {
            for (const auto &attribute : attributes) {
                junit.counts[attribute.name().toString()] = attribute.value().toString();
            }
        } else if (name == "testcase"_L1) {
            test =
                attributes.value("classname"_L1).toString() + u'.' + attributes.value("name"_L1).toString();
            junit.times[test] = attributes.value("time"_L1).toDouble();
        } else if (name == "failure"_L1 || name == "error"_L1) {
            const auto message = attributes.value("message"_L1).toString();
            junit.failures[test] = message + u'\n' + xml.readElementText();
        }
    }
    if (xml.hasError()) {
        junit.error = xml.errorString();
    }
    return junit;
}

constexpr auto greenTest = "import { test } from 'node:test';\n"
                           "import assert from 'node:assert';\n"
                           "test('adds', () => assert.equal(1 + 1, 2));\n"
                           "test('waits', () => new Promise((done) => setTimeout(done, 30)));\n"
                           "test('later', { skip: true }, () => {});\n";
constexpr auto redTest = "import { describe, test } from 'node:test';\n"
                         "import assert from 'node:assert';\n"
                         "describe('cart <1>', () => {\n"
                         "    test('is \"empty\"', () => assert.equal([1].length, 0));\n"
                         "    test('is there', () => assert.ok(true));\n"
                         "});\n";

} // namespace

#define VERIFY_CODE(outcome, wanted) QVERIFY2((outcome).code == (wanted), (outcome).said().constData())

class CliTestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void greenTestsAreListedWithTheirTimes();
    void redTestsTellPlaceAndValues();
    void otherLanguagesTellTimesToo_data();
    void otherLanguagesTellTimesToo();
    void onlyMatchingTestsRun_data();
    void onlyMatchingTestsRun();
    void filtersThatCannotBeAreRefused_data();
    void filtersThatCannotBeAreRefused();
    void whatNoListedTestAccountsForIsToldToo();
    void testsOfOneNameHaveTheirOwnFailures();
    void onlyAFailedTestFailsTheTests_data();
    void onlyAFailedTestFailsTheTests();
    void whatIsNotBuiltIsNoFailedTest();
    void noTestsIsNoFailure();
    void unwritableReportsAreSaidBeforeTheTests();

private:
    static Outcome nest(const DevBench &bench, const QStringList &arguments)
    {
        return Shell(QStringList{u"test"_s, bench.folder()} + arguments, bench.environment()).finish(120s);
    }
};

void CliTestTest::greenTestsAreListedWithTheirTimes()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    QVERIFY(bench.write(u"test/a.test.js"_s, greenTest));
    const auto xml = bench.cache() + u".xml"_s;
    const auto outcome = nest(bench, {u"--junit"_s, xml});
    VERIFY_CODE(outcome, 0);
    QVERIFY2(QRegularExpression(u"ok      adds  [\\d.]+ ms\\nok      waits  [\\d.]+ ms\\nskipped later"_s)
                 .match(outcome.output)
                 .hasMatch(),
             outcome.said().constData());
    QVERIFY2(outcome.output.contains(u"2 passed, 0 failed, 1 skipped, "_s), outcome.said().constData());
    const auto junit = read(xml);
    QCOMPARE(junit.error, QString());
    QCOMPARE(junit.elements, QStringList({u"testsuites"_s, u"testsuite"_s, u"testcase"_s, u"testcase"_s,
                                          u"testcase"_s, u"skipped"_s}));
    QCOMPARE(junit.counts[u"tests"_s], u"3"_s);
    QCOMPARE(junit.counts[u"failures"_s], u"0"_s);
    QCOMPARE(junit.counts[u"skipped"_s], u"1"_s);
    QVERIFY(junit.times[u"hello.waits"_s] >= 0.029);
    QCOMPARE(bench.processes(), QStringList());
    const auto json = nest(bench, {u"--json"_s}).json();
    QCOMPARE(json[u"state"].toString(), u"passed"_s);
    QCOMPARE(json[u"cases"].toArray().size(), 3);
    QCOMPARE(json[u"cases"][1][u"state"].toString(), u"passed"_s);
    QVERIFY(json[u"cases"][1][u"milliseconds"].toDouble() >= 29);
}

void CliTestTest::redTestsTellPlaceAndValues()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    QVERIFY(bench.write(u"test/cart.test.js"_s, redTest));
    const auto xml = bench.cache() + u".xml"_s;
    const auto outcome = nest(bench, {u"--junit"_s, xml});
    VERIFY_CODE(outcome, 7);
    QVERIFY2(outcome.output.contains(u"FAILED  cart <1> > is \"empty\""_s), outcome.said().constData());
    QVERIFY2(outcome.errors.contains(u"test/cart.test.js:4:"_s), outcome.said().constData());
    QVERIFY2(outcome.errors.contains(u"got: 1"_s) && outcome.errors.contains(u"expected: 0"_s),
             outcome.said().constData());
    const auto junit = read(xml);
    QCOMPARE(junit.error, QString());
    QCOMPARE(junit.counts[u"tests"_s], u"2"_s);
    QCOMPARE(junit.counts[u"failures"_s], u"1"_s);
    const auto failure = junit.failures.value(u"cart <1>.is \"empty\""_s);
    QVERIFY2(failure.contains(u"test/cart.test.js:4"_s) && failure.contains(u"expected: 0"_s),
             qPrintable(failure));
    const auto json = nest(bench, {u"--json"_s});
    VERIFY_CODE(json, 7);
    QCOMPARE(json.json()[u"type"].toString(), u"/problems/cli/tests-failed"_s);
    QCOMPARE(json.json()[u"state"].toString(), u"failed"_s);
    QCOMPARE(json.json()[u"cases"][0][u"state"].toString(), u"failed"_s);
    QCOMPARE(json.json()[u"problems"][0][u"line"].toInt(), 4);
}

void CliTestTest::otherLanguagesTellTimesToo_data()
{
    QTest::addColumn<QString>("runtime");
    QTest::addColumn<QStringList>("files"); // path, content, path …
    QTest::newRow("Python") << u"python3.13"_s
                            << QStringList{u"src/handler.py"_s,
                                           u"def handler(event, context):\n    return 1\n"_s,
                                           u"tests/test_a.py"_s,
                                           u"import unittest\n\n\nclass A(unittest.TestCase):\n"
                                           "    def test_good(self):\n        print('---')\n"
                                           "        self.assertEqual(1, 1)\n\n"
                                           "    def test_wrong(self):\n        self.assertEqual(1, 2)\n"_s};
    QTest::newRow("Java") << u"java21"_s
                          << QStringList{
                                 u"src/Handler.java"_s,
                                 u"public class Handler {\n    public Object handler() {\n        return 1;\n"
                                 "    }\n}\n"_s,
                                 u"test/HandlerTest.java"_s,
                                 u"import static org.junit.jupiter.api.Assertions.assertEquals;\n"
                                 "import org.junit.jupiter.api.Test;\nclass HandlerTest {\n"
                                 "    @Test void good() { assertEquals(1, 1); }\n"
                                 "    @Test void wrong() { assertEquals(2, 1); }\n}\n"_s};
}

void CliTestTest::otherLanguagesTellTimesToo()
{
    QFETCH(QString, runtime);
    QFETCH(QStringList, files);
    DevBench bench;
    QVERIFY(bench.write(
        u"function.yaml"_s,
        ("name: hello\nruntime: "_L1 + runtime + "\nhandler: "_L1 + files[0] + "#handler\n"_L1).toUtf8()));
    QVERIFY(bench.write(files[0], files[1].toUtf8()));
    QVERIFY(bench.write(files[2], files[3].toUtf8()));
    const auto outcome = nest(bench, {u"--json"_s});
    VERIFY_CODE(outcome, 7);
    int passed = 0;
    int failed = 0;
    for (const auto &test : outcome.json()[u"cases"].toArray()) {
        passed += test[u"state"].toString() == u"passed" ? 1 : 0;
        failed += test[u"state"].toString() == u"failed" ? 1 : 0;
        QVERIFY2(test[u"milliseconds"].isDouble(), outcome.said().constData());
    }
    QVERIFY2(passed == 1 && failed == 1, outcome.said().constData());
    QVERIFY2(outcome.json()[u"problems"][0][u"line"].toInt() > 3, outcome.said().constData());
}

void CliTestTest::onlyMatchingTestsRun_data()
{
    otherLanguagesTellTimesToo_data();
    QTest::newRow("Node") << u"node20"_s
                          << QStringList{
                                 u"src/handler.js"_s, u"export const handler = () => 1;\n"_s,
                                 u"test/a.test.js"_s,
                                 u"import assert from 'node:assert';\n"
                                 "import { describe, test } from 'node:test';\n"
                                 "test('is good', () => {});\n"
                                 "describe('group', () => { test('is wrong', () => assert.equal(1, 2)); "
                                 "});\n"_s};
}

void CliTestTest::onlyMatchingTestsRun()
{
    QFETCH(QString, runtime);
    QFETCH(QStringList, files);
    DevBench bench;
    QVERIFY(bench.write(
        u"function.yaml"_s,
        ("name: hello\nruntime: "_L1 + runtime + "\nhandler: "_L1 + files[0] + "#handler"_L1).toUtf8()));
    QVERIFY(bench.write(files[0], files[1].toUtf8()));
    QVERIFY(bench.write(files[2], files[3].toUtf8()));
    const auto outcome = nest(bench, {u"--filter"_s, u"good"_s});
    VERIFY_CODE(outcome, 0); // the wrong one did not run
    QVERIFY2(outcome.output.contains(u"1 passed, 0 failed, 0 skipped"_s) &&
                 !outcome.output.contains(u"wrong"_s),
             outcome.said().constData());
    const auto wrong = nest(bench, {u"--filter=wrong"_s, u"--json"_s});
    VERIFY_CODE(wrong, 7);
    QCOMPARE(wrong.json()[u"cases"].toArray().size(), 1);
    const auto none = nest(bench, {u"--filter"_s, u"it's $(odd) \"/.*\""_s});
    VERIFY_CODE(none, 2);
    QVERIFY2(none.errors.contains(u"No test of hello has 'it's $(odd) \"/.*\"' in its name."_s),
             none.said().constData());
}

void CliTestTest::filtersThatCannotBeAreRefused_data()
{
    QTest::addColumn<QByteArray>("manifest");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("own command") << "tests: node test/all.js\n"_ba << u"good"_s
                                 << u"names its own tests command"_s;
    QTest::newRow("nothing") << QByteArray() << QString() << u"a part of a test's name"_s;
    QTest::newRow("two lines") << QByteArray() << u"a\nb"_s << u"a part of a test's name"_s;
}

void CliTestTest::filtersThatCannotBeAreRefused()
{
    QFETCH(QByteArray, manifest);
    QFETCH(QString, filter);
    QFETCH(QString, sentence);
    DevBench bench;
    QVERIFY(bench.writeManifest(manifest));
    QVERIFY(bench.writeHandler("one"));
    QVERIFY(bench.write(u"test/a.test.js"_s, greenTest));
    const auto outcome = nest(bench, {u"--filter"_s, filter});
    VERIFY_CODE(outcome, 2);
    QVERIFY2(outcome.errors.contains(sentence), outcome.said().constData());
}

void CliTestTest::whatNoListedTestAccountsForIsToldToo()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    QVERIFY(bench.write(u"test/a.test.js"_s, "import { after, describe, test } from 'node:test';\n"
                                             "import assert from 'node:assert';\n"
                                             "describe('group', () => {\n"
                                             "    after(() => assert.equal([3].length, 4));\n"
                                             "    test('in it', () => {});\n"
                                             "});\n"
                                             "for (let i = 1; i < 510; ++i) {\n"
                                             "    test(`test ${i}`, () => assert.notEqual(i, 505));\n"
                                             "}\n"));
    const auto xml = bench.cache() + u".xml"_s;
    const auto outcome = nest(bench, {u"--junit"_s, xml});
    VERIFY_CODE(outcome, 7);
    QVERIFY2(outcome.errors.contains(u"test/a.test.js:4:24: test 'group' failed"_s) &&
                 outcome.errors.contains(u"got: 1"_s) && outcome.errors.contains(u"expected: 4"_s),
             qPrintable(outcome.errors));
    QVERIFY2(outcome.errors.contains(u"test 'test 505' failed"_s), qPrintable(outcome.errors));
    const auto junit = read(xml);
    QCOMPARE(junit.error, QString());
    QCOMPARE(junit.counts[u"tests"_s], u"502"_s); // the 500 that are listed
    QCOMPARE(junit.counts[u"failures"_s], u"2"_s);
    QCOMPARE(junit.counts[u"errors"_s], u"0"_s);
    QVERIFY(junit.failures.value(u"hello.group"_s).contains(u"expected: 4"_s));
    QVERIFY(junit.failures.value(u"hello.test 505"_s).contains(u"test/a.test.js:8"_s));
}

void CliTestTest::testsOfOneNameHaveTheirOwnFailures()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    QVERIFY(bench.write(u"test/a.test.js"_s, "import { test } from 'node:test';\n"
                                             "import assert from 'node:assert';\n"
                                             "test('same', () => assert.equal(1, 2));\n"
                                             "test('same', () => assert.equal(3, 4));\n"));
    const auto outcome = nest(bench, {});
    VERIFY_CODE(outcome, 7);
    QCOMPARE(outcome.errors.count(u"test/a.test.js:3:"_s), 1);
    QCOMPARE(outcome.errors.count(u"test/a.test.js:4:"_s), 1);
}

void CliTestTest::onlyAFailedTestFailsTheTests_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("failed");
    QTest::addColumn<bool>("isTests");
    QTest::addColumn<QByteArray>("error"); // as the JUnit report names it
    QTest::newRow("a test") << u"1 test failed: adds."_s << 1 << true << QByteArray();
    QTest::newRow("their runner") << u"The tests failed: it ended with code 3."_s << 0 << true
                                  << QByteArray("name=\"tests\"");
    QTest::newRow("packing") << u"The artefact has more than 256 MiB."_s << 0 << false
                             << QByteArray("name=\"build\"");
}

void CliTestTest::onlyAFailedTestFailsTheTests()
{
    QFETCH(QString, reason);
    QFETCH(int, failed);
    QFETCH(bool, isTests);
    QFETCH(QByteArray, error);
    nest::wire::Build build;
    build.function = "hello";
    build.state = nest::wire::BuildState::Failed;
    build.reason = reason.toStdString();
    build.log = {"Checking", "Tests: node --test"};
    build.tests = {.passed = 1 - failed, .failed = failed};
    build.testCases = {{.name = "adds",
                        .state = failed > 0 ? nest::wire::TestState::Failed : nest::wire::TestState::Passed}};
    QCOMPARE(nest::cli::testsFailed(build), isTests);
    const auto xml = nest::cli::junitXml(build);
    QCOMPARE(xml.contains("<error"), !error.isEmpty());
    QVERIFY2(error.isEmpty() || xml.contains(error), xml.constData());
}

void CliTestTest::whatIsNotBuiltIsNoFailedTest()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.write(u"src/handler.js"_s, "export function handler() {\n    return (;\n}\n"));
    QVERIFY(bench.write(u"test/a.test.js"_s, greenTest));
    const auto xml = bench.cache() + u".xml"_s;
    const auto outcome = nest(bench, {u"--junit"_s, xml});
    VERIFY_CODE(outcome, 1);
    QVERIFY2(outcome.errors.contains(u"src/handler.js:2:"_s) && outcome.errors.contains(u"no test ran"_s),
             outcome.said().constData());
    const auto junit = read(xml);
    QCOMPARE(junit.error, QString());
    QCOMPARE(junit.counts[u"errors"_s], u"1"_s);
    QVERIFY(junit.failures.value(u"hello.build"_s).contains(u"src/handler.js:2"_s));
    const auto nowhere = Shell({u"test"_s, bench.folder() + u"/src"_s}, bench.environment()).finish();
    VERIFY_CODE(nowhere, 5);
    QVERIFY(nowhere.errors.contains(u"has no function.yaml"_s));
}

void CliTestTest::noTestsIsNoFailure()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    const auto outcome = nest(bench, {});
    VERIFY_CODE(outcome, 0);
    QVERIFY(outcome.output.contains(u"hello has no tests."_s));
}

void CliTestTest::unwritableReportsAreSaidBeforeTheTests()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    const auto outcome = nest(bench, {u"--junit"_s, bench.folder() + u"/nowhere/out.xml"_s});
    VERIFY_CODE(outcome, 1);
    QVERIFY2(outcome.errors.contains(u"cannot be written"_s), outcome.said().constData());
    QVERIFY(outcome.output.isEmpty());
}

QTEST_GUILESS_MAIN(CliTestTest)
#include "tst_clitest.moc"
