// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The platform itself: who am I, problems, and the events of the watch.

#include "api/wire/common.h"

namespace nest::wire {

struct Isolation
{
    int level = 0;        // docs/sandbox.md, section 7
    std::string sentence; // what to say about it
    std::string remedy;   // how to get a better one; empty at the best
};
BOOST_DESCRIBE_STRUCT(Isolation, (), (level, sentence, remedy))

struct Me
{
    std::string user;
    std::string platformVersion;
    std::string environment = "LOCAL";
    std::string region;
    std::string gatewayUrl;
    Time startedAt;
    Time now;
    Isolation isolation;
    bool functionsCanStart = false;
};
BOOST_DESCRIBE_STRUCT(Me, (),
                      (user, platformVersion, environment, region, gatewayUrl, startedAt, now, isolation,
                       functionsCanStart))

struct ProblemField
{
    std::string pointer; // JSON pointer into the request's body
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(ProblemField, (), (pointer, detail))

/// RFC 9457.
struct Problem
{
    std::string type;  // "/problems/<room>/<name>"
    std::string title; // the name in words
    int status = 500;
    std::string detail;
    std::vector<ProblemField> errors;
    std::string requestId;
    std::optional<RawJson> current; // with 412: the resource as it is now
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, detail, errors, requestId, current))

BOOST_DEFINE_ENUM_CLASS(ChangeOperation, Put, Delete)

/// What the instances of a group take of the machine.
struct GroupCapacity
{
    std::string set;
    std::string lane;
    std::string region;
    int instances = 0; // from their start to their end
    int promisedMegabytes = 0;
    std::optional<double> usedMegabytes; // absent while nothing is measured
    std::optional<double> cpuPercent;    // of one core
    int limited = 0;                     // versions that wish for more than fit
};
BOOST_DESCRIBE_STRUCT(GroupCapacity, (),
                      (set, lane, region, instances, promisedMegabytes, usedMegabytes, cpuPercent, limited))

/// The machine, and what of it is promised to instances and used by them.
struct Capacity
{
    int memoryMegabytes = 0; // that may be promised in all
    int cores = 0;
    int promisedMegabytes = 0;
    std::optional<double> usedMegabytes;
    std::optional<double> cpuPercent; // of one core
    std::vector<GroupCapacity> groups;
};
BOOST_DESCRIBE_STRUCT(Capacity, (),
                      (memoryMegabytes, cores, promisedMegabytes, usedMegabytes, cpuPercent, groups))

/// Data of a watch event named after its kind ("functions", "deployments", "instances", "decisions" …).
struct ChangeEvent
{
    ChangeOperation operation = ChangeOperation::Put;
    std::string key;
    std::optional<RawJson> object; // absent when deleted
};
BOOST_DESCRIBE_STRUCT(ChangeEvent, (), (operation, key, object))

/// Data of a "heartbeat" event: where the stream is, so that a quiet one can be resumed.
struct Heartbeat
{
    Time time;
    std::int64_t lastId = 0;
};
BOOST_DESCRIBE_STRUCT(Heartbeat, (), (time, lastId))

/// The file endpoint.json beside the API socket.
struct Endpoint
{
    std::string socket;
    std::string gatewayUrl;
    int processId = 0;
    std::string version;
    std::optional<std::string> tcpUrl;
};
BOOST_DESCRIBE_STRUCT(Endpoint, (), (socket, gatewayUrl, processId, version, tcpUrl))

} // namespace nest::wire
