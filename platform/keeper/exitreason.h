// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Why a box ended, in words. Memory limits show only as a crash of the runtime, so the end of stderr is
// looked at too.

#include <string>

namespace nest::keeper {

enum class AskedToEnd { No, Drained, Killed, TimeLimit, Excess };

/// The kernel ended all of it: for what it had itself, or because there was none left around it.
enum class OutOfMemory { No, OwnLimit, Machine };

struct BoxEnd
{
    int waitStatus = 0; // of bwrap, which passes on its command's: 128 + signal for a signal
    AskedToEnd asked = AskedToEnd::No;
    int memoryMegabytes = 0;
    int timeoutSeconds = 0; // for TimeLimit
    std::string lastErrors; // the end of stderr
    OutOfMemory outOfMemory = OutOfMemory::No;
    std::string excess = {}; // for Excess: what it had too much of
};

struct ExitReason
{
    std::string words;
    int exitCode = 0;
};

ExitReason exitReason(const BoxEnd &end);

} // namespace nest::keeper
