// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What holds functions where no box can be made, found by starting a fenced process (fence.h) that tries to
// get out. Asked only when probeIsolation() found no box, and only where it is the machine that refuses one:
// without bubblewrap, or with one that answers strangely, nothing starts, because that is mended in a
// minute, and a function must not be held less well by an oversight.

#include "platform/keeper/fence.h"
#include "platform/keeper/isolation.h"

#include <string>
#include <vector>

namespace nest::keeper {

struct FenceWishes
{
    std::string temporaryFolder;       // of the tried process; is made and removed
    std::vector<std::string> programs; // of system calls
    bool isWeakAllowed = false;        // nestd --allow-weak-isolation
    bool isNoneAllowed = false;        // nestd --allow-no-isolation
};

struct FenceFinding
{
    Isolation isolation;
    Fences fences;
};

/// noBox: what probeIsolation() gave. Blocks up to five seconds a level.
FenceFinding probeFences(const Isolation &noBox, const FenceWishes &wishes);

} // namespace nest::keeper
