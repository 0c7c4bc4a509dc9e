// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/policy.h"

#include <algorithm>
#include <format>

namespace nest::scaling {

namespace {

constexpr double minimumTarget = 0.01;  // below it a single request would ask for hundreds of instances
constexpr int windowMinimumSeconds = 6; // three evaluations; less is noise
constexpr int windowMaximumSeconds = 3600;
constexpr double panicRatioMinimum = 1.1; // at 1 every full instance would be a panic
constexpr double panicRatioMaximum = 10;
constexpr int longestIdleSeconds = 7 * 24 * 3600;
constexpr int longestPeriodSeconds = 1800;
constexpr int mostPercent = 100'000;
constexpr std::size_t mostRules = 10; // in one direction

bool inside(auto value, auto low, auto high)
{
    return value >= low && value <= high;
}

void checkMetric(const MetricTarget &metric, const std::string &within, std::vector<PolicyProblem> &problems)
{
    const auto before = problems.size();
    // Written so that NaN fails too.
    if (!(metric.utilisation > 0 && metric.utilisation <= 1)) {
        problems.push_back({within + "utilisation",
                            std::format("is {}; it must be above 0 and at most 1", metric.utilisation)});
    }
    if (!(metric.threshold > 0 && metric.threshold <= 1e12)) {
        problems.push_back(
            {within + "threshold", std::format("is {}; it must be above 0", metric.threshold)});
    }
    if (problems.size() == before && metric.threshold * metric.utilisation < minimumTarget) {
        problems.push_back(
            {within + "threshold", std::format("times utilisation is {}; it must be at least {}",
                                               metric.threshold * metric.utilisation, minimumTarget)});
    }
}

void checkMetrics(const Policy &policy, std::vector<PolicyProblem> &problems)
{
    checkMetric(metricAt(policy, 0), "", problems);
    for (std::size_t i = 1; i <= policy.metrics.size(); ++i) {
        const auto &metric = policy.metrics[i - 1];
        const auto within = std::format("metrics/{}/", i - 1);
        for (std::size_t other = 0; other < i; ++other) {
            if (metricAt(policy, other).metric == metric.metric) {
                problems.push_back({within + "metric", "is named twice; each metric has one threshold"});
                break;
            }
        }
        checkMetric(metric, within, problems);
    }
}

void checkDirection(const std::optional<Direction> &direction, const std::string &name,
                    std::vector<PolicyProblem> &problems)
{
    if (!direction) {
        return;
    }
    const auto within = "behaviour/" + name + '/';
    if (!inside(direction->stabilisationWindowSeconds, 0, windowMaximumSeconds)) {
        problems.push_back({within + "stabilisationWindowSeconds",
                            std::format("is {}; it must lie between 0 and {}",
                                        direction->stabilisationWindowSeconds, windowMaximumSeconds)});
    }
    if (!inside(direction->tolerance, 0.0, 1.0)) {
        problems.push_back(
            {within + "tolerance", std::format("is {}; it must lie between 0 and 1", direction->tolerance)});
    }
    if (direction->policies.size() > mostRules) {
        problems.push_back({within + "policies",
                            std::format("are {}; there may be {}", direction->policies.size(), mostRules)});
    }
    for (std::size_t i = 0; i < direction->policies.size(); ++i) {
        const auto &rule = direction->policies[i];
        const int most = rule.type == RateRule::Type::Percent ? mostPercent : mostInstances;
        if (!inside(rule.value, 1, most)) {
            problems.push_back({std::format("{}policies/{}/value", within, i),
                                std::format("is {}; it must lie between 1 and {}", rule.value, most)});
        }
        if (!inside(rule.periodSeconds, 1, longestPeriodSeconds)) {
            problems.push_back({std::format("{}policies/{}/periodSeconds", within, i),
                                std::format("is {}; it must lie between 1 and {}", rule.periodSeconds,
                                            longestPeriodSeconds)});
        }
    }
}

} // namespace

double targetOf(double threshold, double utilisation)
{
    return std::max(minimumTarget, threshold * utilisation);
}

double targetOf(const Policy &policy)
{
    return targetOf(policy.threshold, policy.utilisation);
}

MetricTarget metricAt(const Policy &policy, std::size_t index)
{
    return index == 0 ? MetricTarget{policy.metric, policy.threshold, policy.utilisation}
                      : policy.metrics[index - 1];
}

std::vector<PolicyProblem> validate(const Policy &policy)
{
    std::vector<PolicyProblem> problems;
    const auto require = [&problems](bool holds, const char *field, std::string message) {
        if (!holds) {
            problems.push_back({field, std::move(message)});
        }
    };

    require(policy.reserved >= 0, "reserved", std::format("is {}; it must be 0 or more", policy.reserved));
    require(inside(policy.maximum, 1, mostInstances), "maximum",
            std::format("is {}; it must lie between 1 and {}", policy.maximum, mostInstances));
    require(policy.reserved <= policy.maximum, "reserved",
            std::format("is {}, more than the maximum of {}; raise maximum or lower reserved",
                        policy.reserved, policy.maximum));
    checkMetrics(policy, problems);
    require(inside(policy.stableWindowSeconds, windowMinimumSeconds, windowMaximumSeconds),
            "stableWindowSeconds",
            std::format("is {}; it must lie between {} and {}", policy.stableWindowSeconds,
                        windowMinimumSeconds, windowMaximumSeconds));
    require(inside(policy.panicWindowSeconds, 1, std::max(1, policy.stableWindowSeconds)),
            "panicWindowSeconds",
            std::format("is {}; it must lie between 1 and the stable window of {}", policy.panicWindowSeconds,
                        policy.stableWindowSeconds));
    require(inside(policy.panicRatio, panicRatioMinimum, panicRatioMaximum), "panicRatio",
            std::format("is {}; it must lie between {} and {}", policy.panicRatio, panicRatioMinimum,
                        panicRatioMaximum));
    require(inside(policy.scaleDownDelaySeconds, 0, windowMaximumSeconds), "scaleDownDelaySeconds",
            std::format("is {}; it must lie between 0 and {}", policy.scaleDownDelaySeconds,
                        windowMaximumSeconds));
    require(inside(policy.scaleToZeroAfterSeconds, 0, longestIdleSeconds), "scaleToZeroAfterSeconds",
            std::format("is {}; it must lie between 0 (never) and {}", policy.scaleToZeroAfterSeconds,
                        longestIdleSeconds));
    checkDirection(policy.behaviour.scaleUp, "scaleUp", problems);
    checkDirection(policy.behaviour.scaleDown, "scaleDown", problems);
    return problems;
}

} // namespace nest::scaling
