// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Latencies: the percentiles of a small number are those of the samples themselves, of more they come from
// buckets that are 2 % wide, in constant memory, and never lie outside what was seen. A plain value.

#include "api/client/loadplan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

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
        if (m_samples.size() == static_cast<std::size_t>(m_count)) {
            auto sorted = m_samples;
            const auto at = sorted.begin() + std::clamp<std::int64_t>(wanted - 1, 0, m_count - 1);
            std::ranges::nth_element(sorted, at);
            return *at;
        }
        std::int64_t seen = 0;
        for (std::size_t i = 0; i < m_buckets.size(); ++i) {
            seen += m_buckets[i];
            if (seen >= wanted) {
                return std::clamp(firstMilliseconds * std::pow(growth, static_cast<double>(i) + 0.5), m_least,
                                  m_most);
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] LatencyFigures figures() const
    {
        return {percentile(0.5), percentile(0.95), percentile(0.99)};
    }

    [[nodiscard]] std::int64_t count() const { return m_count; }

    /// Of two histograms, from the first bin with an answer to the last.
    static std::vector<LatencyBin> bins(const LoadHistogram &warm, const LoadHistogram &cold)
    {
        std::vector<LatencyBin> all;
        for (std::size_t first = 0; first < buckets; first += bucketsPerBin) {
            LatencyBin bin{.fromMs = firstMilliseconds * std::pow(growth, static_cast<double>(first)),
                           .toMs = firstMilliseconds *
                                   std::pow(growth, static_cast<double>(first + bucketsPerBin))};
            for (std::size_t i = first; i < std::min(first + bucketsPerBin, buckets); ++i) {
                bin.warm += warm.m_buckets[i];
                bin.cold += cold.m_buckets[i];
            }
            const bool isEmpty = bin.warm + bin.cold == 0;
            if (!isEmpty || !all.empty()) {
                all.push_back(bin);
            }
        }
        while (!all.empty() && all.back().warm + all.back().cold == 0) {
            all.pop_back();
        }
        return all;
    }

    void add(double milliseconds)
    {
        const double place =
            std::log(std::max(milliseconds, firstMilliseconds) / firstMilliseconds) / std::log(growth);
        const auto index = std::min(static_cast<std::size_t>(place), m_buckets.size() - 1);
        ++m_buckets[index];
        m_least = m_count == 0 ? milliseconds : std::min(m_least, milliseconds);
        m_most = m_count == 0 ? milliseconds : std::max(m_most, milliseconds);
        ++m_count;
        if (static_cast<std::size_t>(m_count) <= exactSamples) {
            m_samples.push_back(milliseconds);
        } else {
            m_samples.clear();
        }
    }
    void clear() { *this = {}; }

private:
    static constexpr double firstMilliseconds = 0.01;
    static constexpr double growth = 1.02;
    static constexpr std::size_t buckets = 900;
    static constexpr std::size_t bucketsPerBin = 17; // 1.02^17 = 1.4
    std::array<std::uint32_t, buckets> m_buckets{};  // up to 0.01 ms x 1.02^900: nine minutes
    std::int64_t m_count = 0;
    double m_least = 0;
    double m_most = 0;
    // All of them while they are so few that a bucket's width would show beside a single answer's time.
    static constexpr std::size_t exactSamples = 1000;
    std::vector<double> m_samples;
};

} // namespace nest::client
