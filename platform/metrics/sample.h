// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One second (or ten) of one revision, small enough to keep many: the counters and the latencies that
// occurred, as pairs of bucket and count instead of the gateway's full table.
//
// Plain values without a clock. Thread: any.

#include "platform/gateway/counters.h"

#include <array>
#include <cstdint>
#include <vector>

namespace nest::metrics {

/// What the control thread knows of a revision and the gateway does not; set whenever it changes.
struct RevisionGauges
{
    int ready = 0;
    int starting = 0;
    int desired = 0;
    int reserved = 0;
    double target = 0; // load one instance is aimed at, in the unit of the policy's metric
    bool operator==(const RevisionGauges &) const = default;
};

struct LatencyCount
{
    std::uint16_t bucket = 0; // index into gateway::LatencyHistogram::counts
    std::uint32_t count = 0;
    bool operator==(const LatencyCount &) const = default;
};

struct Sample
{
    std::uint32_t arrivals = 0;
    std::uint32_t responses = 0;
    std::uint32_t errors = 0;
    std::uint32_t rejected = 0;
    std::uint32_t retries = 0;
    std::uint32_t waited = 0;
    std::uint32_t fallbacks = 0;
    std::uint32_t aborted = 0;
    std::uint32_t inFlight = 0; // of several seconds: the largest
    std::uint32_t queued = 0;   // likewise
    double concurrencySeconds = 0;
    double waitMaxSeconds = 0;
    std::vector<LatencyCount> latency; // buckets rise, counts are not 0
    bool operator==(const Sample &) const = default;
};

/// The members that add up over time, and those of which the largest counts; the codec walks them too.
inline constexpr std::array summedCounters{&Sample::arrivals,  &Sample::responses, &Sample::errors,
                                           &Sample::rejected,  &Sample::retries,   &Sample::waited,
                                           &Sample::fallbacks, &Sample::aborted};
inline constexpr std::array levelCounters{&Sample::inFlight, &Sample::queued};

[[nodiscard]] Sample toSample(const gateway::RevisionSecond &second);

/// Makes one sample of two that follow each other in time (not of two revisions).
void mergeLater(Sample &into, const Sample &later);

void addLatencies(gateway::LatencyHistogram &into, const Sample &sample);

} // namespace nest::metrics
