// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Follows the output of a function's own tests, line by line: the counts of the summary (TAP "# pass 14" or
// Node's "ℹ pass 14") and, from TAP, the names and places of the tests that failed.
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
    /// The same with file and line where the output tells.
    [[nodiscard]] const std::vector<wire::BuildProblem> &problems() const { return m_problems; }

private:
    struct Level
    {
        std::string name;
        bool hasFailedChild = false;
    };
    void addSummary(std::string_view line);
    void addResult(std::size_t depth, std::string_view name);
    void addDetail(std::string_view line);

    std::vector<Level> m_levels; // of "# Subtest:" lines, outermost first
    std::vector<std::string> m_failed;
    std::vector<wire::BuildProblem> m_problems;
    bool m_isInDetails = false;    // of the last failed test
    bool m_expectsMessage = false; // "error: |-": it is on the next line
    std::optional<int> m_passed, m_failedCount, m_cancelled, m_skipped;
};

} // namespace nest::builds
