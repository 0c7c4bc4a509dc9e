// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire/observation.h"

#include <algorithm>

namespace nest::wire {

namespace {

std::vector<MetricTarget> metricsOf(const ScalingPolicy &policy)
{
    std::vector<MetricTarget> all{{policy.metric, policy.threshold, policy.utilisation}};
    if (policy.metrics) {
        all.insert(all.end(), policy.metrics->begin(), policy.metrics->end());
    }
    return all;
}

} // namespace

MetricTarget metricThatWon(const Decision &decision)
{
    const auto all = metricsOf(decision.policy);
    const auto found =
        std::ranges::find(all, decision.metric.value_or(all.front().metric), &MetricTarget::metric);
    return found == all.end() ? all.front() : *found;
}

MetricTarget metricOfWindow(const Decision &decision, bool isPanic)
{
    const auto all = metricsOf(decision.policy);
    if (all.size() == 1 || !decision.inputs.metrics) {
        return metricThatWon(decision);
    }
    MetricTarget largest = metricThatWon(decision);
    double mostInstances = -1;
    for (const auto &metric : all) {
        const auto seen = std::ranges::find(*decision.inputs.metrics, metric.metric, &MetricAverages::metric);
        if (seen == decision.inputs.metrics->end() || !seen->stableAverage || !seen->panicAverage) {
            continue;
        }
        const double average = isPanic ? *seen->panicAverage : *seen->stableAverage;
        if (const double instances = average / (metric.threshold * metric.utilisation);
            instances > mostInstances) {
            mostInstances = instances;
            largest = metric;
        }
    }
    return largest;
}

} // namespace nest::wire
