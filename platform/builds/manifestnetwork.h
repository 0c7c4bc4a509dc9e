// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// `network` of function.yaml: a part of parseManifest(). Pure, any thread.

#include "api/wire/build.h"
#include "platform/builds/yamltree.h"

#include <optional>
#include <string>
#include <vector>

namespace nest::builds {

/// Nothing when it asks for nothing. What is wrong is added to `problems` with its line and column; what the
/// platform's operator allows is not asked here.
[[nodiscard]] std::optional<wire::Network> readNetwork(const YamlNode &node,
                                                       std::vector<wire::BuildProblem> &problems);

/// The keys of `network`; for the schema's test.
[[nodiscard]] std::vector<std::string> networkKeys();

} // namespace nest::builds
