// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The drafts that `nest create` begins with: one folder each under share/nest/templates, described by its
// template.yaml. In their files the text @NAME@ stands for the function's name.
//
// Reads the disk each time (a handful of small files). Any thread. An empty folder name means
// ../share/nest/templates relative to the running program, in the build folder as after installation.

#include "api/wire/function.h"
#include "api/wire/result.h"
#include "platform/builds/buildfile.h"

#include <string>
#include <vector>

namespace nest::builds {

/// As they are offered; a template that cannot be read is left out.
[[nodiscard]] std::vector<wire::Template> templates(const std::string &folder = {});

/// With its files' contents as they are kept, @NAME@ among them. Errors: `builds/unknown-template`,
/// `builds/bad-template`.
[[nodiscard]] Result<wire::Template> templateWithContents(const std::string &id,
                                                          const std::string &folder = {});

/// What a function of that name begins with. Errors: as above.
[[nodiscard]] Result<BuildFiles> templateFiles(const std::string &id, const std::string &function,
                                               const std::string &folder = {});

} // namespace nest::builds
