// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a deployment's owner says about scaling: how much one instance may carry, between how many
// instances, how patient. A plain value; validate() says what is wrong with it, field by field.

#include <chrono>
#include <string>
#include <vector>

namespace nest::scaling {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

inline constexpr int mostInstances = 10'000; // as a maximum; beyond it a slip of the hand, not a wish

enum class Metric { RequestsPerSecond, Concurrency, Cpu, Memory };

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
    int scaleToZeroAfterSeconds = 600; // 0: never
    bool operator==(const Policy &) const = default;
};

struct PolicyProblem
{
    std::string field; // the policy's member name
    std::string message;
    bool operator==(const PolicyProblem &) const = default;
};

/// The load one instance is aimed at: threshold x utilisation, never so small that a division by it explodes.
[[nodiscard]] double targetOf(const Policy &policy);

/// Empty when the policy can be used. Ranges are those of the Knative autoscaler where it has the same field.
[[nodiscard]] std::vector<PolicyProblem> validate(const Policy &policy);

} // namespace nest::scaling
