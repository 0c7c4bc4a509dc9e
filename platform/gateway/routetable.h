// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the gateway knows of the platform: which function has which deployments, revisions and ready
// instances. The control thread makes a new table for each change and hands it over as a
// shared_ptr<const RouteTable>; nobody changes a table once it is published.
//
// Invariants the maker keeps: instances listed are ready; instance ids are unique over the table; the
// weights of one deployment sum to 100.

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nest::gateway {

struct RevisionKey
{
    std::string function, set, lane, region;
    int version = 0;
    auto operator<=>(const RevisionKey &) const = default;
};

struct InstanceRoute
{
    std::string id;
    std::string socketPath;
    std::string coldStart; // value for the nest-cold-start header, e.g. "start=31;runtimeInit=20;userInit=4"
    /// How many requests it has answered without a 5xx: counted here, read by any thread. May be null.
    std::shared_ptr<std::atomic<std::uint64_t>> answered = {};
};

struct RevisionRoute
{
    RevisionKey key;
    int weight = 100;
    int concurrencyLimit = 100;
    std::chrono::milliseconds requestTimeout{10'000}; // from dispatch to the response's head
    std::vector<InstanceRoute> instances;             // ready ones only
    /// Not empty: instances cannot start; a request that would wait is answered 503 with this sentence.
    std::string blockedReason;
};

struct DeploymentRoute
{
    std::string set, lane, region;
    std::vector<RevisionRoute> revisions;
};

struct FunctionRoute
{
    std::string name;
    std::vector<DeploymentRoute> deployments;
};

struct RouteTable
{
    std::uint64_t generation = 0;
    std::vector<FunctionRoute> functions;
};

} // namespace nest::gateway
