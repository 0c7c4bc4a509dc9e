// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/usagewindow.h"

namespace nest::metrics {

namespace {

constexpr std::int64_t keptSeconds = 3600; // the longest window of a policy
constexpr std::int64_t freshSeconds = 5;   // instances report once a second; some reports may be late

} // namespace

std::optional<double> UsageWindow::average(wire::ScalingMetric metric, int windowSeconds,
                                           std::int64_t nowSecond) const
{
    if (m_points.empty() || nowSecond - m_points.back().second >= freshSeconds) {
        return std::nullopt;
    }
    double sum = 0;
    int count = 0;
    for (auto point = m_points.rbegin(); point != m_points.rend(); ++point) {
        if (point->second <= nowSecond - windowSeconds && count > 0) {
            break;
        }
        sum += metric == wire::ScalingMetric::Cpu ? point->cpuPercent : point->memoryMegabytes;
        ++count;
    }
    return sum / count;
}

void UsageWindow::add(std::int64_t second, double cpuPercent, double memoryMegabytes)
{
    if (!m_points.empty() && m_points.back().second >= second) {
        return;
    }
    m_points.push_back({second, cpuPercent, memoryMegabytes});
    while (m_points.front().second <= second - keptSeconds) {
        m_points.pop_front();
    }
}

} // namespace nest::metrics
