// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the gateway counted in one second, per revision and per instance. Plain values: the gateway thread
// fills them, hands them over once a second and keeps nothing.

#include "platform/gateway/routetable.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nest::gateway {

/// Log-linear: sixteen buckets an octave, so a quantile is off by at most 1/32 (3.2 %) from 32 us to 134 s.
/// Shorter times share the first bucket, longer ones the last.
struct LatencyHistogram
{
    static constexpr int firstOctave = 5; // 2^5 us = 32 us
    static constexpr int octaves = 22;    // up to 2^27 us = 134 s
    static constexpr int bucketsPerOctave = 16;
    static constexpr int bucketCount = octaves * bucketsPerOctave;

    std::array<std::uint32_t, bucketCount> counts{};

    void add(std::chrono::microseconds latency);
    void merge(const LatencyHistogram &other);
    /// Empty when nothing was added. `q` from 0 to 1.
    [[nodiscard]] std::optional<double> quantileMilliseconds(double q) const;
    [[nodiscard]] std::uint64_t total() const;
    bool operator==(const LatencyHistogram &) const = default;
};

struct RevisionSecond
{
    RevisionKey key;
    std::int64_t second = 0;    // unix
    std::uint64_t arrivals = 0; // requests whose head came in and that were routed to this revision
    std::uint64_t responses =
        0;                    // answers finished, by the function or by the gateway, rejected ones included
    std::uint64_t errors = 0; // 5xx from the function or the gateway, rejected ones included
    std::uint64_t rejected =
        0; // 503 without having reached an instance: queue full, waited too long, blocked
    std::uint64_t retries = 0;
    std::uint64_t waited = 0;      // requests that began waiting in this second
    double concurrencySeconds = 0; // time integral of in-flight + queued
    std::uint32_t inFlight = 0;    // at the end of the second
    std::uint32_t queued = 0;      // at the end of the second
    double waitMaxSeconds = 0;     // longest wait that ended in this second, or that is still going on
    std::uint64_t fallbacks = 0;   // came here because their own lane or region had none
    std::uint64_t aborted = 0;     // the client left before its answer was complete
    LatencyHistogram latency; // head received -> answer complete; rejected and aborted ones are not in it
};

struct InstanceSecond
{
    std::string id;
    std::uint32_t inFlight = 0; // at the end of the second
    std::uint64_t requests = 0; // sent to it in this second
    std::uint64_t errors = 0;   // 5xx from it, or it broke off
};

struct SecondBatch
{
    std::int64_t second = 0;               // unix; the second that has just ended
    std::vector<RevisionSecond> revisions; // only those with something to tell
    std::vector<InstanceSecond> instances; // likewise
};

} // namespace nest::gateway
