// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/shares.h"

#include <algorithm>
#include <numeric>

namespace nest::control {

namespace {

/// `total` by weight; what rounding leaves over goes to the largest remainders, the lower version first.
std::vector<int> byWeight(std::int64_t total, const std::vector<wire::VersionWeight> &weights)
{
    std::vector<int> parts;
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (const auto &weight : weights) {
        parts.push_back(static_cast<int>(total * weight.weight / 100));
    }
    std::ranges::sort(order, {}, [&](std::size_t at) {
        return std::pair(-(total * weights[at].weight % 100), weights[at].version);
    });
    auto left = total - std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    for (const auto at : order) {
        if (left > 0 && weights[at].weight > 0) {
            ++parts[at];
            --left;
        }
    }
    return parts;
}

} // namespace

int liveVersions(const std::vector<wire::VersionWeight> &weights)
{
    return static_cast<int>(
        std::ranges::count_if(weights, [](const auto &weight) { return weight.weight > 0; }));
}

std::vector<Share> divide(const wire::ScalingPolicy &policy, const std::vector<wire::VersionWeight> &weights)
{
    auto maximum = byWeight(policy.maximum, weights);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i].weight > 0 && maximum[i] == 0) {
            auto &largest = *std::ranges::max_element(maximum);
            largest -= largest > 1 ? 1 : 0;
            maximum[i] = 1;
        }
    }
    const auto reserved = byWeight(policy.reserved, weights);
    std::vector<Share> shares;
    int left = policy.reserved;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        shares.push_back({std::min(reserved[i], maximum[i]), maximum[i]});
        left -= shares.back().reserved;
    }
    for (auto &share : shares) { // what had no room in its own version's part
        const int more = std::clamp(left, 0, share.maximum - share.reserved);
        share.reserved += more;
        left -= more;
    }
    return shares;
}

wire::ScalingPolicy policyOf(const wire::ScalingPolicy &policy,
                             const std::vector<wire::VersionWeight> &weights, std::size_t index)
{
    auto own = policy;
    const auto share = divide(policy, weights)[index];
    own.reserved = share.reserved;
    own.maximum = share.maximum;
    if (own.reservations) {
        for (auto &reservation : *own.reservations) {
            auto raised = policy;
            raised.reserved = std::min(reservation.floor, policy.maximum);
            reservation.floor = divide(raised, weights)[index].reserved;
        }
    }
    return own;
}

} // namespace nest::control
