// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/dev/testreport.h"

#include "app/nest/buildstep.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <format>
#include <optional>
#include <vector>

namespace nest::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view separator = " > ";
// The platform's words (platform/builds).
constexpr std::string_view problemStart = "test '";
constexpr std::string_view problemEnd = "' failed";
constexpr std::string_view runnerFailed = "The tests failed: ";

/// Without what XML may not hold, which tests print nevertheless.
QString xmlText(const std::string &text)
{
    auto clean = QString::fromStdString(text);
    clean.removeIf([](QChar c) {
        const auto code = c.unicode();
        return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code >= 0xFFFE;
    });
    return clean;
}

QString seconds(double milliseconds)
{
    return QString::number(milliseconds / 1000, 'f', 6);
}

double tookMs(const wire::Build &build)
{
    return build.startedAt && build.finishedAt
               ? static_cast<double>((*build.finishedAt - *build.startedAt).count())
               : 0;
}

int countOf(const wire::Build &build, wire::TestState state)
{
    return static_cast<int>(std::ranges::count(build.testCases, state, &wire::TestCase::state));
}

std::string details(const wire::BuildProblem &problem)
{
    auto text = problemLine(problem);
    for (const auto &[name, value] :
         {std::pair{"got", &problem.actual}, std::pair{"expected", &problem.expected}}) {
        if (*value) {
            text += std::format("\n{}: {}", name, value->value());
        }
    }
    return text;
}

/// The name of the test that the problem is of; nothing when it is of something else.
std::optional<std::string> testOf(const wire::BuildProblem &problem)
{
    const auto end = problem.message.find(problemEnd);
    if (!problem.message.starts_with(problemStart) || end == std::string::npos) {
        return std::nullopt;
    }
    return problem.message.substr(problemStart.size(), end - problemStart.size());
}

/// Which problem is of which test.
struct Claims
{
    std::vector<const wire::BuildProblem *> ofCases;  // one a case; null: they tell nothing of it
    std::vector<const wire::BuildProblem *> ofNobody; // that no listed case accounts for
};

Claims claimsOf(const wire::Build &build)
{
    Claims claims;
    std::vector<bool> isTaken(build.problems.size());
    for (const auto &test : build.testCases) {
        auto &claimed = claims.ofCases.emplace_back(nullptr);
        const auto start = std::string(problemStart) + test.name + std::string(problemEnd);
        for (std::size_t i = 0;
             test.state == wire::TestState::Failed && claimed == nullptr && i < build.problems.size(); ++i) {
            if (!isTaken[i] && build.problems[i].message.starts_with(start)) {
                isTaken[i] = true; // tests may have one name: the next of it has the next problem
                claimed = &build.problems[i];
            }
        }
    }
    for (std::size_t i = 0; i < build.problems.size(); ++i) {
        if (!isTaken[i]) {
            claims.ofNobody.push_back(&build.problems[i]);
        }
    }
    return claims;
}

void writeFailure(QXmlStreamWriter &xml, const wire::BuildProblem *problem)
{
    if (problem != nullptr && !problem->path.empty()) {
        xml.writeAttribute("file"_L1, xmlText(problem->path));
        xml.writeAttribute("line"_L1, QString::number(problem->line));
    }
    xml.writeStartElement("failure"_L1);
    xml.writeAttribute("message"_L1, problem != nullptr ? xmlText(problem->message) : u"failed"_s);
    if (problem != nullptr) {
        xml.writeCharacters(xmlText(details(*problem)));
    }
    xml.writeEndElement();
}

void writeCase(QXmlStreamWriter &xml, const wire::Build &build, const wire::TestCase &test,
               const wire::BuildProblem *problem)
{
    const auto split = test.name.rfind(separator);
    const bool hasGroup = split != std::string::npos;
    xml.writeStartElement("testcase"_L1);
    xml.writeAttribute("classname"_L1, xmlText(hasGroup ? test.name.substr(0, split) : build.function));
    xml.writeAttribute("name"_L1, xmlText(hasGroup ? test.name.substr(split + separator.size()) : test.name));
    xml.writeAttribute("time"_L1, seconds(test.milliseconds.value_or(0)));
    if (test.state == wire::TestState::Skipped) {
        xml.writeEmptyElement("skipped"_L1);
    } else if (test.state == wire::TestState::Failed) {
        writeFailure(xml, problem);
    }
    xml.writeEndElement();
}

void writeBuildError(QXmlStreamWriter &xml, const wire::Build &build)
{
    xml.writeStartElement("testcase"_L1);
    xml.writeAttribute("classname"_L1, xmlText(build.function));
    xml.writeAttribute("name"_L1, testsFailed(build) ? u"tests"_s : u"build"_s);
    xml.writeAttribute("time"_L1, seconds(tookMs(build)));
    xml.writeStartElement("error"_L1);
    xml.writeAttribute("message"_L1, xmlText(build.reason));
    std::string text;
    for (const auto &problem : build.problems) {
        text += details(problem) + '\n';
    }
    xml.writeCharacters(xmlText(text));
    xml.writeEndElement();
    xml.writeEndElement();
}

} // namespace

