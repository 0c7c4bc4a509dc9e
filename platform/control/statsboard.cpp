// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/statsboard.h"

#include <algorithm>

namespace nest::control {

namespace {

constexpr int figuresWindowSeconds = 60;
constexpr std::chrono::seconds freshUsage{5};    // they report about once a second
constexpr std::chrono::seconds youngInstance{5}; // has not used anything worth measuring yet

bool scalesByUse(const wire::ScalingPolicy &policy)
{
    const auto isUse = [](wire::ScalingMetric metric) {
        return metric == wire::ScalingMetric::Cpu || metric == wire::ScalingMetric::Memory;
    };
    return isUse(policy.metric) ||
           (policy.metrics && std::ranges::any_of(*policy.metrics, isUse, &wire::MetricTarget::metric));
}

} // namespace

StatsBoard::StatsBoard(Context &context) : m_context(context) {}

void StatsBoard::noteInstance(const std::string &id, double memoryMegabytes, double cpuMilliseconds,
                              wire::Time now)
{
    auto &usage = m_usage[id];
    const auto elapsed = std::chrono::duration<double, std::milli>(now - usage.at).count();
    if (usage.at != wire::Time{} && elapsed > 0) {
        usage.cpuPercent = std::max(0.0, (cpuMilliseconds - usage.cpuMilliseconds) / elapsed * 100);
    }
    usage.memoryMegabytes = memoryMegabytes;
    usage.cpuMilliseconds = cpuMilliseconds;
    usage.at = now;
}

void StatsBoard::recordUsage(std::int64_t second, wire::Time now) const
{
    std::optional<std::vector<wire::Instance>> instances;
    for (const auto &[name, function] : m_context.catalogue.functions) {
        for (const auto &[group, entry] : function.deployments) {
            const auto &deployment = entry.document;
            if (!scalesByUse(deployment.scaling)) {
                continue;
            }
            if (!instances) {
                instances = m_context.fleet.instances();
            }
            for (const auto &weight : deployment.weights) {
                recordUsage(
                    {deployment.function, deployment.set, deployment.lane, deployment.region, weight.version},
                    *instances, second, now);
            }
        }
    }
}

void StatsBoard::recordUsage(const gateway::RevisionKey &key, const std::vector<wire::Instance> &instances,
                             std::int64_t second, wire::Time now) const
{
    double cpuPercent = 0;
    double memoryMegabytes = 0;
    for (const auto &instance : instances) {
        if (instance.state != wire::InstanceState::Ready ||
            key != gateway::RevisionKey{instance.function, instance.set, instance.lane, instance.region,
                                        instance.version}) {
            continue;
        }
        const auto found = m_usage.find(instance.id);
        const bool isKnown = found != m_usage.end() && now - found->second.at < freshUsage;
        const bool isYoung = instance.createdAt && now - *instance.createdAt < youngInstance;
        if (!isYoung && (!isKnown || !found->second.cpuPercent)) {
            return;
        }
        if (isKnown) {
            cpuPercent += found->second.cpuPercent.value_or(0);
            memoryMegabytes += found->second.memoryMegabytes;
        }
    }
    m_context.metrics.addUsage(key, second, cpuPercent, memoryMegabytes);
}

void StatsBoard::forget(const std::string &id)
{
    m_usage.erase(id);
}

std::optional<StatsBoard::Usage> StatsBoard::usage(const std::string &id) const
{
    const auto found = m_usage.find(id);
    return found == m_usage.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> StatsBoard::memoryMegabytes(const std::string &id) const
{
    const auto found = m_usage.find(id);
    return found == m_usage.end() ? std::nullopt : std::optional(found->second.memoryMegabytes);
}

wire::DeploymentStats StatsBoard::deployment(const wire::Deployment &deployment, std::int64_t second) const
{
    wire::DeploymentStats stats;
    stats.function = deployment.function;
    stats.set = deployment.set;
    stats.lane = deployment.lane;
    stats.region = deployment.region;
    stats.time = wire::Time(std::chrono::seconds(second)); // where the charts have this second too
    double answered = 0;
    double succeeded = 0;
    for (const auto &weight : deployment.weights) {
        const gateway::RevisionKey key{deployment.function, deployment.set, deployment.lane,
                                       deployment.region, weight.version};
        const auto last = m_context.metrics.figures(key, 1, second);
        const auto window = m_context.metrics.figures(key, figuresWindowSeconds, second);
        const auto counts = m_context.fleet.counts(key);
        stats.requestsPerSecond += last.requestsPerSecond.value_or(0);
        stats.concurrency += last.concurrency.value_or(0);
        stats.inFlight += last.inFlight;
        stats.queued += last.queued;
        stats.ready += counts.ready;
        stats.starting += counts.starting;
        stats.desired += m_context.fleet.desired(key);
        if (window.successPercent && window.requestsPerSecond) {
            answered += *window.requestsPerSecond;
            succeeded += *window.requestsPerSecond * *window.successPercent;
        }
        if (window.p99Ms) { // of several versions the slowest: a bound, as percentiles do not add up
            stats.p99Ms = std::max(stats.p99Ms.value_or(0), *window.p99Ms);
        }
    }
    if (answered > 0) {
        stats.successPercent = succeeded / answered;
    }
    return stats;
}

wire::Stats StatsBoard::stats(const gateway::SecondBatch &batch, wire::Time now) const
{
    wire::Stats stats;
    stats.time = now;
    for (const auto &[name, function] : m_context.catalogue.functions) {
        for (const auto &[group, entry] : function.deployments) {
            stats.deployments.push_back(deployment(entry.document, batch.second));
        }
    }
    for (const auto &[id, usage] : m_usage) {
        wire::InstanceStats instance;
        instance.id = id;
        instance.time = usage.at;
        instance.memoryMegabytes = usage.memoryMegabytes;
        instance.cpuPercent = usage.cpuPercent;
        const auto second = std::ranges::find(batch.instances, id, &gateway::InstanceSecond::id);
        if (second != batch.instances.end()) {
            instance.inFlight = second->inFlight;
            instance.requestsPerSecond = static_cast<double>(second->requests);
        }
        stats.instances.push_back(std::move(instance));
    }
    return stats;
}

} // namespace nest::control
