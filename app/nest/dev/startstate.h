// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What became of a version that was put in place, from what the platform tells of its instances and its
// deployment. Pure functions, any thread.

#include "api/wire/deployment.h"

#include <string>
#include <vector>

namespace nest::cli {

struct StartState
{
    enum class Phase { Starting, Ready, Failed };
    Phase phase = Phase::Starting;
    std::string reason = {}; // of the newest failure, also of one after which it is tried again
    std::vector<std::string> lines = {};
};

/// An instance that is ready decides. One that failed does only when nothing of the version is on its way and
/// the platform has given up: it tries again after an end that may have any cause (docs/decisions.md, 72).
[[nodiscard]] StartState startState(const std::vector<wire::Instance> &instances,
                                    const wire::Deployment &deployment, int version);

} // namespace nest::cli
