// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the command line ends with: one table from Error.type to exit code. A pipeline can tell "not there"
// from "not allowed" from "nobody answers" without reading sentences.
//
// Pure, any thread. A type that is missing here ends with Failed; tests/cli holds the table against the types
// of api/openapi.yaml.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nest::cli {

enum class ExitCode {
    Ok = 0,
    Failed = 1, // a build failed, a request was answered with 5xx, the platform has a defect
    Usage = 2,  // the command was not understood
    NotFound = 3,
    Conflict = 4,    // changed in the meantime, exists already, not now
    Refused = 5,     // not allowed or not valid
    Unreachable = 6, // no platform answers
    TestsFailed = 7, // the function was built, and its own tests say no
};

struct ExitRow
{
    std::string_view type;
    ExitCode code;
    int status = 0;              // of HTTP; 0 when the problem comes from no answer
    std::string_view title = {}; // as api/openapi.yaml has it; empty: the type's own words
};

[[nodiscard]] std::span<const ExitRow> exitTable();
[[nodiscard]] ExitCode exitCodeOf(std::string_view errorType);
/// What the problem document of --json says beside the type; nothing when no answer had a status.
[[nodiscard]] std::optional<int> statusOf(std::string_view errorType);
[[nodiscard]] std::string titleOf(std::string_view errorType);
/// For --help: each code, what it means, and the types that end with it.
[[nodiscard]] std::string exitCodeHelp();

} // namespace nest::cli
