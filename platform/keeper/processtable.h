// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One look at /proc: who is whose child, and what a box's processes use. Taken once a second for all
// boxes together, because a walk over /proc costs the same for one box as for a hundred.

#include <sys/types.h>

#include <map>
#include <optional>
#include <vector>

namespace nest::keeper {

struct ProcessUse
{
    double memoryMegabytes = 0;        // resident pages; a page shared by two processes counts twice
    double cpuMilliseconds = 0;        // with children that have ended and were waited for
    std::vector<pid_t> processes = {}; // the outer bwrap first
    int runnable = 0;                  // processes that run or stand ready to; 0 too where nobody counts
};

class ProcessTable final
{
public:
    static ProcessTable read();

    /// The whole tree under and with root.
    ProcessUse useOf(pid_t root) const;

private:
    struct Entry
    {
        double memoryMegabytes = 0;
        double cpuMilliseconds = 0;
        bool isRunnable = false;
        std::vector<pid_t> children;
    };
    std::map<pid_t, Entry> m_entries;
};

/// Resident pages of one process, in MB; 0 when it has gone.
double residentMegabytes(pid_t pid);
/// As above, where a page that several share is divided among them. Costs a walk over its mappings.
double proportionalMegabytes(pid_t pid);

/// Nothing when it has gone, also while its parent has not looked after it yet.
std::optional<pid_t> parentOf(pid_t pid);

/// The children of a process of one thread.
std::vector<pid_t> childrenOf(pid_t parent);

/// The command that bwrap runs: the child of process 1 of the box. -1 when it is not there (yet).
pid_t commandInBox(pid_t bwrap);

} // namespace nest::keeper
