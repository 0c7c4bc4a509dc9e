// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of PoolsApi that notes how pools do, and tells the last hour of one as series.
#include "api/wire/codec.h"
#include "platform/control/poolsapi.h"

#include <chrono>
#include <utility>

namespace nest::control {

namespace {

template <typename Value>
wire::Series seriesOf(const std::deque<pools::PoolPoint> &points, const char *name, const char *unit,
                      Value value)
{
    wire::Series series{.name = name, .unit = unit, .times = {}, .values = {}};
    for (const auto &point : points) {
        series.times.push_back(point.atMs);
        series.values.emplace_back(static_cast<double>(point.*value));
    }
    return series;
}

} // namespace

void PoolsApi::noteHistory()
{
    const auto now = m_context.now().time_since_epoch().count();
    for (const auto &spec : m_pools.specs()) {
        m_history.note(spec.name, m_pools.figures(spec.name), now);
    }
}

PoolsApi::Task PoolsApi::history(CallPtr call)
{
    using pools::PoolHistory;
    using pools::PoolPoint;
    const auto &name = call->parameter("pool");
    if (!find(name)) {
        co_return std::unexpected(unknownPool(name));
    }
    const auto now = m_context.now();
    const auto points = m_history.of(name, now.time_since_epoch().count());
    wire::MetricsAnswer answer;
    answer.from = now - std::chrono::milliseconds(PoolHistory::stepMs * PoolHistory::kept);
    answer.to = now;
    answer.resolutionSeconds = static_cast<int>(PoolHistory::stepMs / 1000);
    answer.series = {seriesOf(points, "idle", "runtimes", &PoolPoint::idle),
                     seriesOf(points, "warming", "runtimes", &PoolPoint::warming),
                     seriesOf(points, "wanted", "runtimes", &PoolPoint::wanted),
                     seriesOf(points, "claimed", "starts", &PoolPoint::claimed),
                     seriesOf(points, "missed", "starts", &PoolPoint::missed)};
    co_return jsonAnswer(200, wire::write(answer));
}

} // namespace nest::control
