// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire/codec.h"

#include "api/wire/types.h"
#include "api/wire/walker.h"

namespace nest::wire {

namespace {

// Deeper than any of our types; a request nested further is an attack or a mistake.
constexpr std::size_t maxDepth = 32;

} // namespace

template <typename T>
Result<T> read(std::string_view text, UnknownFields unknown)
{
    return readOver<T>(text, T{}, unknown);
}

template <typename T>
Result<T> readOver(std::string_view text, T present, UnknownFields unknown)
{
    boost::system::error_code code;
    boost::json::parse_options options;
    options.max_depth = maxDepth;
    boost::json::monotonic_resource memory(text.size() * 2 + 1024);
    const auto value = boost::json::parse(text, code, &memory, options);
    if (code) {
        return failure("wire/broken-json", "The body is not valid JSON: " + code.message() + ".");
    }
    detail::Reader reader(unknown == UnknownFields::Refuse);
    reader.read(value, present, "");
    if (!reader.errors.empty()) {
        const auto &first = reader.errors.front();
        return failure("wire/bad-fields",
                       "The field " + (first.pointer.empty() ? "/" : first.pointer) + " " + first.detail +
                           ".",
                       std::move(reader.errors));
    }
    return present;
}

template <typename T>
std::string write(const T &value)
{
    std::string out;
    detail::writeValue(out, value);
    return out;
}

template <typename E>
std::string enumText(E value)
{
    return detail::enumName(value);
}

template <typename E>
Result<E> readEnum(std::string_view text)
{
    E value{};
    detail::Reader reader(true);
    reader.read(boost::json::value(boost::json::string_view(text.data(), text.size())), value, "");
    if (!reader.errors.empty()) {
        return failure("wire/bad-fields",
                       "'" + std::string(text) + "' " + reader.errors.front().detail + ".");
    }
    return value;
}

template <typename E>
std::vector<std::string> enumTexts()
{
    return detail::enumNames<E>();
}

#define NEST_WIRE_TYPE(T)                                                                                    \
    template Result<T> read<T>(std::string_view, UnknownFields);                                             \
    template Result<T> readOver<T>(std::string_view, T, UnknownFields);                                      \
    template std::string write<T>(const T &);
#define NEST_WIRE_LISTED(T)                                                                                  \
    NEST_WIRE_TYPE(T)                                                                                        \
    NEST_WIRE_TYPE(List<T>)
#define NEST_WIRE_ENUM(E)                                                                                    \
    template std::string enumText<E>(E);                                                                     \
    template Result<E> readEnum<E>(std::string_view);                                                        \
    template std::vector<std::string> enumTexts<E>();

NEST_WIRE_LISTED(Group)
NEST_WIRE_LISTED(Pool)
NEST_WIRE_LISTED(Function)
NEST_WIRE_TYPE(CreateFunction)
NEST_WIRE_LISTED(File)
NEST_WIRE_LISTED(Template)
NEST_WIRE_LISTED(TestEvent)
NEST_WIRE_LISTED(Secret)
NEST_WIRE_TYPE(SecretValue)
NEST_WIRE_TYPE(InvokeRequest)
NEST_WIRE_TYPE(Invocation)
NEST_WIRE_LISTED(Build)
NEST_WIRE_LISTED(Version)
NEST_WIRE_TYPE(PublishVersion)
NEST_WIRE_LISTED(Deployment)
NEST_WIRE_TYPE(Network)
NEST_WIRE_TYPE(ScalingPolicy)
NEST_WIRE_LISTED(Instance)
NEST_WIRE_LISTED(Decision)
NEST_WIRE_TYPE(LogLine)
NEST_WIRE_TYPE(LogPage)
NEST_WIRE_TYPE(MetricsAnswer)
NEST_WIRE_TYPE(DeploymentStats)
NEST_WIRE_TYPE(InstanceStats)
NEST_WIRE_TYPE(Stats)
NEST_WIRE_TYPE(Me)
NEST_WIRE_LISTED(Reservation)
NEST_WIRE_TYPE(FloorPlan)
NEST_WIRE_TYPE(FloorRequest)
NEST_WIRE_TYPE(Capacity)
NEST_WIRE_TYPE(SimulationRequest)
NEST_WIRE_TYPE(SimulationAnswer)
NEST_WIRE_TYPE(Problem)
NEST_WIRE_TYPE(ChangeEvent)
NEST_WIRE_TYPE(Heartbeat)
NEST_WIRE_TYPE(Endpoint)
NEST_WIRE_ENUM(FileEncoding)
NEST_WIRE_ENUM(Egress)
NEST_WIRE_ENUM(EventKind)
NEST_WIRE_ENUM(Visibility)
NEST_WIRE_ENUM(BuildState)
NEST_WIRE_ENUM(ProblemSeverity)
NEST_WIRE_ENUM(TestState)
NEST_WIRE_ENUM(ScalingMetric)
NEST_WIRE_ENUM(RateType)
NEST_WIRE_ENUM(RateSelect)
NEST_WIRE_ENUM(DeploymentState)
NEST_WIRE_ENUM(InstanceState)
NEST_WIRE_ENUM(PoolKind)
NEST_WIRE_ENUM(DecisionMode)
NEST_WIRE_ENUM(DecisionCause)
NEST_WIRE_ENUM(DecisionLimit)
NEST_WIRE_ENUM(Severity)
NEST_WIRE_ENUM(ChangeOperation)

} // namespace nest::wire
