// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The figures of a load run in words, one way wherever they are told: the results, the message at the end.
//
// Pure functions. Thread: any.

#include "api/client/loadplan.h"
#include "widgets/theme/theme.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace nest::console {

class LoadJob;

[[nodiscard]] QString countText(std::int64_t count);
/// Empty when there is none.
[[nodiscard]] QString millisecondsText(std::optional<double> value);
/// Answers, of any status; without an answer it is none.
[[nodiscard]] std::int64_t answeredIn(const client::LoadReport &report);
/// "100", "99.96": never rounded up to all. Empty before the first request ended.
[[nodiscard]] QString successIn(const client::LoadReport &report);

/// What became of a run that ended.
struct LoadEnd
{
    widgets::Tone tone;
    QString sentence; // "Load on hello is done"
    QString figures;  // "1,200 answered · success 100 % · p99 12 ms · 3 instances reached"
};
[[nodiscard]] LoadEnd endOf(const LoadJob &job);

} // namespace nest::console
