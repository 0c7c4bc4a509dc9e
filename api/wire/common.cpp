// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire/common.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace nest::wire {

namespace {

bool isGroupPart(std::string_view part)
{
    if (part.empty() || part.size() > 40) {
        return false;
    }
    for (const char c : part) {
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
            return false;
        }
    }
    return part.front() != '-' && part.back() != '-';
}

/// Reads exactly `digits` figures at `at` and moves on; -1 when there are none.
int number(std::string_view text, std::size_t &at, std::size_t digits)
{
    int value = 0;
    if (at + digits > text.size()) {
        return -1;
    }
    const auto *begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + digits, value);
    if (error != std::errc{} || end != begin + digits || *begin == '-') {
        return -1;
    }
    at += digits;
    return value;
}

bool take(std::string_view text, std::size_t &at, char wanted)
{
    if (at < text.size() && text[at] == wanted) {
        ++at;
        return true;
    }
    return false;
}

} // namespace

std::string toString(const GroupName &group)
{
    return group.set + '/' + group.lane + '/' + group.region;
}

std::optional<GroupName> parseGroupName(std::string_view text)
{
    const auto first = text.find('/');
    const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    const auto set = text.substr(0, first);
    const auto lane = text.substr(first + 1, second - first - 1);
    const auto region = text.substr(second + 1);
    if (!isGroupPart(set) || !isGroupPart(lane) || !isGroupPart(region)) {
        return std::nullopt;
    }
    return GroupName{std::string(set), std::string(lane), std::string(region)};
}

std::string toString(Time time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::array<char, 64> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

std::optional<Time> parseTime(std::string_view text)
{
    using namespace std::chrono;
    std::size_t at = 0;
    const int y = number(text, at, 4);
    const bool dash1 = take(text, at, '-');
    const int mo = number(text, at, 2);
    const bool dash2 = take(text, at, '-');
    const int d = number(text, at, 2);
    if (y < 0 || mo < 0 || d < 0 || !dash1 || !dash2 || at >= text.size() ||
        (text[at] != 'T' && text[at] != 't')) {
        return std::nullopt;
    }
    ++at;
    const int h = number(text, at, 2);
    const bool colon1 = take(text, at, ':');
    const int mi = number(text, at, 2);
    const bool colon2 = take(text, at, ':');
    const int s = number(text, at, 2);
    if (h < 0 || mi < 0 || s < 0 || !colon1 || !colon2 || h > 23 || mi > 59 || s > 60) {
        return std::nullopt;
    }
    int millis = 0;
    if (take(text, at, '.')) {
        int place = 100;
        const auto begin = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            millis += (text[at] - '0') * place;
            place /= 10;
            ++at;
        }
        if (at == begin) {
            return std::nullopt;
        }
    }
    minutes offset{0};
    if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) {
        ++at;
    } else if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        const int sign = text[at] == '-' ? -1 : 1;
        ++at;
        const int oh = number(text, at, 2);
        const bool colon = take(text, at, ':');
        const int om = number(text, at, 2);
        if (oh < 0 || om < 0 || !colon || oh > 23 || om > 59) {
            return std::nullopt;
        }
        offset = minutes(sign * (oh * 60 + om));
    } else {
        return std::nullopt;
    }
    const year_month_day date(year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d)));
    if (at != text.size() || !date.ok()) {
        return std::nullopt;
    }
    return Time(sys_days(date)) + hours(h) + minutes(mi) + seconds(s) + milliseconds(millis) - offset;
}

} // namespace nest::wire
