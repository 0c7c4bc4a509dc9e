// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/protocol.h"

#include <boost/describe/class.hpp>
#include <boost/json.hpp>

#include <array>

namespace nest {
BOOST_DESCRIBE_STRUCT(FieldError, (), (pointer, detail))
BOOST_DESCRIBE_STRUCT(Error, (), (type, detail, fields))
} // namespace nest

namespace nest::keeper {
BOOST_DESCRIBE_STRUCT(Bind, (), (host, inside, isWritable))
BOOST_DESCRIBE_STRUCT(Grant, (), (name, host, port, isAllowed))
BOOST_DESCRIBE_STRUCT(BoxLimits, (),
                      (memoryMegabytes, processes, openFiles, fileMegabytes, temporaryMegabytes))
BOOST_DESCRIBE_STRUCT(BoxSpec, (),
                      (command, environment, binds, workingDirectory, limits, niceness, hasHostNetwork,
                       hasLoopback, grants, hasOpenNetwork))
BOOST_DESCRIBE_STRUCT(Isolation, (), (level, sentence, remedy, isAllowedAnyway))
BOOST_DESCRIBE_STRUCT(StartInstance, (), (id, box, label, isInBackground))
BOOST_DESCRIBE_STRUCT(StartJob, (), (id, box, timeoutSeconds))
BOOST_DESCRIBE_STRUCT(SetLabel, (), (id, label))
BOOST_DESCRIBE_STRUCT(Drain, (), (id, killAfterMs))
BOOST_DESCRIBE_STRUCT(Kill, (), (id))
BOOST_DESCRIBE_STRUCT(Foreground, (), (id))
BOOST_DESCRIBE_STRUCT(RunningInstance, (), (id, socketPath, label))
BOOST_DESCRIBE_STRUCT(Hello, (), (isolation, keeperPid, instances, jobs))
BOOST_DESCRIBE_STRUCT(Refused, (), (detail))
BOOST_DESCRIBE_STRUCT(Started, (), (id, socketPath))
BOOST_DESCRIBE_STRUCT(NotStarted, (), (id, error))
BOOST_DESCRIBE_STRUCT(OutputLine, (), (id, stream, line, unixMs))
BOOST_DESCRIBE_STRUCT(LinesDropped, (), (id, count))
BOOST_DESCRIBE_STRUCT(Exited, (), (id, reason, exitCode))
BOOST_DESCRIBE_STRUCT(Stats, (), (id, memoryMegabytes, cpuMilliseconds))

namespace {

// In the order of the variants' alternatives.
constexpr std::array requestNames{"startInstance", "startJob", "setLabel", "drain", "kill", "foreground"};
constexpr std::array eventNames{"hello",      "refused",      "started", "notStarted",
                                "outputLine", "linesDropped", "exited",  "stats"};
static_assert(requestNames.size() == std::variant_size_v<Request>);
static_assert(eventNames.size() == std::variant_size_v<Event>);

template <typename Message, typename Names>
std::string encodeMessage(const Message &message, const Names &names)
{
    const boost::json::object object{
        {"type", names[message.index()]},
        {"data", std::visit([](const auto &data) { return boost::json::value_from(data); }, message)}};
    return boost::json::serialize(object) + '\n';
}

std::unexpected<Error> protocolFailure(const std::string &what)
{
    return failure("keeper/protocol", "The keeper's control socket carried " + what +
                                          ". nestd and nest-keeper must be of the same version.");
}

template <typename Message, std::size_t index, typename Names>
Result<Message> decodeAlternative(std::string_view type, const boost::json::value &data, const Names &names)
{
    if constexpr (index == std::variant_size_v<Message>) {
        return protocolFailure("an unknown message '" + std::string(type) + "'");
    } else {
        if (type != names[index]) {
            return decodeAlternative<Message, index + 1>(type, data, names);
        }
        auto result = boost::json::try_value_to<std::variant_alternative_t<index, Message>>(data);
        if (result.has_error()) {
            return protocolFailure("a malformed message '" + std::string(type) + "'");
        }
        return Message(std::in_place_index<index>, std::move(*result));
    }
}

template <typename Message, typename Names>
Result<Message> decodeMessage(std::string_view line, const Names &names)
{
    boost::system::error_code error;
    const auto value = boost::json::parse(line, error);
    const auto *object = error ? nullptr : value.if_object();
    const auto *type = object != nullptr ? object->if_contains("type") : nullptr;
    const auto *data = object != nullptr ? object->if_contains("data") : nullptr;
    if (type == nullptr || data == nullptr || !type->is_string()) {
        return protocolFailure("a line that is no message");
    }
    return decodeAlternative<Message, 0>(type->get_string(), *data, names);
}

} // namespace

std::string encode(const Request &request)
{
    return encodeMessage(request, requestNames);
}

std::string encode(const Event &event)
{
    return encodeMessage(event, eventNames);
}

Result<Request> decodeRequest(std::string_view line)
{
    return decodeMessage<Request>(line, requestNames);
}

Result<Event> decodeEvent(std::string_view line)
{
    return decodeMessage<Event>(line, eventNames);
}

bool MessageReader::feed(std::string_view bytes)
{
    if (m_start > 0 && m_start == m_bytes.size()) {
        m_bytes.clear();
        m_start = 0;
    }
    m_bytes += bytes;
    return m_bytes.size() - m_start <= maxMessageBytes || m_bytes.find('\n', m_start) != std::string::npos;
}

bool MessageReader::next(std::string &line)
{
    const auto end = m_bytes.find('\n', m_start);
    if (end == std::string::npos) {
        m_bytes.erase(0, m_start);
        m_start = 0;
        return false;
    }
    line.assign(m_bytes, m_start, end - m_start);
    m_start = end + 1;
    return true;
}

} // namespace nest::keeper
