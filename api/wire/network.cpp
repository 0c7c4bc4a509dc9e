// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire/network.h"

namespace nest::wire {

std::string addressOf(const NetworkGrant &grant)
{
    const auto host = grant.host.contains(':') ? '[' + grant.host + ']' : grant.host;
    return host + ':' + std::to_string(grant.port);
}

} // namespace nest::wire
