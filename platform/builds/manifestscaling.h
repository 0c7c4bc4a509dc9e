// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// `scaling` of function.yaml: a part of parseManifest(). Pure, any thread.

#include "api/wire/build.h"
#include "api/wire/deployment.h"
#include "platform/builds/yamltree.h"

#include <string>
#include <vector>

namespace nest::builds {

/// Over the defaults. What is wrong is added to `problems` with its line and column; the policy is then not
/// to be used.
[[nodiscard]] wire::ScalingPolicy readScaling(const YamlNode &node,
                                              std::vector<wire::BuildProblem> &problems);

/// The keys of `scaling`; for the schema's test.
[[nodiscard]] std::vector<std::string> scalingKeys();

} // namespace nest::builds
