// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The platform's memory of its load: takes the gateway's seconds and control's gauges, answers the
// autoscaler (averages), the live figures and the charts (series).
//
// A second without traffic of a known revision is 0; a second in which the platform did not run is a gap
// and has no entry in an answer. Persistence is by value: the owner stores the chunks that are handed out
// and gives them back after a restart. Thread: the control thread only.

#include "api/wire/observation.h"
#include "api/wire/result.h"
#include "platform/gateway/counters.h"
#include "platform/metrics/revisionhistory.h"
#include "platform/metrics/usagewindow.h"
#include "scaling/window.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nest::metrics {

struct WindowFigures
{
    std::optional<double> requestsPerSecond; // absent: nothing known in the window
    std::optional<double> concurrency;
    std::optional<double> secondsSinceLastRequest; // 0 while a request runs or waits; absent: there was none
    std::optional<double> successPercent;          // absent without answers in the window
    std::optional<double> p99Ms;
    std::uint32_t inFlight = 0;
    std::uint32_t queued = 0;
};

struct Query
{
    std::optional<std::string> function;
    std::optional<std::string> group; // "set/lane/region"
    std::optional<int> version;
    std::vector<std::string> names; // empty: all
    wire::Time from;
    wire::Time to;            // not included
    std::optional<int> width; // pixels; 1,000 when absent
    bool raw = false;         // every step, whatever the width
};

class Metrics final
{
public:
    struct Chunk
    {
        gateway::RevisionKey key; // of no function: the record of when the platform ran
        std::int64_t start = 0;
        int resolutionSeconds = 1; // also says how long to keep it: retentionSeconds()
        std::string blob;
    };
    [[nodiscard]] static std::int64_t retentionSeconds(int resolutionSeconds);

    /// Per second, over the last `windowSeconds` up to and including `nowSecond`: arrivals or concurrency
    /// (waiting requests included), or what addUsage() gave. Nothing for an unknown revision, and when no
    /// second of the window was seen. Rules of a young window and of holes: scaling::AverageWindow.
    [[nodiscard]] std::optional<double> average(const gateway::RevisionKey &key, wire::ScalingMetric metric,
                                                int windowSeconds, std::int64_t nowSecond) const;
    /// The seconds that average() is of: fewer than the window while the group is younger. Nothing as there.
    [[nodiscard]] std::optional<int> averagedSeconds(const gateway::RevisionKey &key,
                                                     wire::ScalingMetric metric, int windowSeconds,
                                                     std::int64_t nowSecond) const;
    [[nodiscard]] WindowFigures figures(const gateway::RevisionKey &key, int windowSeconds,
                                        std::int64_t nowSecond) const;
    /// Of a second of the last minutes, as the series say them; nothing when none were set until then.
    [[nodiscard]] std::optional<RevisionGauges> recentGaugesAt(const gateway::RevisionKey &key,
                                                               std::int64_t second) const;
    /// Sums over the revisions that match; of `waitMaxSeconds` the largest. Errors: `metrics/bad-query`.
    [[nodiscard]] Result<wire::MetricsAnswer> query(const Query &query) const;

    void add(const gateway::SecondBatch &batch);
    /// What all instances of a revision used in a second; leave it out while one of them is not known.
    void addUsage(const gateway::RevisionKey &key, std::int64_t second, double cpuPercent,
                  double memoryMegabytes);
    void setGauges(const gateway::RevisionKey &key, RevisionGauges gauges, wire::Time time);
    /// Chunks that can no longer change, a few revisions a call: ask once a second. A chunk with the key,
    /// start and resolution of one that is stored replaces it.
    [[nodiscard]] std::vector<Chunk> takeClosedChunks(std::int64_t nowSecond);
    /// For a shutdown: everything that takeClosedChunks() has not handed out.
    [[nodiscard]] std::vector<Chunk> openChunks() const;
    /// Before the first add(). Errors: `metrics/broken-chunk`; the rest stays usable.
    [[nodiscard]] Result<> restore(const Chunk &chunk);
    /// The newest second that was counted, restored ones included.
    [[nodiscard]] std::optional<std::int64_t> lastSecond() const { return m_run.lastSecond(); }
    /// The owner removes the stored chunks.
    void forget(const gateway::RevisionKey &key);

private:
    [[nodiscard]] std::optional<scaling::AverageWindow> window(const gateway::RevisionKey &key,
                                                               wire::ScalingMetric metric, int windowSeconds,
                                                               std::int64_t nowSecond) const;
    [[nodiscard]] const RevisionHistory *find(const gateway::RevisionKey &key) const;

    std::map<gateway::RevisionKey, RevisionHistory> m_revisions;
    std::map<gateway::RevisionKey, UsageWindow> m_usage; // of those that scale by it
    RunLog m_run;
    std::optional<std::int64_t> m_closedUntil;     // chunks before it are closed or being closed
    std::optional<gateway::RevisionKey> m_closing; // the last revision closed; absent: none are left
};

} // namespace nest::metrics
