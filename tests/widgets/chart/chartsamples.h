// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sample courses and the token colours for the tests of the charts. Tests only.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/chartvalues.h"

#include <QString>

namespace nest::chart::samples {

/// From resources/theme/tokens.json if the tree has it; `theme` is "dark" or "light".
ChartColours colours(const QString &theme);

/// 10:41:40 to 11:41:40 UTC of a day: calm, a burst that begins a panic, a peak, a fall, a schedule.
inline constexpr qint64 dayMs = 1'790'000'000'000 / 86'400'000 * 86'400'000;
inline constexpr qint64 hourFromMs = dayMs + ((10 * 60 + 41) * 60 + 40) * 1000LL;
inline constexpr qint64 hourToMs = hourFromMs + 3'600'000;
inline constexpr qint64 burstMs = dayMs + ((10 * 60 + 58) * 60 + 26) * 1000LL;

ChartStackContent burstHour();

/// Fifteen minutes in which the maximum cuts, the pool is empty, and two minutes have no data.
inline constexpr qint64 limitedFromMs = dayMs + (11 * 60 + 56) * 60'000LL;
inline constexpr qint64 limitedToMs = limitedFromMs + 15 * 60'000;
ChartStackContent limitedQuarter();

/// A day of seconds for each series.
ChartStackContent day(qint64 fromMs, qsizetype seconds);

/// The fonts of the product in this program: Inter with tabular figures.
void useProductFont();

} // namespace nest::chart::samples
