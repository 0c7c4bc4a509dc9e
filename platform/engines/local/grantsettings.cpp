// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/grantsettings.h"

#include <algorithm>

namespace nest::engines {

std::array<std::string, 2> settingNames(const std::string &grant)
{
    std::string name = grant;
    std::ranges::transform(name, name.begin(), [](char c) {
        return c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return {name + "_HOST", name + "_PORT"};
}

std::map<std::string, std::string> settingsOf(const std::vector<keeper::Grant> &grants)
{
    std::map<std::string, std::string> settings;
    for (std::size_t i = 0; i < grants.size(); ++i) {
        const auto names = settingNames(grants[i].name);
        settings[names[0]] = keeper::addressInBox(grants, i);
        settings[names[1]] = std::to_string(grants[i].port);
    }
    return settings;
}

/// What the operator allows of it.
std::optional<wire::Network> networkOf(const InstanceSpec &spec)
{
    wire::Network network{.grants = {},
                          .egress = spec.hasOpenNetwork ? wire::Egress::Open : wire::Egress::Granted};
    for (const auto &grant : spec.grants) {
        if (grant.isAllowed) {
            network.grants.push_back({grant.name, grant.host, grant.port});
        }
    }
    return network == wire::Network{} ? std::nullopt : std::optional(std::move(network));
}

} // namespace nest::engines
