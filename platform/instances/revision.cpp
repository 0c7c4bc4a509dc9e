// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/instances/revision.h"

#include <algorithm>
#include <iterator>

namespace nest::instances {

void addRoute(gateway::RouteTable &table, const RevisionRecord &revision)
{
    const auto &key = revision.spec.key;
    auto function = std::ranges::find(table.functions, key.function, &gateway::FunctionRoute::name);
    if (function == table.functions.end()) {
        table.functions.push_back({key.function, {}});
        function = std::prev(table.functions.end());
    }
    auto deployment = std::ranges::find_if(function->deployments, [&](const gateway::DeploymentRoute &route) {
        return route.set == key.set && route.lane == key.lane && route.region == key.region;
    });
    if (deployment == function->deployments.end()) {
        function->deployments.push_back({key.set, key.lane, key.region, {}});
        deployment = std::prev(function->deployments.end());
    }
    gateway::RevisionRoute route;
    route.key = key;
    route.weight = revision.spec.weight;
    route.concurrencyLimit = revision.spec.concurrencyLimit;
    // The runtime answers 504 itself at its limit and the instance lives on; the gateway waits a little
    // longer.
    route.requestTimeout =
        std::chrono::seconds(revision.spec.instance.timeoutSeconds) + std::chrono::milliseconds(500);
    route.blockedReason = revision.blockedReason;
    for (const auto &instance : revision.instances) {
        if (instance.document.state == wire::InstanceState::Ready) {
            route.instances.push_back(
                {instance.document.id, instance.socketPath, instance.coldStartHeader, instance.answered});
        }
    }
    deployment->revisions.push_back(std::move(route));
}

bool isEnded(wire::InstanceState state)
{
    return state == wire::InstanceState::Stopped || state == wire::InstanceState::Failed;
}

int RevisionRecord::busy(std::int64_t second) const
{
    return static_cast<int>(std::ranges::count_if(instances, [second](const InstanceRecord &instance) {
        return instance.document.state == wire::InstanceState::Ready && instance.busySecond == second;
    }));
}

Counts RevisionRecord::counts() const
{
    Counts counts;
    for (const auto &instance : instances) {
        switch (instance.document.state) {
        case wire::InstanceState::Ready:
            ++counts.ready;
            break;
        case wire::InstanceState::Pending:
        case wire::InstanceState::Starting:
            ++counts.starting;
            break;
        case wire::InstanceState::Draining:
            ++counts.draining;
            break;
        case wire::InstanceState::Stopped:
        case wire::InstanceState::Failed:
            break;
        }
    }
    return counts;
}

} // namespace nest::instances
