// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/live.h"

#include "platform/gateway/ids.h"
#include "platform/gateway/upstream.h"

#include <algorithm>
#include <utility>

namespace nest::gateway {

namespace {
constexpr std::uint32_t failuresThatCount = 10; // connects in a row before a deployment "keeps failing"
} // namespace

Instance::Instance() = default;
Instance::~Instance() = default;

Instance *Revision::pick(Random &random, TimePoint now) const
{
    const auto hasRoom = [&](const Instance *instance) {
        return instance->inFlight < concurrencyLimit && instance->restsUntil <= now;
    };
    const auto count = static_cast<std::uint32_t>(instances.size());
    if (count == 0) {
        return nullptr;
    }
    const std::uint32_t at = random.below(count);
    Instance *first = instances[at];
    if (count > 1) {
        Instance *second = instances[(at + 1 + random.below(count - 1)) % count];
        if (!hasRoom(first) || (hasRoom(second) && second->inFlight < first->inFlight)) {
            first = second;
        }
    }
    if (hasRoom(first)) {
        return first;
    }
    // Both full: the least busy of all, so that no request waits while there is room anywhere.
    Instance *best = nullptr;
    for (Instance *instance : instances) {
        if (hasRoom(instance) && (!best || instance->inFlight < best->inFlight)) {
            best = instance;
        }
    }
    return best;
}

Revision *Deployment::pick()
{
    if (shares.empty()) {
        return nullptr;
    }
    if (shares.size() == 1) {
        return shares.front().revision;
    }
    position += 0x9e3779b97f4a7c15; // the golden section of 2^64: the most even sequence there is
    auto at = static_cast<std::uint32_t>(((position >> 32) * totalWeight) >> 32);
    for (const Share &share : shares) {
        if (at < share.weight) {
            return share.revision;
        }
        at -= share.weight;
    }
    return shares.back().revision;
}

bool Deployment::keepsFailing() const
{
    return !shares.empty() && std::ranges::all_of(shares, [](const Share &share) {
        return share.revision->failedConnects >= failuresThatCount;
    });
}

LiveTable::LiveTable(Hooks hooks, Random &random) : m_hooks(std::move(hooks)), m_random(random) {}

LiveTable::~LiveTable() = default;

Revision &LiveTable::revision(const RevisionRoute &route)
{
    auto &slot = m_revisions[route.key];
    if (!slot) {
        slot = std::make_unique<Revision>();
        slot->key = route.key;
    }
    slot->isListed = true;
    slot->hasWeight = route.weight > 0;
    slot->concurrencyLimit = static_cast<std::uint32_t>(std::max(route.concurrencyLimit, 1));
    slot->requestTimeout = route.requestTimeout;
    slot->blockedReason = route.blockedReason;
    return *slot;
}

Instance &LiveTable::instance(const InstanceRoute &route, Revision &owner)
{
    auto &slot = m_instances[route.id];
    if (!slot) {
        slot = std::make_unique<Instance>();
        slot->revision = &owner;
        slot->route = route;
        slot->pool = m_hooks.makePool(*slot);
        owner.failedConnects = 0;
    }
    slot->route.coldStart = route.coldStart;
    slot->isListed = true;
    return *slot;
}

void LiveTable::takeOver(std::string_view function, Deployment &deployment)
{
    // A sequence that began anew with each table would give its first pick, always the same, to every request
    // that comes between two changes; and so would the sequences of all deployments that are new.
    deployment.position = m_random.next();
    const Function *old = find(function);
    if (!old) {
        return;
    }
    const auto same = std::ranges::find_if(old->deployments, [&](const Deployment &other) {
        return other.set == deployment.set && other.lane == deployment.lane &&
               other.region == deployment.region;
    });
    if (same != old->deployments.end()) {
        deployment.position = same->position;
        deployment.nextProbe = same->nextProbe;
    }
}

void LiveTable::apply(const RouteTable &table)
{
    m_generation = table.generation;
    for (const auto &[key, revision] : m_revisions) {
        revision->isListed = false;
        revision->instances.clear();
    }
    for (const auto &[id, instance] : m_instances) {
        instance->isListed = false;
    }
    decltype(m_functions) functions;
    functions.reserve(table.functions.size());
    for (const FunctionRoute &functionRoute : table.functions) {
        Function &function = functions[functionRoute.name];
        for (const DeploymentRoute &deploymentRoute : functionRoute.deployments) {
            Deployment deployment{
                .set = deploymentRoute.set, .lane = deploymentRoute.lane, .region = deploymentRoute.region};
            takeOver(functionRoute.name, deployment);
            for (const RevisionRoute &revisionRoute : deploymentRoute.revisions) {
                Revision &live = revision(revisionRoute);
                for (const InstanceRoute &instanceRoute : revisionRoute.instances) {
                    live.instances.push_back(&instance(instanceRoute, live));
                }
                if (revisionRoute.weight > 0) {
                    const auto weight = static_cast<std::uint32_t>(revisionRoute.weight);
                    deployment.shares.push_back({&live, weight});
                    deployment.totalWeight += weight;
                }
            }
            function.deployments.push_back(std::move(deployment));
        }
    }
    m_functions = std::move(functions);
    std::vector<Instance *> gone;
    for (const auto &[id, instance] : m_instances) {
        if (!instance->isListed) {
            gone.push_back(instance.get());
        }
    }
    for (Instance *instance : gone) {
        settle(*instance);
    }
}

Function *LiveTable::find(std::string_view function)
{
    const auto found = m_functions.find(function);
    return found == m_functions.end() ? nullptr : &found->second;
}

void LiveTable::settle(Instance &instance)
{
    if (!instance.isListed && instance.inFlight == 0) {
        m_hooks.idle(instance);
        m_instances.erase(m_instances.find(instance.route.id));
    }
}

void LiveTable::sweep()
{
    std::erase_if(m_revisions, [this](const auto &entry) {
        const Revision &revision = *entry.second;
        return !revision.isListed && revision.tally.inFlight() == 0 && revision.waiting.isEmpty() &&
               std::ranges::none_of(m_instances,
                                    [&](const auto &other) { return other.second->revision == &revision; });
    });
}

} // namespace nest::gateway
