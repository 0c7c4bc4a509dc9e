// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/instancelabel.h"

#include <boost/describe/class.hpp>
#include <boost/json.hpp>

namespace nest::engines {

BOOST_DESCRIBE_STRUCT(SlotSpec, (), (id, pool, runtime, memoryMegabytes))
BOOST_DESCRIBE_STRUCT(InstanceSpec, (),
                      (id, function, set, lane, region, version, runtime, codeDir, handler, memoryMegabytes,
                       timeoutSeconds, environment))

namespace {

/// One kind of label lacks fields of the other, so that it is never taken for it.
template <typename Spec>
std::optional<Spec> decode(const std::string &label)
{
    boost::system::error_code error;
    const auto value = boost::json::parse(label, error);
    if (error) {
        return std::nullopt;
    }
    auto spec = boost::json::try_value_to<Spec>(value);
    return spec.has_error() ? std::nullopt : std::optional(std::move(*spec));
}

} // namespace

std::string encodeReadyLabel(const InstanceSpec &spec)
{
    auto open = spec;
    open.environment.clear();
    return boost::json::serialize(boost::json::value_from(open));
}

std::optional<InstanceSpec> decodeReadyLabel(const std::string &label)
{
    return decode<InstanceSpec>(label);
}

std::string encodeSlotLabel(const SlotSpec &spec)
{
    return boost::json::serialize(boost::json::value_from(spec));
}

std::optional<SlotSpec> decodeSlotLabel(const std::string &label)
{
    return decode<SlotSpec>(label);
}

} // namespace nest::engines
