// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads what the check script in the box prints. The box runs foreign text through Node, so its output is
// read with care: anything that is no problem line is ignored, and only files of the draft count.
//
// Plain value, any thread.

#include "api/wire/build.h"

#include <string_view>
#include <vector>

namespace nest::builds {

class SyntaxCheckOutput final
{
public:
    /// One line of the script's standard output.
    void addLine(std::string_view line);
    [[nodiscard]] const std::vector<wire::BuildProblem> &problems() const { return m_problems; }

private:
    std::vector<wire::BuildProblem> m_problems;
};

} // namespace nest::builds
