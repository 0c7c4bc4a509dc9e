// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which deployment a request goes to: its own group, else lane main beside it, else another region of its
// SET (docs/decisions.md, 22). Looks, changes nothing but the pace of probes.

#include "platform/gateway/live.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nest::gateway {

struct Group
{
    std::string_view set, lane, region;
};

struct RouteResult
{
    enum class Kind : std::uint8_t { Found, UnknownFunction, NoDeployment };
    Kind kind = Kind::Found;
    Deployment *deployment = nullptr;
    Revision *revision = nullptr;
    bool isFallback = false;
};

/// `queueLimit`: as many waiting requests make a revision's queue full.
[[nodiscard]] RouteResult chooseRoute(Function *function, const Group &wanted, std::size_t queueLimit,
                                      TimePoint now);

} // namespace nest::gateway
