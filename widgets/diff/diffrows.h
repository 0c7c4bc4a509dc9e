// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rows of a diff as they stand on the screen: a head for each hunk, then its lines, in one column or with
// the removed lines left of the added ones.
//
// Invariants: rows refer to lines of the diff by index; the diff outlives them unchanged. Thread: any.

#include "models/diff/linediff.h"

#include <vector>

namespace nest::widgets {

struct DiffRow
{
    int hunk = 0;
    int left = -1;  // line of the hunk on the left, or the only one in one column; -1: none
    int right = -1; // line on the right; -1: none
    [[nodiscard]] bool isHead() const { return left < 0 && right < 0; }
};

enum class DiffMode { SideBySide, OneColumn };

struct DiffRows
{
    std::vector<DiffRow> rows;
    std::vector<int> changes; // rows where a change begins
};

[[nodiscard]] DiffRows rowsOf(const models::FileDiff &diff, DiffMode mode);

} // namespace nest::widgets
