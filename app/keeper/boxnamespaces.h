// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The user and the network namespace of a box, held open outside, so that a forked child may enter them.
// Such a child works before the box's command runs, or makes system calls only and ends: nothing of a
// function ever finds a process of ours beside it.

#include "api/wire/result.h"
#include "platform/keeper/filedescriptor.h"

#include <sys/types.h>

namespace nest::keeper {

struct BoxNamespaces
{
    FileDescriptor user; // that owns the other; the box's process may be in one further in
    FileDescriptor network;
};

/// `process` is any of the box's.
Result<BoxNamespaces> namespacesOf(pid_t process);

/// For a process of one thread, because entering a user namespace takes that. False with errno.
bool enter(const BoxNamespaces &namespaces);

} // namespace nest::keeper
