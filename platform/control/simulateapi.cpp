// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/simulateapi.h"

#include "api/wire/codec.h"
#include "platform/control/worker.h"
#include "platform/policy/policy.h"

#include <limits>

namespace nest::control {

namespace {

constexpr std::size_t mostSeconds = 48 * 3600; // as long as seconds are kept
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr int longestMs = 600'000;
constexpr int mostConcurrency = 1'000;

using Values = std::vector<std::optional<double>>;

std::vector<double> numbers(const Values &values)
{
    std::vector<double> result;
    result.reserve(values.size());
    for (const auto &value : values) {
        result.push_back(value.value_or(unknown));
    }
    return result;
}

void checkSeries(const Values &values, const std::string &name, std::vector<FieldError> &errors)
{
    if (values.empty() || values.size() > mostSeconds) {
        errors.push_back({"/samples/" + name, "must have from 1 to 172800 values, one a second"});
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] && !(*values[i] >= 0 && *values[i] <= 1e12)) {
            errors.push_back({"/samples/" + name + '/' + std::to_string(i), "must be 0 or more"});
            return;
        }
    }
}

std::vector<FieldError> errorsIn(const wire::SimulationRequest &request)
{
    std::vector<FieldError> errors;
    for (const auto &problem : policy::problemsIn(request.policy)) {
        errors.push_back({"/policy/" + problem.field, problem.message});
    }
    const auto inside = [&](int value, int low, int high, const char *field) {
        if (value < low || value > high) {
            errors.push_back({field, "must be from " + std::to_string(low) + " to " + std::to_string(high)});
        }
    };
    inside(request.coldStartMs, 0, longestMs, "/coldStartMs");
    inside(request.serviceTimeMs, 1, longestMs, "/serviceTimeMs");
    inside(request.concurrencyLimit, 1, mostConcurrency, "/concurrencyLimit");
    inside(request.initialInstances, 0, scaling::mostInstances, "/initialInstances");
    if (request.samples.has_value() == request.source.has_value()) {
        errors.push_back({"/samples", "or source must be there, one of the two"});
    }
    if (request.samples) {
        checkSeries(request.samples->requestsPerSecond, "requestsPerSecond", errors);
        const std::pair<const char *, const std::optional<Values> *> others[] = {
            {"concurrency", &request.samples->concurrency},
            {"cpu", &request.samples->cpu},
            {"memory", &request.samples->memory}};
        for (const auto &[name, values] : others) {
            if (*values) {
                checkSeries(**values, name, errors);
            }
        }
    }
    if (request.source) {
        const auto length = request.source->to - request.source->from;
        if (length < std::chrono::seconds(1) || length > std::chrono::seconds(mostSeconds)) {
            errors.push_back({"/source/to", "must be from 1 s to 48 hours after from"});
        }
        if (!wire::parseGroupName(request.source->group)) {
            errors.push_back({"/source/group", "must be set/lane/region"});
        }
    }
    return errors;
}

scaling::Samples given(const wire::SimulationSamples &samples)
{
    const auto optional = [](const std::optional<Values> &values) {
        return values ? numbers(*values) : std::vector<double>{};
    };
    const wire::Time someMidnight(std::chrono::days(20'000));
    return {std::chrono::floor<std::chrono::seconds>(samples.start.value_or(someMidnight)),
            numbers(samples.requestsPerSecond), optional(samples.concurrency), optional(samples.cpu),
            optional(samples.memory)};
}

wire::SimulationAnswer toWire(const scaling::Simulation &made, const scaling::Samples &samples)
{
    wire::SimulationAnswer answer;
    answer.from = samples.start;
    answer.to = samples.start + std::chrono::seconds(samples.requestsPerSecond.size());
    for (const auto &step : made.steps) {
        answer.steps.push_back(
            {step.time, step.from, step.desired, step.wished, step.ready,
             static_cast<wire::DecisionMode>(step.mode), static_cast<wire::DecisionCause>(step.cause),
             static_cast<wire::DecisionLimit>(step.limit), static_cast<wire::ScalingMetric>(step.metric),
             step.load.stable, step.load.panic});
    }
    for (const auto &level : made.levels) {
        answer.levels.push_back({level.time, level.desired, level.ready, level.starting});
    }
    answer.instanceHours = made.instanceHours;
    answer.requests = made.requests;
    answer.requestsAtRisk = made.requestsAtRisk;
    answer.longestWaitSeconds = made.longestWaitSeconds;
    answer.coldStarts = made.coldStarts;
    answer.peak = made.peak;
    answer.capacityPerInstance = made.capacityPerInstance;
    return answer;
}

} // namespace

SimulateApi::SimulateApi(Context &context) : m_context(context) {}

void SimulateApi::addRoutes(Router &router)
{
    router.add("POST", "/v1/scaling/simulate", [this](CallPtr call) { return simulate(std::move(call)); });
}

Result<scaling::Samples> SimulateApi::recorded(const wire::SimulationSource &source) const
{
    if (m_context.catalogue.function(source.function) == nullptr) {
        return std::unexpected(unknownFunction(source.function));
    }
    if (m_context.catalogue.deployment(source.function, *wire::parseGroupName(source.group)) == nullptr) {
        return failure("control/unknown-deployment",
                       "'" + source.function + "' is not deployed in " + source.group + ".");
    }
    metrics::Query query;
    query.function = source.function;
    query.group = source.group;
    query.names = {"requestsPerSecond", "concurrency"};
    query.from = source.from;
    query.to = source.to;
    query.raw = true;
    const auto answer = m_context.metrics.query(query);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    scaling::Samples samples;
    samples.start = std::chrono::floor<std::chrono::seconds>(source.from);
    const auto count = static_cast<std::size_t>((source.to - samples.start) / std::chrono::seconds(1));
    for (const auto &series : answer->series) {
        auto &into = series.name == "concurrency" ? samples.concurrency : samples.requestsPerSecond;
        into.assign(count, unknown);
        for (std::size_t i = 0; i < series.times.size(); ++i) {
            const wire::Time time{std::chrono::milliseconds(series.times[i])};
            const auto at = static_cast<std::size_t>((time - samples.start) / std::chrono::seconds(1));
            if (time >= samples.start && at < count) {
                into[at] = series.values[i].value_or(unknown);
            }
        }
    }
    samples.requestsPerSecond.resize(count, unknown);
    return samples;
}

QCoro::Task<Result<Answer>> SimulateApi::simulate(CallPtr call)
{
    const auto request = wire::read<wire::SimulationRequest>(call->request.body);
    if (!request) {
        co_return std::unexpected(request.error());
    }
    if (auto errors = errorsIn(*request); !errors.empty()) {
        co_return std::unexpected(Error{"control/invalid", "The simulation was not run.", std::move(errors)});
    }
    auto samples =
        request->source ? recorded(*request->source) : Result<scaling::Samples>(given(*request->samples));
    if (!samples) {
        co_return std::unexpected(samples.error());
    }
    const scaling::SimulationOptions options{.coldStart = std::chrono::milliseconds(request->coldStartMs),
                                             .serviceTime = std::chrono::milliseconds(request->serviceTimeMs),
                                             .concurrencyLimit = request->concurrencyLimit,
                                             .initialInstances = request->initialInstances};
    co_return co_await inWorker(
        [options, policy = policy::toScaling(request->policy), samples = std::move(*samples)] {
            return jsonAnswer(200, wire::write(toWire(scaling::simulate(policy, samples, options), samples)));
        });
}

} // namespace nest::control
