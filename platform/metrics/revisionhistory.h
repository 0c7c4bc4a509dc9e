// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All that is remembered of one revision: the last ten minutes as they are, 48 hours of seconds in
// compressed chunks, thirty days of ten-second roll-ups.
//
// Invariants: only seconds with traffic and changes of gauges are kept, what lies between is zero or
// unchanged (whether the platform ran at all is RunLog's business); a closed chunk never changes.
// A closed stretch without a chunk had no traffic and all gauges at 0. Thread: the control thread only.

#include "platform/metrics/block.h"
#include "platform/metrics/runlog.h"

#include <concepts>
#include <map>
#include <optional>

namespace nest::metrics {

inline constexpr std::int64_t hotSeconds = 600;
inline constexpr std::int64_t fineRetentionSeconds = 48 * 3600;
inline constexpr std::int64_t coarseRetentionSeconds = 30 * 24 * 3600;
inline constexpr std::int64_t hourSeconds = 3600; // length of a chunk of roll-ups
inline constexpr int coarseResolution = 10;

struct ClosedChunk
{
    std::int64_t start = 0;
    int resolutionSeconds = 1;
    std::string blob;
};

class RevisionHistory final
{
public:
    /// First second in which the revision was known to exist; nothing before the first add() or setGauges().
    [[nodiscard]] std::optional<std::int64_t> since() const { return m_since; }
    [[nodiscard]] std::optional<std::int64_t> lastArrival() const { return m_lastArrival; }
    /// A chunk's start: everything before it has been handed out by close().
    [[nodiscard]] std::int64_t closedUntil() const { return m_closedUntil; }
    /// Everything of [start, start + chunkSeconds), the gauges that held at its start included.
    [[nodiscard]] Block fineBlock(std::int64_t start) const;
    /// Ten-second points of the hour; gauges keep their own seconds.
    [[nodiscard]] Block coarseBlock(std::int64_t hour) const;
    /// Calls `visit(point)` for each second of [from, to) with traffic, in order.
    template <std::invocable<const Point &> Visitor>
    void forEachPoint(std::int64_t from, std::int64_t to, Visitor visit) const
    {
        for (auto start = chunkStart(from); m_since && from < m_hotFrom && start < to;
             start += chunkSeconds) {
            for (const auto &point : fineBlock(start).points) {
                if (point.second >= from && point.second < to) {
                    visit(point);
                }
            }
        }
        if (from >= m_hotFrom) {
            for (auto point = firstHot(from); point != m_hot.points.end() && point->second < to; ++point) {
                visit(*point);
            }
        }
    }
    /// As they were at the end of a second of the open stretch; nothing when that is not remembered here.
    [[nodiscard]] std::optional<RevisionGauges> recentGaugesAt(std::int64_t second) const;
    /// The open stretch, for a shutdown; nothing when there is nothing worth keeping.
    [[nodiscard]] std::optional<ClosedChunk> openChunk(std::int64_t start) const;

    void add(std::int64_t second, Sample sample);
    void setGauges(std::int64_t second, const RevisionGauges &gauges);
    /// Closes everything before `until` (a chunk's start), drops what is too old.
    [[nodiscard]] std::vector<ClosedChunk> close(std::int64_t until);
    [[nodiscard]] Result<> restore(const ClosedChunk &chunk);

private:
    [[nodiscard]] std::vector<Point>::const_iterator firstHot(std::int64_t second) const;
    void appendHot(Block &block, std::int64_t start) const;
    void trimHot(std::int64_t from);

    Block m_hot;
    std::int64_t m_hotFrom = 0;     // every point from here on is in m_hot
    std::int64_t m_closedUntil = 0; // a chunk's start
    std::optional<std::int64_t> m_since;
    std::optional<std::int64_t> m_lastArrival;
    std::map<std::int64_t, std::string> m_fine;   // by chunk start
    std::map<std::int64_t, std::string> m_coarse; // by hour
};

/// Walks a history forward; times asked for never go back.
class HistoryReader final
{
public:
    HistoryReader(const RevisionHistory &history, int resolutionSeconds);

    /// The sample that begins at `second`; null when there was no traffic. Valid until the next call.
    [[nodiscard]] const Sample *sampleAt(std::int64_t second);
    /// As they were at the end of the step that begins at `second`; nothing when not known.
    [[nodiscard]] std::optional<RevisionGauges> gaugesAt(std::int64_t second);

private:
    void load(std::int64_t second);

    const RevisionHistory &m_history;
    int m_resolution;
    std::int64_t m_length;
    std::optional<std::int64_t> m_start;
    Block m_block;
    std::size_t m_point = 0;
    std::size_t m_gauge = 0; // how many of the block's gauges have begun
};

} // namespace nest::metrics
