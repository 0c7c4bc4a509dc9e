// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A cron expression of five fields, read into sets of minutes, hours, days, months and weekdays.
//
// The fields are those of Debian's cron(5): `*`, numbers, ranges, lists, steps behind a range or `*`, names
// of months and weekdays in English (three letters, any case), 7 as Sunday. When both days and weekdays are
// limited (neither begins with `*`), one of them is enough. Not known: seconds, years, `L`, `W`, `#`, `?`,
// and words such as @daily. Pure; knows no zone: a day and a minute of it are those of some wall clock.

#include <bitset>
#include <chrono>
#include <expected>
#include <string>
#include <string_view>

namespace nest::scaling {

class Cron final
{
public:
    /// The sentence says what is wrong with which field. Nothing that never comes ("0 0 31 2 *") is a cron.
    [[nodiscard]] static std::expected<Cron, std::string> parse(std::string_view text);

    [[nodiscard]] bool hasDay(std::chrono::local_days day) const;
    [[nodiscard]] bool hasHour(int hour) const { return m_hours[static_cast<std::size_t>(hour)]; }
    [[nodiscard]] bool hasMinute(int minute) const { return m_minutes[static_cast<std::size_t>(minute)]; }
    bool operator==(const Cron &) const = default;

private:
    [[nodiscard]] bool canCome() const;

    std::bitset<60> m_minutes;
    std::bitset<24> m_hours;
    std::bitset<32> m_days;    // 1 to 31
    std::bitset<13> m_months;  // 1 to 12
    std::bitset<8> m_weekdays; // 0 (Sunday) to 6
    bool m_isAnyDay = true;    // the field begins with `*`
    bool m_isAnyWeekday = true;
};

} // namespace nest::scaling
