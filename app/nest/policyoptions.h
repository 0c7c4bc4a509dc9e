// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The options of `nest deploy` that change a deployment's scaling. Only what was given is changed, and a new
// deployment is sent with that alone, so that the rest comes from the function's manifest.
//
// Plain values; main's thread.

#include "api/wire/deployment.h"
#include "api/wire/result.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace nest::cli {

struct PolicyChanges
{
    std::optional<int> reserved;
    std::optional<int> maximum;
    std::optional<std::string> metric; // lowerCamel; the platform says which there are
    std::optional<double> threshold;
    std::optional<double> utilisation;
    std::optional<int> stableWindowSeconds;
    std::optional<int> panicWindowSeconds;
    std::optional<double> panicRatio;
    std::optional<int> scaleDownDelaySeconds;
    std::optional<int> scaleToZeroAfterSeconds;
    std::optional<int> concurrencyLimit;
    std::vector<std::string> grants;   // NAME=HOST:PORT; one that is '' alone takes all away
    std::optional<std::string> egress; // granted or open
};

void addPolicyOptions(CLI::App &command, PolicyChanges &changes);

/// The body of a first PUT: weights, and of the rest only what was given.
std::string newDeploymentBody(const std::vector<wire::VersionWeight> &weights, const PolicyChanges &changes,
                              const std::string &reason = {});
/// Errors: `cli/bad-value`.
Result<std::vector<wire::NetworkGrant>> grantsOf(const std::vector<std::string> &texts);
/// Errors: `cli/bad-value` for an unknown metric or a grant that is none.
Result<> applyChanges(const PolicyChanges &changes, wire::Deployment &deployment);

/// "1=80,2=20". Errors: `cli/bad-value`.
Result<std::vector<wire::VersionWeight>> parseWeights(const std::string &text);

} // namespace nest::cli
