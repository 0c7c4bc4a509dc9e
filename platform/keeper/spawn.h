// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Starts one box: bwrap with an empty environment, its arguments in a descriptor, and no descriptor of
// ours but the ones named here (the three traps of docs/sandbox.md section 5).
//
// The thread that calls startBox must live as long as the box: the parent-death signal follows the
// thread. That is why the keeper has one thread.

#include "api/wire/result.h"
#include "platform/keeper/box.h"
#include "platform/keeper/fencedplaces.h"
#include "platform/keeper/filedescriptor.h"

#include <memory>
#include <string>
#include <sys/types.h>

namespace nest::keeper {

/// Of a box with an entry (box.h), which starts its command when a byte is in the gate, or the gate is
/// closed.
struct BoxEntry
{
    FileDescriptor information; // bwrap writes JSON with "child-pid" into it: process 1 of the box
    FileDescriptor gate;
    FileDescriptor errors; // the writing end of the box's stderr
};

struct BoxProcess
{
    pid_t pid = -1;        // bwrap outside the box; its child is process 1 inside
    FileDescriptor output; // the box's stdout, non-blocking
    FileDescriptor errors; // the box's stderr, non-blocking
    BoxEntry entry = {};
    std::unique_ptr<FencedPlaces> fenced = {}; // of a box without bwrap (fence.h): its outer process is ours
};

/// listener becomes descriptor 3 inside; a closed one means that the box has none. group is the folder of a
/// control group that it begins in, so that nothing it does is outside; a closed one means the keeper's own.
Result<BoxProcess> startBox(const std::string &bwrapProgram, const BoxSpec &spec,
                            const FileDescriptor &listener, const std::string &seccomp,
                            const FileDescriptor &group = FileDescriptor());

} // namespace nest::keeper
