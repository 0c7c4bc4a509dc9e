// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The time of day by which nestd counts seconds, decides and dates what it writes: the wall clock's, but it
// never goes back. When the machine's clock is set forward, or the machine has slept, it follows at once;
// when it is set back it goes on at its own pace and is ahead until the wall clock has caught up or nestd is
// restarted. So no second is counted twice, and no delay or window becomes an hour longer.
//
// Any thread; without a lock.

#include <chrono>

namespace nest::gateway {

[[nodiscard]] std::chrono::system_clock::time_point wallTime();

/// It was this late already, in an earlier run: from now on it is no earlier.
void noteWallTime(std::chrono::system_clock::time_point seen);

} // namespace nest::gateway
