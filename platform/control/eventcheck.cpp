// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/eventcheck.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <format>

namespace nest::control {

namespace {

namespace json = boost::json;

constexpr std::size_t maxName = 60;
constexpr std::size_t maxPath = 8 * 1024; // what servers take of a request line
constexpr std::size_t maxBody = 1024 * 1024;
constexpr std::size_t maxHeaders = 100; // the gateway's limit too
constexpr std::size_t maxHeader = 8 * 1024;
constexpr int maxDepth = 64;
constexpr std::array<std::string_view, 7> methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

bool isLetterOrFigure(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isHeaderName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return isLetterOrFigure(c) || std::string_view("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isHeaderValue(std::string_view value)
{
    return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// A JSON pointer's part.
std::string escaped(std::string_view name)
{
    std::string text;
    for (const char c : name) {
        text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return text;
}

void checkHeaders(const wire::TestEvent &event, std::vector<FieldError> &errors)
{
    if (event.headers.size() > maxHeaders) {
        errors.push_back({"/headers", "has more than 100 entries"});
        return;
    }
    for (const auto &[name, value] : event.headers) {
        const auto pointer = "/headers/" + escaped(name.substr(0, maxName));
        if (!isHeaderName(name)) {
            errors.push_back({pointer, "is no name of a header: take letters, figures and -"});
        } else if (!isHeaderValue(value)) {
            errors.push_back({pointer, "must be one line"});
        } else if (name.size() + value.size() > maxHeader) {
            errors.push_back({pointer, "is longer than 8 KiB"});
        }
    }
}

/// CloudEvents 1.0: the four attributes that each has, as texts.
void checkCloudEvent(const std::string &body, std::vector<FieldError> &errors)
{
    json::parse_options options;
    options.max_depth = maxDepth;
    boost::system::error_code code;
    const auto value = json::parse(body, code, {}, options);
    const auto *event = code ? nullptr : value.if_object();
    if (event == nullptr) {
        errors.push_back(
            {"/body", "must be a CloudEvent: one JSON object" +
                          (code ? ", and it is not JSON (" + code.message() + ")" : std::string())});
        return;
    }
    std::string missing;
    for (const std::string_view name : {"type", "source", "id", "specversion"}) {
        const auto *found = event->if_contains(name);
        if (found == nullptr || !found->is_string() || found->get_string().empty()) {
            missing += std::format("{}'{}'", missing.empty() ? "" : ", ", name);
        }
    }
    if (!missing.empty()) {
        errors.push_back({"/body", "is no CloudEvent: it needs a text in " + missing});
    }
}

} // namespace

bool isEventName(std::string_view name)
{
    const auto isAllowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !name.empty() && name.size() <= maxName && name.front() != '-' &&
           std::ranges::all_of(name, isAllowed);
}

std::vector<FieldError> eventErrors(const wire::TestEvent &event)
{
    std::vector<FieldError> errors;
    if (!isEventName(event.name)) {
        errors.push_back({"/name", "must have 1 to 60 of a-z, 0-9 and -, not beginning with -"});
    }
    if (!std::ranges::contains(methods, event.method)) {
        errors.push_back({"/method", "must be GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS"});
    }
    if (!event.path.starts_with('/')) {
        errors.push_back({"/path", "must begin with /"});
    } else if (event.path.size() > maxPath || std::ranges::any_of(event.path, [](char c) {
                   return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
               })) {
        errors.push_back({"/path", "must have at most 8 KiB and no spaces: write a space as %20"});
    }
    checkHeaders(event, errors);
    if (event.body.size() > maxBody) {
        errors.push_back({"/body", "has more than 1 MiB"});
    } else if (event.kind == wire::EventKind::CloudEvent) {
        checkCloudEvent(event.body, errors);
    }
    return errors;
}

} // namespace nest::control
