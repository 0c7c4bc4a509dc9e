// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/policy/policy.h"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/list.hpp>

#include <algorithm>
#include <format>
#include <stdexcept>
#include <utility>

namespace nest::policy {

namespace {

constexpr std::size_t mostReservations = 50;
constexpr std::size_t longestName = 40;
constexpr int mostMinutes = 7 * 24 * 60;

std::optional<scaling::Direction> toScaling(const std::optional<wire::ScalingDirection> &direction)
{
    if (!direction) {
        return std::nullopt;
    }
    scaling::Direction result;
    for (const auto &rule : direction->policies) {
        result.policies.push_back(
            {static_cast<scaling::RateRule::Type>(rule.type), rule.value, rule.periodSeconds});
    }
    result.select = static_cast<scaling::Direction::Select>(direction->select);
    result.stabilisationWindowSeconds = direction->stabilisationWindowSeconds;
    result.tolerance = direction->tolerance;
    return result;
}

std::optional<wire::ScalingDirection> toWire(const std::optional<scaling::Direction> &direction)
{
    if (!direction) {
        return std::nullopt;
    }
    wire::ScalingDirection result;
    for (const auto &rule : direction->policies) {
        result.policies.push_back({static_cast<wire::RateType>(rule.type), rule.value, rule.periodSeconds});
    }
    result.select = static_cast<wire::RateSelect>(direction->select);
    result.stabilisationWindowSeconds = direction->stabilisationWindowSeconds;
    result.tolerance = direction->tolerance;
    return result;
}

std::optional<scaling::FloorRule> toScaling(const wire::Reservation &reservation)
{
    auto cron = scaling::Cron::parse(reservation.cron);
    const auto *zone = zoneNamed(reservation.zone);
    if (!cron || zone == nullptr) {
        return std::nullopt;
    }
    return scaling::FloorRule{.name = reservation.name,
                              .cron = std::move(*cron),
                              .length = std::chrono::minutes(reservation.minutes),
                              .start = reservation.start,
                              .end = reservation.end,
                              .floor = reservation.floor,
                              .zone = zone,
                              .isEnabled = reservation.enabled};
}

bool isName(std::string_view name)
{
    return !name.empty() && name.size() <= longestName && name.front() != '-' &&
           std::ranges::all_of(
               name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

void check(const std::vector<wire::Reservation> &all, std::size_t index, int most, std::string_view path,
           std::vector<scaling::PolicyProblem> &problems)
{
    const auto &rule = all[index];
    const auto refuse = [&](const char *field, std::string message) {
        problems.push_back({std::format("{}/{}/{}", path, index, field), std::move(message)});
    };
    if (!isName(rule.name)) {
        refuse("name", std::format("is '{}'; it must be 1 to {} of a-z, 0-9 and -", rule.name, longestName));
    } else if (std::ranges::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(index),
                                   [&](const auto &other) { return other.name == rule.name; })) {
        refuse("name", std::format("'{}' is there twice", rule.name));
    }
    if (const auto cron = scaling::Cron::parse(rule.cron); !cron) {
        refuse("cron", std::format("'{}' is no cron: {}", rule.cron, cron.error()));
    }
    if (rule.minutes < 1 || rule.minutes > mostMinutes) {
        refuse("minutes", std::format("is {}; the rule must hold for 1 to {} minutes (a week)", rule.minutes,
                                      mostMinutes));
    }
    if (rule.floor < 1 || rule.floor > most) {
        refuse("floor", std::format("is {}; it must lie between 1 and the maximum of {}", rule.floor, most));
    }
    if (zoneNamed(rule.zone) == nullptr) {
        refuse("zone",
               std::format("'{}' is no zone of the IANA database, such as UTC or Europe/Berlin", rule.zone));
    }
    if (rule.start && rule.end && *rule.end <= *rule.start) {
        refuse("end", "is not after start");
    }
}

} // namespace

const std::chrono::time_zone *zoneNamed(const std::string &name)
{
    try {
        return std::chrono::locate_zone(name);
    } catch (const std::runtime_error &) { // no such zone, or no database at all
        return nullptr;
    }
}

std::vector<scaling::PolicyProblem> problemsIn(const wire::ScalingPolicy &policy)
{
    auto problems = scaling::validate(toScaling(policy));
    if (!policy.reservations) {
        return problems;
    }
    std::ranges::move(problemsIn(*policy.reservations, policy.maximum, "reservations"),
                      std::back_inserter(problems));
    return problems;
}

std::vector<scaling::PolicyProblem> problemsIn(const std::vector<wire::Reservation> &reservations, int most,
                                               std::string_view field)
{
    std::vector<scaling::PolicyProblem> problems;
    if (reservations.size() > mostReservations) {
        problems.push_back({std::string(field),
                            std::format("are {}; there may be {}", reservations.size(), mostReservations)});
        return problems;
    }
    for (std::size_t i = 0; i < reservations.size(); ++i) {
        check(reservations, i, most, field, problems);
    }
    return problems;
}

scaling::FloorRules floorsOf(const std::vector<wire::Reservation> &reservations)
{
    std::vector<scaling::FloorRule> floors;
    for (const auto &reservation : reservations) {
        if (auto rule = toScaling(reservation)) {
            floors.push_back(std::move(*rule));
        }
    }
    return floors;
}

scaling::Policy toScaling(const wire::ScalingPolicy &policy)
{
    scaling::Policy result;
    result.reserved = policy.reserved;
    result.maximum = policy.maximum;
    result.metric = static_cast<scaling::Metric>(policy.metric);
    result.threshold = policy.threshold;
    result.utilisation = policy.utilisation;
    result.stableWindowSeconds = policy.stableWindowSeconds;
    result.panicWindowSeconds = policy.panicWindowSeconds;
    result.panicRatio = policy.panicRatio;
    result.scaleDownDelaySeconds = policy.scaleDownDelaySeconds;
    result.scaleToZeroAfterSeconds = policy.scaleToZeroAfterSeconds;
    for (const auto &metric : policy.metrics.value_or(std::vector<wire::MetricTarget>{})) {
        result.metrics.push_back(
            {static_cast<scaling::Metric>(metric.metric), metric.threshold, metric.utilisation});
    }
    if (policy.behaviour) {
        result.behaviour = {toScaling(policy.behaviour->scaleUp), toScaling(policy.behaviour->scaleDown)};
    }
    result.floors = floorsOf(policy.reservations.value_or(std::vector<wire::Reservation>{}));
    return result;
}

wire::ScalingPolicy toWire(const scaling::Policy &policy)
{
    wire::ScalingPolicy result;
    result.reserved = policy.reserved;
    result.maximum = policy.maximum;
    result.metric = static_cast<wire::ScalingMetric>(policy.metric);
    result.threshold = policy.threshold;
    result.utilisation = policy.utilisation;
    result.stableWindowSeconds = policy.stableWindowSeconds;
    result.panicWindowSeconds = policy.panicWindowSeconds;
    result.panicRatio = policy.panicRatio;
    result.scaleDownDelaySeconds = policy.scaleDownDelaySeconds;
    result.scaleToZeroAfterSeconds = policy.scaleToZeroAfterSeconds;
    for (const auto &metric : policy.metrics) {
        if (!result.metrics) {
            result.metrics.emplace();
        }
        result.metrics->push_back(
            {static_cast<wire::ScalingMetric>(metric.metric), metric.threshold, metric.utilisation});
    }
    if (policy.behaviour != scaling::Behaviour{}) {
        result.behaviour = {toWire(policy.behaviour.scaleUp), toWire(policy.behaviour.scaleDown)};
    }
    return result;
}

// The enumerators are the same in the same order, so that they are cast: a change on one side only must not
// compile. One more in scaling/ has no case here, one more on the wire no counterpart.
namespace {

constexpr int wireOf(scaling::Metric metric)
{
    switch (metric) {
    case scaling::Metric::RequestsPerSecond:
        return static_cast<int>(wire::ScalingMetric::RequestsPerSecond);
    case scaling::Metric::Concurrency:
        return static_cast<int>(wire::ScalingMetric::Concurrency);
    case scaling::Metric::Cpu:
        return static_cast<int>(wire::ScalingMetric::Cpu);
    case scaling::Metric::Memory:
        return static_cast<int>(wire::ScalingMetric::Memory);
    }
    return -1;
}

constexpr int wireOf(scaling::RateRule::Type type)
{
    switch (type) {
    case scaling::RateRule::Type::Percent:
        return static_cast<int>(wire::RateType::Percent);
    case scaling::RateRule::Type::Instances:
        return static_cast<int>(wire::RateType::Instances);
    }
    return -1;
}

constexpr int wireOf(scaling::Direction::Select select)
{
    switch (select) {
    case scaling::Direction::Select::Max:
        return static_cast<int>(wire::RateSelect::Max);
    case scaling::Direction::Select::Min:
        return static_cast<int>(wire::RateSelect::Min);
    case scaling::Direction::Select::Disabled:
        return static_cast<int>(wire::RateSelect::Disabled);
    }
    return -1;
}

template <typename Own, typename Wire>
consteval bool areTheSame()
{
    constexpr int count = boost::mp11::mp_size<boost::describe::describe_enumerators<Wire>>::value;
    for (int i = 0; i < count; ++i) {
        if (wireOf(static_cast<Own>(i)) != i) {
            return false;
        }
    }
    return true;
}

static_assert(areTheSame<scaling::Metric, wire::ScalingMetric>());
static_assert(areTheSame<scaling::RateRule::Type, wire::RateType>());
static_assert(areTheSame<scaling::Direction::Select, wire::RateSelect>());

} // namespace

} // namespace nest::policy
