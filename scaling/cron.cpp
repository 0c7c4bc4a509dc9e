// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/cron.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <optional>
#include <span>
#include <vector>

namespace nest::scaling {

namespace {

constexpr std::size_t longestText = 200;
constexpr std::array<std::string_view, 12> monthNames{"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekdayNames{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Field
{
    std::string_view name; // for messages
    int low = 0;
    int high = 0;
    std::span<const std::string_view> words = {}; // of `low` and the following
};

constexpr std::array<Field, 5> fields{{{"minute", 0, 59},
                                       {"hour", 0, 23},
                                       {"day of month", 1, 31},
                                       {"month", 1, 12, monthNames},
                                       {"weekday", 0, 7, weekdayNames}}};

using Values = std::vector<int>;
using Read = std::expected<Values, std::string>;

std::optional<int> number(std::string_view text)
{
    int value = 0;
    const char *end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const bool isNumber = !text.empty() && text.size() <= 4 && text.front() >= '0' && text.front() <= '9' &&
                          read.ec == std::errc() && read.ptr == end;
    return isNumber ? std::optional(value) : std::nullopt;
}

std::optional<int> valueOf(std::string_view text, const Field &field)
{
    if (const auto value = number(text)) {
        return value;
    }
    const auto isSame = [text](std::string_view word) {
        return std::ranges::equal(text, word, {},
                                  [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    };
    const auto found = std::ranges::find_if(field.words, isSame);
    return found == field.words.end()
               ? std::nullopt
               : std::optional(field.low + static_cast<int>(found - field.words.begin()));
}

std::unexpected<std::string> wrong(const Field &field, std::string_view part, std::string_view why)
{
    return std::unexpected(std::format("the {} '{}' {}", field.name, part, why));
}

/// One element of a list: `*`, `5`, `1-5`, `*/10`, `8-18/2`.
Read readPart(std::string_view part, const Field &field)
{
    const auto slash = part.find('/');
    const auto range = part.substr(0, slash);
    const auto dash = range.find('-');
    int low = field.low;
    int high = field.words.size() == weekdayNames.size() ? 6 : field.high; // 7 is Sunday a second time
    if (range != "*") {
        const auto first = valueOf(range.substr(0, dash), field);
        const auto last = dash == std::string_view::npos ? first : valueOf(range.substr(dash + 1), field);
        if (!first || !last) {
            return wrong(field, part,
                         field.words.empty()
                             ? std::format("is not understood; it is a number from {} to {}, a range "
                                           "such as {}-{}, a list, or * with or without a step",
                                           field.low, field.high, field.low, field.high)
                             : std::format("is not understood; it is a number from {} to {}, a name "
                                           "such as {}, a range, a list, or *",
                                           field.low, field.high, field.words[1]));
        }
        if (*first < field.low || *first > field.high || *last < field.low || *last > field.high) {
            return wrong(field, part, std::format("lies outside of {} to {}", field.low, field.high));
        }
        low = *first;
        high = *last;
        if (low > high) {
            return wrong(field, part, "runs backwards; write two ranges with a comma between");
        }
        if (slash != std::string_view::npos && dash == std::string_view::npos) {
            return wrong(field, part,
                         std::format("has a step but no range; write {}-{}/{}", low, field.high,
                                     part.substr(slash + 1)));
        }
    }
    int step = 1;
    if (slash != std::string_view::npos) {
        const auto given = number(part.substr(slash + 1));
        if (!given || *given < 1) {
            return wrong(field, part, "has no step; behind the / stands a number from 1 on");
        }
        step = *given;
    }
    Values values;
    for (int value = low; value <= high; value += step) {
        values.push_back(value);
    }
    return values;
}

Read readField(std::string_view text, const Field &field)
{
    Values all;
    for (;;) {
        const auto comma = text.find(',');
        const auto part = readPart(text.substr(0, comma), field);
        if (!part) {
            return part;
        }
        all.insert(all.end(), part->begin(), part->end());
        if (comma == std::string_view::npos) {
            return all;
        }
        text.remove_prefix(comma + 1);
    }
}

std::vector<std::string_view> wordsOf(std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    std::vector<std::string_view> words;
    for (auto at = text.find_first_not_of(blanks); at != std::string_view::npos;
         at = text.find_first_not_of(blanks, at)) {
        const auto end = std::min(text.find_first_of(blanks, at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

} // namespace

std::expected<Cron, std::string> Cron::parse(std::string_view text)
{
    if (text.size() > longestText) {
        return std::unexpected(std::format("is longer than {} characters", longestText));
    }
    const auto words = wordsOf(text);
    if (words.size() != fields.size()) {
        return std::unexpected(
            std::format("has {} fields; it needs five: minute, hour, day of month, month, weekday, "
                        "such as 0 9 * * mon-fri",
                        words.size()));
    }
    std::array<Values, 5> values;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto read = readField(words[i], fields[i]);
        if (!read) {
            return std::unexpected(std::move(read.error()));
        }
        values[i] = std::move(*read);
    }
    Cron cron;
    const auto fill = [](const Values &from, auto &to, int around) {
        for (const int value : from) {
            to.set(static_cast<std::size_t>(value % around));
        }
    };
    fill(values[0], cron.m_minutes, 60);
    fill(values[1], cron.m_hours, 24);
    fill(values[2], cron.m_days, 32);
    fill(values[3], cron.m_months, 13);
    fill(values[4], cron.m_weekdays, 7);
    cron.m_isAnyDay = words[2].starts_with('*');
    cron.m_isAnyWeekday = words[4].starts_with('*');
    if (!cron.canCome()) {
        return std::unexpected(std::string("never comes: none of its months has such a day"));
    }
    return cron;
}

bool Cron::hasDay(std::chrono::local_days day) const
{
    const std::chrono::year_month_day date(day);
    if (!m_months[static_cast<unsigned>(date.month())]) {
        return false;
    }
    const bool isDay = m_days[static_cast<unsigned>(date.day())];
    const bool isWeekday = m_weekdays[std::chrono::weekday(day).c_encoding()];
    return m_isAnyDay || m_isAnyWeekday ? isDay && isWeekday : isDay || isWeekday;
}

bool Cron::canCome() const
{
    if (!m_isAnyDay && !m_isAnyWeekday) {
        return true; // a weekday comes in every month
    }
    constexpr std::array<std::size_t, 13> lengths{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (std::size_t month = 1; month <= 12; ++month) {
        for (std::size_t day = 1; m_months[month] && day <= lengths[month]; ++day) {
            if (m_days[day]) {
                return true;
            }
        }
    }
    return false;
}

} // namespace nest::scaling
