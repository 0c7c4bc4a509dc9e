// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// "What would have happened": a scaling policy over a load, and the instances that it would have given.

#include "api/wire/common.h"
#include "api/wire/deployment.h"
#include "api/wire/observation.h"

namespace nest::wire {

/// One value a second from `start` on; null: not known.
struct SimulationSamples
{
    std::optional<Time> start; // whole seconds; absent: some midnight
    std::vector<std::optional<double>> requestsPerSecond;
    std::optional<std::vector<std::optional<double>>> concurrency; // absent: from requests and service time
    std::optional<std::vector<std::optional<double>>> cpu;
    std::optional<std::vector<std::optional<double>>> memory;
};
BOOST_DESCRIBE_STRUCT(SimulationSamples, (), (start, requestsPerSecond, concurrency, cpu, memory))

/// The load that the platform itself has recorded of a deployment.
struct SimulationSource
{
    std::string function;
    std::string group; // set/lane/region
    Time from;
    Time to; // not included
};
BOOST_DESCRIBE_STRUCT(SimulationSource, (), (function, group, from, to))

struct SimulationRequest
{
    ScalingPolicy policy;
    std::optional<SimulationSamples> samples; // one of the two
    std::optional<SimulationSource> source;
    int coldStartMs = 500;
    int serviceTimeMs = 50;
    int concurrencyLimit = 100;
    int initialInstances = 0;
};
BOOST_DESCRIBE_STRUCT(SimulationRequest, (),
                      (policy, samples, source, coldStartMs, serviceTimeMs, concurrencyLimit,
                       initialInstances))

struct SimulationStep
{
    Time time;
    int from = 0;
    int desired = 0;
    int wished = 0;
    int ready = 0;
    DecisionMode mode = DecisionMode::Stable;
    DecisionCause cause = DecisionCause::Stable;
    DecisionLimit limit = DecisionLimit::None;
    ScalingMetric metric = ScalingMetric::RequestsPerSecond;
    std::optional<double> stableAverage;
    std::optional<double> panicAverage;
};
BOOST_DESCRIBE_STRUCT(SimulationStep, (),
                      (time, from, desired, wished, ready, mode, cause, limit, metric, stableAverage,
                       panicAverage))

/// From this second on, until the next one.
struct SimulationLevel
{
    Time time;
    int desired = 0;
    int ready = 0;
    int starting = 0;
};
BOOST_DESCRIBE_STRUCT(SimulationLevel, (), (time, desired, ready, starting))

struct SimulationAnswer
{
    Time from;
    Time to;
    std::vector<SimulationStep> steps;
    std::vector<SimulationLevel> levels;
    double instanceHours = 0;
    double requests = 0;
    double requestsAtRisk = 0;
    double longestWaitSeconds = 0;
    int coldStarts = 0;
    int peak = 0;
    double capacityPerInstance = 0;
};
BOOST_DESCRIBE_STRUCT(SimulationAnswer, (),
                      (from, to, steps, levels, instanceHours, requests, requestsAtRisk, longestWaitSeconds,
                       coldStarts, peak, capacityPerInstance))

} // namespace nest::wire
