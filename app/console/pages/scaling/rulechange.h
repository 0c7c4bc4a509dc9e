// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the scaling rule changed, read from the decisions: each carries the rule that it was made under.
//
// Pure functions. Thread: any that may call tr().

#include "api/wire/observation.h"
#include "widgets/chart/chartvalues.h"

#include <vector>

namespace nest::console {

/// "max 60 → 40, threshold 100 → 80": what differs.
[[nodiscard]] QString ruleDifference(const wire::ScalingPolicy &before, const wire::ScalingPolicy &after);
/// `decisions` oldest first; a change stands at the first decision made under the new rule.
[[nodiscard]] QList<chart::Change> ruleChanges(const std::vector<const wire::Decision *> &decisions);
/// "requests/s, 100 × 0.7, 0 to 10"
[[nodiscard]] QString ruleText(const wire::ScalingPolicy &policy);

} // namespace nest::console
