// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/jsontext.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace nest::console {

namespace {

constexpr std::size_t depthLimit = 256; // deeper is no document that a person reads

/// Keeps nothing: only whether it parses counts.
struct NullHandler
{
    using error_code = boost::system::error_code;
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    bool on_document_begin(error_code &) { return true; }
    bool on_document_end(error_code &) { return true; }
    bool on_object_begin(error_code &) { return true; }
    bool on_object_end(std::size_t, error_code &) { return true; }
    bool on_array_begin(error_code &) { return true; }
    bool on_array_end(std::size_t, error_code &) { return true; }
    bool on_key_part(boost::json::string_view, std::size_t, error_code &) { return true; }
    bool on_key(boost::json::string_view, std::size_t, error_code &) { return true; }
    bool on_string_part(boost::json::string_view, std::size_t, error_code &) { return true; }
    bool on_string(boost::json::string_view, std::size_t, error_code &) { return true; }
    bool on_number_part(boost::json::string_view, error_code &) { return true; }
    bool on_int64(std::int64_t, boost::json::string_view, error_code &) { return true; }
    bool on_uint64(std::uint64_t, boost::json::string_view, error_code &) { return true; }
    bool on_double(double, boost::json::string_view, error_code &) { return true; }
    bool on_bool(bool, error_code &) { return true; }
    bool on_null(error_code &) { return true; }
    bool on_comment_part(boost::json::string_view, error_code &) { return true; }
    bool on_comment(boost::json::string_view, error_code &) { return true; }
};

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isSpace(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

void breakLine(std::string &out, std::size_t depth)
{
    out += '\n';
    out.append(2 * depth, ' ');
}

} // namespace

std::optional<JsonFault> checkJson(std::string_view text)
{
    boost::json::parse_options options;
    options.max_depth = depthLimit;
    boost::json::basic_parser<NullHandler> parser(options);
    boost::system::error_code error;
    std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (!error && used < text.size() && !trimmed(text.substr(used)).empty()) {
        error = boost::json::error::extra_data;
    }
    if (!error) {
        return std::nullopt;
    }
    used = std::min(used, text.size());
    const auto before = text.substr(0, used);
    const auto lineStart = before.rfind('\n');
    return JsonFault{static_cast<int>(std::ranges::count(before, '\n')) + 1,
                     static_cast<int>(lineStart == std::string_view::npos ? used : used - lineStart - 1) + 1,
                     error.message()};
}

std::optional<std::string> prettyJson(std::string_view text)
{
    text = trimmed(text);
    if (checkJson(text)) {
        return std::nullopt;
    }
    std::string out;
    out.reserve(text.size() + text.size() / 4);
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isSpace(c)) {
            continue;
        }
        if (c == '"') { // a string goes over as it is
            const std::size_t begin = i;
            for (++i; text[i] != '"'; ++i) {
                i += text[i] == '\\' ? 1 : 0;
            }
            out.append(text.substr(begin, i - begin + 1));
        } else if (c == '{' || c == '[') {
            const char end = c == '{' ? '}' : ']';
            const std::size_t next = text.find_first_not_of(" \n\r\t", i + 1);
            out += c;
            if (text[next] == end) {
                out += end;
                i = next;
            } else {
                breakLine(out, ++depth);
            }
        } else if (c == '}' || c == ']') {
            breakLine(out, --depth);
            out += c;
        } else if (c == ',') {
            out += c;
            breakLine(out, depth);
        } else if (c == ':') {
            out += ": ";
        } else {
            out += c;
        }
    }
    return out;
}

bool looksLikeJson(std::string_view text)
{
    text = trimmed(text);
    return !text.empty() && (text.front() == '{' || text.front() == '[');
}

} // namespace nest::console
