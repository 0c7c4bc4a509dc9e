// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/policy/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace nest::policy {

namespace {

constexpr std::size_t longestName = 63;
constexpr std::size_t longestHost = 253;
constexpr int highestPort = 65'535;

bool isFigure(char c)
{
    return c >= '0' && c <= '9';
}

bool isLowerOrFigure(char c)
{
    return (c >= 'a' && c <= 'z') || isFigure(c);
}

bool isGrantName(std::string_view name)
{
    return !name.empty() && name.size() <= longestName && name.front() >= 'a' && name.front() <= 'z' &&
           isLowerOrFigure(name.back()) &&
           std::ranges::all_of(name, [](char c) { return isLowerOrFigure(c) || c == '-'; });
}

} // namespace

bool isOfHosts(char c)
{
    return isLowerOrFigure(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == ':';
}

bool isAddress(const std::string &host)
{
    in6_addr address{};
    return ::inet_pton(AF_INET, host.c_str(), &address) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool isHost(const std::string &host)
{
    // First, so that what the resolver reads is all that is looked at: to it a zero byte is the end.
    if (host.empty() || host.size() > longestHost || !std::ranges::all_of(host, isOfHosts)) {
        return false;
    }
    // What the resolver would read as an address in another way (10.1, 0x7f000001) is no name either.
    in_addr otherwise{};
    return isAddress(host) || (!host.contains(':') && host.front() != '-' && host.front() != '.' &&
                               ::inet_aton(host.c_str(), &otherwise) == 0 &&
                               !std::ranges::all_of(host, [](char c) { return isFigure(c) || c == '.'; }));
}

std::vector<NetworkProblem> problemsIn(const wire::Network &network)
{
    std::vector<NetworkProblem> problems;
    const auto &grants = network.grants;
    if (grants.size() > mostGrants) {
        problems.push_back({"grants", "has " + std::to_string(grants.size()) + " entries; at most " +
                                          std::to_string(mostGrants) + " are allowed"});
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < grants.size() && i < mostGrants; ++i) {
        const auto &grant = grants[i];
        const auto field = "grants/" + std::to_string(i);
        if (!isGrantName(grant.name)) {
            problems.push_back({field + "/name", "must be lower-case letters, figures and -, beginning with "
                                                 "a letter, at most 63, e.g. orders-db"});
        } else if (grant.name == "nest" || grant.name.starts_with("nest-")) {
            problems.push_back(
                {field + "/name", "is reserved: names that begin with nest are the platform's"});
        } else if (!seen.insert(grant.name).second) {
            problems.push_back({field + "/name", "is named twice"});
        }
        if (!isHost(grant.host)) {
            problems.push_back({field + "/host", "must be an IP address or a name, without a port"});
        }
        if (grant.port < 1 || grant.port > highestPort) {
            problems.push_back({field + "/port", "must be from 1 to 65535"});
        }
    }
    return problems;
}

} // namespace nest::policy
