// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The relay of one box with grants or an open network: `nest-keeper relay`, a process beside the keeper that
// listens in the box and hands each connection to the address it was granted, and has pasta serve the box
// when its network is open (opennetwork.h). It lives as long as the box and the keeper do, so
// that connections outlive a restart of nestd, and a box that sends much keeps neither of them from working.
//
// startRelay: the keeper's thread. runRelay: the relay's own process, a thread a connection.

#include "api/wire/result.h"
#include "platform/keeper/spawn.h"

#include <span>

namespace nest::keeper {

/// The relay's process; the box begins when its network is as the spec says. Should it not come to that, it
/// says why in the box's stderr and ends.
Result<pid_t> startRelay(const BoxSpec &spec, pid_t box, BoxEntry entry);

/// main() of the relay; the words are those that startRelay has written.
int runRelay(std::span<char *const> words);

} // namespace nest::keeper
