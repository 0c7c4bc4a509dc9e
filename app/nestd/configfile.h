// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// nestd.toml onto the options of the command line. It is read after the command line and the environment, so
// that what those set stays; CLI11's own reading lets the file win over the environment.

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace nest::nestd {

/// Variables of the environment that their option refuses; CLI11 passes over them in silence.
[[nodiscard]] std::vector<std::string> refusedVariables(const CLI::App &app);

/// Sets what `app` does not have yet from the file. Gives back a sentence for each setting that is unknown,
/// named twice or has a wrong value, with file, line and key. A missing file is a problem only when it was
/// named by somebody. Called once, after app.parse().
[[nodiscard]] std::vector<std::string> applyConfigFile(CLI::App &app, const std::string &path, bool isNamed);

} // namespace nest::nestd
