// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A function in a group, and the instances that serve it.

#include "api/wire/common.h"

namespace nest::wire {

BOOST_DEFINE_ENUM_CLASS(ScalingMetric, RequestsPerSecond, Concurrency, Cpu, Memory)

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
    int scaleToZeroAfterSeconds = 600; // 0: never
    bool operator==(const ScalingPolicy &) const = default;
};
BOOST_DESCRIBE_STRUCT(ScalingPolicy, (),
                      (reserved, maximum, metric, threshold, utilisation, stableWindowSeconds,
                       panicWindowSeconds, panicRatio, scaleDownDelaySeconds, scaleToZeroAfterSeconds))

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
};
BOOST_DESCRIBE_STRUCT(DeploymentStatus, (),
                      (state, reason, policyNumber, desired, ready, starting, revisions, url, createdAt,
                       changedAt, changedBy, lastRequestAt))

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
    std::string reason; // of the last change, in the words of who made it
    std::optional<std::string> etag;
    std::optional<DeploymentStatus> status;
};
BOOST_DESCRIBE_STRUCT(Deployment, (),
                      (function, set, lane, region, weights, scaling, concurrencyLimit, environment, reason,
                       etag, status))

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
    std::vector<std::string> lastLines; // of a failed one
};
BOOST_DESCRIBE_STRUCT(Instance, (),
                      (id, function, set, lane, region, version, build, state, reason, createdAt, readyAt,
                       stoppedAt, coldStart, pool, isolationLevel, lastLines))

} // namespace nest::wire
