// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/price.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace nest::control {

Result<Price> Price::parse(std::string_view text)
{
    constexpr std::size_t codeLength = 3;
    constexpr double most = 1e9;
    Price price;
    const auto space = std::min(text.find(' '), text.size());
    const auto *const end = text.data() + space;
    const auto read = std::from_chars(text.data(), end, price.perGigabyteHour);
    price.currency = text.substr(std::min(space + 1, text.size()));
    const bool isCode = price.currency.size() == codeLength &&
                        std::ranges::all_of(price.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(price.perGigabyteHour) ||
        price.perGigabyteHour <= 0 || price.perGigabyteHour > most || !isCode) {
        return failure("config/price", "price is what a GB of memory costs an hour, with its currency, like "
                                       "'0.12 CNY', not '" +
                                           std::string(text) + "'");
    }
    return price;
}

wire::Cost Price::of(double instanceHours, double megabytesEach) const
{
    constexpr double megabytesPerGigabyte = 1024;
    return {instanceHours * megabytesEach / megabytesPerGigabyte * perGigabyteHour, currency};
}

} // namespace nest::control
