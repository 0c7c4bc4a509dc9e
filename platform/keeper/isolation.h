// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How well this machine can cut functions off, found out by starting a box, never by reading settings.
// The levels are those of docs/sandbox.md section 7. Below minimumIsolationLevel no function starts.

#include <string>

namespace nest::keeper {

inline constexpr int minimumIsolationLevel = 3;

struct Isolation
{
    int level = 0;
    std::string sentence; // what a person is told, on pages, by the CLI, in /readyz and in the log
    std::string remedy;   // how to mend it; empty when there is nothing to mend
    bool operator==(const Isolation &) const = default;
};

/// Starts a box that reads its own status and judges what it says. Blocks up to five seconds.
Isolation probeIsolation(const std::string &bwrapProgram, const std::string &seccomp);

} // namespace nest::keeper
