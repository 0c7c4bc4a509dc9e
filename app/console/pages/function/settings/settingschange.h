// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a person may change of a deployment, as one value: how two of them differ in sentences, and how a
// change is put on top of somebody else's.
//
// Pure functions. Thread: any that may call tr().

#include "api/wire/deployment.h"

#include <QStringList>

namespace nest::console {

struct DeploymentSettings
{
    wire::ScalingPolicy scaling;
    int concurrencyLimit = 100;
    wire::Environment environment;
    wire::Environment secrets; // name that is read -> secret of the function
    wire::Network network;
    bool operator==(const DeploymentSettings &) const = default;
};

[[nodiscard]] DeploymentSettings settingsOf(const wire::Deployment &deployment);
/// The deployment as it is sent: everything else as it was, with a reason of its own.
[[nodiscard]] wire::Deployment withSettings(wire::Deployment deployment, const DeploymentSettings &settings,
                                            const std::string &reason);
/// "The maximum goes from 10 to 4 instances." One sentence a change.
[[nodiscard]] QStringList changeSentences(const DeploymentSettings &before, const DeploymentSettings &after);
/// What I changed since `base`, put on `theirs`.
[[nodiscard]] DeploymentSettings rebased(const DeploymentSettings &base, const DeploymentSettings &mine,
                                         const DeploymentSettings &theirs);
/// Why it would be refused, in a sentence; empty when nothing is wrong between the numbers.
[[nodiscard]] QString settingsProblem(const DeploymentSettings &settings);

} // namespace nest::console
