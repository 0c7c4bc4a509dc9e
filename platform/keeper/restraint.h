// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Holds a box to what was promised where no kernel limit does, because there are no delegated cgroups: the
// memory of all its processes together (a limit of the kernel knows only one process and its private memory),
// the number of its files in /tmp, the number of its processes where root started it, and the processor.
//
// It looks about once a second, and sooner near a limit or while the processors have nothing to spare. What
// has too much is ended, with the words that its owner reads. What computes all the time yields to others: at
// once by its session's niceness (processorshare.h) and a longer slice (timeslice.h), until two seconds after
// it has calmed down; and, where sessions do not count, over some seconds by that of its processes, which
// never falls again, as an ordinary user may not lower it. One thread; owned by whoever owns the box.

#include "platform/keeper/box.h"
#include "platform/keeper/processtable.h"

#include <chrono>
#include <optional>
#include <string>

namespace nest::keeper {

class Restraint final
{
public:
    using Clock = std::chrono::steady_clock;

    /// Who divides memory, processes and the processor: where the kernel does it by groups, what is left is
    /// the number of files, and how much the box should yield.
    enum class Limits { Watched, Kernel };

    Restraint(BoxLimits limits, int niceness, Limits kept = Limits::Watched)
        : m_limits(limits), m_leastNiceness(niceness), m_niceness(niceness), m_kept(kept)
    {}

    /// How many processors it wants, at most all that there are: what it took since the last time, or more
    /// when more of its processes stand ready. Before each judge(), of all boxes.
    double measure(const ProcessUse &use, Clock::time_point now);
    /// What it has too much of, in words; nothing when all is well. `greedyFrom`: as below, or nothing when
    /// the processors had something to spare since the last time.
    std::optional<std::string> judge(const ProcessUse &use, std::optional<double> greedyFrom,
                                     Clock::time_point now);
    /// Who takes much and wants at least so many processors is greedy: who wants most, and who about as much.
    /// A box that computes half of the time beside one that burns is not, though it takes much too.
    static double greedyFrom(double mostWanted) { return 0.9 * mostWanted; }
    /// One number of one process: whether the next whole look should be at once.
    bool seemsNearItsMemory(pid_t command) const;

    /// Memory of all processes together beyond which a box is ended: as much as one of them may have.
    double memoryMegabytes() const { return 2.0 * m_limits.memoryMegabytes; }
    int niceness() const { return m_niceness; }
    /// It takes what others would need.
    bool isGreedy() const { return m_greedyUntil.has_value(); }

private:
    std::optional<std::string> tooMuchMemory(const ProcessUse &use) const;
    std::optional<std::string> tooManyFiles(const ProcessUse &use) const;
    void yield(const ProcessUse &use, std::optional<double> greedyFrom, Clock::time_point now);

    BoxLimits m_limits;
    int m_leastNiceness;
    int m_niceness;
    Limits m_kept;
    double m_cores = 0;       // used lately
    double m_latestCores = 0; // between the last two looks
    double m_wanted = 0;      // as measure() said
    double m_cpuMilliseconds = 0;
    std::optional<Clock::time_point> m_lastLook;
    std::optional<Clock::time_point> m_greedyUntil;
};

} // namespace nest::keeper
