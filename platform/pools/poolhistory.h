// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How each pool did in the last hour: a point each ten seconds, in memory alone.
//
// Invariants: a time at which nothing was noted has no point, and of a pool that was not there, or of the
// time before a restart, there is none: unknown, not zero. At most `kept` points a pool. Pure: the time is
// told. Thread: control. Owner: PoolsApi.

#include "platform/pools/pools.h"

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace nest::pools {

struct PoolPoint
{
    std::int64_t atMs = 0; // Unix milliseconds, a multiple of the step
    int idle = 0;          // at that time, as the two below
    int warming = 0;
    int wanted = 0;
    std::int64_t claimed = 0; // since the point before
    std::int64_t missed = 0;
    bool operator==(const PoolPoint &) const = default;
};

class PoolHistory final
{
public:
    static constexpr std::int64_t stepMs = 10'000;
    static constexpr std::size_t kept = 360; // of an hour

    /// Each second, or so.
    void note(const std::string &pool, const PoolFigures &figures, std::int64_t nowMs);
    void forget(const std::string &pool) { m_lines.erase(pool); }
    /// Oldest first, of the last hour before `nowMs`; empty: nothing is known of it.
    [[nodiscard]] std::deque<PoolPoint> of(const std::string &pool, std::int64_t nowMs) const;

private:
    struct Line
    {
        std::int64_t lastStep = 0;
        std::int64_t claimed = 0; // as counted at the last point
        std::int64_t missed = 0;
        std::deque<PoolPoint> points;
    };
    std::map<std::string, Line> m_lines;
};

} // namespace nest::pools
