// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/testoutput.h"

#include "platform/builds/paths.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace nest::builds {

namespace {

constexpr std::size_t mostFailures = 50;
constexpr std::size_t mostCases = 500;
constexpr std::size_t mostLevels = 16;
constexpr std::size_t longestName = 200;
constexpr std::size_t tapIndent = 4;
constexpr int mostValueLines = 60; // of what a test got or expected
constexpr std::size_t longestValue = 4'000;
constexpr std::string_view workFolder = "/work/";

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(' ');
    const auto last = text.find_last_not_of(" \r\n");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, last - first + 1);
}

std::optional<int> numberIn(std::string_view text)
{
    int value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && value >= 0;
    return isNumber ? std::optional(value) : std::nullopt;
}

std::optional<double> timeIn(std::string_view text)
{
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isTime = parsed.ec == std::errc() && std::isfinite(value) && value >= 0;
    return isTime ? std::optional(value) : std::nullopt;
}

/// Cuts "# SKIP …", "# TODO …" off; says whether one was there.
bool cutDirective(std::string_view &name)
{
    for (const std::string_view directive : {" # SKIP", " # TODO"}) {
        if (const auto found = name.find(directive); found != std::string_view::npos) {
            name = name.substr(0, found);
            return true;
        }
    }
    return false;
}

std::string_view unquoted(std::string_view text)
{
    const bool isQuoted =
        text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front();
    return isQuoted ? text.substr(1, text.size() - 2) : text;
}

} // namespace

std::optional<wire::TestResult> TestOutput::counts() const
{
    if (!m_passed && !m_failedCount) {
        return std::nullopt;
    }
    return wire::TestResult{.passed = m_passed.value_or(0),
                            .failed = m_failedCount.value_or(0) + m_cancelled.value_or(0),
                            .skipped = m_skipped.value_or(0)};
}

void TestOutput::addLine(std::string_view line)
{
    const auto indent = std::min(line.find_first_not_of(' '), line.size());
    const auto depth = indent / tapIndent;
    const auto text = trimmed(line);
    if (m_isInDetails && m_detailIndent && (indent >= *m_detailIndent || text.empty())) {
        addDetail(text, indent); // whatever it looks like: a value may hold "not ok 1"
        return;
    }
    if (indent == 0) {
        addSummary(text);
    }
    const bool isAfterResult = std::exchange(m_isAfterResult, false);
    if (text.starts_with("# Subtest: ")) {
        m_isInDetails = false;
        if (depth <= m_levels.size() && depth < mostLevels) {
            m_levels.resize(depth);
            if (depth > 0) {
                m_levels[depth - 1].hasChild = true;
            }
            m_levels.push_back({.name = std::string(text.substr(11, longestName))});
        }
    } else if (text.starts_with("not ok ") || text.starts_with("ok ")) {
        m_isInDetails = false;
        const auto dash = text.find(" - ");
        auto name = dash == std::string_view::npos ? text : text.substr(dash + 3);
        const auto state = cutDirective(name)            ? wire::TestState::Skipped
                           : text.starts_with("not ok ") ? wire::TestState::Failed
                                                         : wire::TestState::Passed;
        addResult(depth, name.substr(0, longestName), state);
        m_resultIndent = indent;
        if (depth < m_levels.size()) {
            m_levels.resize(depth);
        }
    } else if (m_isInDetails && text == "---" &&
               (m_isFailureOpen || (isAfterResult && indent == m_resultIndent + 2))) {
        m_detailIndent = indent;
    } else if (m_isInDetails && !m_isFailureOpen) {
        m_isInDetails = false; // what the next test prints
    }
}

void TestOutput::addSummary(std::string_view line)
{
    for (const std::string_view mark : {"# ", "ℹ "}) {
        if (!line.starts_with(mark)) {
            continue;
        }
        line.remove_prefix(mark.size());
        const auto space = line.find(' ');
        const auto number = space == std::string_view::npos ? std::nullopt : numberIn(line.substr(space + 1));
        const auto word = line.substr(0, space);
        if (!number) {
            return;
        }
        // The last one counts: a test may print such a line too, the summary comes after all tests.
        if (word == "pass") {
            m_passed = number;
        } else if (word == "fail") {
            m_failedCount = number;
        } else if (word == "cancelled") {
            m_cancelled = number;
        } else if (word == "skipped") {
            m_skipped = number;
        }
        return;
    }
}

std::string TestOutput::fullName(std::size_t depth, std::string_view name) const
{
    std::string full;
    for (std::size_t i = 0; i < std::min(depth, m_levels.size()); ++i) {
        full += m_levels[i].name + " > ";
    }
    full += name;
    return full;
}

