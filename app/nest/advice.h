// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The platform's sentences name addresses of the API ("GET /v1/functions lists them."), which is what a
// program asks next. At a shell it is a command. Pure functions, any thread.

#include "api/wire/result.h"

#include <string>

namespace nest::cli {

/// The error with each address in its sentences as what to type: the `nest` command where there is one, else
/// curl over `socket`, a path. Without one (no platform was reached) the sentences stay.
[[nodiscard]] Error forShell(Error error, const std::string &socket);

} // namespace nest::cli
