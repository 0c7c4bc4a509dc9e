// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a deployment's floor and ceiling are divided among its versions. Pure; any thread.

#include "api/wire/deployment.h"

namespace nest::control {

struct Share
{
    int reserved = 0;
    int maximum = 0; // 0: the version gets no instance at all
    bool operator==(const Share &) const = default;
};

/// How many versions get requests.
[[nodiscard]] int liveVersions(const std::vector<wire::VersionWeight> &weights);

/// The share of each version, in the order of `weights`: by weight, the parts add up to the whole. A version
/// with a weight has room for at least one instance (so a maximum below the number of those, which is refused
/// when a deployment is written, is exceeded); one without has none.
[[nodiscard]] std::vector<Share> divide(const wire::ScalingPolicy &policy,
                                        const std::vector<wire::VersionWeight> &weights);

/// The policy of the version at `index`, with its share of each reservation.
[[nodiscard]] wire::ScalingPolicy policyOf(const wire::ScalingPolicy &policy,
                                           const std::vector<wire::VersionWeight> &weights,
                                           std::size_t index);

} // namespace nest::control
