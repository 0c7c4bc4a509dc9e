// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps what an eye can see of many points in one pixel column: the first, the smallest, the largest and
// the last (M4: Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014).
// A line drawn through them covers the same pixels as one through all points.

#include <cstdint>
#include <optional>
#include <vector>

namespace nest::metrics {

struct TimedValue
{
    std::int64_t time = 0;
    std::optional<double> value; // unknown
    bool operator==(const TimedValue &) const = default;
};

class Column final
{
public:
    /// Times rise. Unknown values are kept only when the column has no known one.
    void add(const TimedValue &point);
    /// At most four, in order of time; the column is empty afterwards.
    void moveTo(std::vector<TimedValue> &points);

private:
    std::optional<TimedValue> m_unknown;
    std::optional<TimedValue> m_first;
    TimedValue m_smallest;
    TimedValue m_largest;
    TimedValue m_last;
};

} // namespace nest::metrics
