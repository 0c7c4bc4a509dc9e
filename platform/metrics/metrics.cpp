// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/metrics.h"

#include "scaling/window.h"

#include <algorithm>

namespace nest::metrics {

namespace {

// A second's batch arrives when the second is over; a late one must still find its chunk open.
constexpr std::int64_t closingDelaySeconds = 3;
// Compressing a busy chunk takes about half a millisecond: this many keep a call under one frame.
constexpr int revisionsPerCall = 32;

bool isUse(wire::ScalingMetric metric)
{
    return metric == wire::ScalingMetric::Cpu || metric == wire::ScalingMetric::Memory;
}

double valueOf(const Sample &sample, wire::ScalingMetric metric)
{
    return metric == wire::ScalingMetric::Concurrency ? sample.concurrencySeconds : sample.arrivals;
}

} // namespace

std::int64_t Metrics::retentionSeconds(int resolutionSeconds)
{
    return resolutionSeconds == 1 ? fineRetentionSeconds : coarseRetentionSeconds;
}

const RevisionHistory *Metrics::find(const gateway::RevisionKey &key) const
{
    const auto found = m_revisions.find(key);
    return found == m_revisions.end() ? nullptr : &found->second;
}

std::optional<scaling::AverageWindow> Metrics::window(const gateway::RevisionKey &key,
                                                      wire::ScalingMetric metric, int windowSeconds,
                                                      std::int64_t nowSecond) const
{
    const auto *history = find(key);
    if (history == nullptr || !history->since() || isUse(metric) || windowSeconds < 1) {
        return std::nullopt;
    }
    // Two windows back: enough to know how old the window is and whether a silence has emptied it.
    scaling::AverageWindow window{std::chrono::seconds(windowSeconds)};
    const auto record = [&](std::int64_t second, double value) {
        window.record(scaling::TimePoint(std::chrono::seconds(second)), value);
    };
    auto next = std::max(*history->since(), nowSecond - 2 * windowSeconds + 1);
    const auto recordSilence = [&](std::int64_t until) {
        for (; next < until; ++next) {
            if (m_run.ran(next)) {
                record(next, 0);
            }
        }
    };
    history->forEachPoint(next, nowSecond + 1, [&](const Point &point) {
        recordSilence(point.second);
        record(point.second, valueOf(point.sample, metric));
        next = point.second + 1;
    });
    recordSilence(nowSecond + 1);
    const scaling::TimePoint now{std::chrono::seconds(nowSecond)};
    return window.isEmpty(now) ? std::nullopt : std::optional(window);
}

std::optional<double> Metrics::average(const gateway::RevisionKey &key, wire::ScalingMetric metric,
                                       int windowSeconds, std::int64_t nowSecond) const
{
    if (isUse(metric)) {
        const auto usage = m_usage.find(key);
        return usage == m_usage.end() ? std::nullopt
                                      : usage->second.average(metric, windowSeconds, nowSecond);
    }
    return window(key, metric, windowSeconds, nowSecond).transform([nowSecond](const auto &filled) {
        return filled.average(scaling::TimePoint(std::chrono::seconds(nowSecond)));
    });
}

std::optional<int> Metrics::averagedSeconds(const gateway::RevisionKey &key, wire::ScalingMetric metric,
                                            int windowSeconds, std::int64_t nowSecond) const
{
    return window(key, metric, windowSeconds, nowSecond).transform([nowSecond](const auto &filled) {
        return static_cast<int>(filled.seen(scaling::TimePoint(std::chrono::seconds(nowSecond))).count());
    });
}

WindowFigures Metrics::figures(const gateway::RevisionKey &key, int windowSeconds,
                               std::int64_t nowSecond) const
{
    WindowFigures figures;
    const auto *history = find(key);
    if (history == nullptr) {
        return figures;
    }
    figures.requestsPerSecond =
        average(key, wire::ScalingMetric::RequestsPerSecond, windowSeconds, nowSecond);
    figures.concurrency = average(key, wire::ScalingMetric::Concurrency, windowSeconds, nowSecond);
    std::uint64_t responses = 0;
    std::uint64_t errors = 0;
    gateway::LatencyHistogram latency;
    const auto latest = std::min(nowSecond, m_run.lastSecond().value_or(nowSecond));
    history->forEachPoint(nowSecond - windowSeconds + 1, nowSecond + 1, [&](const Point &point) {
        responses += point.sample.responses;
        errors += point.sample.errors;
        addLatencies(latency, point.sample);
        if (point.second == latest) {
            figures.inFlight = point.sample.inFlight;
            figures.queued = point.sample.queued;
        }
    });
    if (responses > 0) {
        figures.successPercent = 100.0 * static_cast<double>(responses - std::min(errors, responses)) /
                                 static_cast<double>(responses);
    }
    figures.p99Ms = latency.quantileMilliseconds(0.99);
    if (figures.inFlight + figures.queued > 0) {
        figures.secondsSinceLastRequest = 0;
    } else if (const auto last = history->lastArrival()) {
        figures.secondsSinceLastRequest = static_cast<double>(std::max<std::int64_t>(0, nowSecond - *last));
    }
    return figures;
}

std::optional<RevisionGauges> Metrics::recentGaugesAt(const gateway::RevisionKey &key,
                                                      std::int64_t second) const
{
    const auto *history = find(key);
    return history == nullptr ? std::nullopt : history->recentGaugesAt(second);
}

void Metrics::add(const gateway::SecondBatch &batch)
{
    if (m_run.lastSecond() && batch.second <= *m_run.lastSecond()) {
        return; // the clock was set back: wait until it has caught up, count nothing twice
    }
    m_run.add(batch.second);
    m_closedUntil = m_closedUntil.value_or(chunkStart(batch.second));
    for (const auto &revision : batch.revisions) {
        m_revisions[revision.key].add(batch.second, toSample(revision));
    }
}

void Metrics::addUsage(const gateway::RevisionKey &key, std::int64_t second, double cpuPercent,
                       double memoryMegabytes)
{
    m_usage[key].add(second, cpuPercent, memoryMegabytes);
}

void Metrics::setGauges(const gateway::RevisionKey &key, RevisionGauges gauges, wire::Time time)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    m_revisions[key].setGauges(second, gauges);
}

