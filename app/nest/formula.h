// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A scaling decision as one line of arithmetic, made from the steps it recorded and nothing else.
//
// Pure functions, any thread. Where the number did not come from the formula (a poke at zero, idleness, no
// data) the line says what it came from.

#include "api/wire/observation.h"

#include <string>

namespace nest::cli {

/// "⌈612 ÷ (100 × 0.7)⌉ = 9"
[[nodiscard]] std::string formulaLine(const wire::Decision &decision);
/// "9 → 12"
[[nodiscard]] std::string changeText(const wire::Decision &decision);
/// The unit of the policy's metric: "req/s".
[[nodiscard]] std::string metricUnit(wire::ScalingMetric metric);
/// What one step looked at: "stable average 612 req/s ÷ 70".
[[nodiscard]] std::string stepText(const wire::DecisionStep &step, const wire::Decision &decision);

} // namespace nest::cli
