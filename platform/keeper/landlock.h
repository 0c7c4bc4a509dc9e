// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a process without a file system of its own may open: rules of the kernel's Landlock, which the
// process puts on itself and which all that it starts inherits.
//
// The system calls themselves, not `setpriv --landlock-access`: that of util-linux 2.41 knows files alone, no
// TCP, no signals and no abstract sockets, is not there on a Debian 12, and would be one more program between
// us and the command, whose failures come as text.

#include "api/wire/result.h"
#include "platform/keeper/box.h"
#include "platform/keeper/filedescriptor.h"

#include <string>

namespace nest::keeper {

/// The kernel's version of Landlock; 0: none. 4 knows TCP, 6 signals and abstract sockets.
int landlockVersion();
inline constexpr int landlockWithSignals = 6;

/// The rules of a box, whose binds are named by their paths on the host. Of the host it may read what every
/// box sees, and write the folder that is its own.
Result<FileDescriptor> landlockRules(const BoxSpec &box, const std::string &temporaryFolder);

/// From here on and for ever, for the calling thread and all that it starts. Needs no_new_privs.
bool restrictSelf(const FileDescriptor &rules);

} // namespace nest::keeper
