// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// pom.xml of a Java draft: which packages it wants. Dependencies, managed versions (imported ones too) and
// properties are understood; the rest of Maven's format is not: a plugin, an extension or a parent would run
// code of others in the box that has a network. Maven gets a file that is written from what was understood
// here, never the draft's own.
//
// Each version is written out, so the same file brings the same packages. Pure, any thread.

#include "api/wire/build.h"
#include "platform/builds/buildfile.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nest::builds {

inline constexpr std::string_view pomPath = "pom.xml";

struct PomDependency
{
    std::string group, artifact, version, classifier, scope, type; // as in the file, properties filled in
    bool isOptional = false;
    std::vector<std::pair<std::string, std::string>> exclusions; // group and artifact, either may be "*"
    int line = 0;
};

struct Pom
{
    std::vector<PomDependency> dependencies;
    std::vector<PomDependency> managed; // of dependencyManagement
    std::vector<std::string> notes;     // what is in the file and has no effect, in sentences
    std::vector<wire::BuildProblem> problems;
};

[[nodiscard]] Pom readPom(std::string_view text);
/// That of the draft; also a folder that stands where the packages come. Nothing without the file.
[[nodiscard]] Pom pomOf(const BuildFiles &files);

/// What Maven reads: the packages of the function into dependency/runtime of `folder`, those that only its
/// compiler and its tests need into dependency/build. `plugin`: version of the machine's
/// maven-dependency-plugin, which lies in `plugins`, a folder.
[[nodiscard]] std::string pomText(const Pom &pom, std::string_view folder, std::string_view plugins,
                                  std::string_view plugin, std::string_view repository);

} // namespace nest::builds
