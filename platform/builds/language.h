// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a build must know of a language: which files are scripts and tests, the command that parses, or
// compiles, them all, the command that runs the tests. Commands run in the build's box, the draft at /work,
// the scripts of box/ at /nest.
//
// Constant tables, any thread.

#include "platform/builds/buildfile.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nest::builds {

struct Language
{
    bool (*isScript)(std::string_view path);
    bool (*isTest)(std::string_view path); // a script that the default command would run
    std::string_view endings;              // ".js, .mjs or .cjs", for messages
    std::vector<std::string> checkCommand;
    std::string testCommand;             // for sh, when the manifest names none
    std::string_view runtimeFolder = {}; // of share/nest/runtimes, that its commands see at /runtime
    std::map<std::string, std::string> environment = {}; // of its commands
    std::string_view made = {}; // the folder in /work that the check makes for the artefact
};

/// Of a runtime of platform/runtimes/catalogue.h; the first one's for an unknown id.
[[nodiscard]] const Language &languageOf(std::string_view runtime);

/// The scripts of box/, as they lie at /nest.
[[nodiscard]] const BuildFiles &boxScripts();

} // namespace nest::builds
