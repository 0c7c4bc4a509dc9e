// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A stretch of one revision's history: the seconds with traffic and the changes of the gauges, and the
// compressed form in which it is kept and stored.
//
// The blob is a format byte, then a Zstd frame of unsigned LEB128 numbers, one column after the other
// (times as differences), because equal columns side by side compress best. decode() trusts nothing: it
// reads blobs from disk.

#include "api/wire/result.h"
#include "platform/metrics/sample.h"

#include <string>
#include <string_view>

namespace nest::metrics {

struct Point
{
    std::int64_t second = 0; // unix; of a roll-up: its first second
    Sample sample;
    bool operator==(const Point &) const = default;
};

/// Holds from `second` on, until the next one.
struct GaugePoint
{
    std::int64_t second = 0;
    RevisionGauges gauges;
    bool operator==(const GaugePoint &) const = default;
};

struct Block
{
    std::vector<Point> points;      // times rise strictly
    std::vector<GaugePoint> gauges; // times rise strictly
    bool operator==(const Block &) const = default;
};

[[nodiscard]] std::string encode(const Block &block, std::int64_t start);
/// Errors: `metrics/broken-chunk`, also for times outside [start, start + seconds).
[[nodiscard]] Result<Block> decode(std::string_view blob, std::int64_t start, std::int64_t seconds);

/// A Zstd frame of `plain`, and back; at most `limit` bytes come out.
[[nodiscard]] std::string compress(std::string_view plain);
[[nodiscard]] Result<std::string> decompress(std::string_view frame, std::size_t limit);

} // namespace nest::metrics
