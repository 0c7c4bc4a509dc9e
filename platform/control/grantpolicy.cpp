// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/grantpolicy.h"

#include "platform/engines/local/grantsettings.h"

#include <arpa/inet.h>

#include <algorithm>
#include <set>

namespace nest::control {
namespace {

constexpr std::size_t mostGrants = 20;
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

/// Of an address or a name.
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

/// * stands for any characters.
bool matches(std::string_view pattern, std::string_view text)
{
    std::size_t at = 0;
    std::size_t star = std::string_view::npos; // the last one, and where its text ends so far
    std::size_t end = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            end = i;
        } else if (at < pattern.size() && pattern[at] == text[i]) {
            ++at;
            ++i;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            i = ++end;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

/// Written for addresses: no name that begins with one fits it.
bool isOfAddresses(std::string_view host)
{
    return host.contains(':') ||
           (host.find_first_not_of('*') != std::string_view::npos &&
            std::ranges::all_of(host, [](char c) { return isFigure(c) || c == '.' || c == '*'; }));
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = std::min(text.find_first_not_of(" \t"), text.size());
    return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

void checkSettings(const wire::Deployment &deployment, const std::string &name, const std::string &pointer,
                   std::vector<FieldError> &errors)
{
    for (const auto &setting : engines::settingNames(name)) {
        if (deployment.environment.contains(setting)) {
            errors.push_back({pointer + "/name", "gives the function " + setting +
                                                     ", which the deployment's environment sets too"});
        }
    }
}

} // namespace

Result<GrantPolicy> GrantPolicy::parse(std::string_view text)
{
    GrantPolicy policy;
    if (text == "on") {
        return policy;
    }
    policy.m_patterns.clear();
    if (text == "off") {
        return policy;
    }
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        const auto pattern = trimmed(text.substr(at, end - at));
        const auto colon = pattern.rfind(':');
        const auto host = pattern.substr(0, colon);
        const auto port = colon == std::string_view::npos ? "" : pattern.substr(colon + 1);
        if (host.empty() || port.empty() ||
            !std::ranges::all_of(host, [](char c) { return c == '*' || isOfHosts(c); }) ||
            !std::ranges::all_of(port, [](char c) { return c == '*' || isFigure(c); })) {
            return failure("config/grants",
                           "grants is on, off, or a list like 10.0.0.*:5432,*.db.example.com:*, not '" +
                               std::string(text) + "'.");
        }
        policy.m_patterns.push_back({lower(std::string(host)), std::string(port)});
        at = end + 1;
    }
    return policy;
}

bool GrantPolicy::allows(const wire::NetworkGrant &grant) const
{
    if (!isHost(grant.host)) {
        return false;
    }
    const auto host = lower(grant.host);
    const auto port = std::to_string(grant.port);
    return std::ranges::any_of(m_patterns, [&](const Pattern &pattern) {
        return matches(pattern.port, port) && matches(pattern.host, host) &&
               (!isOfAddresses(pattern.host) || isAddress(host));
    });
}

std::string GrantPolicy::sentence() const
{
    if (m_patterns.empty()) {
        return "functions have no network here";
    }
    std::string list;
    for (const auto &pattern : m_patterns) {
        list += (list.empty() ? "" : ", ") + pattern.host + ':' + pattern.port;
    }
    return "allowed is " + list;
}

void checkNetwork(const wire::Deployment &deployment, const GrantPolicy &policy, wire::Egress most,
                  std::vector<FieldError> &errors)
{
    if (!deployment.network) {
        return;
    }
    const auto &grants = deployment.network->grants;
    if (grants.size() > mostGrants) {
        errors.push_back({"/network/grants", "has " + std::to_string(grants.size()) + " entries; at most " +
                                                 std::to_string(mostGrants) + " are allowed"});
    }
    const bool isOpen = deployment.network->egress == wire::Egress::Open;
    if (isOpen && most != wire::Egress::Open) {
        errors.push_back({"/network/egress", "is refused by this platform's operator: open is allowed only "
                                             "where nestd runs with --egress open"});
    }
    if ((isOpen || !grants.empty()) && deployment.pool) {
        errors.push_back({"/pool", std::string("cannot be used with ") +
                                       (isOpen ? "an open network" : "grants") +
                                       ": an instance that has them boots on its own"});
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < grants.size() && i < mostGrants; ++i) {
        const auto &grant = grants[i];
        const auto pointer = "/network/grants/" + std::to_string(i);
        if (!isGrantName(grant.name)) {
            errors.push_back({pointer + "/name",
                              "must be lower-case letters, figures and -, beginning with a "
                              "letter, at most 63, e.g. orders-db"});
        } else if (grant.name == "nest" || grant.name.starts_with("nest-")) {
            errors.push_back(
                {pointer + "/name", "is reserved: names that begin with nest are the platform's"});
        } else if (!seen.insert(grant.name).second) {
            errors.push_back({pointer + "/name", "is named twice"});
        } else {
            checkSettings(deployment, grant.name, pointer, errors);
        }
        const bool isKnown = isHost(grant.host);
        if (!isKnown) {
            errors.push_back({pointer + "/host", "must be an IP address or a name, without a port"});
        }
        if (grant.port < 1 || grant.port > highestPort) {
            errors.push_back({pointer + "/port", "must be from 1 to 65535"});
        } else if (isKnown && !policy.allows(grant)) {
            errors.push_back({pointer, "is refused by this platform's operator: " + policy.sentence()});
        }
    }
}

} // namespace nest::control
