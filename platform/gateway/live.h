// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The route table in use: what RouteTable says, joined with what only the gateway knows (requests in
// flight, idle connections, who waits, counters, where the weights' sequence stands). When a new table comes,
// deployments, revisions and instances that are still listed keep their state; of the others, revisions and
// instances stay until their last request has left.
//
// Invariants: an instance's inFlight is never above its revision's limit; a Revision or Instance that an
// exchange points to is never freed. Thread: the gateway's. Owner: Core.

#include "platform/gateway/routetable.h"
#include "platform/gateway/tally.h"
#include "platform/gateway/waitlist.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nest::gateway {

class Random;
class UpstreamPool;
struct Revision;

using TimePoint = std::chrono::steady_clock::time_point;

struct Instance
{
    Instance();
    ~Instance();

    InstanceRoute route;
    Revision *revision = nullptr;
    std::unique_ptr<UpstreamPool> pool; // idle connections
    std::uint32_t inFlight = 0;
    bool isListed = true;
    TimePoint restsUntil{};     // after a refused connection: others first
    TimePoint lastAnswer{};     // when something last came back from it
    std::uint64_t requests = 0; // this second
    std::uint64_t errors = 0;
};

struct Revision
{
    RevisionKey key;
    std::uint32_t concurrencyLimit = 1;
    std::chrono::milliseconds requestTimeout{};
    std::string blockedReason;
    std::vector<Instance *> instances; // listed ones
    WaitList waiting;
    std::shared_ptr<std::atomic<std::uint32_t>> waitingCount =
        std::make_shared<std::atomic<std::uint32_t>>(0);
    Tally tally;
    TimePoint lastPoke{};
    std::uint32_t failedConnects = 0; // in a row
    bool isListed = true;
    bool hasWeight = true; // gets new requests

    /// Two random ones that have room, the less busy of them; null when all are full or rest.
    [[nodiscard]] Instance *pick(Random &random, TimePoint now) const;
};

struct Deployment
{
    struct Share
    {
        Revision *revision;
        std::uint32_t weight;
    };

    std::string set, lane, region;
    std::vector<Share> shares = {}; // only those with a weight
    std::uint32_t totalWeight = 0;
    std::uint64_t position = 0; // in the sequence that pick() walks; outlives a change of the table
    TimePoint nextProbe{};      // of one that keeps failing; likewise

    /// By weight, evenly spread: any run of requests is divided as the weights say, to within one or two.
    [[nodiscard]] Revision *pick();
    [[nodiscard]] bool keepsFailing() const;
};

struct Function
{
    std::vector<Deployment> deployments;
};

class LiveTable final
{
public:
    struct Hooks
    {
        std::function<std::unique_ptr<UpstreamPool>(Instance &)> makePool;
        std::function<void(Instance &)> idle; // an unlisted one has no request left; it is freed after this
    };

    /// `random` outlives the table.
    LiveTable(Hooks hooks, Random &random);
    ~LiveTable();

    void apply(const RouteTable &table);
    [[nodiscard]] Function *find(std::string_view function);
    /// An exchange has left: frees an unlisted instance without requests.
    void settle(Instance &instance);
    /// Frees unlisted revisions that nothing points to; call when their counters have been taken.
    void sweep();

    [[nodiscard]] const std::map<RevisionKey, std::unique_ptr<Revision>> &revisions() const
    {
        return m_revisions;
    }
    [[nodiscard]] auto &instances() const { return m_instances; }
    [[nodiscard]] std::uint64_t generation() const { return m_generation; }

private:
    struct TextHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    Revision &revision(const RevisionRoute &route);
    Instance &instance(const InstanceRoute &route, Revision &owner);
    /// Where the deployment stands in its sequence: as before, or anywhere when it is new.
    void takeOver(std::string_view function, Deployment &deployment);

    Hooks m_hooks;
    Random &m_random;
    std::unordered_map<std::string, Function, TextHash, std::equal_to<>> m_functions;
    std::map<RevisionKey, std::unique_ptr<Revision>> m_revisions;
    std::unordered_map<std::string, std::unique_ptr<Instance>, TextHash, std::equal_to<>> m_instances;
    std::uint64_t m_generation = 0;
};

} // namespace nest::gateway
