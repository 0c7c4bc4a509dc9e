// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What comes out of the boxes is foreign text: its readers, without boxes.
#include "platform/builds/syntaxcheck.h"
#include "platform/builds/testoutput.h"

#include <QTest>

using namespace nest;
using namespace nest::builds;

namespace {

TestOutput read(std::string_view text)
{
    TestOutput output;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        output.addLine(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return output;
}

} // namespace

class BuildOutputTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsTapAndSpec();
    void theSummaryCountsNotWhatTestsPrint();
    void namesInnermostFailures();
    void tellsWhatATestGotAndExpected();
    void listsTestsWithTheirTimes();
    void whatTestsPrintIsNoResult();
    void todoAndSkipAreNoFailures();
    void isBoundedWhateverIsPrinted();
    void takesOnlyProblemsOfTheDraft();
};

void BuildOutputTest::countsTapAndSpec()
{
    const wire::TestResult expected{.passed = 14, .failed = 3, .skipped = 1};
    QCOMPARE(read("# tests 18\n# pass 14\n# fail 2\n# cancelled 1\n# skipped 1\n# todo 0\n").counts(),
             std::optional(expected));
    QCOMPARE(read("ℹ tests 18\nℹ pass 14\nℹ fail 2\nℹ cancelled 1\nℹ skipped 1\n").counts(),
             std::optional(expected));
    QCOMPARE(read("all good\n").counts(), std::optional<wire::TestResult>());
}

void BuildOutputTest::theSummaryCountsNotWhatTestsPrint()
{
    const auto output = read("# pass 999\n    # pass 998\n# pass many\nok 1 - a\n# pass 1\n# fail 0\n");
    QCOMPARE(output.counts()->passed, 1);
}

void BuildOutputTest::namesInnermostFailures()
{
    const auto output = read("TAP version 13\n"
                             "# Subtest: shop\n"
                             "    # Subtest: cart\n"
                             "        # Subtest: adds up\n"
                             "        not ok 1 - adds up\n"
                             "          ---\n"
                             "          location: '/work/test/cart.test.js:12:9'\n"
                             "          error: |-\n"
                             "            1 == 2\n"
                             "            more\n"
                             "          ...\n"
                             "        # Subtest: empties\n"
                             "        ok 2 - empties\n"
                             "        1..2\n"
                             "    not ok 1 - cart\n"
                             "      ---\n"
                             "      location: '/work/test/cart.test.js:10:9'\n"
                             "      error: '1 subtest failed'\n"
                             "      ...\n"
                             "    1..1\n"
                             "not ok 1 - shop\n"
                             "# Subtest: alone\n"
                             "not ok 2 - alone\n"
                             "  ---\n"
                             "  location: '/etc/passwd:1:1'\n"
                             "  error: 'no'\n"
                             "  ...\n");
    QCOMPARE(output.failedTests(), (std::vector<std::string>{"shop > cart > adds up", "alone"}));
    const auto &problems = output.problems();
    QCOMPARE(problems.size(), std::size_t(2));
    QCOMPARE(problems[0], (wire::BuildProblem{.severity = wire::ProblemSeverity::Error,
                                              .path = "test/cart.test.js",
                                              .line = 12,
                                              .column = 9,
                                              .message = "test 'shop > cart > adds up' failed: 1 == 2"}));
    QCOMPARE(problems[1].path, std::string());
    QCOMPARE(problems[1].message, std::string("test 'alone' failed: no"));
}

void BuildOutputTest::listsTestsWithTheirTimes()
{
    const auto output = read("TAP version 13\n"
                             "# Subtest: shop\n"
                             "    # Subtest: adds\n"
                             "    ok 1 - adds\n"
                             "      ---\n"
                             "      duration_ms: 0.75\n"
                             "      ...\n"
                             "    # Subtest: fails\n"
                             "    not ok 2 - fails\n"
                             "      ---\n"
                             "      duration_ms: 12\n"
                             "      error: 'no'\n"
                             "      ...\n"
                             "    1..2\n"
                             "not ok 1 - shop\n"
                             "  ---\n"
                             "  duration_ms: 13\n"
                             "  type: 'suite'\n"
                             "  ...\n"
                             "# Subtest: later\n"
                             "ok 2 - later # SKIP not now\n"
                             "# Subtest: odd\n"
                             "ok 3 - odd\n"
                             "  ---\n"
                             "  duration_ms: -inf\n"
                             "  ...\n");
    using enum wire::TestState;
    QCOMPARE(output.cases(),
             (std::vector<wire::TestCase>{{.name = "shop > adds", .state = Passed, .milliseconds = 0.75},
                                          {.name = "shop > fails", .state = Failed, .milliseconds = 12},
                                          {.name = "later", .state = Skipped},
                                          {.name = "odd", .state = Passed}}));
    QCOMPARE(output.failedTests(), std::vector<std::string>{"shop > fails"});
}

void BuildOutputTest::whatTestsPrintIsNoResult()
{
    const auto output = read("# Subtest: a\n"
                             "ok 1 - a\n"
                             "---\n"
                             "duration_ms: 5\n"
                             "# Subtest: b\n"
                             "not ok 2 - b\n"
                             "  ---\n"
                             "  error: 'b'\n"
                             "  ...\n");
    QCOMPARE(output.cases().size(), std::size_t(2));
    QVERIFY(!output.cases().front().milliseconds);
    QCOMPARE(output.failedTests(), std::vector<std::string>{"b"});
}

