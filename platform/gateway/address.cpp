// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/address.h"

#include <algorithm>

namespace nest::gateway {

namespace {
constexpr std::string_view functionPrefix = "/fn/";
constexpr std::string_view hostSuffix = ".localhost";
constexpr std::string_view healthPath = "/_nest/healthz";

/// "http://host:port/path" is allowed to every client; its host wins over the field.
void takeAbsolute(std::string_view &target, std::string_view &host)
{
    const std::size_t scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos) {
        return;
    }
    std::string_view rest = target.substr(scheme + 3);
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    host = rest.substr(0, end);
    target = rest.substr(end);
}
} // namespace

Address addressOf(std::string_view target, std::string_view host)
{
    takeAbsolute(target, host);
    Address address{.host = host};
    const std::string_view path = target.substr(0, std::min(target.find('?'), target.size()));
    if (path == healthPath) {
        address.kind = Address::Kind::Health;
        return address;
    }
    if (path.starts_with(functionPrefix)) {
        const std::string_view rest = target.substr(functionPrefix.size());
        const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
        address.function = rest.substr(0, end);
        address.path = rest.substr(end);
    } else if (target.empty() || target.front() == '/' || target.front() == '?') {
        std::string_view name = host.substr(0, std::min(host.find(':'), host.size()));
        if (name.ends_with(hostSuffix)) {
            name.remove_suffix(hostSuffix.size());
            address.function = name;
            address.path = target;
        }
    }
    if (!address.function.empty()) {
        address.kind = Address::Kind::Function;
    }
    return address;
}

} // namespace nest::gateway