bool cameToTests(const wire::Build &build)
{
    return std::ranges::any_of(build.log, [](const auto &line) { return line.starts_with("Tests: "); });
}

bool testsFailed(const wire::Build &build)
{
    const bool hasFailed =
        (build.tests && build.tests->failed > 0) || countOf(build, wire::TestState::Failed) > 0 ||
        std::ranges::any_of(build.problems, [](const auto &problem) { return testOf(problem).has_value(); });
    return build.state == wire::BuildState::Failed && cameToTests(build) &&
           (hasFailed || build.reason.starts_with(runnerFailed));
}

void printTests(Output &output, const wire::Build &build)
{
    const auto &style = output.style();
    const auto claims = claimsOf(build);
    for (std::size_t i = 0; i < build.testCases.size(); ++i) {
        const auto &test = build.testCases[i];
        const auto time =
            test.milliseconds ? style.dim(numberText(*test.milliseconds) + " ms") : std::string();
        const std::string_view word = test.state == wire::TestState::Passed    ? "ok     "
                                      : test.state == wire::TestState::Skipped ? "skipped"
                                                                               : "FAILED ";
        output.line(std::format("{} {}{}{}",
                                test.state == wire::TestState::Failed ? style.bold(word) : std::string(word),
                                test.name, time.empty() ? "" : "  ", time));
        if (claims.ofCases[i] != nullptr) {
            printProblem(output, *claims.ofCases[i]);
        }
    }
    for (const auto *problem : claims.ofNobody) {
        printProblem(output, *problem);
    }
    const auto counts =
        build.tests.value_or(wire::TestResult{.passed = countOf(build, wire::TestState::Passed),
                                              .failed = countOf(build, wire::TestState::Failed),
                                              .skipped = countOf(build, wire::TestState::Skipped)});
    if (const auto listed = static_cast<int>(build.testCases.size());
        counts.passed + counts.failed + counts.skipped > listed && listed > 0) {
        output.line("… the first " + std::to_string(listed) + " are shown.");
    }
    output.line(
        std::format("{} passed, {} failed, {} skipped, {}.", counts.passed, counts.failed, counts.skipped,
                    durationText(std::chrono::milliseconds(static_cast<std::int64_t>(tookMs(build))))));
}

boost::json::array casesJson(const wire::Build &build)
{
    boost::json::array cases;
    for (const auto &test : build.testCases) {
        boost::json::object entry{{"name", test.name}, {"state", wire::enumText(test.state)}};
        if (test.milliseconds) {
            entry["milliseconds"] = *test.milliseconds;
        }
        cases.push_back(std::move(entry));
    }
    return cases;
}

QByteArray junitXml(const wire::Build &build)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    const auto claims = claimsOf(build);
    std::vector<std::pair<wire::TestCase, const wire::BuildProblem *>> others;
    for (const auto *problem : claims.ofNobody) {
        const bool isError = problem->severity == wire::ProblemSeverity::Error;
        if (const auto name = testOf(*problem); isError && cameToTests(build)) {
            others.emplace_back(
                wire::TestCase{.name = name.value_or(problem->message), .state = wire::TestState::Failed},
                problem);
        }
    }
    const auto failures = static_cast<std::size_t>(countOf(build, wire::TestState::Failed)) + others.size();
    const bool isBroken = build.state == wire::BuildState::Failed && failures == 0;
    const auto all = build.testCases.size() + others.size() + (isBroken ? 1 : 0);
    const auto writeCounts = [&] {
        xml.writeAttribute("name"_L1, xmlText(build.function));
        xml.writeAttribute("tests"_L1, QString::number(all));
        xml.writeAttribute("failures"_L1, QString::number(failures));
        xml.writeAttribute("errors"_L1, QString::number(isBroken ? 1 : 0));
        xml.writeAttribute("skipped"_L1, QString::number(countOf(build, wire::TestState::Skipped)));
        xml.writeAttribute("time"_L1, seconds(tookMs(build)));
    };
    xml.writeStartElement("testsuites"_L1);
    writeCounts();
    xml.writeStartElement("testsuite"_L1);
    writeCounts();
    for (std::size_t i = 0; i < build.testCases.size(); ++i) {
        writeCase(xml, build, build.testCases[i], claims.ofCases[i]);
    }
    for (const auto &[test, problem] : others) {
        writeCase(xml, build, test, problem);
    }
    if (isBroken) {
        writeBuildError(xml, build);
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

} // namespace nest::cli
