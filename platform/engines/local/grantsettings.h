// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The variables by which a function finds what it was granted: ORDERS_DB_HOST and ORDERS_DB_PORT of
// "orders-db". Pure, any thread.

#include "api/wire/network.h"
#include "platform/engines/local/enginetypes.h"

#include <array>
#include <map>
#include <optional>
#include <string>

namespace nest::engines {

/// Of the host and of the port.
std::array<std::string, 2> settingNames(const std::string &grant);
std::map<std::string, std::string> settingsOf(const std::vector<keeper::Grant> &grants);
/// Where an instance's box leads to, as it is told; nothing: nowhere.
std::optional<wire::Network> networkOf(const InstanceSpec &spec);

} // namespace nest::engines
