// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/autoscaler.h"

#include "platform/control/ids.h"
#include "platform/policy/policy.h"
#include "scaling/loads.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nest::control {

namespace {

constexpr int tickSeconds = 2;
constexpr std::int64_t mostMissedSeconds = 10; // more is no hitch: the machine slept, or its clock was set
constexpr std::chrono::minutes traffickedInterval{1};
constexpr std::chrono::seconds otherCutInterval{10};

bool isCount(wire::ScalingMetric metric)
{
    return metric == wire::ScalingMetric::RequestsPerSecond || metric == wire::ScalingMetric::Concurrency;
}

std::optional<double> finite(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::string> ruleName(const scaling::Policy &policy, int rule)
{
    const auto &all = policy.floors.all();
    return rule >= 0 && rule < std::ssize(all) ? std::optional(all[static_cast<std::size_t>(rule)].name)
                                               : std::nullopt;
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
    evaluate(key, revision, inputs(key, revision, std::nullopt), m_now());
}

void Autoscaler::removeRevision(const gateway::RevisionKey &key)
{
    m_revisions.erase(key);
}

void Autoscaler::poke(const gateway::RevisionKey &key, int waiting)
{
    if (const auto found = m_revisions.find(key); found != m_revisions.end()) {
        // Who has gone again had come.
        evaluate(key, found->second, inputs(key, found->second, std::max(1, waiting)), m_now());
    }
}

Autoscaler::Floor Autoscaler::floorOf(const gateway::RevisionKey &key) const
{
    const auto found = m_revisions.find(key);
    if (found == m_revisions.end()) {
        return {};
    }
    const auto &revision = found->second;
    if (!revision.state.floor) {
        return {revision.policy.reserved, std::nullopt};
    }
    return {revision.state.floor->floor, ruleName(revision.policy, revision.state.floor->rule)};
}

bool Autoscaler::lacksRoom(const gateway::RevisionKey &key) const
{
    const auto found = m_revisions.find(key);
    return found != m_revisions.end() && found->second.lastStored &&
           found->second.lastStored->limit == scaling::Limit::Capacity;
}

void Autoscaler::onSecond(std::int64_t second)
{
    // Where the machine stood still for a second, there is none of it. What should have been looked at then
    // is looked at now: a wish that nobody wrote down would not be held for the delay, and instances go too
    // soon.
    const bool isCaughtUp = second > m_second && second - m_second <= mostMissedSeconds;
    for (m_second = isCaughtUp ? m_second + 1 : second; m_second < second; ++m_second) {
        lookAtAll();
    }
    lookAtAll();
}

void Autoscaler::lookAtAll()
{
    if (m_second % tickSeconds != 0) {
        return;
    }
    // The end of that second, not the moment at which we heard of it: an interval of the policy that is over
    // exactly then is over, however late the timers are. A simulation of the same load sees the same times.
    const wire::Time tick{std::chrono::seconds(m_second + 1)};
    for (auto &[key, revision] : m_revisions) {
        const auto gauges = m_metrics.recentGaugesAt(key, m_second);
        if (!gauges && revision.evaluatedAt > tick) {
            continue; // written after that second, which so knows nothing of it
        }
        if (!isAsleep(key, revision)) {
            auto seen = inputs(key, revision, std::nullopt);
            if (gauges) {
                // Of the second that the averages are of: what became ready since then had no part in them,
                // and the charts show what was decided upon.
                seen.ready = gauges->ready;
                seen.starting = gauges->starting;
            }
            evaluate(key, revision, std::move(seen),
                     std::max(tick, revision.evaluatedAt)); // a poke may have been first
        }
    }
}

bool Autoscaler::isAsleep(const gateway::RevisionKey &key, const Revision &revision) const
{
    if (revision.state.lastDesired > 0 || revision.policy.reserved > 0 || !revision.policy.floors.isEmpty() ||
        m_fleet.counts(key) != instances::Counts{}) {
        return false;
    }
    const auto figures = m_metrics.figures(key, revision.policy.stableWindowSeconds, m_second);
    return figures.queued == 0 && figures.requestsPerSecond.value_or(0) <= 0;
}

scaling::Inputs Autoscaler::inputs(const gateway::RevisionKey &key, const Revision &revision,
                                   std::optional<int> waiting) const
{
    const auto metric = static_cast<wire::ScalingMetric>(revision.policy.metric);
    const auto counts = m_fleet.counts(key);
    const auto figures = m_metrics.figures(key, revision.policy.stableWindowSeconds, m_second);
    scaling::Inputs inputs;
    // As in scaling::MetricWindow: where only the panic window has nothing, because the machine stood still
    // for as long, its average is 0; what the stable one knows still counts. An unknown use is no small use.
    const auto averages = [&](wire::ScalingMetric of) {
        const auto stable = m_metrics.average(key, of, revision.policy.stableWindowSeconds, m_second);
        const auto panic = m_metrics.average(key, of, revision.policy.panicWindowSeconds, m_second);
        return scaling::Averages{stable, isCount(of) && stable && !panic ? std::optional(0.0) : panic};
    };
    const auto own = averages(metric);
    inputs.stableAverage = own.stable;
    inputs.panicAverage = own.panic;
    inputs.stableSeconds =
        m_metrics.averagedSeconds(key, metric, revision.policy.stableWindowSeconds, m_second);
    inputs.panicSeconds =
        m_metrics.averagedSeconds(key, metric, revision.policy.panicWindowSeconds, m_second);
    for (const auto &other : revision.policy.metrics) {
        inputs.others.push_back(averages(static_cast<wire::ScalingMetric>(other.metric)));
    }
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

void Autoscaler::evaluate(const gateway::RevisionKey &key, Revision &revision, scaling::Inputs seen,
                          wire::Time now)
{
    revision.evaluatedAt = now;
    const auto room = m_roomFor ? std::optional(m_roomFor(key)) : std::nullopt;
    if (room) {
        seen.room = room->instances;
        seen.instanceMegabytes = room->megabytesEach;
    }
    auto evaluation = scaling::evaluate(revision.policy, seen, revision.state, now);
    revision.state = std::move(evaluation.state);
    const auto &decision = evaluation.decision;
    m_fleet.setDesired(key, decision.desired);
    if (decision.limit == scaling::Limit::Capacity && decision.desired == 0) {
        m_fleet.block(key, room->reason);
    }

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

// The enumerators are the same in the same order; a change on one side only must not compile.
static_assert(static_cast<int>(scaling::Limit::Capacity) == static_cast<int>(wire::DecisionLimit::Capacity));
static_assert(static_cast<int>(scaling::Cause::Schedule) == static_cast<int>(wire::DecisionCause::Schedule));
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
    if (decision.metric == decision.policy.metric) { // they are of the policy's own metric
        result.inputs.stableSeconds = decision.inputs.stableSeconds;
        result.inputs.panicSeconds = decision.inputs.panicSeconds;
    }
    result.metric = static_cast<wire::ScalingMetric>(decision.metric);
    result.inputs.stableAverage = decision.load.stable;
    result.inputs.panicAverage = decision.load.panic;
    if (!decision.policy.metrics.empty()) {
        result.inputs.metrics.emplace();
        for (std::size_t i = 0; i <= decision.policy.metrics.size(); ++i) {
            const auto averages = scaling::averagesAt(decision.inputs, i);
            result.inputs.metrics->push_back(
                {static_cast<wire::ScalingMetric>(scaling::metricAt(decision.policy, i).metric),
                 averages.stable, averages.panic});
        }
    }
    result.inputs.ready = decision.inputs.ready;
    result.inputs.starting = decision.inputs.starting;
    result.inputs.queued = decision.inputs.queued;
    result.inputs.secondsSinceLastRequest = finite(decision.inputs.secondsSinceLastRequest);
    result.policy = policy::toWire(decision.policy);
    result.policyNumber = policyNumber;
    result.floor = decision.floor;
    result.rule = ruleName(decision.policy, decision.floorRule);
    result.inputs.room = decision.inputs.room;
    for (const auto &step : decision.steps) {
        result.steps.push_back({std::string(step.name), finite(step.value), finite(step.border),
                                finite(step.before), finite(step.after)});
    }
    return result;
}

} // namespace nest::control
