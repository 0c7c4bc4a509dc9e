// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/pools/poolhistory.h"

#include <utility>

namespace nest::pools {

namespace {

/// A pool that was made anew counts from zero again.
std::int64_t since(std::int64_t before, std::int64_t now)
{
    return now < before ? now : now - before;
}

} // namespace

void PoolHistory::note(const std::string &pool, const PoolFigures &figures, std::int64_t nowMs)
{
    const auto step = nowMs / stepMs;
    const auto [found, isNew] = m_lines.try_emplace(pool);
    auto &line = found->second;
    if (isNew) { // its first point is of a time at which it was there
        line.lastStep = step;
    }
    if (step <= line.lastStep) {
        return;
    }
    line.lastStep = step;
    line.points.push_back({.atMs = step * stepMs,
                           .idle = figures.idle,
                           .warming = figures.warming,
                           .wanted = figures.wanted,
                           .claimed = since(std::exchange(line.claimed, figures.claimed), figures.claimed),
                           .missed = since(std::exchange(line.missed, figures.missed), figures.missed)});
    if (line.points.size() > kept) {
        line.points.pop_front();
    }
}

std::deque<PoolPoint> PoolHistory::of(const std::string &pool, std::int64_t nowMs) const
{
    const auto found = m_lines.find(pool);
    if (found == m_lines.end()) {
        return {};
    }
    auto points = found->second.points;
    while (!points.empty() && points.front().atMs < nowMs - static_cast<std::int64_t>(kept) * stepMs) {
        points.pop_front(); // a machine that slept
    }
    return points;
}

} // namespace nest::pools
