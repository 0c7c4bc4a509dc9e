// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diff/diffrows.h"

#include <algorithm>

namespace nest::widgets {

using Kind = models::DiffLine::Kind;

namespace {

void addOneColumn(const models::DiffHunk &hunk, int at, DiffRows &into)
{
    bool wasChange = false;
    for (std::size_t i = 0; i < hunk.lines.size(); ++i) {
        const bool isChange = hunk.lines[i].kind != Kind::Context;
        if (isChange && !wasChange) {
            into.changes.push_back(static_cast<int>(into.rows.size()));
        }
        wasChange = isChange;
        into.rows.push_back({.hunk = at, .left = static_cast<int>(i), .right = static_cast<int>(i)});
    }
}

void addSideBySide(const models::DiffHunk &hunk, int at, DiffRows &into)
{
    const auto count = static_cast<int>(hunk.lines.size());
    const auto kind = [&hunk](int i) {
        return hunk.lines[static_cast<std::size_t>(i)].kind;
    };
    for (int i = 0; i < count;) {
        if (kind(i) == Kind::Context) {
            into.rows.push_back({.hunk = at, .left = i, .right = i});
            ++i;
            continue;
        }
        into.changes.push_back(static_cast<int>(into.rows.size()));
        std::vector<int> removed;
        std::vector<int> added;
        for (; i < count && kind(i) != Kind::Context; ++i) {
            (kind(i) == Kind::Removed ? removed : added).push_back(i);
        }
        for (std::size_t row = 0; row < std::max(removed.size(), added.size()); ++row) {
            into.rows.push_back({.hunk = at,
                                 .left = row < removed.size() ? removed[row] : -1,
                                 .right = row < added.size() ? added[row] : -1});
        }
    }
}

} // namespace

DiffRows rowsOf(const models::FileDiff &diff, DiffMode mode)
{
    DiffRows result;
    for (std::size_t i = 0; i < diff.hunks.size(); ++i) {
        const auto at = static_cast<int>(i);
        result.rows.push_back({.hunk = at});
        mode == DiffMode::OneColumn ? addOneColumn(diff.hunks[i], at, result)
                                    : addSideBySide(diff.hunks[i], at, result);
    }
    return result;
}

} // namespace nest::widgets
