// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the operator says that memory costs, so that whoever reserves instances sees what that comes to.
// Nothing is charged; without a price nobody sees a cost. Plain values, any thread.

#include "api/wire/deployment.h"
#include "api/wire/result.h"

#include <string>
#include <string_view>

namespace nest::control {

struct Price
{
    double perGigabyteHour = 0;
    std::string currency; // ISO 4217: "CNY"

    /// "0.12 CNY"; `config/price` otherwise.
    [[nodiscard]] static Result<Price> parse(std::string_view text);
    /// Of instances that have so much memory each.
    [[nodiscard]] wire::Cost of(double instanceHours, double megabytesEach) const;
};

} // namespace nest::control
