// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/router.h"

#include <algorithm>

namespace nest::gateway {

namespace {

constexpr std::string_view mainLane = "main";
constexpr std::chrono::seconds probePause{1}; // how often a failing home is tried again

Deployment *find(Function &function, std::string_view set, std::string_view lane, std::string_view region)
{
    for (Deployment &deployment : function.deployments) {
        if (deployment.set == set && deployment.lane == lane && deployment.region == region &&
            !deployment.shares.empty()) {
            return &deployment;
        }
    }
    return nullptr;
}

bool hasFullQueue(const Deployment &deployment, std::size_t queueLimit)
{
    return std::ranges::all_of(deployment.shares, [&](const Deployment::Share &share) {
        return share.revision->waiting.size() >= queueLimit;
    });
}

bool mayUse(Deployment &deployment, std::size_t queueLimit, TimePoint now)
{
    if (hasFullQueue(deployment, queueLimit)) {
        return false;
    }
    if (!deployment.keepsFailing()) {
        return true;
    }
    if (now < deployment.nextProbe) {
        return false;
    }
    deployment.nextProbe = now + probePause;
    return true;
}

Deployment *findAbroad(Function &function, const Group &wanted, std::string_view lane, std::size_t queueLimit,
                       TimePoint now)
{
    for (Deployment &deployment : function.deployments) {
        if (deployment.set == wanted.set && deployment.lane == lane && deployment.region != wanted.region &&
            !deployment.shares.empty() && mayUse(deployment, queueLimit, now)) {
            return &deployment;
        }
    }
    return nullptr;
}

} // namespace

RouteResult chooseRoute(Function *function, const Group &wanted, std::size_t queueLimit, TimePoint now)
{
    if (!function) {
        return {.kind = RouteResult::Kind::UnknownFunction};
    }
    bool isFallback = false;
    Deployment *home = find(*function, wanted.set, wanted.lane, wanted.region);
    if (!home && wanted.lane != mainLane) {
        home = find(*function, wanted.set, mainLane, wanted.region);
        isFallback = true;
    }
    if (!home || !mayUse(*home, queueLimit, now)) {
        Deployment *abroad = findAbroad(*function, wanted, wanted.lane, queueLimit, now);
        if (!abroad && wanted.lane != mainLane) {
            abroad = findAbroad(*function, wanted, mainLane, queueLimit, now);
        }
        if (abroad) {
            home = abroad;
            isFallback = true;
        }
    }
    if (!home) {
        return {.kind = RouteResult::Kind::NoDeployment};
    }
    return {.deployment = home, .revision = home->pick(), .isFallback = isFallback};
}

} // namespace nest::gateway
