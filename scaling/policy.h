// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a deployment's owner says about scaling: how much one instance may carry, between how many
// instances, how patient. A plain value; validate() says what is wrong with it, field by field.

#include "scaling/floor.h"

#include <optional>
#include <string>
#include <vector>

namespace nest::scaling {

inline constexpr int mostInstances = 10'000; // as a maximum; beyond it a slip of the hand, not a wish

enum class Metric { RequestsPerSecond, Concurrency, Cpu, Memory };

struct MetricTarget
{
    Metric metric = Metric::Concurrency;
    double threshold = 100;
    double utilisation = 0.7;
    bool operator==(const MetricTarget &) const = default;
};

/// So much may be added (or taken away) within a period.
struct RateRule
{
    enum class Type { Percent, Instances };

    Type type = Type::Percent;
    int value = 100;
    int periodSeconds = 15;
    bool operator==(const RateRule &) const = default;
};

/// How one direction behaves. The rules are those of the Kubernetes pod autoscaler.
struct Direction
{
    /// Which of several rules counts: the one that allows the largest change, the smallest, or no change at
    /// all.
    enum class Select { Max, Min, Disabled };

    std::vector<RateRule> policies = {}; // none: no limit of this kind
    Select select = Select::Max;
    int stabilisationWindowSeconds = 0; // the most careful wish within it counts
    double tolerance = 0;               // a load this near to the aim (0.1: 10 %) changes nothing
    bool operator==(const Direction &) const = default;
};

/// What is absent is not limited beyond the windows' own rules.
struct Behaviour
{
    std::optional<Direction> scaleUp;
    std::optional<Direction> scaleDown;
    bool operator==(const Behaviour &) const = default;
};

struct Policy
{
    int reserved = 0; // the floor
    int maximum = 10;
    Metric metric = Metric::RequestsPerSecond;
    double threshold = 100;   // what one instance can carry, in the metric's unit
    double utilisation = 0.7; // the share of the threshold aimed at: growth begins before it is full
    int stableWindowSeconds = 60;
    int panicWindowSeconds = 6;
    double panicRatio = 2.0;        // panic when the short window wants this many times the ready instances
    int scaleDownDelaySeconds = 30; // shrink late
    int scaleToZeroAfterSeconds = 600;      // 0: never
    std::vector<MetricTarget> metrics = {}; // further ones; the one that wants the most instances wins
    Behaviour behaviour = {};
    FloorRules floors = {}; // raise `reserved` while they hold; never above `maximum`
    bool operator==(const Policy &) const = default;
};

struct PolicyProblem
{
    std::string field; // as a path: "maximum", "metrics/0/threshold", "behaviour/scaleUp/tolerance"
    std::string message;
    bool operator==(const PolicyProblem &) const = default;
};

/// The load one instance is aimed at: threshold x utilisation, never so small that a division by it explodes.
[[nodiscard]] double targetOf(double threshold, double utilisation);
[[nodiscard]] double targetOf(const Policy &policy);
/// The policy's own metric is the first, `metrics` follow.
[[nodiscard]] MetricTarget metricAt(const Policy &policy, std::size_t index);

/// Empty when the policy can be used. Ranges are those of the Knative autoscaler where it has the same field.
[[nodiscard]] std::vector<PolicyProblem> validate(const Policy &policy);

} // namespace nest::scaling