void TestOutput::addResult(std::size_t depth, std::string_view name, wire::TestState state)
{
    const bool isGroup = depth < m_levels.size() && m_levels[depth].hasChild;
    m_isCaseOpen = !isGroup && m_cases.size() < mostCases;
    m_isFailureOpen = false;
    m_isInDetails = true;
    m_isAfterResult = true;
    m_detailIndent.reset();
    m_block = Block::None;
    auto full = fullName(depth, name);
    if (m_isCaseOpen) {
        m_cases.push_back({.name = full, .state = state});
    }
    if (state == wire::TestState::Failed) {
        addFailure(depth, std::move(full));
    }
}

void TestOutput::addFailure(std::size_t depth, std::string full)
{
    const bool isOnlyAParent = depth < m_levels.size() && m_levels[depth].hasFailedChild;
    if (depth > 0 && depth <= m_levels.size()) {
        m_levels[depth - 1].hasFailedChild = true;
    }
    if (isOnlyAParent || m_failed.size() >= mostFailures) {
        return;
    }
    m_problems.push_back({.severity = wire::ProblemSeverity::Error,
                          .path = {},
                          .line = 0,
                          .column = 0,
                          .message = "test '" + full + "' failed"});
    m_failed.push_back(std::move(full));
    m_isFailureOpen = true;
}

void TestOutput::addDetail(std::string_view line, std::size_t indent)
{
    if (indent > *m_detailIndent || line.empty()) {
        if (m_isFailureOpen) {
            addBlockLine(line, indent);
        }
        return;
    }
    m_block = Block::None;
    m_blockLines = 0;
    if (line == "...") {
        m_isInDetails = false;
        return;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) {
        return;
    }
    const auto key = line.substr(0, colon);
    const auto value = trimmed(line.substr(colon + 1));
    if (key == "duration_ms" && m_isCaseOpen) {
        m_cases.back().milliseconds = timeIn(value);
    }
    if (!m_isFailureOpen) {
        return;
    }
    auto &problem = m_problems.back();
    const bool isBlock = value.empty() || value.starts_with('|');
    if (key == "error") {
        if (isBlock) {
            m_block = Block::Message;
        } else {
            problem.message += ": " + std::string(unquoted(value).substr(0, longestName));
        }
    } else if (key == "actual" || key == "expected") {
        auto &slot = key == "actual" ? problem.actual : problem.expected;
        if (isBlock) {
            m_block = key == "actual" ? Block::Actual : Block::Expected;
        } else {
            slot = value.substr(0, longestValue);
        }
    } else if (key == "location") {
        addPlace(unquoted(value));
    } else if (key == "stack") {
        m_block = Block::Stack;
    }
}

/// One more line of an error, a value or a stack.
void TestOutput::addBlockLine(std::string_view line, std::size_t indent)
{
    auto &problem = m_problems.back();
    switch (m_block) {
    case Block::None:
        break;
    case Block::Message:
        if (!line.empty()) {
            const auto first = line.ends_with(':') ? line.substr(0, line.size() - 1) : line;
            problem.message += ": " + std::string(first.substr(0, longestName));
            m_block = Block::None; // the others tell what got and expected tell
        }
        break;
    case Block::Actual:
    case Block::Expected: {
        auto &slot = m_block == Block::Actual ? problem.actual : problem.expected;
        const auto left = indent > *m_detailIndent + 2 ? indent - *m_detailIndent - 2 : 0;
        if (m_blockLines++ < mostValueLines && (!slot || slot->size() + line.size() < longestValue)) {
            slot = slot.value_or(std::string()) + (slot ? "\n" : "") +
                   (line.empty() ? std::string() : std::string(std::min(left, longestName), ' ')) +
                   std::string(line.substr(0, longestValue));
        }
        break;
    }
    case Block::Stack: {
        // "f (/work/src/a.js:7:49)", "file:///work/test/a.test.js:5:10": the innermost line of the draft
        const auto found = line.find(workFolder);
        if (found != std::string_view::npos && !line.contains("/node_modules/")) {
            auto place = line.substr(found);
            addPlace(place.ends_with(')') ? place.substr(0, place.size() - 1) : place);
            m_block = Block::None;
        }
        break;
    }
    }
}

/// "/work/test/x.test.js:12:3"
void TestOutput::addPlace(std::string_view place)
{
    const auto column = place.rfind(':');
    const auto row = column == std::string_view::npos || column == 0 ? column : place.rfind(':', column - 1);
    if (row == std::string_view::npos || !place.starts_with(workFolder) || row < workFolder.size()) {
        return;
    }
    const auto path = place.substr(workFolder.size(), row - workFolder.size());
    if (checkPath(path)) {
        auto &problem = m_problems.back();
        problem.path = path;
        problem.line = numberIn(place.substr(row + 1, column - row - 1)).value_or(0);
        problem.column = numberIn(place.substr(column + 1)).value_or(0);
    }
}

} // namespace nest::builds
