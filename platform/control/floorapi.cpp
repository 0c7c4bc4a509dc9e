// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/floorapi.h"

#include "api/wire/codec.h"
#include "platform/control/fields.h"
#include "platform/control/worker.h"
#include "platform/policy/policy.h"

#include <chrono>

namespace nest::control {

namespace {

constexpr int mostPlannedHours = 7 * 24;

double hoursOf(wire::Time from, wire::Time to)
{
    return std::chrono::duration<double, std::ratio<3600>>(to - from).count();
}

Result<std::chrono::hours> hoursIn(const Call &call)
{
    const auto hours = wholeNumber(call.queryValue("hours").value_or("24"), "hours");
    if (!hours || *hours < 1 || *hours > mostPlannedHours) {
        return failure("control/bad-query",
                       "hours must be a number from 1 to " + std::to_string(mostPlannedHours) + ".");
    }
    return std::chrono::hours(*hours);
}

wire::FloorPlan planOf(const wire::ScalingPolicy &scaling, wire::Time now, std::chrono::hours hours)
{
    const auto policy = policy::toScaling(scaling);
    const auto &rules = policy.floors.all();
    wire::FloorPlan plan;
    plan.from = now;
    plan.to = now + hours;
    for (const auto &step : scaling::floorSteps(rules, policy.reserved, plan.from, plan.to)) {
        auto &shown = plan.steps.emplace_back(step.from, step.to, step.floor);
        if (step.rule >= 0) {
            shown.rule = rules[static_cast<std::size_t>(step.rule)].name;
        }
        plan.instanceHours += step.floor * hoursOf(step.from, step.to);
    }
    for (const auto &rule : rules) {
        auto &shown = plan.rules.emplace_back(rule.name, rule.floor);
        for (const auto &stretch : scaling::stretchesOf(rule, plan.from, plan.to)) {
            shown.spans.push_back({stretch.from, stretch.to});
        }
        shown.next = scaling::nextBegin(rule, now);
    }
    return plan;
}

} // namespace

FloorApi::FloorApi(Context &context) : m_context(context) {}

void FloorApi::addRoutes(Router &router)
{
    constexpr auto address = "/v1/functions/{function}/deployments/{set}/{lane}/{region}/floor";
    router.add("GET", address, [this](CallPtr call) { return plan(std::move(call)); });
    router.add("POST", address, [this](CallPtr call) { return preview(std::move(call)); });
}

Result<const wire::Deployment *> FloorApi::named(const Call &call) const
{
    const auto &name = call.parameter("function");
    const auto group = groupParameter(call);
    if (!group) {
        return std::unexpected(group.error());
    }
    if (m_context.catalogue.function(name) == nullptr) {
        return std::unexpected(unknownFunction(name));
    }
    const auto *deployment = m_context.catalogue.deployment(name, *group);
    if (deployment == nullptr) {
        return failure("control/unknown-deployment",
                       "'" + name + "' is not deployed to " + toString(*group) + ".");
    }
    return &deployment->document;
}

QCoro::Task<Result<Answer>> FloorApi::plan(CallPtr call)
{
    const auto hours = hoursIn(*call);
    if (!hours) {
        co_return std::unexpected(hours.error());
    }
    const auto deployment = named(*call);
    if (!deployment) {
        co_return std::unexpected(deployment.error());
    }
    co_return co_await planned(**deployment, (*deployment)->scaling, *hours);
}

/// In a worker: fifty rules that begin every minute are some work.
QCoro::Task<Result<Answer>> FloorApi::planned(const wire::Deployment &deployment, wire::ScalingPolicy scaling,
                                              std::chrono::hours hours) const
{
    return inWorker([scaling = std::move(scaling), now = m_context.now(), hours, price = m_context.price,
                     megabytes = megabytesOf(deployment)] -> Result<Answer> {
        auto plan = planOf(scaling, now, hours);
        if (price) {
            plan.cost = price->of(plan.instanceHours, megabytes);
        }
        return jsonAnswer(200, wire::write(plan));
    });
}

double FloorApi::megabytesOf(const wire::Deployment &deployment) const
{
    const auto *function = m_context.catalogue.function(deployment.function);
    double sum = 0;
    double weights = 0;
    for (const auto &each : deployment.weights) {
        const auto version = function->versions.find(each.version);
        if (version != function->versions.end()) {
            sum += each.weight * version->second.memoryMegabytes;
            weights += each.weight;
        }
    }
    return weights > 0 ? sum / weights : 0;
}

QCoro::Task<Result<Answer>> FloorApi::preview(CallPtr call)
{
    const auto hours = hoursIn(*call);
    if (!hours) {
        co_return std::unexpected(hours.error());
    }
    const auto request = wire::read<wire::FloorRequest>(call->request.body);
    if (!request) {
        co_return std::unexpected(request.error());
    }
    const auto deployment = named(*call);
    if (!deployment) {
        co_return std::unexpected(deployment.error());
    }
    std::vector<FieldError> errors;
    for (const auto &problem : policy::problemsIn(request->scaling)) {
        errors.push_back({"/scaling/" + problem.field, problem.message}); // as a change of it has them
    }
    if (!errors.empty()) {
        co_return std::unexpected(invalid(std::move(errors)));
    }
    co_return co_await planned(**deployment, request->scaling, *hours);
}

} // namespace nest::control
