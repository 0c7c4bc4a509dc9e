// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The function's own package.json: its module type, and that it asks for nothing a build cannot give; and
// JSON files in general, which break at run time otherwise.
//
// Pure, any thread.

#include "api/wire/build.h"
#include "platform/builds/buildfile.h"

#include <vector>

namespace nest::builds {

/// The files with a package.json at the top that has a `type`: without one Node takes .js for CommonJS, and
/// `node --check` does not notice errors in ES modules. An unreadable one is left as it is.
[[nodiscard]] BuildFiles withPackageType(BuildFiles files);

/// Syntax errors of all JSON files outside node_modules, and dependencies that nobody installs.
[[nodiscard]] std::vector<wire::BuildProblem> checkJsonFiles(const BuildFiles &files);

} // namespace nest::builds
