// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/behaviour.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nest::scaling {

namespace {

/// How many there were when the period began: what was added since is taken off, what went is put back.
int countBefore(int current, std::span<const InstanceChange> changes, int periodSeconds, TimePoint now)
{
    const auto begin = now - std::chrono::seconds(periodSeconds);
    for (const auto &change : changes) {
        if (change.time > begin) {
            current -= change.change;
        }
    }
    return current;
}

int clampedToInt(double value)
{
    return static_cast<int>(std::clamp(value, 0.0, double(std::numeric_limits<int>::max())));
}

int longestPeriod(const std::optional<Direction> &direction)
{
    int longest = 0;
    if (direction) {
        for (const auto &rule : direction->policies) {
            longest = std::max(longest, rule.periodSeconds);
        }
    }
    return longest;
}

/// The rule's number of instances that counts: `sign` is 1 for growth, -1 for shrinking.
int limitOf(const Direction &direction, int current, std::span<const InstanceChange> changes, TimePoint now,
            int sign)
{
    if (direction.select == Direction::Select::Disabled || direction.policies.empty()) {
        return current;
    }
    std::optional<int> chosen;
    for (const auto &rule : direction.policies) {
        const int before = countBefore(current, changes, rule.periodSeconds, now);
        int allowed = before + sign * rule.value;
        if (rule.type == RateRule::Type::Percent) {
            const double share = before * (1 + sign * rule.value / 100.0);
            allowed = clampedToInt(sign > 0 ? std::ceil(share) : std::trunc(share));
        }
        const bool isMore = chosen && sign * allowed > sign * *chosen; // a larger change
        if (!chosen || isMore == (direction.select == Direction::Select::Max)) {
            chosen = allowed;
        }
    }
    return *chosen;
}

} // namespace

bool isTolerated(double ratio, double tolerance)
{
    return std::abs(1 - ratio) <= tolerance;
}

int stabilised(int current, const BehaviourState &state)
{
    int result = current;
    if (const auto lowest = state.lowest.current()) {
        result = std::max(result, -*lowest);
    }
    if (const auto highest = state.highest.current()) {
        result = std::min(result, *highest);
    }
    return result;
}

int growthLimit(const Direction &direction, int current, std::span<const InstanceChange> changes,
                TimePoint now)
{
    // What was added already is not taken back, and a share of nothing must not keep a deployment asleep.
    const int least = direction.select == Direction::Select::Disabled ? current : std::max(1, current);
    return std::max(least, limitOf(direction, current, changes, now, 1));
}

int shrinkLimit(const Direction &direction, int current, std::span<const InstanceChange> changes,
                TimePoint now)
{
    return std::clamp(limitOf(direction, current, changes, now, -1), 0, current);
}

bool hasRules(const Direction &direction)
{
    return !direction.policies.empty() || direction.select == Direction::Select::Disabled;
}

void recordWish(BehaviourState &state, const Behaviour &behaviour, int wish, TimePoint now)
{
    const auto windowOf = [](const std::optional<Direction> &direction) {
        return std::chrono::seconds(direction ? direction->stabilisationWindowSeconds : 0);
    };
    state.highest.resize(windowOf(behaviour.scaleDown));
    state.highest.record(now, wish);
    state.lowest.resize(windowOf(behaviour.scaleUp));
    state.lowest.record(now, -wish);
}

void recordChange(BehaviourState &state, const Behaviour &behaviour, int change, TimePoint now)
{
    const auto longest =
        std::chrono::seconds(std::max(longestPeriod(behaviour.scaleUp), longestPeriod(behaviour.scaleDown)));
    std::erase_if(state.changes, [&](const InstanceChange &old) { return old.time <= now - longest; });
    if (change != 0 && longest.count() > 0) {
        state.changes.push_back({now, change});
    }
}

} // namespace nest::scaling
