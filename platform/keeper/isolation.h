// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How well this machine can cut functions off, found out by starting a box, never by reading settings.
// The levels are those of docs/sandbox.md section 7. Below minimumIsolationLevel no function starts, unless
// the operator has said so.

#include <string>

namespace nest::keeper {

inline constexpr int minimumIsolationLevel = 2;

struct Isolation
{
    int level = 0;
    std::string sentence;         // what a person is told, on pages, by the CLI, in /readyz and in the log
    std::string remedy;           // how to mend it; empty when there is nothing to mend
    bool isAllowedAnyway = false; // by nestd --allow-weak-isolation or --allow-no-isolation
    bool operator==(const Isolation &) const = default;
};

inline bool functionsCanStart(const Isolation &isolation)
{
    return isolation.level >= minimumIsolationLevel || isolation.isAllowedAnyway;
}

/// A box has a file system of its own, in which code lies at /code. Below this level it lies where it does on
/// the host (boxplaces.h).
inline bool hasOwnFiles(const Isolation &isolation)
{
    return isolation.level >= 3;
}

/// Starts a box that reads its own status and judges what it says; level 0 when no box can be made. Blocks up
/// to five seconds.
Isolation probeIsolation(const std::string &bwrapProgram, const std::string &seccomp);

} // namespace nest::keeper