std::vector<Metrics::Chunk> Metrics::takeClosedChunks(std::int64_t nowSecond)
{
    std::vector<Chunk> chunks;
    const auto until = chunkStart(nowSecond - closingDelaySeconds);
    if (m_closedUntil && !m_closing && until > *m_closedUntil) {
        for (auto start = *m_closedUntil; start < until; start += chunkSeconds) {
            if (auto blob = m_run.encoded(start); !blob.empty()) {
                chunks.push_back({{}, start, coarseResolution, std::move(blob)});
            }
        }
        m_run.dropBefore(until - coarseRetentionSeconds);
        m_closedUntil = until;
        m_closing.emplace(); // sorts before every revision
    }
    if (!m_closing) {
        return chunks;
    }
    auto next = m_revisions.upper_bound(*m_closing);
    for (int count = 0; next != m_revisions.end() && count < revisionsPerCall; ++next, ++count) {
        for (auto &closed : next->second.close(*m_closedUntil)) {
            chunks.push_back({next->first, closed.start, closed.resolutionSeconds, std::move(closed.blob)});
        }
        m_closing = next->first;
    }
    if (next == m_revisions.end()) {
        m_closing.reset();
    }
    return chunks;
}

std::vector<Metrics::Chunk> Metrics::openChunks() const
{
    std::vector<Chunk> chunks;
    if (!m_closedUntil) {
        return chunks; // nothing was added
    }
    const auto last = chunkStart(m_run.lastSecond().value_or(*m_closedUntil));
    for (auto start = *m_closedUntil; start <= last; start += chunkSeconds) {
        if (auto blob = m_run.encoded(start); !blob.empty()) {
            chunks.push_back({{}, start, coarseResolution, std::move(blob)});
        }
    }
    for (const auto &[key, history] : m_revisions) {
        for (auto start = history.closedUntil(); history.since() && start <= last; start += chunkSeconds) {
            if (auto open = history.openChunk(start)) {
                chunks.push_back({key, open->start, open->resolutionSeconds, std::move(open->blob)});
            }
        }
    }
    return chunks;
}

Result<> Metrics::restore(const Chunk &chunk)
{
    if (chunk.key == gateway::RevisionKey{}) {
        return m_run.restore(chunk.start, chunk.blob);
    }
    const auto entry = m_revisions.try_emplace(chunk.key).first;
    auto restored = entry->second.restore({chunk.start, chunk.resolutionSeconds, chunk.blob});
    if (!entry->second.since()) {
        m_revisions.erase(entry);
    }
    return restored;
}

void Metrics::forget(const gateway::RevisionKey &key)
{
    m_revisions.erase(key);
    m_usage.erase(key);
}

} // namespace nest::metrics
