// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How fast a wish is followed, when the owner says so: tolerance, stabilisation, and limits of growth and
// shrinking over a period. evaluate() takes them in this order, after the windows' own rules.
//
// Source of the rules: kubernetes/kubernetes, pkg/controller/podautoscaler (behaviour only); tests/scaling/
// vectors states them as data. Pure; any thread.

#include "scaling/policy.h"
#include "scaling/window.h"

#include <span>
#include <vector>

namespace nest::scaling {

struct InstanceChange
{
    TimePoint time;
    int change = 0; // instances added, or taken away when negative
    bool operator==(const InstanceChange &) const = default;
};

/// What one evaluation hands to the next; stays empty for a policy without behaviour.
struct BehaviourState
{
    std::vector<InstanceChange> changes; // oldest first, no older than the longest period
    TimeMaximum highest{std::chrono::seconds(0), std::chrono::seconds(1)}; // wish, window of scaleDown
    TimeMaximum lowest{std::chrono::seconds(0), std::chrono::seconds(1)};  // -wish, window of scaleUp
    bool operator==(const BehaviourState &) const = default;
};

/// Whether `ratio` (load / aim of what runs) is so near to 1 that nothing should change.
[[nodiscard]] bool isTolerated(double ratio, double tolerance);

/// `current` stays unless the smallest wish of the window of scaleUp is above it or the largest of the window
/// of scaleDown below; then that wish counts. Both windows know this wish already.
[[nodiscard]] int stabilised(int current, const BehaviourState &state);

/// The most (fewest) instances that `direction` allows now. Without rules, or disabled: `current`, so ask for
/// neither when there is no rule.
[[nodiscard]] int growthLimit(const Direction &direction, int current,
                              std::span<const InstanceChange> changes, TimePoint now);
[[nodiscard]] int shrinkLimit(const Direction &direction, int current,
                              std::span<const InstanceChange> changes, TimePoint now);
[[nodiscard]] bool hasRules(const Direction &direction);

/// Remembers this evaluation's wish before it is stabilised, and a change of what is desired.
void recordWish(BehaviourState &state, const Behaviour &behaviour, int wish, TimePoint now);
void recordChange(BehaviourState &state, const Behaviour &behaviour, int change, TimePoint now);

} // namespace nest::scaling
