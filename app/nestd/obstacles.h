// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What would keep a platform from starting or from running functions, found without starting one. For
// --check-config; the start itself looks for itself.

#include "platform/control/platform.h"

#include <string>
#include <vector>

namespace nest::nestd {

/// A sentence for each folder that cannot be written or made, port that is taken, program or file that is not
/// there; empty when nothing is in the way. Changes nothing: ports are bound and let go at once. Ports that
/// the platform of the same runtime folder holds are not taken: a restart gives them back.
[[nodiscard]] std::vector<std::string> findObstacles(const control::PlatformConfig &config);

} // namespace nest::nestd
