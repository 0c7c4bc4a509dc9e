// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/logs/logline.h"

#include <QByteArray>
#include <QString>
#include <QUtf8StringView>

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace nest::logs {

namespace {

namespace json = boost::json;

constexpr std::size_t maxDepth = 32;
constexpr std::size_t maxIdBytes = 128; // ids are ours or the caller's; longer ones only fill the disk

std::optional<wire::Severity> severityNamed(std::string_view name)
{
    struct Entry
    {
        std::string_view name;
        wire::Severity severity;
    };
    static constexpr std::array entries{
        Entry{"trace", wire::Severity::Debug},    Entry{"debug", wire::Severity::Debug},
        Entry{"info", wire::Severity::Info},      Entry{"warn", wire::Severity::Warn},
        Entry{"warning", wire::Severity::Warn},   Entry{"error", wire::Severity::Error},
        Entry{"critical", wire::Severity::Error}, Entry{"fatal", wire::Severity::Error},
    };
    const auto found = std::ranges::find(entries, name, &Entry::name);
    return found != entries.end() ? std::optional(found->severity) : std::nullopt;
}

std::optional<std::string_view> textOf(const json::object &object, std::string_view key)
{
    const auto *value = object.if_contains(key);
    if (!value || !value->is_string()) {
        return std::nullopt;
    }
    return std::string_view(value->get_string());
}

std::string messageWithFields(const json::object &object)
{
    std::string message(textOf(object, "message").value_or(""));
    json::object rest;
    for (const auto &[key, value] : object) {
        const std::string_view name = key;
        if (name != "time" && name != "severity" && name != "message" && name != "requestId" &&
            !(name == "stack" && value.is_string())) {
            rest[key] = value;
        }
    }
    if (!rest.empty()) {
        message += ' ' + json::serialize(rest);
    }
    if (const auto stack = textOf(object, "stack")) {
        message += '\n';
        message += *stack;
    }
    return message;
}

/// True when the text was a runtime's line and filled `line`.
bool readRuntimeLine(std::string_view text, wire::LogLine &line)
{
    if (!text.starts_with('{')) {
        return false;
    }
    boost::system::error_code code;
    json::parse_options options;
    options.max_depth = maxDepth;
    const auto value = json::parse(text, code, {}, options);
    if (code || !value.is_object()) {
        return false;
    }
    const auto &object = value.get_object();
    const auto severity = severityNamed(textOf(object, "severity").value_or(""));
    if (!severity || !textOf(object, "message")) {
        return false;
    }
    line.severity = *severity;
    line.message = messageWithFields(object);
    line.requestId = cutText(std::string(textOf(object, "requestId").value_or("")), maxIdBytes);
    return true;
}

/// "TypeError: …", "java.io.IOException: …", "    at f (a.js:1:2)", "Traceback (most recent call last):".
bool looksLikeStack(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return false;
    }
    const auto trimmed = text.substr(begin);
    if (begin > 0 && (trimmed.starts_with("at ") || trimmed.starts_with("File \""))) {
        return true;
    }
    for (const std::string_view start : {"Traceback (most recent call last)", "Uncaught ", "Caused by: ",
                                         "Exception in thread ", "panic: ", "Segmentation fault"}) {
        if (trimmed.starts_with(start)) {
            return true;
        }
    }
    const auto word = trimmed.substr(0, trimmed.find_first_of(" :["));
    return (word.ends_with("Error") || word.ends_with("Exception")) && begin == 0;
}

} // namespace

std::string validUtf8(std::string text)
{
    if (QUtf8StringView(text.data(), qsizetype(text.size())).isValidUtf8()) {
        return text;
    }
    return QString::fromUtf8(text.data(), qsizetype(text.size())).toStdString();
}

std::string cutText(std::string text, std::size_t limit)
{
    if (text.size() <= limit) {
        return text;
    }
    auto end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    text.resize(end);
    return text + " … (cut)";
}

wire::LogLine toLogLine(Incoming incoming)
{
    wire::LogLine line;
    line.time = incoming.time;
    line.function = std::move(incoming.function);
    line.instance = cutText(validUtf8(std::move(incoming.instance)), maxIdBytes);
    line.group = std::move(incoming.group);
    line.version = incoming.version;
    auto text = std::move(incoming.line);
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.pop_back();
    }
    text = validUtf8(std::move(text));
    if (text.size() > maxPrintedBytes || !readRuntimeLine(text, line)) {
        const bool fromStderr = incoming.stream == "stderr";
        line.severity = !fromStderr            ? wire::Severity::Info
                        : looksLikeStack(text) ? wire::Severity::Error
                                               : wire::Severity::Warn;
        line.message = std::move(text);
    }
    line.message = cutText(std::move(line.message), maxMessageBytes);
    return line;
}

} // namespace nest::logs
