// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What runs for one revision: its wish, its instances and what is known of its failures. A plain value held
// by the Fleet; no behaviour beyond counting and being written into the route table.

#include "api/wire/deployment.h"
#include "platform/engines/local/localengine.h"
#include "platform/gateway/routetable.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nest::instances {

/// Everything the fleet must know to start instances of a revision and to lead requests to them.
struct RevisionSpec
{
    gateway::RevisionKey key;
    int weight = 100;
    int concurrencyLimit = 100;
    std::string artefactDigest;
    engines::InstanceSpec instance; // without id and codeDir
};

struct Counts
{
    int ready = 0;
    int starting = 0; // pending or starting
    int draining = 0;
    bool operator==(const Counts &) const = default;
};

struct InstanceRecord
{
    wire::Instance document;
    std::string socketPath;
    std::string coldStartHeader;
    std::uint32_t inFlight = 0;
    std::int64_t busySecond = -1; // the gateway's last one in which it had a request
    /// Shared with the gateway, which counts there what it answered well.
    std::shared_ptr<std::atomic<std::uint64_t>> answered = std::make_shared<std::atomic<std::uint64_t>>(0);
    /// By the clock that nobody sets; the document's times are for people.
    std::optional<std::chrono::steady_clock::time_point> readySince, endedSince;
    bool isTroubled = false; // the gateway could not reach it: when it ends now, that is a failure
    std::optional<std::chrono::steady_clock::time_point> drainSince;
    std::optional<std::chrono::steady_clock::time_point> idleSince; // a troubled one that may be dying
};

struct RevisionRecord
{
    RevisionSpec spec;
    int desired = 0;
    bool retired = false; // no longer deployed: only waits for its last instance
    std::vector<InstanceRecord> instances;
    int promisedMegabytes = 0; // to its instances, from their start to their end
    int failuresInRow = 0;
    std::uint64_t answeredAtFailure = 0; // by all its instances, when the last failure was counted
    std::chrono::steady_clock::time_point notBefore{}; // no start earlier: back-off after failures
    std::string blockedReason;
    std::optional<std::chrono::steady_clock::time_point> shortSince; // wished for more than there are

    [[nodiscard]] Counts counts() const;
    /// Ready ones that had a request in that second of the gateway.
    [[nodiscard]] int busy(std::int64_t second) const;
};

bool isEnded(wire::InstanceState state);

/// Adds the revision with its ready instances, and its function and deployment when they are not there yet.
void addRoute(gateway::RouteTable &table, const RevisionRecord &revision);

} // namespace nest::instances
