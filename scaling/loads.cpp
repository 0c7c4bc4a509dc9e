// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/loads.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nest::scaling {

namespace {

bool isKnown(const Averages &averages)
{
    return averages.stable && averages.panic && !std::isnan(*averages.stable) && !std::isnan(*averages.panic);
}

bool isUse(Metric metric)
{
    return metric == Metric::Cpu || metric == Metric::Memory;
}

std::string_view wishName(Metric metric)
{
    switch (metric) {
    case Metric::RequestsPerSecond:
        return "requestsPerSecondWish";
    case Metric::Concurrency:
        return "concurrencyWish";
    case Metric::Cpu:
        return "cpuWish";
    case Metric::Memory:
        return "memoryWish";
    }
    return {};
}

} // namespace

Averages averagesAt(const Inputs &inputs, std::size_t index)
{
    if (index == 0) {
        return {inputs.stableAverage, inputs.panicAverage};
    }
    return index <= inputs.others.size() ? inputs.others[index - 1] : Averages{};
}

Loads loadsOf(const Policy &policy, const Inputs &inputs, bool isIdle)
{
    Loads loads;
    for (std::size_t i = 0; i <= policy.metrics.size(); ++i) {
        const MetricTarget metric = metricAt(policy, i);
        Averages averages = averagesAt(inputs, i);
        if (isIdle && isUse(metric.metric)) {
            averages = {0.0, 0.0};
        }
        if (!isKnown(averages)) {
            ++loads.missing;
            continue;
        }
        const double target = targetOf(metric.threshold, metric.utilisation);
        const auto take = [&](LargestLoad &largest, double average) {
            const double share = average / target;
            if (loads.known == 0 || share > largest.share) {
                largest = {metric, target, average, share, averages};
            }
        };
        take(loads.stable, *averages.stable);
        take(loads.panic, *averages.panic);
        ++loads.known;
    }
    return loads;
}

Step wishStep(const Policy &policy, const Inputs &inputs, std::size_t index, bool isPanic, double counted)
{
    const MetricTarget metric = metricAt(policy, index);
    const Averages averages = averagesAt(inputs, index);
    const double target = targetOf(metric.threshold, metric.utilisation);
    Step step{wishName(metric.metric), std::numeric_limits<double>::quiet_NaN(), target, counted, counted};
    if (isKnown(averages)) {
        step.value = isPanic ? std::max(*averages.stable, *averages.panic) : *averages.stable;
        step.after = std::ceil(step.value / target);
    }
    return step;
}

} // namespace nest::scaling
