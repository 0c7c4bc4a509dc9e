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

} // namespace

double targetOf(const Policy &policy)
{
    return std::max(minimumTarget, policy.threshold * policy.utilisation);
}

std::vector<PolicyProblem> validate(const Policy &policy)
{
    std::vector<PolicyProblem> problems;
    const auto require = [&problems](bool holds, const char *field, std::string message) {
        if (!holds) {
            problems.push_back({field, std::move(message)});
        }
    };
    const auto inside = [](auto value, auto low, auto high) {
        return value >= low && value <= high;
    };

    require(policy.reserved >= 0, "reserved", std::format("is {}; it must be 0 or more", policy.reserved));
    require(inside(policy.maximum, 1, mostInstances), "maximum",
            std::format("is {}; it must lie between 1 and {}", policy.maximum, mostInstances));
    require(policy.reserved <= policy.maximum, "reserved",
            std::format("is {}, more than the maximum of {}; raise maximum or lower reserved",
                        policy.reserved, policy.maximum));
    // Written so that NaN fails too.
    require(policy.utilisation > 0 && policy.utilisation <= 1, "utilisation",
            std::format("is {}; it must be above 0 and at most 1", policy.utilisation));
    require(policy.threshold > 0 && policy.threshold <= 1e12, "threshold",
            std::format("is {}; it must be above 0", policy.threshold));
    if (problems.empty()) {
        require(policy.threshold * policy.utilisation >= minimumTarget, "threshold",
                std::format("times utilisation is {}; it must be at least {}",
                            policy.threshold * policy.utilisation, minimumTarget));
    }
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
    return problems;
}

} // namespace nest::scaling
