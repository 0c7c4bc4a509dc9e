// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/grantpolicy.h"

#include "platform/engines/local/grantsettings.h"
#include "platform/policy/network.h"

#include <algorithm>

namespace nest::control {
namespace {

bool isFigure(char c)
{
    return c >= '0' && c <= '9';
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
            !std::ranges::all_of(host, [](char c) { return c == '*' || policy::isOfHosts(c); }) ||
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
    if (!policy::isHost(grant.host)) {
        return false;
    }
    const auto host = lower(grant.host);
    const auto port = std::to_string(grant.port);
    return std::ranges::any_of(m_patterns, [&](const Pattern &pattern) {
        return matches(pattern.port, port) && matches(pattern.host, host) &&
               (!isOfAddresses(pattern.host) || policy::isAddress(host));
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
    const bool isOpen = deployment.network->egress == wire::Egress::Open;
    for (auto &problem : policy::problemsIn(*deployment.network)) {
        errors.push_back({"/network/" + problem.field, std::move(problem.message)});
    }
    if (isOpen && most != wire::Egress::Open) {
        errors.push_back({"/network/egress", "is refused by this platform's operator: open is allowed only "
                                             "where nestd runs with --egress open"});
    }
    if ((isOpen || !grants.empty()) && deployment.pool) {
        errors.push_back({"/pool", std::string("cannot be used with ") +
                                       (isOpen ? "an open network" : "grants") +
                                       ": an instance that has them boots on its own"});
    }
    const auto isWrong = [&](const std::string &begin) {
        return std::ranges::any_of(errors,
                                   [&](const FieldError &error) { return error.pointer.starts_with(begin); });
    };
    for (std::size_t i = 0; i < grants.size() && i < policy::mostGrants; ++i) {
        const auto pointer = "/network/grants/" + std::to_string(i);
        if (!isWrong(pointer + "/name")) {
            checkSettings(deployment, grants[i].name, pointer, errors);
        }
        if (!isWrong(pointer + "/host") && !isWrong(pointer + "/port") && !policy.allows(grants[i])) {
            errors.push_back({pointer, "is refused by this platform's operator: " + policy.sentence()});
        }
    }
}

void setNetwork(const std::optional<wire::Network> &network, const GrantPolicy &policy, wire::Egress most,
                engines::InstanceSpec &spec)
{
    if (!network) {
        return;
    }
    for (const auto &grant : network->grants) {
        spec.grants.push_back({grant.name, grant.host, grant.port, policy.allows(grant)});
    }
    spec.hasOpenNetwork = most == wire::Egress::Open && network->egress == wire::Egress::Open;
}

} // namespace nest::control
