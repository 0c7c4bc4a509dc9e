// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the instances of a function may reach beside the gateway.

#include "api/wire/common.h"

namespace nest::wire {

/// An address that the instances may connect to, over TCP. "orders-db" is found by the function's settings
/// ORDERS_DB_HOST and ORDERS_DB_PORT.
struct NetworkGrant
{
    std::string name;
    std::string host; // an IP address, or a name that is looked up at each connection
    int port = 0;
    bool operator==(const NetworkGrant &) const = default;
};
BOOST_DESCRIBE_STRUCT(NetworkGrant, (), (name, host, port))

/// "10.0.0.7:5432", "[fd00::1]:5432"
[[nodiscard]] std::string addressOf(const NetworkGrant &grant);

/// Granted: the grants and nothing else. Open: everything by TCP and UDP over IPv4 besides, but for the
/// machine that the instances run on.
BOOST_DEFINE_ENUM_CLASS(Egress, Granted, Open)

/// Absent, or without grants and not open: nothing.
struct Network
{
    std::vector<NetworkGrant> grants;
    Egress egress = Egress::Granted;
    bool operator==(const Network &) const = default;
};
BOOST_DESCRIBE_STRUCT(Network, (), (grants, egress))

} // namespace nest::wire
