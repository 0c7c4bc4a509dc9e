// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/reduce.h"

#include <algorithm>
#include <array>

namespace nest::metrics {

void Column::add(const TimedValue &point)
{
    if (!point.value) {
        m_unknown = m_unknown.value_or(point);
        return;
    }
    if (!m_first) {
        m_first = m_smallest = m_largest = point;
    }
    if (*point.value < *m_smallest.value) {
        m_smallest = point;
    }
    if (*point.value > *m_largest.value) {
        m_largest = point;
    }
    m_last = point;
}

void Column::moveTo(std::vector<TimedValue> &points)
{
    if (m_first) {
        std::array kept{*m_first, m_smallest, m_largest, m_last};
        std::ranges::sort(kept, {}, &TimedValue::time);
        for (const auto &point : kept) {
            if (points.empty() || points.back().time < point.time) {
                points.push_back(point);
            }
        }
    } else if (m_unknown) {
        points.push_back(*m_unknown);
    }
    *this = Column();
}

} // namespace nest::metrics
