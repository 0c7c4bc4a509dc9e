// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/walltime.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>

namespace nest::gateway {

namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;
using std::chrono::system_clock;

std::atomic<std::int64_t> s_ahead =
    std::numeric_limits<std::int64_t>::min(); // of the steady clock; only grows

std::int64_t nanosecondsOf(auto time)
{
    return std::chrono::duration_cast<nanoseconds>(time.time_since_epoch()).count();
}

std::int64_t aheadAtLeast(std::int64_t wanted)
{
    auto present = s_ahead.load(std::memory_order_relaxed);
    while (present < wanted && !s_ahead.compare_exchange_weak(present, wanted, std::memory_order_relaxed)) {
    }
    return std::max(present, wanted);
}

} // namespace

system_clock::time_point wallTime()
{
    const auto steady = nanosecondsOf(steady_clock::now());
    const auto ahead = aheadAtLeast(nanosecondsOf(system_clock::now()) - steady);
    return system_clock::time_point(
        std::chrono::duration_cast<system_clock::duration>(nanoseconds(steady + ahead)));
}

void noteWallTime(system_clock::time_point seen)
{
    aheadAtLeast(nanosecondsOf(seen) - nanosecondsOf(steady_clock::now()));
}

} // namespace nest::gateway
