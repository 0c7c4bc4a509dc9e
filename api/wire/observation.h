// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the platform saw and decided: scaling decisions, logs, series, live figures.

#include "api/wire/common.h"
#include "api/wire/deployment.h"

namespace nest::wire {

BOOST_DEFINE_ENUM_CLASS(DecisionMode, Stable, Panic)
BOOST_DEFINE_ENUM_CLASS(DecisionCause, Stable, Panic, Poke, ScaleToZero, PolicyChange, Manual, Schedule)
BOOST_DEFINE_ENUM_CLASS(DecisionLimit, None, Reserved, Maximum, ScaleUpRate, ScaleDownRate, ScaleDownDelay,
                        PanicHold, KeptUntilIdle, Activation, MissingData, Tolerance, Stabilised, Capacity)

/// One of several metrics, summed over instances; absent while not known.
struct MetricAverages
{
    ScalingMetric metric = ScalingMetric::RequestsPerSecond;
    std::optional<double> stableAverage;
    std::optional<double> panicAverage;
};
BOOST_DESCRIBE_STRUCT(MetricAverages, (), (metric, stableAverage, panicAverage))

struct DecisionInputs
{
    std::optional<double> stableAverage; // of the metric that won, summed over instances
    std::optional<double> panicAverage;
    int ready = 0;
    int starting = 0;
    int queued = 0; // requests waiting in the activator
    std::optional<double> secondsSinceLastRequest;
    std::optional<int> stableSeconds = {}; // that stableAverage is of: fewer than the window while it fills
    std::optional<int> panicSeconds = {};
    std::optional<int> room = {};                            // most instances that fit on the machine
    std::optional<std::vector<MetricAverages>> metrics = {}; // of all, when the policy names several
};
BOOST_DESCRIBE_STRUCT(DecisionInputs, (),
                      (stableAverage, panicAverage, ready, starting, queued, secondsSinceLastRequest,
                       stableSeconds, panicSeconds, room, metrics))

/// One step of the computation: the number it is about, what that was compared with or cut at, and the
/// instances before and after. The names are listed in scaling/decision.h.
struct DecisionStep
{
    std::string name;
    std::optional<double> value;
    std::optional<double> border;
    std::optional<double> before;
    std::optional<double> after;
};
BOOST_DESCRIBE_STRUCT(DecisionStep, (), (name, value, border, before, after))

struct Decision
{
    std::string id; // dec-<ULID>
    std::string function;
    std::string set;
    std::string lane;
    std::string region;
    int version = 0;
    Time time;
    int from = 0;
    int desired = 0;
    int wished = 0; // before limits
    DecisionMode mode = DecisionMode::Stable;
    DecisionCause cause = DecisionCause::Stable;
    DecisionLimit limit = DecisionLimit::None;
    double target = 0;                   // threshold x utilisation of the metric that won
    std::optional<ScalingMetric> metric; // the one that won; absent in decisions of older platforms
    DecisionInputs inputs;
    ScalingPolicy policy;
    int policyNumber = 1;
    std::vector<DecisionStep> steps;
    std::optional<int> floor = {};        // that held: of `reserved` and the reservations the largest
    std::optional<std::string> rule = {}; // the reservation that it is of; absent: `reserved`
};
BOOST_DESCRIBE_STRUCT(Decision, (),
                      (id, function, set, lane, region, version, time, from, desired, wished, mode, cause,
                       limit, target, metric, inputs, policy, policyNumber, steps, floor, rule))

/// With its threshold and utilisation; the policy's own metric when there is but one.
[[nodiscard]] MetricTarget metricThatWon(const Decision &decision);
/// The metric that asked for most through one window: what the step "stableWish" or "panicWish" is about.
[[nodiscard]] MetricTarget metricOfWindow(const Decision &decision, bool isPanic);

BOOST_DEFINE_ENUM_CLASS(Severity, Debug, Info, Warn, Error)

struct LogLine
{
    std::int64_t sequence = 0; // per function, without holes; cursor of the log
    Time time;
    std::string function;
    std::string instance;
    std::string group = {}; // "default/main/local"; empty of a trial, and of a line from before it was kept
    int version = 0;
    Severity severity = Severity::Info;
    std::string requestId; // empty outside a request
    std::string message;
};
BOOST_DESCRIBE_STRUCT(LogLine, (),
                      (sequence, time, function, instance, group, version, severity, requestId, message))

struct LogPage
{
    std::vector<LogLine> items;
    std::int64_t dropped = 0; // lines lost since the platform started
    std::int64_t nextSequence = 0;
};
BOOST_DESCRIBE_STRUCT(LogPage, (), (items, dropped, nextSequence))

/// One named series; times in Unix milliseconds, a missing second has no entry, an unknown value is null.
struct Series
{
    std::string name; // requestsPerSecond, errorsPerSecond, p50Ms, p99Ms, successPercent, ready, desired, …
    std::string unit;
    std::vector<std::int64_t> times;
    std::vector<std::optional<double>> values;
};
BOOST_DESCRIBE_STRUCT(Series, (), (name, unit, times, values))

struct MetricsAnswer
{
    Time from;
    Time to;
    int resolutionSeconds = 1;
    std::vector<Series> series;
};
BOOST_DESCRIBE_STRUCT(MetricsAnswer, (), (from, to, resolutionSeconds, series))

/// Live figures of a deployment, 1 Hz, latest wins. Rates over the last whole second unless the name says
/// more.
struct DeploymentStats
{
    std::string function;
    std::string set;
    std::string lane;
    std::string region;
    Time time;
    double requestsPerSecond = 0;
    std::optional<double> successPercent; // last 60 s; absent without requests
    std::optional<double> p99Ms;          // last 60 s
    double concurrency = 0;               // requests at once, averaged over the second, waiting ones included
    double inFlight = 0;
    double queued = 0;
    int ready = 0;
    int starting = 0;
    int desired = 0;
};
BOOST_DESCRIBE_STRUCT(DeploymentStats, (),
                      (function, set, lane, region, time, requestsPerSecond, successPercent, p99Ms,
                       concurrency, inFlight, queued, ready, starting, desired))

struct InstanceStats
{
    std::string id;
    Time time;
    std::optional<double> memoryMegabytes;
    std::optional<double> cpuPercent;
    double inFlight = 0;
    double requestsPerSecond = 0;
};
BOOST_DESCRIBE_STRUCT(InstanceStats, (), (id, time, memoryMegabytes, cpuPercent, inFlight, requestsPerSecond))

/// One `stats` event of the watch.
struct Stats
{
    Time time;
    std::vector<DeploymentStats> deployments;
    std::vector<InstanceStats> instances;
};
BOOST_DESCRIBE_STRUCT(Stats, (), (time, deployments, instances))

} // namespace nest::wire
