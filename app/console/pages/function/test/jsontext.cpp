// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/jsontext.h"

#include <boost/json/stream_parser.hpp>

#include <algorithm>

namespace nest::console {

namespace {

constexpr std::size_t depthLimit = 256; // deeper is no document that a person reads

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
    boost::json::stream_parser parser({}, options);
    boost::system::error_code error;
    std::size_t used = parser.write_some(text.data(), text.size(), error);
    if (!error) {
        parser.finish(error); // what is open at the end
    }
    if (!error && !trimmed(text.substr(used)).empty()) {
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
