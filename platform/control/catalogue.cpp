// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/catalogue.h"

namespace nest::control {

FunctionEntry *Catalogue::function(std::string_view name)
{
    const auto found = functions.find(name);
    return found == functions.end() ? nullptr : &found->second;
}

DeploymentEntry *Catalogue::deployment(std::string_view name, const wire::GroupName &group)
{
    auto *entry = function(name);
    if (entry == nullptr) {
        return nullptr;
    }
    const auto found = entry->deployments.find(group);
    return found == entry->deployments.end() ? nullptr : &found->second;
}

int Catalogue::deploymentsIn(const wire::GroupName &group) const
{
    int count = 0;
    for (const auto &[name, entry] : functions) {
        count += static_cast<int>(entry.deployments.count(group));
    }
    return count;
}

wire::GroupName groupOf(const wire::Deployment &deployment)
{
    return {deployment.set, deployment.lane, deployment.region};
}

wire::GroupName groupOf(const wire::Group &group)
{
    return {group.set, group.lane, group.region};
}

std::string deploymentKey(std::string_view function, const wire::GroupName &group)
{
    return std::string(function) + '/' + toString(group);
}

std::string secretKey(std::string_view function, std::string_view name)
{
    return std::string(function) + '/' + std::string(name);
}

} // namespace nest::control
