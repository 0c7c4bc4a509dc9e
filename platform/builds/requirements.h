// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// requirements.txt of a Python draft: each line names one package with one version, with hashes or without.
// Nothing else of pip's format is taken: other files, addresses, folders and options would fetch from
// elsewhere, or run code. pip gets the lines that were understood here, never the file: its own idea of where
// a line ends, what a comment says and which variables stand in it must not matter.
//
// Pure, any thread.

#include "api/wire/build.h"
#include "platform/builds/buildfile.h"

#include <string>
#include <string_view>
#include <vector>

namespace nest::builds {

inline constexpr std::string_view requirementsPath = "requirements.txt";

struct Requirements
{
    std::vector<std::string> lines; // one a package, as pip gets them: "name==1.2.3 ; marker --hash=…"
    std::vector<wire::BuildProblem> problems;
};

[[nodiscard]] Requirements readRequirements(std::string_view text);

/// Those of the draft; also a site-packages that stands beside them. Nothing without the file.
[[nodiscard]] Requirements requirementsOf(const BuildFiles &files);

} // namespace nest::builds
