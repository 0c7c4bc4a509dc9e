// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Latencies in buckets that are 2 % wide: percentiles of any number of them in constant memory. A plain
// value.

#include "api/client/loadplan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace nest::client {

class LoadHistogram
{
public:
    [[nodiscard]] std::optional<double> percentile(double share) const
    {
        if (m_count == 0) {
            return std::nullopt;
        }
        const auto wanted = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(m_count)));
        std::int64_t seen = 0;
        for (std::size_t i = 0; i < m_buckets.size(); ++i) {
            seen += m_buckets[i];
            if (seen >= wanted) {
                return firstMilliseconds * std::pow(growth, static_cast<double>(i) + 0.5);
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] LatencyFigures figures() const
    {
        return {percentile(0.5), percentile(0.95), percentile(0.99)};
    }

    void add(double milliseconds)
    {
        const double place =
            std::log(std::max(milliseconds, firstMilliseconds) / firstMilliseconds) / std::log(growth);
        const auto index = std::min(static_cast<std::size_t>(place), m_buckets.size() - 1);
        ++m_buckets[index];
        ++m_count;
    }
    void clear() { *this = {}; }

private:
    static constexpr double firstMilliseconds = 0.01;
    static constexpr double growth = 1.02;
    std::array<std::uint32_t, 900> m_buckets{}; // up to 0.01 ms x 1.02^900: nine minutes
    std::int64_t m_count = 0;
};

} // namespace nest::client
