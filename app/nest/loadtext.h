// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A load report as a line for people and as JSON. Pure functions, any thread.

#include "api/client/loadplan.h"
#include "api/wire/deployment.h"

#include <cstdint>
#include <optional>
#include <string>

namespace nest::cli {

/// Of the deployment under load; absent when it could not be asked.
struct InstanceCounts
{
    int ready = 0;
    int desired = 0;
};

/// "steady", "ramp", "steps"; nothing for another word.
[[nodiscard]] std::optional<client::LoadShape> parseShape(const std::string &text);

/// Sent, ok, failed by status, percentiles of the last second, late, ready/desired.
[[nodiscard]] std::string liveLine(const client::LoadReport &report,
                                   const std::optional<InstanceCounts> &counts);
/// Several lines: totals and percentiles of the whole run, and how many requests another group than the one
/// that was asked for answered, when there were any.
[[nodiscard]] std::string loadSummary(const client::LoadReport &report, int mostReady,
                                      std::optional<std::int64_t> fallbacks);
/// `fallbacks` is known at the end only, and left out before.
[[nodiscard]] std::string loadJson(const client::LoadReport &report,
                                   const std::optional<InstanceCounts> &counts,
                                   std::optional<std::int64_t> fallbacks = std::nullopt);

} // namespace nest::cli
