// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/ids.h"

#include <array>
#include <random>

namespace nest::control {

std::string makeId(std::string_view prefix, wire::Time now)
{
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    constexpr std::size_t length = 26;
    constexpr std::size_t timeLength = 10;
    thread_local std::random_device random;

    std::string text(prefix);
    text += '-';
    const auto start = text.size();
    text.resize(start + length);
    auto millis = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (std::size_t i = timeLength; i-- > 0;) {
        text[start + i] = alphabet[millis & 31U];
        millis >>= 5U;
    }
    std::uint32_t bits = 0;
    int available = 0;
    for (std::size_t i = timeLength; i < length; ++i) {
        if (available < 5) {
            bits = random();
            available = 30;
        }
        text[start + i] = alphabet[bits & 31U];
        bits >>= 5U;
        available -= 5;
    }
    return text;
}

} // namespace nest::control
