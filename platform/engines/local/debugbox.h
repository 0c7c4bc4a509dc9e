// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The box of a function that is being debugged: the runtime's debugger listens on the box's own loopback, and
// nest-relay hands connections from a Unix socket of the host through (docs/decisions.md, 84).
//
// Nothing else of the box is other than usual: there is no way out of its network namespace. Plain values,
// any thread.

#include "platform/keeper/box.h"

#include <string>

namespace nest::runtimes {
struct Runtime;
}

namespace nest::engines {

struct DebugSettings
{
    std::string relayProgram; // nest-relay on the host
    std::string folder;       // on the host; the newest instance's socket is in it, called debug.sock
    bool waits = false;       // the function is not loaded before a debugger has attached
};

/// `box` is that of an instance of `runtime`. The debugger's port is one that none of its grants has.
void makeDebuggable(keeper::BoxSpec &box, const runtimes::Runtime &runtime, const DebugSettings &debug);

} // namespace nest::engines
