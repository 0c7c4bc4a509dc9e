// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether the kernel's own limits work here: the step from level 3 to level 4 of docs/sandbox.md section 7,
// found by starting a box in a group, never by reading settings.

#include "platform/keeper/boxgroups.h"
#include "platform/keeper/isolation.h"

namespace nest::keeper {

/// What a machine is told to be where they do.
[[nodiscard]] Isolation limitedIsolation();

/// Starts a box in a group of its own, looks whether the kernel counts what it uses, and ends it by the
/// group. Says what did not work. Blocks up to five seconds.
[[nodiscard]] Result<> tryLimits(const BoxGroups &groups, const std::string &bwrapProgram,
                                 const std::string &seccomp);

} // namespace nest::keeper
