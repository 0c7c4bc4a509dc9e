// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Follows the output of a function's own tests, line by line: the counts of the summary (TAP "# pass 14" or
// Node's "ℹ pass 14") and, from TAP, the tests that failed: name, place of the assertion, what it got and
// what it expected.
// And every test with its state and time, where the output tells of each.
//
// Bounded however long the output is. Plain value, any thread.

#include "api/wire/build.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nest::builds {

class TestOutput final
{
public:
    void addLine(std::string_view line);

    /// Nothing when no summary was seen.
    [[nodiscard]] std::optional<wire::TestResult> counts() const;
    /// "group > test", innermost ones only.
    [[nodiscard]] const std::vector<std::string> &failedTests() const { return m_failed; }
    /// The same with what the output tells of each.
    [[nodiscard]] const std::vector<wire::BuildProblem> &problems() const { return m_problems; }
    /// Of all tests the first 500, without the groups that they are in.
    [[nodiscard]] const std::vector<wire::TestCase> &cases() const { return m_cases; }

private:
    struct Level
    {
        std::string name;
        bool hasFailedChild = false;
        bool hasChild = false;
    };
    void addSummary(std::string_view line);
    void addResult(std::size_t depth, std::string_view name, wire::TestState state);
    void addFailure(std::size_t depth, std::string full);
    [[nodiscard]] std::string fullName(std::size_t depth, std::string_view name) const;
    void addDetail(std::string_view line, std::size_t indent);
    void addBlockLine(std::string_view line, std::size_t indent);
    void addPlace(std::string_view place);

    std::vector<Level> m_levels; // of "# Subtest:" lines, outermost first
    std::vector<std::string> m_failed;
    std::vector<wire::BuildProblem> m_problems;
    enum class Block { None, Message, Actual, Expected, Stack };
    std::vector<wire::TestCase> m_cases;
    bool m_isCaseOpen = false;                 // the details are those of m_cases.back()
    bool m_isFailureOpen = false;              // the details are those of m_problems.back()
    bool m_isAfterResult = false;              // the line before was a result
    std::size_t m_resultIndent = 0;            // of that line
    bool m_isInDetails = false;                // of the last test
    std::optional<std::size_t> m_detailIndent; // of their keys; nothing before the "---"
    Block m_block = Block::None;               // the key whose lines follow
    int m_blockLines = 0;
    std::optional<int> m_passed, m_failedCount, m_cancelled, m_skipped;
};

} // namespace nest::builds
