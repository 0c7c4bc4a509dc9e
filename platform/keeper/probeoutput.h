// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a tried box says. For isolation.cpp and fenceprobe.cpp.

#include "platform/keeper/spawn.h"

#include <string>

namespace nest::keeper {

/// Until both its ends are closed; false when five seconds are over before.
bool readBoth(const BoxProcess &box, std::string &output, std::string &errors);

} // namespace nest::keeper
