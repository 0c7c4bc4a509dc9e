// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/grant.h"

#include <algorithm>
#include <iterator>

namespace nest::keeper {

std::string addressInBox(const std::vector<Grant> &grants, std::size_t index)
{
    const auto end = std::next(grants.begin(), static_cast<std::ptrdiff_t>(index));
    const auto earlier = std::count_if(grants.begin(), end,
                                       [&](const Grant &grant) { return grant.port == grants[index].port; });
    return "127.0.0." + std::to_string(1 + earlier);
}

} // namespace nest::keeper