void BuildOutputTest::tellsWhatATestGotAndExpected()
{
    const auto output = read("# Subtest: greets\n"
                             "not ok 1 - greets\n"
                             "  ---\n"
                             "  location: '/work/test/a.test.js:2:1'\n"
                             "  error: |-\n"
                             "    Expected values to be strictly deep-equal:\n"
                             "    + actual - expected\n"
                             "    \n"
                             "    not ok 9 - no result\n"
                             "  expected:\n"
                             "    status: 200\n"
                             "    body:\n"
                             "      hello: 'Nest'\n"
                             "  actual:\n"
                             "    status: 200\n"
                             "    body:\n"
                             "      hello: 'world'\n"
                             "  operator: 'deepStrictEqual'\n"
                             "  stack: |-\n"
                             "    check (/work/node_modules/kit/index.js:1:1)\n"
                             "    TestContext.<anonymous> (file:///work/test/a.test.js:3:10)\n"
                             "    Test.run (node:internal/test_runner/test:796:25)\n"
                             "  ...\n"
                             "# Subtest: adds\n"
                             "not ok 2 - adds\n"
                             "  ---\n"
                             "  location: '/work/test/a.test.js:5:1'\n"
                             "  error: '2 == 3'\n"
                             "  expected: 3\n"
                             "  actual: 2\n"
                             "  stack: |-\n"
                             "    add (/work/src/add.js:7:49)\n"
                             "  ...\n"
                             "# Subtest: matches\n"
                             "not ok 3 - matches\n"
                             "  ---\n"
                             "  expected:\n"
                             "  actual: 'hello'\n"
                             "  ...\n"
                             "# pass 0\n");
    const auto &problems = output.problems();
    QCOMPARE(problems.size(), std::size_t(3));
    QCOMPARE(problems[0],
             (wire::BuildProblem{.severity = wire::ProblemSeverity::Error,
                                 .path = "test/a.test.js",
                                 .line = 3,
                                 .column = 10,
                                 .message = "test 'greets' failed: Expected values to be strictly deep-equal",
                                 .actual = "status: 200\nbody:\n  hello: 'world'",
                                 .expected = "status: 200\nbody:\n  hello: 'Nest'"}));
    QCOMPARE(problems[1], (wire::BuildProblem{.severity = wire::ProblemSeverity::Error,
                                              .path = "src/add.js",
                                              .line = 7,
                                              .column = 49,
                                              .message = "test 'adds' failed: 2 == 3",
                                              .actual = "2",
                                              .expected = "3"}));
    QCOMPARE(problems[2].actual, std::optional<std::string>("'hello'"));
    QCOMPARE(problems[2].expected, std::optional<std::string>());
    QCOMPARE(output.counts()->passed, 0);
}

void BuildOutputTest::todoAndSkipAreNoFailures()
{
    QVERIFY(read("not ok 1 - later # TODO write it\nok 2 - x # SKIP\n").failedTests().empty());
    QCOMPARE(read("not ok 1 - issue # 12\n").failedTests(), (std::vector<std::string>{"issue # 12"}));
}

void BuildOutputTest::isBoundedWhateverIsPrinted()
{
    TestOutput output;
    for (int i = 0; i < 10'000; ++i) {
        output.addLine(std::string(static_cast<std::size_t>(i % 100) * 4, ' ') +
                       "# Subtest: " + std::string(1'000, 'x'));
        output.addLine(std::string(static_cast<std::size_t>(i % 100) * 4, ' ') + "not ok 1 - " +
                       std::string(1'000, 'y'));
        output.addLine("error: " + std::string(1'000, 'z'));
    }
    QVERIFY(output.failedTests().size() <= 50);
    for (const auto &problem : output.problems()) {
        QVERIFY(problem.message.size() < 8'000);
    }
}

void BuildOutputTest::takesOnlyProblemsOfTheDraft()
{
    SyntaxCheckOutput output;
    output.addLine(R"({"path":"src/a.js","line":3,"column":7,"message":"SyntaxError: no"})");
    output.addLine(R"({"path":"../../etc/passwd","line":1,"column":1,"message":"x"})");
    output.addLine(R"({"path":"src/b.js","line":-1,"column":99999999999,"message":"y"})");
    output.addLine(R"({"path":7,"message":"z"})");
    output.addLine(R"({"path":"src/c.js"})");
    output.addLine("[1]");
    output.addLine("noise");
    output.addLine("");
    QCOMPARE(output.problems().size(), std::size_t(2));
    QCOMPARE(output.problems()[0], (wire::BuildProblem{.severity = wire::ProblemSeverity::Error,
                                                       .path = "src/a.js",
                                                       .line = 3,
                                                       .column = 7,
                                                       .message = "SyntaxError: no"}));
    QCOMPARE(output.problems()[1].line, 0);
    QCOMPARE(output.problems()[1].column, 0);
}

QTEST_GUILESS_MAIN(BuildOutputTest)
#include "tst_buildoutput.moc"
