// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A function in a group, and the instances that serve it.

#include "api/wire/network.h"

namespace nest::wire {

BOOST_DEFINE_ENUM_CLASS(ScalingMetric, RequestsPerSecond, Concurrency, Cpu, Memory)

/// One of several metrics: what one instance can carry of it, and the share of that to aim at.
struct MetricTarget
{
    ScalingMetric metric = ScalingMetric::Concurrency;
    double threshold = 100;
    double utilisation = 0.7;
    bool operator==(const MetricTarget &) const = default;
};
BOOST_DESCRIBE_STRUCT(MetricTarget, (), (metric, threshold, utilisation))

BOOST_DEFINE_ENUM_CLASS(RateType, Percent, Instances)
BOOST_DEFINE_ENUM_CLASS(RateSelect, Max, Min, Disabled)

/// So much may be added (or taken away) within a period.
struct RateRule
{
    RateType type = RateType::Percent;
    int value = 100;
    int periodSeconds = 15;
    bool operator==(const RateRule &) const = default;
};
BOOST_DESCRIBE_STRUCT(RateRule, (), (type, value, periodSeconds))

struct ScalingDirection
{
    std::vector<RateRule> policies;
    RateSelect select = RateSelect::Max;
    int stabilisationWindowSeconds = 0;
    double tolerance = 0;
    bool operator==(const ScalingDirection &) const = default;
};
BOOST_DESCRIBE_STRUCT(ScalingDirection, (), (policies, select, stabilisationWindowSeconds, tolerance))

struct ScalingBehaviour
{
    std::optional<ScalingDirection> scaleUp;
    std::optional<ScalingDirection> scaleDown;
    bool operator==(const ScalingBehaviour &) const = default;
};
BOOST_DESCRIBE_STRUCT(ScalingBehaviour, (), (scaleUp, scaleDown))

/// Raises the floor while it holds: for `minutes` from each time that the cron names, on the wall clock of
/// its zone.
struct Reservation
{
    std::string name; // unique in the policy; decisions speak of it
    std::string cron; // minute, hour, day of month, month, weekday
    int minutes = 0;
    int floor = 0;
    std::string zone = "UTC"; // of the IANA database
    bool enabled = true;
    std::optional<Time> start = {}; // the rule's own life; absent: since ever, for ever
    std::optional<Time> end = {};
    bool operator==(const Reservation &) const = default;
};
BOOST_DESCRIBE_STRUCT(Reservation, (), (name, cron, minutes, floor, zone, enabled, start, end))

struct ScalingPolicy
{
    int reserved = 0;
    int maximum = 10;
    ScalingMetric metric = ScalingMetric::RequestsPerSecond;
    double threshold = 100;
    double utilisation = 0.7;
    int stableWindowSeconds = 60;
    int panicWindowSeconds = 6;
    double panicRatio = 2.0;
    int scaleDownDelaySeconds = 30;
    int scaleToZeroAfterSeconds = 600;                     // 0: never
    std::optional<std::vector<MetricTarget>> metrics = {}; // beside `metric`; the largest wish wins
    std::optional<ScalingBehaviour> behaviour = {};
    std::optional<std::vector<Reservation>> reservations =
        {}; // the largest floor wins, `reserved` among them
    bool operator==(const ScalingPolicy &) const = default;
};
BOOST_DESCRIBE_STRUCT(ScalingPolicy, (),
                      (reserved, maximum, metric, threshold, utilisation, stableWindowSeconds,
                       panicWindowSeconds, panicRatio, scaleDownDelaySeconds, scaleToZeroAfterSeconds,
                       metrics, behaviour, reservations))

struct VersionWeight
{
    int version = 0;
    int weight = 100;
    bool operator==(const VersionWeight &) const = default;
};
BOOST_DESCRIBE_STRUCT(VersionWeight, (), (version, weight))

BOOST_DEFINE_ENUM_CLASS(DeploymentState, AtZero, Starting, Healthy, Degraded, Failed, Draining)

struct RevisionStatus
{
    int version = 0;
    int desired = 0;
    int ready = 0;
    int starting = 0;
    bool operator==(const RevisionStatus &) const = default;
};
BOOST_DESCRIBE_STRUCT(RevisionStatus, (), (version, desired, ready, starting))

/// The floor that holds now, and what there is of it.
struct ReservedStatus
{
    int requested = 0;
    int allocated = 0;                    // ready ones that count towards it
    int inUse = 0;                        // of those: had a request in the last second
    int spillOver = 0;                    // ready ones beyond it
    std::optional<std::string> rule = {}; // that the floor is of; absent: `reserved`
    bool operator==(const ReservedStatus &) const = default;
};
BOOST_DESCRIBE_STRUCT(ReservedStatus, (), (requested, allocated, inUse, spillOver, rule))

struct DeploymentStatus
{
    DeploymentState state = DeploymentState::AtZero;
    std::string reason;   // one sentence when the state is Degraded or Failed
    int policyNumber = 1; // r1, r2 …: counts changes of `scaling`
    int desired = 0;
    int ready = 0;
    int starting = 0;
    std::vector<RevisionStatus> revisions;
    std::string url;
    std::optional<Time> createdAt;
    std::optional<Time> changedAt;
    std::string changedBy;
    std::optional<Time> lastRequestAt;
    std::optional<ReservedStatus> reserved = {}; // when anything is, or may be, reserved
};
BOOST_DESCRIBE_STRUCT(DeploymentStatus, (),
                      (state, reason, policyNumber, desired, ready, starting, revisions, url, createdAt,
                       changedAt, changedBy, lastRequestAt, reserved))

/// From `from` to `to` the floor is this.
struct FloorStep
{
    Time from;
    Time to;
    int floor = 0;
    std::optional<std::string> rule = {}; // that wins; absent: `reserved`
};
BOOST_DESCRIBE_STRUCT(FloorStep, (), (from, to, floor, rule))

struct FloorSpan
{
    Time from;
    Time to;
    bool operator==(const FloorSpan &) const = default;
};
BOOST_DESCRIBE_STRUCT(FloorSpan, (), (from, to))

/// One reservation by itself, whether it wins or not.
struct PlannedRule
{
    std::string name;
    int floor = 0;
    std::vector<FloorSpan> spans;  // within the plan; none while it is off
    std::optional<Time> next = {}; // it begins to hold; absent: not within 400 days
    bool operator==(const PlannedRule &) const = default;
};
BOOST_DESCRIBE_STRUCT(PlannedRule, (), (name, floor, spans, next))

/// At the operator's price of memory.
struct Cost
{
    double amount = 0;
    std::string currency; // ISO 4217
    bool operator==(const Cost &) const = default;
};
BOOST_DESCRIBE_STRUCT(Cost, (), (amount, currency))

/// The floor of a deployment over the hours to come.
struct FloorPlan
{
    Time from;
    Time to;
    std::vector<FloorStep> steps;
    std::vector<PlannedRule> rules; // as the policy has them
    double instanceHours = 0;       // that the floor alone takes
    std::optional<Cost> cost;       // of these; absent where no price is set
};
BOOST_DESCRIBE_STRUCT(FloorPlan, (), (from, to, steps, rules, instanceHours, cost))

/// What a deployment's floor would be with another policy.
struct FloorRequest
{
    ScalingPolicy scaling;
};
BOOST_DESCRIBE_STRUCT(FloorRequest, (), (scaling))

struct Deployment
{
    std::string function;
    std::string set = "default";
    std::string lane = "main";
    std::string region = "local";
    std::vector<VersionWeight> weights;
    ScalingPolicy scaling;
    int concurrencyLimit = 100;
    Environment environment;
    Environment secrets; // by the name that the function reads: which secret of the function it is
    std::optional<std::string> pool; // custom one to start from; absent: the warm one of runtime and memory
    std::optional<Network> network = {};
    std::string reason; // of the last change, in the words of who made it
    std::optional<std::string> etag;
    std::optional<DeploymentStatus> status;
};
BOOST_DESCRIBE_STRUCT(Deployment, (),
                      (function, set, lane, region, weights, scaling, concurrencyLimit, environment, secrets,
                       pool, network, reason, etag, status))

BOOST_DEFINE_ENUM_CLASS(InstanceState, Pending, Starting, Ready, Draining, Stopped, Failed)

/// Milliseconds of each cold-start phase; absent while not known.
struct ColdStart
{
    std::optional<double> scheduleMs;
    std::optional<double> fetchMs;
    std::optional<double> startMs;
    std::optional<double> runtimeInitMs;
    std::optional<double> userInitMs;
};
BOOST_DESCRIBE_STRUCT(ColdStart, (), (scheduleMs, fetchMs, startMs, runtimeInitMs, userInitMs))

/// One without SET, lane and region is a trial: it belongs to no deployment and is counted in none.
struct Instance
{
    std::string id; // i-<ULID>
    std::string function;
    std::string set;
    std::string lane;
    std::string region;
    int version = 0;          // 0: a trial of a build that is no version yet
    std::optional<int> build; // of a trial
    InstanceState state = InstanceState::Pending;
    std::string reason; // why it failed or stopped
    std::optional<Time> createdAt;
    std::optional<Time> readyAt;
    std::optional<Time> stoppedAt;
    ColdStart coldStart;
    std::optional<std::string> pool; // that it was started from; absent: its runtime was booted for it
    int isolationLevel = 0;
    std::optional<Network> network = {}; // that its box leads to; absent: none
    std::vector<std::string> lastLines;  // of a failed one
};
BOOST_DESCRIBE_STRUCT(Instance, (),
                      (id, function, set, lane, region, version, build, state, reason, createdAt, readyAt,
                       stoppedAt, coldStart, pool, isolationLevel, network, lastLines))

} // namespace nest::wire
