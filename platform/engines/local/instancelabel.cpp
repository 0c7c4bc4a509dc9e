// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/instancelabel.h"

#include <boost/describe/class.hpp>
#include <boost/json.hpp>

namespace nest::engines {

BOOST_DESCRIBE_STRUCT(InstanceSpec, (),
                      (id, function, set, lane, region, version, runtime, codeDir, handler, memoryMegabytes,
                       timeoutSeconds, environment))

std::string encodeReadyLabel(const InstanceSpec &spec)
{
    auto open = spec;
    open.environment.clear();
    return boost::json::serialize(boost::json::value_from(open));
}

std::optional<InstanceSpec> decodeReadyLabel(const std::string &label)
{
    boost::system::error_code error;
    const auto value = boost::json::parse(label, error);
    if (error) {
        return std::nullopt;
    }
    auto spec = boost::json::try_value_to<InstanceSpec>(value);
    return spec.has_error() ? std::nullopt : std::optional(std::move(*spec));
}

} // namespace nest::engines
