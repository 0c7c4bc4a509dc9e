// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a build is asked for and what comes of it. Plain values.

#include "api/wire/build.h"
#include "platform/builds/buildfile.h"
#include "platform/builds/manifest.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nest::builds {

struct BuildRequest
{
    std::string function;
    int number = 0;
    std::string runtime; // of the function; the manifest must say the same
    BuildFiles files;
};

struct BuildResult
{
    wire::BuildState state = wire::BuildState::Failed; // Succeeded, Failed or Cancelled
    std::string reason;                                // unless succeeded: a sentence
    std::vector<wire::BuildProblem> problems;
    std::optional<wire::TestResult> tests; // absent: there were none, or they did not get to their end
    std::vector<wire::TestCase> testCases = {};
    std::string digest; // of the artefact, when succeeded
    std::int64_t bytes = 0;
    Manifest manifest;
};

} // namespace nest::builds
