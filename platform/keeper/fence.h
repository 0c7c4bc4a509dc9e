// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Starts a box where the machine allows no namespaces, and so no bubblewrap (levels 2, 1 and 0 of
// docs/sandbox.md section 7): the same BoxSpec, in paths of the host, held by Landlock, two programs of
// system calls, no_new_privs, no capability, limits, a session of its own, an empty environment and the
// descriptors of a box alone. /tmp is a folder that is removed with the box.
//
// A process of ours stands between the keeper and the command, as bwrap does: what loses its parent in the
// box becomes its child, and it ends them all when the command or the keeper has ended. What cannot be
// promised: when it and the keeper are both killed in the same moment, what had left the command's side goes
// on. Thread: as startBox (spawn.h).

#include "platform/keeper/spawn.h"

namespace nest::keeper {

/// What of it the kernel of this machine has.
struct Fences
{
    bool hasLandlock = false;
    bool hasSeccomp = false;
    bool operator==(const Fences &) const = default;
};

struct FencedStart
{
    Fences fences;
    std::string temporaryFolder;       // is made
    std::vector<std::string> programs; // of system calls, in the kernel's form
};

/// Fails for a box that needs a network of its own.
Result<BoxProcess> startFenced(const BoxSpec &spec, const FileDescriptor &listener, const FencedStart &start);

} // namespace nest::keeper
