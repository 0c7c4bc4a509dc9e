// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where nestd finds its folders, ports and programs: flag > NEST_* variable > nestd.toml > default.

#include "api/wire/result.h"
#include "platform/control/platform.h"

#include <optional>
#include <string>
#include <vector>

namespace nest::nestd {

struct Options
{
    control::PlatformConfig platform;
    bool checkOnly = false;
    bool endsWithInput = false;        // docs/decisions.md, 84
    std::vector<std::string> problems; // sentences; with one of them the platform must not be started
};

/// Nothing: the command line was answered already (help, version) and the program ends with `exitCode`.
/// Errors: `config/invalid` when the command line itself is not understood. What is wrong in the file or the
/// environment is in `problems`, all of it.
Result<std::optional<Options>> readOptions(int argc, char **argv, int &exitCode);

} // namespace nest::nestd
