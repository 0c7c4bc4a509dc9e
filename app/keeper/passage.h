// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One connection of a function, handed on to the address that it was granted, until both sides have ended.
//
// What one side does not take the other does not send (64 KiB lie in between). The end of one direction is
// passed on, the other goes on; a reset is passed on as a reset. Where one direction has ended and the other
// is silent for 30 seconds, both sides are reset. Blocks its thread.

#include "platform/keeper/filedescriptor.h"
#include "platform/keeper/grant.h"

#include <string>

namespace nest::keeper {

/// Connects to the first address of the grant that answers. `reason` says why there is none.
FileDescriptor connectTo(const Grant &grant, std::string &reason);

/// The other side sees a reset instead of an end.
void resetConnection(FileDescriptor &socket);

void passOn(FileDescriptor inside, FileDescriptor outside);

} // namespace nest::keeper
