// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the instances of one revision use, second by second, for scaling by cpu and memory. Unlike with
// requests a second without a value is unknown, not 0. Thread: the control thread only.

#include "api/wire/deployment.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace nest::metrics {

class UsageWindow final
{
public:
    /// Over the known seconds of the window; nothing when the newest is too old to speak for now.
    [[nodiscard]] std::optional<double> average(wire::ScalingMetric metric, int windowSeconds,
                                                std::int64_t nowSecond) const;
    /// Percent of one core and MB, over all instances. Seconds rise; one that does not is left out.
    void add(std::int64_t second, double cpuPercent, double memoryMegabytes);

private:
    struct Point
    {
        std::int64_t second = 0;
        double cpuPercent = 0;
        double memoryMegabytes = 0;
    };
    std::deque<Point> m_points;
};

} // namespace nest::metrics
