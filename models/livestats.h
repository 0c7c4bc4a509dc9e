// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The latest live figures, from the watch's `stats` events: the newest event is the whole of what is known.
// The figures stay when the connection breaks; the session's state says how old they are. UI thread; owned by
// Session.

#include "api/wire/observation.h"

#include <QObject>

#include <optional>
#include <string>
#include <unordered_map>

namespace nest::models {

class LiveStats final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Null when the platform says nothing about it. `key` is "function/set/lane/region".
    [[nodiscard]] const wire::DeploymentStats *deployment(const std::string &key) const;
    [[nodiscard]] const wire::InstanceStats *instance(const std::string &id) const;
    [[nodiscard]] const std::unordered_map<std::string, wire::DeploymentStats> &deployments() const
    {
        return m_deployments;
    }
    [[nodiscard]] std::optional<wire::Time> time() const { return m_time; }

    void take(const wire::Stats &stats);

Q_SIGNALS:
    void updated();

private:
    std::unordered_map<std::string, wire::DeploymentStats> m_deployments;
    std::unordered_map<std::string, wire::InstanceStats> m_instances;
    std::optional<wire::Time> m_time;
};

} // namespace nest::models
