// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The part of a build that needs no box: is the draft complete and readable, and the folder the box will
// see.
//
// Blocks on the disk: called in a worker thread. No state.

#include "platform/builds/buildtypes.h"
#include "platform/builds/packages.h"

#include <optional>
#include <string>
#include <vector>

namespace nest::builds {

struct Preparation
{
    std::vector<wire::BuildProblem> problems;
    Manifest manifest;         // meaningful without problems
    std::string folder;        // <data>/builds/.build-XXXXXX; empty when nothing could be written
    std::string workFolder;    // in it: the draft
    std::string scriptsFolder; // in it: what box/ holds
    bool hasScripts = false;
    std::optional<PackageTool> packages; // that a tool has to bring
    std::vector<std::string> notes;      // for the log
    std::string testCommand;             // for sh; empty: there are no tests
};

[[nodiscard]] Preparation prepare(const BuildRequest &request, const std::string &dataDirectory);

/// Where prepare() makes its folders.
[[nodiscard]] std::string buildsFolder(const std::string &dataDirectory);

} // namespace nest::builds
