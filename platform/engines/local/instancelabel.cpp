// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/instancelabel.h"

#include <boost/describe/class.hpp>
#include <boost/json.hpp>

namespace nest::keeper {
BOOST_DESCRIBE_STRUCT(Grant, (), (name, host, port, isAllowed))
}

namespace nest::engines {

BOOST_DESCRIBE_STRUCT(SlotSpec, (), (id, pool, runtime, memoryMegabytes, content, hasPackages))
BOOST_DESCRIBE_STRUCT(InstanceSpec, (),
                      (id, function, set, lane, region, version, runtime, codeDir, handler, memoryMegabytes,
                       timeoutSeconds, environment))

/// What came to labels later: one without it is still read, so that a newer nestd adopts what an older one
/// started.
struct LaterLabel
{
    std::optional<std::string> secretsMark;
    std::optional<std::vector<keeper::Grant>> grants;
    std::optional<bool> hasOpenNetwork;
};
BOOST_DESCRIBE_STRUCT(LaterLabel, (), (secretsMark, grants, hasOpenNetwork))

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
    auto label = boost::json::value_from(open).as_object();
    if (!spec.secretsMark.empty()) {
        label["secretsMark"] = spec.secretsMark;
    }
    if (!spec.grants.empty()) {
        label["grants"] = boost::json::value_from(spec.grants);
    }
    if (spec.hasOpenNetwork) {
        label["hasOpenNetwork"] = true;
    }
    return boost::json::serialize(label);
}

std::optional<InstanceSpec> decodeReadyLabel(const std::string &label)
{
    auto spec = decode<InstanceSpec>(label);
    if (!spec) {
        return spec;
    }
    auto later = decode<LaterLabel>(label);
    if (!later) {
        return std::nullopt; // what it was given is unknown
    }
    spec->secretsMark = std::move(later->secretsMark).value_or("");
    spec->grants = std::move(later->grants).value_or(std::vector<keeper::Grant>());
    spec->hasOpenNetwork = later->hasOpenNetwork.value_or(false);
    return spec;
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
