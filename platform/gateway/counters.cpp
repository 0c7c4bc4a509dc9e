// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/counters.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace nest::gateway {

namespace {

int bucketOf(std::uint64_t microseconds)
{
    constexpr int subBits = 4; // bucketsPerOctave = 2^4
    if (microseconds < (1U << LatencyHistogram::firstOctave)) {
        return 0;
    }
    const int octave = std::bit_width(microseconds) - 1;
    const auto sub =
        static_cast<int>((microseconds >> (octave - subBits)) & (LatencyHistogram::bucketsPerOctave - 1));
    return std::min((octave - LatencyHistogram::firstOctave) * LatencyHistogram::bucketsPerOctave + sub,
                    LatencyHistogram::bucketCount - 1);
}

double middleMicroseconds(int bucket)
{
    const int octave = bucket / LatencyHistogram::bucketsPerOctave + LatencyHistogram::firstOctave;
    const int sub = bucket % LatencyHistogram::bucketsPerOctave;
    return std::ldexp(1.0 + (sub + 0.5) / LatencyHistogram::bucketsPerOctave, octave);
}

} // namespace

void LatencyHistogram::add(std::chrono::microseconds latency)
{
    ++counts[static_cast<std::size_t>(
        bucketOf(static_cast<std::uint64_t>(std::max<std::int64_t>(0, latency.count()))))];
}

void LatencyHistogram::merge(const LatencyHistogram &other)
{
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] += other.counts[i];
    }
}

std::uint64_t LatencyHistogram::total() const
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::optional<double> LatencyHistogram::quantileMilliseconds(double q) const
{
    const std::uint64_t all = total();
    if (all == 0) {
        return std::nullopt;
    }
    const auto rank =
        static_cast<std::uint64_t>(std::ceil(std::clamp(q, 0.0, 1.0) * static_cast<double>(all)));
    std::uint64_t seen = 0;
    for (int bucket = 0; bucket < bucketCount; ++bucket) {
        seen += counts[static_cast<std::size_t>(bucket)];
        if (seen >= std::max<std::uint64_t>(rank, 1)) {
            return middleMicroseconds(bucket) / 1000.0;
        }
    }
    return std::nullopt;
}

} // namespace nest::gateway
