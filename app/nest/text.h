// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Values as people read them in a terminal. Pure functions, any thread; local time where a clock is shown.

#include "api/wire/common.h"
#include "api/wire/deployment.h"
#include "app/nest/table.h"

#include <chrono>
#include <optional>
#include <string>

namespace nest::cli {

/// At most one decimal, none when it is whole: "612", "61.3"; below 0.1 two digits that count: "0.034".
[[nodiscard]] std::string numberText(double value);
/// "31 (2.4 %)"; the part alone of nothing.
[[nodiscard]] std::string shareText(double part, double whole);
/// "850 ms", "2.3 s", "4 min", "3 h", "5 d"; the dash for nothing.
[[nodiscard]] Cell durationCell(std::optional<std::chrono::milliseconds> duration);
[[nodiscard]] Cell millisecondsCell(std::optional<double> milliseconds);
/// durationCell() with one blank between.
[[nodiscard]] std::string durationText(std::optional<std::chrono::milliseconds> duration);
/// How long before `now`.
[[nodiscard]] Cell ageCell(const std::optional<wire::Time> &time, wire::Time now);
/// "10:58:26", with the date before it when that is not the day of `now`.
[[nodiscard]] std::string clockText(wire::Time time, wire::Time now);
/// "10:58:26.204"
[[nodiscard]] std::string preciseClockText(wire::Time time);
/// The last six characters, by which ids are shown.
[[nodiscard]] std::string shortId(const std::string &id);
/// "scaleDownDelay" -> "scale down delay"
[[nodiscard]] std::string words(const std::string &lowerCamel);
/// "v3", "v1 80 % · v2 20 %"
[[nodiscard]] std::string weightsText(const std::vector<wire::VersionWeight> &weights);
/// The sum of the phases that are known; nothing when none is.
[[nodiscard]] std::optional<double> coldStartMs(const wire::ColdStart &phases);

/// "90", "90s", "2m", "1h", "500ms" (rounded up) in seconds; nothing when it is no duration.
[[nodiscard]] std::optional<int> parseSeconds(const std::string &text);
/// "11 h", or in hours and minutes where it is no whole number of them: as it was meant.
[[nodiscard]] std::string lengthText(int minutes);

} // namespace nest::cli
