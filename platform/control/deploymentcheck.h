// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a deployment may ask for: versions that there are, weights that add up, a policy that can be kept.
// Pure, any thread.

#include "api/wire/result.h"
#include "platform/control/catalogue.h"

#include <string_view>
#include <vector>

namespace nest::control {

/// All that is wrong, each with its pointer.
[[nodiscard]] std::vector<FieldError> deploymentErrors(const Catalogue &catalogue,
                                                       const FunctionEntry &function,
                                                       const wire::Deployment &deployment);
/// Of a secret, and of the name that a function reads it by.
[[nodiscard]] bool isSecretName(std::string_view name);
void checkEnvironment(const wire::Environment &environment, std::vector<FieldError> &errors);

} // namespace nest::control
