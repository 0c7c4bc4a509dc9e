// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where nestd finds its folders, ports and programs: flag > NEST_* variable > nestd.toml > default.

#include "api/wire/result.h"
#include "platform/control/platform.h"

#include <optional>
#include <string>

namespace nest::nestd {

struct Options
{
    control::PlatformConfig platform;
    bool checkOnly = false;
};

/// Nothing: the command line was answered already (help, version) and the program ends with `exitCode`.
/// Errors: `config/invalid` names the option, where it was set and what it may be.
Result<std::optional<Options>> readOptions(int argc, char **argv, int &exitCode);

} // namespace nest::nestd
