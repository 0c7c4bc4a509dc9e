// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The value of a secret: from a file, from what is piped in, or typed without being shown. Never from an
// argument, which every process of the machine can read. Blocks; thread: main's, before anything else runs.

#include "api/wire/result.h"

#include <string>

namespace nest::cli {

/// Of the file as it is; of standard input without one line end at its end, as `echo` writes it. A terminal
/// is asked for `name` and shows nothing of the answer. Errors: cli/bad-value.
Result<std::string> readSecret(const std::string &name, const std::string &file);

} // namespace nest::cli
