// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reserved instances by the time of day: rules that raise the floor while they hold, and the floor that comes
// of all of them. The largest wins, the policy's own `reserved` among them.
//
// A rule begins whenever its cron says so and holds for some minutes, both on the wall clock of its zone: "0
// 22 * * *" for 8 hours ends at 06:00 in every night of the year. A time that a clock change leaves out is
// the moment of the change; of one that comes twice a rule takes the first to begin and the second to end.
// Pure: the zone is handed in, there is no clock. Any thread.

#include "scaling/cron.h"

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nest::scaling {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

struct FloorRule
{
    std::string name;
    Cron cron;
    std::chrono::minutes length{60};
    std::optional<TimePoint> start; // the rule's own life; absent: since ever, for ever
    std::optional<TimePoint> end;
    int floor = 0;
    const std::chrono::time_zone *zone = nullptr; // of a zone database that outlives the rule; null: UTC
    bool isEnabled = true;
    bool operator==(const FloorRule &) const = default;
};

/// A list that is copied with every decision and never changes: shared, so that a copy costs nothing.
class FloorRules final
{
public:
    FloorRules() = default;
    FloorRules(std::vector<FloorRule> rules); // NOLINT(google-explicit-constructor): it is that list
    FloorRules(std::initializer_list<FloorRule> rules) : FloorRules(std::vector<FloorRule>(rules)) {}

    [[nodiscard]] bool isEmpty() const { return m_rules == nullptr; }
    [[nodiscard]] const std::vector<FloorRule> &all() const;
    bool operator==(const FloorRules &other) const
    {
        return m_rules == other.m_rules || all() == other.all();
    }

private:
    std::shared_ptr<const std::vector<FloorRule>> m_rules; // null: none
};

/// From `from` on, until the next step (or the end of what was asked for).
struct FloorStep
{
    TimePoint from;
    TimePoint to;
    int floor = 0;
    int rule = -1; // that wins, as a place in the rules; -1: the policy's own reserved number
    bool operator==(const FloorStep &) const = default;
};

/// The rule holds from `from` to `to`.
struct FloorStretch
{
    TimePoint from;
    TimePoint to;
    bool operator==(const FloorStretch &) const = default;
};

/// When the rule holds, as far as that touches [from, to): apart from each other and in order.
[[nodiscard]] std::vector<FloorStretch> stretchesOf(const FloorRule &rule, TimePoint from, TimePoint to);

/// When the rule begins to hold after `now`; nothing: not within 400 days.
[[nodiscard]] std::optional<TimePoint> nextBegin(const FloorRule &rule, TimePoint now);

/// Without holes over [from, to), at least one; neighbours differ in floor or rule. Of rules with the same
/// floor the first wins, over the policy's own number too.
[[nodiscard]] std::vector<FloorStep> floorSteps(const std::vector<FloorRule> &rules, int reserved,
                                                TimePoint from, TimePoint to);

/// The step that `now` lies in. `known` is what was found last time: while it still holds nothing is
/// computed.
[[nodiscard]] FloorStep floorAt(const std::vector<FloorRule> &rules, int reserved, TimePoint now,
                                const std::optional<FloorStep> &known = std::nullopt);

} // namespace nest::scaling
