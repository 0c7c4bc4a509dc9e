// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Booted runtimes that wait for a function. A warm pool has a plain runtime and serves every deployment with
// its runtime and memory; the platform makes one by itself for what is deployed, and a document of its name
// ("node20-256") sets its size. A custom pool has packages, modules and an environment loaded ahead and
// serves the deployments that name it.

#include "api/wire/deployment.h"

namespace nest::wire {

BOOST_DEFINE_ENUM_CLASS(PoolKind, Warm, Custom)

/// The version whose packages lie ready in a custom pool.
struct PoolPackages
{
    std::string function;
    int version = 0;
    bool operator==(const PoolPackages &) const = default;
};
BOOST_DESCRIBE_STRUCT(PoolPackages, (), (function, version))

/// What is counted begins with the start of the platform, or of the pool when that was later.
struct PoolStatus
{
    bool isAutomatic = false; // without a document: it goes with the last deployment that it serves
    int idle = 0;
    int warming = 0;
    int wanted = 0;                       // idle ones that it aims at now
    int scheduled = 0;                    // that `idle` or the schedule asks for now
    std::optional<std::string> rule = {}; // of the schedule that is of; absent: `idle`
    int peak = 0;                         // most starts within two seconds, of the last ten minutes
    std::int64_t claimed = 0;
    std::int64_t missed = 0; // starts that found none idle
    std::int64_t claimedLastHour = 0;
    std::int64_t missedLastHour = 0;
    std::optional<double> hitPercent;      // of the last hour; absent without a start
    std::optional<double> specialiseMs;    // median of the last 50 claims: linking and loading the code
    std::optional<double> bootMs;          // of the runtime that booted last
    std::optional<double> memoryMegabytes; // of an idle one, the largest
    int deployments = 0;                   // that it serves
    std::string trouble;                   // why it cannot be filled; empty when all is well
    std::optional<Time> createdAt;
    std::optional<Time> changedAt;
    std::string changedBy;
};
BOOST_DESCRIBE_STRUCT(PoolStatus, (),
                      (isAutomatic, idle, warming, wanted, scheduled, rule, peak, claimed, missed,
                       claimedLastHour, missedLastHour, hitPercent, specialiseMs, bootMs, memoryMegabytes,
                       deployments, trouble, createdAt, changedAt, changedBy))

struct Pool
{
    std::string name;
    PoolKind kind = PoolKind::Custom;
    std::string runtime = "node20";
    int memoryMegabytes = 256;
    int idle = 2;     // kept ready
    int mostIdle = 8; // that recent starts may raise it to
    std::optional<std::vector<Reservation>> schedule =
        {}; // more idle ones by the time of day: floors of them
    std::optional<PoolPackages> packages;
    std::vector<std::string> preload; // modules that are imported before the runtime waits
    Environment environment;          // no secrets: it is seen by all that the pool serves
    std::string reason;               // of the last change
    std::optional<std::string> etag;
    std::optional<PoolStatus> status;
};
BOOST_DESCRIBE_STRUCT(Pool, (),
                      (name, kind, runtime, memoryMegabytes, idle, mostIdle, schedule, packages, preload,
                       environment, reason, etag, status))

} // namespace nest::wire
