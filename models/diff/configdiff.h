// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What differs in the configuration of two versions, of two deployments: named rows with the old value and
// the new one.
//
// Thread: any. Keeps nothing.

#include "api/wire/build.h"
#include "api/wire/deployment.h"

#include <QString>

#include <vector>

namespace nest::models {

struct ConfigRow
{
    QString name;            // "Memory", "RULES_KEY"
    QString before;          // empty: it was not there
    QString after;           // empty: it is not there any more
    bool isVariable = false; // of the environment: the name is the person's
    bool operator==(const ConfigRow &) const = default;
};

/// Runtime, handler, memory, time limit, default environment and network. Equal ones are left out.
[[nodiscard]] std::vector<ConfigRow> configDiff(const wire::Version &before, const wire::Version &after);
/// Weights, scaling policy, concurrency limit, environment, secrets, network.
[[nodiscard]] std::vector<ConfigRow> configDiff(const wire::Deployment &before,
                                                const wire::Deployment &after);

} // namespace nest::models
