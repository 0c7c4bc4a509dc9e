// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/revisionhistory.h"

#include <algorithm>

namespace nest::metrics {

namespace {

std::int64_t floorTo(std::int64_t second, std::int64_t step)
{
    return second - (second % step + step) % step;
}

bool isWorthKeeping(const Block &block)
{
    return !block.points.empty() || std::ranges::any_of(block.gauges, [](const auto &entry) {
        return entry.gauges != RevisionGauges{};
    });
}

void appendCoarse(Block &hour, const Block &fine)
{
    for (const auto &point : fine.points) {
        const auto second = floorTo(point.second, coarseResolution);
        if (!hour.points.empty() && hour.points.back().second == second) {
            mergeLater(hour.points.back().sample, point.sample);
        } else {
            hour.points.push_back({second, point.sample});
        }
    }
    for (const auto &entry : fine.gauges) {
        if (hour.gauges.empty() || hour.gauges.back().gauges != entry.gauges) {
            hour.gauges.push_back(entry);
        }
    }
}

} // namespace

std::vector<Point>::const_iterator RevisionHistory::firstHot(std::int64_t second) const
{
    return std::ranges::lower_bound(m_hot.points, second, {}, &Point::second);
}

void RevisionHistory::appendHot(Block &block, std::int64_t start) const
{
    const auto end = start + chunkSeconds;
    const auto known = block.points.empty() ? start : block.points.back().second + 1;
    for (auto point = firstHot(known); point != m_hot.points.end() && point->second < end; ++point) {
        block.points.push_back(*point);
    }
    auto gauge = std::ranges::upper_bound(m_hot.gauges, start, {}, &GaugePoint::second);
    if (block.gauges.empty() && gauge != m_hot.gauges.begin()) {
        block.gauges.push_back({start, std::prev(gauge)->gauges});
    }
    for (; gauge != m_hot.gauges.end() && gauge->second < end; ++gauge) {
        if (block.gauges.empty() || gauge->second > block.gauges.back().second) {
            block.gauges.push_back(*gauge);
        }
    }
}

Block RevisionHistory::fineBlock(std::int64_t start) const
{
    Block block;
    if (const auto stored = m_fine.find(start); stored != m_fine.end()) {
        // A chunk that cannot be read was refused by restore() already.
        block = decode(stored->second, start, chunkSeconds).value_or(Block{});
    }
    if (start + chunkSeconds > m_closedUntil) {
        appendHot(block, start);
    } else if (block.gauges.empty() && m_since && *m_since < start + chunkSeconds) {
        block.gauges.push_back({std::max(start, *m_since), {}});
    }
    return block;
}

Block RevisionHistory::coarseBlock(std::int64_t hour) const
{
    if (const auto stored = m_coarse.find(hour); stored != m_coarse.end()) {
        return decode(stored->second, hour, hourSeconds).value_or(Block{});
    }
    Block block;
    for (auto start = hour; start < hour + hourSeconds; start += chunkSeconds) {
        appendCoarse(block, fineBlock(start));
    }
    return block;
}

std::optional<ClosedChunk> RevisionHistory::openChunk(std::int64_t start) const
{
    const auto block = fineBlock(start);
    if (!isWorthKeeping(block)) {
        return std::nullopt;
    }
    return ClosedChunk{start, 1, encode(block, start)};
}

void RevisionHistory::add(std::int64_t second, Sample sample)
{
    if (!m_hot.points.empty() && m_hot.points.back().second >= second) {
        return; // the gateway hands over each second once, in order; a clock set back is not counted twice
    }
    if (second < m_closedUntil) {
        return;
    }
    if (!m_since) {
        m_closedUntil = chunkStart(second);
    }
    m_since = std::min(m_since.value_or(second), second);
    if (sample.arrivals > 0) {
        m_lastArrival = second;
    }
    m_hot.points.push_back({second, std::move(sample)});
}

void RevisionHistory::setGauges(std::int64_t second, const RevisionGauges &gauges)
{
    if (!m_since) {
        m_since = second;
        m_closedUntil = chunkStart(second);
    }
    auto &list = m_hot.gauges;
    second = std::max({second, m_closedUntil, list.empty() ? second : list.back().second});
    if (!list.empty() && list.back().gauges == gauges) {
        return;
    }
    if (!list.empty() && list.back().second == second) {
        list.back().gauges = gauges; // the value at the end of the second is the second's value
    } else {
        list.push_back({second, gauges});
    }
}

std::optional<RevisionGauges> RevisionHistory::recentGaugesAt(std::int64_t second) const
{
    const auto after = std::ranges::upper_bound(m_hot.gauges, second, {}, &GaugePoint::second);
    return after == m_hot.gauges.begin() ? std::nullopt : std::optional(std::prev(after)->gauges);
}

std::vector<ClosedChunk> RevisionHistory::close(std::int64_t until)
{
    std::vector<ClosedChunk> closed;
    if (!m_since || until <= m_closedUntil) {
        return closed;
    }
    // After a long sleep there is nothing between the last point and now.
    for (auto start = m_closedUntil; start < until; start += chunkSeconds) {
        if (const auto block = fineBlock(start); isWorthKeeping(block)) {
            auto &blob = m_fine[start] = encode(block, start);
            closed.push_back({start, 1, blob});
        }
    }
    m_closedUntil = until;
    trimHot(until - hotSeconds);

    m_fine.erase(m_fine.begin(), m_fine.lower_bound(until - fineRetentionSeconds));
    m_coarse.erase(m_coarse.begin(), m_coarse.lower_bound(until - coarseRetentionSeconds));
    for (auto fine = m_fine.begin(); fine != m_fine.end();) {
        const auto hour = floorTo(fine->first, hourSeconds);
        if (hour + hourSeconds <= until && !m_coarse.contains(hour)) {
            auto blob = encode(coarseBlock(hour), hour);
            closed.push_back({hour, coarseResolution, blob});
            m_coarse.emplace(hour, std::move(blob));
        }
        fine = m_fine.lower_bound(hour + hourSeconds);
    }
    return closed;
}

void RevisionHistory::trimHot(std::int64_t from)
{
    m_hot.points.erase(m_hot.points.begin(), firstHot(from));
    m_hotFrom = std::max(m_hotFrom, from);
    auto &gauges = m_hot.gauges;
    const auto later = std::ranges::upper_bound(gauges, from, {}, &GaugePoint::second);
    if (later != gauges.begin()) {
        gauges.erase(gauges.begin(), std::prev(later)); // the one that still holds stays
    }
}

Result<> RevisionHistory::restore(const ClosedChunk &chunk)
{
    const bool isFine = chunk.resolutionSeconds == 1;
    const auto length = isFine ? chunkSeconds : hourSeconds;
    if ((!isFine && chunk.resolutionSeconds != coarseResolution) ||
        floorTo(chunk.start, length) != chunk.start) {
        return failure("metrics/broken-chunk", "A stored metrics chunk has a wrong start or resolution.");
    }
    const auto block = decode(chunk.blob, chunk.start, length);
    if (!block) {
        return std::unexpected(block.error());
    }
    auto first = chunk.start + length;
    auto last = chunk.start;
    for (const auto &point : block->points) {
        first = std::min(first, point.second);
        last = std::max(last, point.second);
        if (point.sample.arrivals > 0) {
            m_lastArrival = std::max(m_lastArrival.value_or(point.second), point.second);
        }
    }
    if (!block->gauges.empty()) {
        first = std::min(first, block->gauges.front().second);
        last = std::max(last, block->gauges.back().second);
    }
    if (!m_since) {
        m_closedUntil = chunk.start;
    }
    m_since = std::min(m_since.value_or(first), first);
    m_closedUntil = std::max(m_closedUntil, chunkStart(last));
    m_hotFrom = std::max(m_hotFrom, last + 1);
    (isFine ? m_fine : m_coarse)[chunk.start] = chunk.blob;
    return {};
}

HistoryReader::HistoryReader(const RevisionHistory &history, int resolutionSeconds)
    : m_history(history)
    , m_resolution(resolutionSeconds)
    , m_length(resolutionSeconds == 1 ? chunkSeconds : hourSeconds)
{}

void HistoryReader::load(std::int64_t second)
{
    const auto start = floorTo(second, m_length);
    if (m_start == start) {
        return;
    }
    m_start = start;
    m_block = m_resolution == 1 ? m_history.fineBlock(start) : m_history.coarseBlock(start);
    m_point = 0;
    m_gauge = 0;
}

const Sample *HistoryReader::sampleAt(std::int64_t second)
{
    load(second);
    while (m_point < m_block.points.size() && m_block.points[m_point].second < second) {
        ++m_point;
    }
    const bool isThere = m_point < m_block.points.size() && m_block.points[m_point].second == second;
    return isThere ? &m_block.points[m_point].sample : nullptr;
}

std::optional<RevisionGauges> HistoryReader::gaugesAt(std::int64_t second)
{
    load(second);
    while (m_gauge < m_block.gauges.size() && m_block.gauges[m_gauge].second < second + m_resolution) {
        ++m_gauge;
    }
    return m_gauge == 0 ? std::nullopt : std::optional(m_block.gauges[m_gauge - 1].gauges);
}

} // namespace nest::metrics
