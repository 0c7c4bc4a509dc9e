// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/livestats.h"

namespace nest::models {

namespace {

template <typename T>
const T *findIn(const std::unordered_map<std::string, T> &map, const std::string &key)
{
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

} // namespace

const wire::DeploymentStats *LiveStats::deployment(const std::string &key) const
{
    return findIn(m_deployments, key);
}

const wire::InstanceStats *LiveStats::instance(const std::string &id) const
{
    return findIn(m_instances, id);
}

void LiveStats::take(const wire::Stats &stats)
{
    m_deployments.clear();
    m_instances.clear();
    for (const auto &deployment : stats.deployments) {
        m_deployments[deployment.function + '/' + deployment.set + '/' + deployment.lane + '/' +
                      deployment.region] = deployment;
    }
    for (const auto &instance : stats.instances) {
        m_instances[instance.id] = instance;
    }
    m_time = stats.time;
    Q_EMIT updated();
}

} // namespace nest::models
