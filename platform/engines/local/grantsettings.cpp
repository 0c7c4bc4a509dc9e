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

} // namespace nest::engines
