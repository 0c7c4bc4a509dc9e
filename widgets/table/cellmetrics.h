// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inner measures of cells in logical pixels, shared by painting and by the widths that keep chips from being
// cut.

namespace nest::widgets::cellmetrics {

inline constexpr int nameIndent = 22; // status icon and the gap behind it
inline constexpr int driftWidth = 18;
inline constexpr int pillSide = 6;
inline constexpr int pillIcon = 16;
inline constexpr int groupSide = 6;
inline constexpr int shareGap = 6;   // between a group and its share
inline constexpr int sharesGap = 14; // between one group and the next
inline constexpr int pickBox = 16;
inline constexpr int weightBar = 36;
inline constexpr int weightGap = 6;
inline constexpr int sparkline = 66;
inline constexpr int phasesBar = 110;
inline constexpr int phasesGap = 8;

} // namespace nest::widgets::cellmetrics
