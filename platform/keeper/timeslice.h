// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How long a process may compute before the kernel asks whether another one should. Linux 6.12 and newer take
// it from whoever asks (sched_setattr(2), sched_runtime of an ordinary process) and let one that wakes go
// first at once when its slice is the shorter (EEVDF); a session's is the shortest of its processes'.
//
// Who answers requests gets a slice in which most requests are over. The kernel's own is shorter on machines
// of less than 8 processors (1.4 ms of 2): there a request of 2 ms is sometimes interrupted by what computes
// all the time, and goes on at the clock's next tick, 4 ms later. What computes all the time gets a longer
// one, so that whoever wakes need not wait for its end. Measured beside sixty processes that burn, 2
// processors, p99 of 1,000 requests, three times each: 2.5 to 5.0 ms as it was, 1.5 to 2.3 ms so, 1.5 to 2.7
// ms alone. The longer slice without the other, or the other without it, gains little.
//
// Any user may set it for his own processes, and back. Older kernels ignore it. Any thread.

#include <chrono>

#include <sys/types.h>

namespace nest::keeper {

inline constexpr std::chrono::milliseconds servingSlice{3}; // about the kernel's own on big machines
inline constexpr std::chrono::milliseconds greedySlice{10};

/// Of all threads of a process; what they start later has it too.
void setSlice(pid_t process, std::chrono::nanoseconds slice);
/// Of the calling thread alone: one system call, for use between fork and exec.
void setOwnSlice(std::chrono::nanoseconds slice);
/// Of its first thread; zero when it has gone.
[[nodiscard]] std::chrono::nanoseconds sliceOf(pid_t process);

} // namespace nest::keeper
