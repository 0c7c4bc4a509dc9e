// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/formula.h"

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
        (wish == nullptr || panic->after.value_or(0) >= wish->after.value_or(0))) {
        wish = panic;
    }
    if (wish == nullptr) {
        return unknown;
    }
    return std::format("⌈{} ÷ ({} × {})⌉ = {}", known(wish->value), numberText(decision.policy.threshold),
                       decision.policy.utilisation, known(wish->after));
}

std::string stepText(const wire::DecisionStep &step, const wire::Decision &decision)
{
    const auto unit = metricUnit(decision.policy.metric);
    const auto value = known(step.value);
    auto border = known(step.border);
    if (step.name == "target") {
        return std::format("{} × {} = {} {} for each instance", numberText(decision.policy.threshold),
                           decision.policy.utilisation, value, unit);
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
        return std::format("{} {} over {} s{} ÷ {}", value, unit, seen, young, border);
    }
    if (step.name == "panic") {
        return std::format("wished ÷ ready = {}, panic from {}: {}", value, border,
                           step.after.value_or(0) > 0 ? "yes" : "no");
    }
    if (step.name == "scaleDownRate") {
        return std::format("not below {} at one time", border);
    }
    if (step.name == "scaleUpRate") {
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
    if (step.name == "reserved" || step.name == "maximum") {
        return border;
    }
    return std::format("{}, {}", value, border); // a step that a newer platform has
}

} // namespace nest::cli
