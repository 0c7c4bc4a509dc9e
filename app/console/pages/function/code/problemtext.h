// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A problem of a build in words: in one line beside the code, and the lines of what a failed test got and
// expected, as far as they differ.
//
// Pure functions. Thread: UI, for the translations.

#include "api/wire/build.h"

#include <QString>

#include <vector>

namespace nest::console {

struct ProblemLine
{
    enum class Side { Got, Expected };
    Side side;
    QString text; // "got: 2", the first of its side; further ones without the word
};

/// "test 'adds' failed: 2 == 3 (got 2, expected 3)"; one line.
[[nodiscard]] QString problemSentence(const wire::BuildProblem &problem);
/// Everything, for a tooltip and a screen reader.
[[nodiscard]] QString problemInFull(const wire::BuildProblem &problem);
[[nodiscard]] std::vector<ProblemLine> problemLines(const wire::BuildProblem &problem);

} // namespace nest::console
