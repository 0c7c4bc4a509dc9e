// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/sample.h"

#include <algorithm>
#include <limits>

namespace nest::metrics {

namespace {

std::uint32_t narrowed(std::uint64_t value)
{
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

std::vector<LatencyCount> merged(const std::vector<LatencyCount> &a, const std::vector<LatencyCount> &b)
{
    std::vector<LatencyCount> result;
    result.reserve(a.size() + b.size());
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() || right != b.end()) {
        if (right == b.end() || (left != a.end() && left->bucket < right->bucket)) {
            result.push_back(*left++);
        } else if (left == a.end() || right->bucket < left->bucket) {
            result.push_back(*right++);
        } else {
            result.push_back({left->bucket, left->count + right->count});
            ++left;
            ++right;
        }
    }
    return result;
}

} // namespace

Sample toSample(const gateway::RevisionSecond &second)
{
    Sample sample{.arrivals = narrowed(second.arrivals),
                  .responses = narrowed(second.responses),
                  .errors = narrowed(second.errors),
                  .rejected = narrowed(second.rejected),
                  .retries = narrowed(second.retries),
                  .waited = narrowed(second.waited),
                  .fallbacks = narrowed(second.fallbacks),
                  .aborted = narrowed(second.aborted),
                  .inFlight = second.inFlight,
                  .queued = second.queued,
                  .concurrencySeconds = second.concurrencySeconds,
                  .waitMaxSeconds = second.waitMaxSeconds,
                  .latency = {}};
    const auto &counts = second.latency.counts;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] != 0) {
            sample.latency.push_back({static_cast<std::uint16_t>(i), counts[i]});
        }
    }
    return sample;
}

void mergeLater(Sample &into, const Sample &later)
{
    for (const auto member : summedCounters) {
        into.*member += later.*member;
    }
    for (const auto member : levelCounters) {
        into.*member = std::max(into.*member, later.*member);
    }
    into.concurrencySeconds += later.concurrencySeconds;
    into.waitMaxSeconds = std::max(into.waitMaxSeconds, later.waitMaxSeconds);
    if (!later.latency.empty()) {
        into.latency = into.latency.empty() ? later.latency : merged(into.latency, later.latency);
    }
}

void addLatencies(gateway::LatencyHistogram &into, const Sample &sample)
{
    for (const auto &[bucket, count] : sample.latency) {
        into.counts[bucket] += count;
    }
}

} // namespace nest::metrics
