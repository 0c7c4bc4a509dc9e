// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What may be written as a function's network, whoever writes it: a deployment or function.yaml. What an
// operator allows of it is another question (control/grantpolicy.h). Pure, any thread.

#include "api/wire/network.h"

#include <string>
#include <vector>

namespace nest::policy {

inline constexpr std::size_t mostGrants = 20;

struct NetworkProblem
{
    std::string field; // "grants/0/port"
    std::string message;
    bool operator==(const NetworkProblem &) const = default;
};

/// Names, addresses, ports and how many they are; empty when all is well.
[[nodiscard]] std::vector<NetworkProblem> problemsIn(const wire::Network &network);

/// An address, or a name that a resolver would read as nothing else.
[[nodiscard]] bool isHost(const std::string &host);
/// Of the two, an address.
[[nodiscard]] bool isAddress(const std::string &host);
/// A character that one of them may have.
[[nodiscard]] bool isOfHosts(char c);

} // namespace nest::policy
