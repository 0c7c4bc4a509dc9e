// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which addresses an operator lets deployments be granted: `nestd --grants`. Plain values, any thread.

#include "api/wire/deployment.h"
#include "api/wire/result.h"
#include "platform/engines/local/enginetypes.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nest::control {

class GrantPolicy final
{
public:
    /// "on", "off", or patterns host:port in which * stands for any characters, separated by commas. A host
    /// of figures, dots and *, or with a colon, means addresses alone.
    static Result<GrantPolicy> parse(std::string_view text);

    /// No host that is neither an address nor a name is allowed.
    [[nodiscard]] bool allows(const wire::NetworkGrant &grant) const;
    /// Behind "is refused by this platform's operator: ".
    [[nodiscard]] std::string sentence() const;

private:
    struct Pattern
    {
        std::string host;
        std::string port;
    };

    std::vector<Pattern> m_patterns{{"*", "*"}};
};

/// Names, addresses, ports, the settings' names and the operator's word; `most` is the egress it allows.
void checkNetwork(const wire::Deployment &deployment, const GrantPolicy &policy, wire::Egress most,
                  std::vector<FieldError> &errors);
/// What an instance gets of it: a grant that is not allowed any more is there, and refuses with the reason.
void setNetwork(const std::optional<wire::Network> &network, const GrantPolicy &policy, wire::Egress most,
                engines::InstanceSpec &spec);

} // namespace nest::control
