// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/formula.h"

#include "api/wire/codec.h"
#include "app/nest/text.h"

#include <algorithm>
#include <format>

namespace nest::cli {

namespace {

const wire::DecisionStep *find(const wire::Decision &decision, std::string_view name)
{
    const auto found = std::ranges::find(decision.steps, name, &wire::DecisionStep::name);
    return found != decision.steps.end() ? &*found : nullptr;
}

std::string known(const std::optional<double> &value)
{
    return value ? numberText(*value) : unknown;
}

/// Around 1 the second decimal decides.
std::string ratioText(const std::optional<double> &value)
{
    constexpr double many = 100;
    constexpr double few = 0.1;
    return value && *value >= few && *value < many ? std::format("{:.3g}", *value) : known(value);
}

std::string metricName(wire::ScalingMetric metric)
{
    return metric == wire::ScalingMetric::RequestsPerSecond ? "requests" : wire::enumText(metric);
}

/// "cpuWish": of several metrics what one asks for.
std::optional<wire::ScalingMetric> metricOfWish(std::string_view stepName)
{
    constexpr std::string_view end = "Wish";
    if (!stepName.ends_with(end)) {
        return std::nullopt;
    }
    const auto metric = wire::readEnum<wire::ScalingMetric>(stepName.substr(0, stepName.size() - end.size()));
    return metric ? std::optional(*metric) : std::nullopt;
}

} // namespace

std::string metricUnit(wire::ScalingMetric metric)
{
    switch (metric) {
    case wire::ScalingMetric::RequestsPerSecond:
        return "req/s";
    case wire::ScalingMetric::Concurrency:
        return "requests at once";
    case wire::ScalingMetric::Cpu:
        return "%";
    case wire::ScalingMetric::Memory:
        return "MB";
    }
    return {};
}

std::string changeText(const wire::Decision &decision)
{
    return std::format("{} → {}", decision.from, decision.desired);
}

std::string formulaLine(const wire::Decision &decision)
{
    if (const auto *idle = find(decision, "scaleToZero");
        decision.cause == wire::DecisionCause::ScaleToZero && idle != nullptr) {
        return std::format("idle {} s ≥ {} s → 0", known(idle->value), known(idle->border));
    }
    if (const auto *poke = find(decision, "poke");
        decision.cause == wire::DecisionCause::Poke && poke != nullptr) {
        return std::format("{} waiting, nothing running → {}", known(poke->value), known(poke->after));
    }
    if (find(decision, "missingData") != nullptr) {
        return std::format("no data, {} kept", decision.wished);
    }
    const auto *wish = find(decision, "stableWish");
    const auto *panic = find(decision, "panicWish");
    if (decision.mode == wire::DecisionMode::Panic && panic != nullptr &&
        (wish == nullptr || panic->after.value_or(0) > wish->after.value_or(0))) {
        wish = panic;
    }
    if (wish == nullptr) {
        return unknown;
    }
    const auto metric = wire::metricThatWon(decision);
    const bool isOne = !decision.policy.metrics || decision.policy.metrics->empty();
    return std::format("⌈{}{} ÷ ({} × {})⌉ = {}", isOne ? "" : metricName(metric.metric) + ' ',
                       known(wish->value), numberText(metric.threshold), metric.utilisation,
                       known(wish->after));
}

std::string stepText(const wire::DecisionStep &step, const wire::Decision &decision)
{
    const auto won = wire::metricThatWon(decision);
    const auto value = known(step.value);
    auto border = known(step.border);
    if (step.name == "target") {
        return std::format("{} × {} = {} {} for each instance", numberText(won.threshold), won.utilisation,
                           value, metricUnit(won.metric));
    }
    if (step.name == "missingData") {
        return "the load was not recorded; the number is kept";
    }
    if (step.name == "stableWish" || step.name == "panicWish") {
        const bool isStable = step.name == "stableWish";
        const int window =
            isStable ? decision.policy.stableWindowSeconds : decision.policy.panicWindowSeconds;
        const int seen =
            (isStable ? decision.inputs.stableSeconds : decision.inputs.panicSeconds).value_or(window);
        const std::string young =
            seen < window ? std::format(" (window {} s, the group is younger)", window) : "";
        return std::format("{} {} over {} s{} ÷ {}", value,
                           metricUnit(wire::metricOfWindow(decision, !isStable).metric), seen, young, border);
    }
    if (const auto metric = metricOfWish(step.name)) {
        return step.value ? std::format("{} {} ÷ {}{}", value, metricUnit(*metric), border,
                                        *metric == won.metric ? ", asks for most" : "")
                          : std::string("not measured");
    }
    if (step.name == "panic") {
        return std::format("wished ÷ ready = {}, panic from {}: {}", value, border,
                           step.after.value_or(0) > 0 ? "yes" : "no");
    }
    if (step.name == "missingMetric") {
        return std::format("{} of the metrics not measured: not below {}", value, border);
    }
    if (step.name == "tolerance") {
        return std::format("load ÷ aim = {}, no change within 1 ± {}", ratioText(step.value),
                           ratioText(step.border));
    }
    if (step.name == "stabilisation") {
        return std::format("{} is the most careful wish of the last {} s", border, value);
    }
    if (step.name == "scaleDownRate" || step.name == "scaleDownPolicy") {
        return std::format("not below {} at one time", border);
    }
    if (step.name == "scaleUpRate" || step.name == "scaleUpPolicy") {
        return std::format("not above {} at one time", border);
    }
    if (step.name == "panicHold") {
        return std::format("{} wanted in this panic, never fewer", border);
    }
    if (step.name == "scaleDownDelay") {
        return std::format("{} wanted within the last {} s", border, value);
    }
    if (step.name == "scaleToZero") {
        return step.border.value_or(0) > 0 ? std::format("idle {} s of {} s", value, border)
                                           : std::string("never to zero");
    }
    if (step.name == "poke") {
        return std::format("{} waiting while nothing runs", value);
    }
    if (step.name == "reserved") {
        return decision.rule ? std::format("{} by {}", border, *decision.rule) : border;
    }
    if (step.name == "maximum") {
        return border;
    }
    if (step.name == "capacity") {
        return std::format("{} of {} MB each fit on the machine", border, value);
    }
    return std::format("{}, {}", value, border); // a step that a newer platform has
}

} // namespace nest::cli
