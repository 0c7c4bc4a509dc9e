// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How much of a busy processor a box gets beside others: a slot that boots yields, and what computes all the
// time yields most, so that who answers requests need not wait for it; what somebody waits for does not. The
// kernel divides the processor among sessions (autogroups, sched(7)), and the command of a box is the first
// of a session of its own; an ordinary user may take such a group's niceness back, which he may not do with a
// process's. Where sessions lie in control groups with weights of their own it has no effect, and does no
// harm.
//
// A session that has taken its part waits for a whole tick of the clock (4 ms at 250 Hz) while another one
// computes, so a request of 2 ms would sometimes take 6. Beside a group of niceness 19 that happens after
// 70 times as much computing as beside one of 0.
//
// The session is there a moment after the box, and the kernel takes such a change of an ordinary user ten
// times a second from all of them together: so it is tried again for a while. One thread; owned by whoever
// owns the box.

#include <chrono>
#include <optional>

#include <sys/types.h>

namespace nest::keeper {

enum class Share { Full, Background };

class ProcessorShare final
{
public:
    using Clock = std::chrono::steady_clock;

    void want(Share share, Clock::time_point now);
    /// When tick() is to be called; nothing when all is as it should be.
    [[nodiscard]] std::optional<Clock::time_point> deadline() const { return m_next; }
    /// It takes what others would need, or no longer does.
    void setGreedy(bool isGreedy, Clock::time_point now);
    /// `command`: the box's, -1 while it is not there.
    void tick(pid_t command, Clock::time_point now);

    static constexpr int backgroundNiceness = 5; // a third of what a session of niceness 0 gets
    static constexpr int greedyNiceness = 19;    // a 70th

private:
    [[nodiscard]] int wanted() const;
    void tryFor(Clock::time_point now);

    Share m_share = Share::Full;
    bool m_isGreedy = false;
    std::optional<Clock::time_point> m_next;
    Clock::time_point m_until;
};

/// Niceness of the session's group, as the kernel says it; nothing for a process of the same session as ours,
/// or where there are no such groups.
[[nodiscard]] std::optional<int> groupNiceness(pid_t process);

/// Whether the processors of this machine had anything to spare between one question and the next.
class SpareProcessors final
{
public:
    /// False the first time. Reads one line of /proc/stat.
    bool areNone();

private:
    double m_idle = 0; // ticks since the machine's start
    double m_all = 0;
};

} // namespace nest::keeper
