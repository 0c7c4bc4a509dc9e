// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a deployment may ask for: versions that there are, weights that add up, a policy that can be kept.
// Pure, any thread.

#include "api/wire/result.h"
#include "platform/control/catalogue.h"

#include <vector>

namespace nest::control {

/// All that is wrong, each with its pointer.
[[nodiscard]] std::vector<FieldError> deploymentErrors(const FunctionEntry &function,
                                                       const wire::Deployment &deployment);

} // namespace nest::control
