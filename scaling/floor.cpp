// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/floor.h"

#include <algorithm>
#include <utility>

namespace nest::scaling {

namespace {

using namespace std::chrono;

using LocalMinute = local_time<minutes>;

constexpr hours lookAhead{1}; // that floorAt() computes at a time

/// Of a time that comes twice the first or the last; of one that never comes the moment of the change.
TimePoint toSys(const time_zone *zone, LocalMinute local, choose which)
{
    if (zone == nullptr) {
        return TimePoint(local.time_since_epoch());
    }
    return zone->to_sys(local, which);
}

LocalMinute toLocal(const time_zone *zone, TimePoint time)
{
    const auto whole = floor<minutes>(time);
    return zone == nullptr ? LocalMinute(whole.time_since_epoch()) : floor<minutes>(zone->to_local(whole));
}

} // namespace

FloorRules::FloorRules(std::vector<FloorRule> rules)
    : m_rules(rules.empty() ? nullptr : std::make_shared<const std::vector<FloorRule>>(std::move(rules)))
{}

const std::vector<FloorRule> &FloorRules::all() const
{
    static const std::vector<FloorRule> none;
    return m_rules ? *m_rules : none;
}

std::vector<FloorStretch> stretchesOf(const FloorRule &rule, TimePoint from, TimePoint to)
{
    std::vector<FloorStretch> result;
    if (!rule.isEnabled || rule.length <= minutes(0)) {
        return result;
    }
    LocalMinute begin{};
    LocalMinute end{};
    const auto add = [&] { // what has been collected on the wall clock
        if (end <= begin) {
            return;
        }
        auto sysBegin = std::max(toSys(rule.zone, begin, choose::earliest), from);
        auto sysEnd = std::min(toSys(rule.zone, end, choose::latest), to);
        sysBegin = rule.start ? std::max(sysBegin, *rule.start) : sysBegin;
        sysEnd = rule.end ? std::min(sysEnd, *rule.end) : sysEnd;
        if (sysBegin < sysEnd) {
            result.push_back({sysBegin, sysEnd});
        }
    };
    // A day more on either side: zones differ from each other by less.
    const auto last = floor<days>(toLocal(rule.zone, to)) + days(1);
    for (auto day = floor<days>(toLocal(rule.zone, from) - rule.length) - days(1); day <= last;
         day += days(1)) {
        if (!rule.cron.hasDay(day)) {
            continue;
        }
        for (int hour = 0; hour < 24; ++hour) {
            for (int minute = 0; rule.cron.hasHour(hour) && minute < 60; ++minute) {
                if (!rule.cron.hasMinute(minute)) {
                    continue;
                }
                const LocalMinute next = day + hours(hour) + minutes(minute);
                if (end < next || begin == end) {
                    add();
                    begin = next;
                }
                end = next + rule.length;
            }
        }
    }
    add();
    return result;
}

std::optional<TimePoint> nextBegin(const FloorRule &rule, TimePoint now)
{
    // Only within the rule's own life: what has ended, or begins in a year, is not looked for day by day.
    const auto from = rule.start ? std::max(now, *rule.start) : now;
    for (const auto ahead : {days(2), days(32), days(400)}) { // most come soon
        const auto to =
            std::min(now + days(400), rule.end ? std::min(from + ahead, *rule.end) : from + ahead);
        if (to <= from) {
            return std::nullopt;
        }
        for (const auto &stretch : stretchesOf(rule, from, to)) {
            if (stretch.from > now) {
                return stretch.from;
            }
        }
    }
    return std::nullopt;
}

std::vector<FloorStep> floorSteps(const std::vector<FloorRule> &rules, int reserved, TimePoint from,
                                  TimePoint to)
{
    std::vector<std::vector<FloorStretch>> stretches;
    std::vector<TimePoint> borders{from};
    for (const auto &rule : rules) {
        const auto &own = stretches.emplace_back(stretchesOf(rule, from, to));
        for (const auto &stretch : own) {
            borders.push_back(stretch.from);
            borders.push_back(stretch.to);
        }
    }
    borders.push_back(to);
    std::ranges::sort(borders);
    borders.erase(std::ranges::unique(borders).begin(), borders.end());

    std::vector<std::size_t> at(rules.size(), 0); // of each rule the stretch that may hold now
    std::vector<FloorStep> steps;
    for (std::size_t border = 0; border + 1 < borders.size(); ++border) {
        FloorStep step{borders[border], borders[border + 1], reserved, -1};
        for (std::size_t rule = 0; rule < rules.size(); ++rule) {
            const auto &own = stretches[rule];
            while (at[rule] < own.size() && own[at[rule]].to <= step.from) {
                ++at[rule];
            }
            const bool holds = at[rule] < own.size() && own[at[rule]].from <= step.from;
            if (holds &&
                (rules[rule].floor > step.floor || (rules[rule].floor == step.floor && step.rule < 0))) {
                step.floor = rules[rule].floor;
                step.rule = static_cast<int>(rule);
            }
        }
        if (!steps.empty() && steps.back().floor == step.floor && steps.back().rule == step.rule) {
            steps.back().to = step.to;
        } else {
            steps.push_back(step);
        }
    }
    if (steps.empty()) { // nothing was asked for
        steps.push_back({from, to, reserved, -1});
    }
    return steps;
}

FloorStep floorAt(const std::vector<FloorRule> &rules, int reserved, TimePoint now,
                  const std::optional<FloorStep> &known)
{
    if (rules.empty()) {
        return {now, TimePoint::max(), reserved, -1};
    }
    if (known && known->from <= now && now < known->to) {
        return *known;
    }
    return floorSteps(rules, reserved, now, now + lookAhead).front();
}

} // namespace nest::scaling
