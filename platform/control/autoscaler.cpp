// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/autoscaler.h"

#include "platform/control/ids.h"

#include <algorithm>
#include <cmath>

namespace nest::control {

namespace {

constexpr int tickSeconds = 2;
constexpr std::chrono::minutes traffickedInterval{1};
constexpr std::chrono::seconds otherCutInterval{10};

std::optional<double> finite(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace

Autoscaler::Autoscaler(metrics::Metrics &metrics, instances::Fleet &fleet, Clock now, QObject *parent)
    : QObject(parent), m_metrics(metrics), m_fleet(fleet), m_now(std::move(now))
{}

void Autoscaler::setRevision(const gateway::RevisionKey &key, const scaling::Policy &policy, int policyNumber)
{
    auto &revision = m_revisions[key];
    if (const int ready = m_fleet.counts(key).ready; ready > 0 && revision.state == scaling::State{}) {
        // Taken over from the platform's previous run: held until the windows have filled again.
        revision.state = scaling::startState(ready, m_now());
        revision.state.lastPolicy = policy;
    }
    revision.policy = policy;
    revision.policyNumber = policyNumber;
    evaluate(key, revision, std::nullopt);
}

void Autoscaler::removeRevision(const gateway::RevisionKey &key)
{
    m_revisions.erase(key);
}

void Autoscaler::poke(const gateway::RevisionKey &key, int waiting)
{
    if (const auto found = m_revisions.find(key); found != m_revisions.end()) {
        evaluate(key, found->second, std::max(1, waiting)); // who has gone again had come
    }
}

void Autoscaler::onSecond(std::int64_t second)
{
    m_second = second;
    if (second % tickSeconds != 0) {
        return;
    }
    for (auto &[key, revision] : m_revisions) {
        if (!isAsleep(key, revision)) {
            evaluate(key, revision, std::nullopt);
        }
    }
}

bool Autoscaler::isAsleep(const gateway::RevisionKey &key, const Revision &revision) const
{
    if (revision.state.lastDesired > 0 || revision.policy.reserved > 0 ||
        m_fleet.counts(key) != instances::Counts{}) {
        return false;
    }
    const auto figures = m_metrics.figures(key, revision.policy.stableWindowSeconds, m_second);
    return figures.queued == 0 && figures.requestsPerSecond.value_or(0) <= 0;
}

scaling::Inputs Autoscaler::inputs(const gateway::RevisionKey &key, const Revision &revision,
                                   std::optional<int> waiting) const
{
    const auto metric = toWire(revision.policy).metric;
    const auto counts = m_fleet.counts(key);
    const auto figures = m_metrics.figures(key, revision.policy.stableWindowSeconds, m_second);
    scaling::Inputs inputs;
    inputs.stableAverage = m_metrics.average(key, metric, revision.policy.stableWindowSeconds, m_second);
    inputs.panicAverage = m_metrics.average(key, metric, revision.policy.panicWindowSeconds, m_second);
    inputs.stableSeconds =
        m_metrics.averagedSeconds(key, metric, revision.policy.stableWindowSeconds, m_second);
    inputs.panicSeconds =
        m_metrics.averagedSeconds(key, metric, revision.policy.panicWindowSeconds, m_second);
    inputs.ready = counts.ready;
    inputs.starting = counts.starting;
    inputs.queued = static_cast<int>(figures.queued);
    if (figures.secondsSinceLastRequest) {
        inputs.secondsSinceLastRequest = *figures.secondsSinceLastRequest;
    }
    if (waiting) { // counted in the second that still runs
        inputs.queued = std::max(*waiting, inputs.queued);
        inputs.secondsSinceLastRequest = 0;
    }
    return inputs;
}

void Autoscaler::evaluate(const gateway::RevisionKey &key, Revision &revision, std::optional<int> waiting)
{
    const auto now = m_now();
    auto evaluation = scaling::evaluate(revision.policy, inputs(key, revision, waiting), revision.state, now);
    revision.state = std::move(evaluation.state);
    const auto &decision = evaluation.decision;
    m_fleet.setDesired(key, decision.desired);

    const bool hasTraffic = decision.inputs.stableAverage.value_or(0) > 0;
    const bool isFirst = !revision.lastStored && (decision.desired != 0 || decision.wished != 0);
    const bool isOtherCut = revision.lastStored && decision.wished > decision.desired &&
                            decision.wished != revision.lastStored->wished &&
                            now - revision.lastStored->time >= otherCutInterval;
    if (isFirst || isOtherCut ||
        (revision.lastStored && (scaling::worthStoring(*revision.lastStored, decision) ||
                                 (hasTraffic && now - revision.lastStored->time >= traffickedInterval)))) {
        revision.lastStored = decision;
        Q_EMIT decided(toWire(decision, key, revision.policyNumber));
    }
    Q_EMIT evaluated(key);
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
    return result;
}

// The enumerators are the same in the same order; a change on one side only must not compile.
static_assert(static_cast<int>(scaling::Limit::Activation) ==
              static_cast<int>(wire::DecisionLimit::Activation));
static_assert(static_cast<int>(scaling::Cause::Manual) == static_cast<int>(wire::DecisionCause::Manual));
static_assert(static_cast<int>(scaling::Metric::Memory) == static_cast<int>(wire::ScalingMetric::Memory));
static_assert(static_cast<int>(scaling::Mode::Panic) == static_cast<int>(wire::DecisionMode::Panic));

wire::Decision toWire(const scaling::Decision &decision, const gateway::RevisionKey &key, int policyNumber)
{
    wire::Decision result;
    result.id = makeId("dec", decision.time);
    result.function = key.function;
    result.set = key.set;
    result.lane = key.lane;
    result.region = key.region;
    result.version = key.version;
    result.time = decision.time;
    result.from = decision.from;
    result.desired = decision.desired;
    result.wished = decision.wished;
    result.mode = static_cast<wire::DecisionMode>(decision.mode);
    result.cause = static_cast<wire::DecisionCause>(decision.cause);
    result.limit = static_cast<wire::DecisionLimit>(decision.limit);
    result.target = decision.target;
    result.inputs.stableAverage = decision.inputs.stableAverage;
    result.inputs.panicAverage = decision.inputs.panicAverage;
    result.inputs.stableSeconds = decision.inputs.stableSeconds;
    result.inputs.panicSeconds = decision.inputs.panicSeconds;
    result.inputs.ready = decision.inputs.ready;
    result.inputs.starting = decision.inputs.starting;
    result.inputs.queued = decision.inputs.queued;
    result.inputs.secondsSinceLastRequest = finite(decision.inputs.secondsSinceLastRequest);
    result.policy = toWire(decision.policy);
    result.policyNumber = policyNumber;
    for (const auto &step : decision.steps) {
        result.steps.push_back(
            {step.name, finite(step.value), finite(step.border), finite(step.before), finite(step.after)});
    }
    return result;
}

} // namespace nest::control
