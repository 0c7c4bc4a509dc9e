// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <format>

namespace nest::cli {

using namespace std::chrono_literals;

namespace {

std::tm localTime(wire::Time time)
{
    const std::time_t seconds =
        std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return parts;
}

} // namespace

std::string numberText(double value)
{
    constexpr double small = 0.1;
    constexpr int mostDecimals = 6;
    const double size = std::abs(value);
    const int decimals = size > 0 && size < small
                             ? std::min(mostDecimals, 1 - static_cast<int>(std::floor(std::log10(size))))
                             : 1;
    std::string text = std::format("{:.{}f}", value, decimals);
    if (text.contains('.')) {
        text.resize(text.find_last_not_of('0') + 1);
    }
    if (text.ends_with('.')) {
        text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

std::string shareText(double part, double whole)
{
    return whole > 0 ? std::format("{} ({} %)", numberText(part), numberText(part / whole * 100))
                     : numberText(part);
}

Cell durationCell(std::optional<std::chrono::milliseconds> duration)
{
    if (!duration) {
        return {unknown};
    }
    const auto count = static_cast<double>(duration->count());
    if (*duration < 1s) {
        return {std::to_string(duration->count()), "ms"};
    }
    if (*duration < 60s) {
        return {numberText(count / 1000), "s"};
    }
    if (*duration < 1h) {
        return {std::to_string(std::chrono::floor<std::chrono::minutes>(*duration).count()), "min"};
    }
    if (*duration < 48h) {
        return {std::to_string(std::chrono::floor<std::chrono::hours>(*duration).count()), "h"};
    }
    return {std::to_string(std::chrono::floor<std::chrono::days>(*duration).count()), "d"};
}

Cell millisecondsCell(std::optional<double> milliseconds)
{
    return milliseconds ? Cell{numberText(*milliseconds), "ms"} : Cell{unknown};
}

std::string durationText(std::optional<std::chrono::milliseconds> duration)
{
    const Cell cell = durationCell(duration);
    return cell.unit.empty() ? cell.text : cell.text + ' ' + cell.unit;
}

Cell ageCell(const std::optional<wire::Time> &time, wire::Time now)
{
    // Two clocks may differ by a little; nothing is younger than now.
    return time ? durationCell(std::max(now - *time, 0ms)) : Cell{unknown};
}

std::string clockText(wire::Time time, wire::Time now)
{
    const std::tm parts = localTime(time);
    const std::tm today = localTime(now);
    auto clock = std::format("{:02}:{:02}:{:02}", parts.tm_hour, parts.tm_min, parts.tm_sec);
    if (parts.tm_yday == today.tm_yday && parts.tm_year == today.tm_year) {
        return clock;
    }
    return std::format("{}-{:02}-{:02} {}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, clock);
}

std::string preciseClockText(wire::Time time)
{
    const auto milliseconds = (time.time_since_epoch() % 1s).count();
    return clockText(time, time) +
           std::format(".{:03}", milliseconds < 0 ? milliseconds + 1000 : milliseconds);
}

std::string shortId(const std::string &id)
{
    constexpr std::size_t shown = 6;
    return id.size() > shown ? id.substr(id.size() - shown) : id;
}

std::string words(const std::string &lowerCamel)
{
    std::string text;
    for (const char c : lowerCamel) {
        if (c >= 'A' && c <= 'Z') {
            text += ' ';
            text += static_cast<char>(c - 'A' + 'a');
        } else {
            text += c;
        }
    }
    return text;
}

std::string weightsText(const std::vector<wire::VersionWeight> &weights)
{
    if (weights.size() == 1) {
        return 'v' + std::to_string(weights.front().version);
    }
    std::string text;
    for (const auto &weight : weights) {
        text += std::format("{}v{} {} %", text.empty() ? "" : " · ", weight.version, weight.weight);
    }
    return text.empty() ? unknown : text;
}

std::optional<double> coldStartMs(const wire::ColdStart &phases)
{
    std::optional<double> sum;
    for (const auto &phase :
         {phases.scheduleMs, phases.fetchMs, phases.startMs, phases.runtimeInitMs, phases.userInitMs}) {
        if (phase) {
            sum = sum.value_or(0) + *phase;
        }
    }
    return sum;
}

std::optional<int> parseSeconds(const std::string &text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, text.data() + text.size());
    double seconds = 0;
    if (unit.empty() || unit == "s") {
        seconds = number;
    } else if (unit == "ms") {
        seconds = number / 1000;
    } else if (unit == "m" || unit == "min") {
        seconds = number * 60;
    } else if (unit == "h") {
        seconds = number * 3600;
    } else {
        return std::nullopt;
    }
    constexpr double longest = 1e9;
    if (error != std::errc{} || !std::isfinite(seconds) || seconds < 0 || seconds > longest) {
        return std::nullopt;
    }
    return static_cast<int>(std::ceil(seconds));
}

std::string lengthText(int minutes)
{
    const auto hours = minutes / 60;
    return minutes % 60 == 0 ? std::format("{} h", hours)
           : hours == 0      ? std::format("{} min", minutes)
                             : std::format("{} h {} min", hours, minutes % 60);
}

} // namespace nest::cli
