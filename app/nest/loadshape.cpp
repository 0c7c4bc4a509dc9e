// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/loadshape.h"

#include "app/nest/text.h"

#include <charconv>
#include <cmath>
#include <format>
#include <string_view>

namespace nest::cli {

namespace {

constexpr double mostRequests = 1e9; // a second; beyond it a slip of the hand

std::optional<double> rate(std::string_view text)
{
    double value = 0;
    const char *end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const bool isNumber = !text.empty() && read.ec == std::errc() && read.ptr == end;
    return isNumber && value >= 0 && value <= mostRequests ? std::optional(value) : std::nullopt;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

std::unexpected<Error> tooLong()
{
    return failure("cli/bad-value", "The load is longer than 48 hours, the most that can be simulated.");
}

} // namespace

Result<LoadSeconds> parseLoadShape(const std::string &text)
{
    LoadSeconds load;
    std::string_view rest = text;
    do {
        const auto comma = rest.find(',');
        const auto part = trimmed(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        const auto times = part.find('x');
        const auto rates = part.substr(0, times);
        const auto dash = rates.find('-');
        const auto from = rate(rates.substr(0, dash));
        const auto to = dash == std::string_view::npos ? from : rate(rates.substr(dash + 1));
        const int seconds = times == std::string_view::npos
                                ? 0
                                : parseSeconds(std::string(part.substr(times + 1))).value_or(0);
        if (!from || !to || seconds <= 0) {
            return failure(
                "cli/bad-value",
                std::format("A load is a list such as 250x2m,250-1600x30s,300x10m: requests a second, "
                            "x, how long. '{}' is none.",
                            part));
        }
        if (load.size() + static_cast<std::size_t>(seconds) > mostLoadSeconds) {
            return tooLong();
        }
        for (int i = 0; i < seconds; ++i) {
            load.emplace_back(seconds == 1 ? *to : *from + (*to - *from) * i / (seconds - 1));
        }
    } while (!rest.empty());
    return load;
}

Result<LoadSeconds> parseLoadFile(const std::string &text)
{
    LoadSeconds load;
    std::string_view rest = text;
    for (int line = 1; !rest.empty(); ++line) {
        const auto end = rest.find('\n');
        const auto part = trimmed(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (part.starts_with('#')) {
            continue;
        }
        const auto value = rate(part);
        if (!value && !part.empty() && part != "-") {
            return failure("cli/bad-value",
                           std::format("Line {} of the load is '{}'; it must be the requests of one "
                                       "second, 0 or more, or - when they are not known.",
                                       line, part.substr(0, 40)));
        }
        load.push_back(value);
        if (load.size() > mostLoadSeconds) {
            return tooLong();
        }
    }
    if (load.empty()) {
        return failure("cli/bad-value",
                       "The load has no line: it needs the requests of each second, one a line.");
    }
    return load;
}

} // namespace nest::cli
