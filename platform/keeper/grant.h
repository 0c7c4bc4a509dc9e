// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// An address outside of its box that a function may connect to, and where it is found inside
// (docs/decisions.md, 85). Plain values, any thread.

#include <cstddef>
#include <string>
#include <vector>

namespace nest::keeper {

struct Grant
{
    std::string name; // "orders-db"
    std::string host; // an IP address, or a name that is looked up at each connection
    int port = 0;
    bool isAllowed = true; // by the operator, when the box started; else each connection ends with the reason
    bool operator==(const Grant &) const = default;
};

/// Of the box's own loopback, where the grant listens at its own port: 127.0.0.1 unless an earlier grant has
/// the same port, then 127.0.0.2 and so on.
std::string addressInBox(const std::vector<Grant> &grants, std::size_t index);

} // namespace nest::keeper
