// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A load for `nest simulate`, one figure a second: drawn on the command line or read from a file.
//
// Pure functions, any thread.

#include "api/wire/result.h"

#include <optional>
#include <string>
#include <vector>

namespace nest::cli {

inline constexpr std::size_t mostLoadSeconds = 48 * 3600; // as many as the platform takes

using LoadSeconds = std::vector<std::optional<double>>; // requests a second; nothing: not known

/// "250x2m,250-1600x30s,300x10m": so many requests a second for so long, a range rises or falls evenly.
/// Errors: `cli/bad-value`, with the part that was not understood.
[[nodiscard]] Result<LoadSeconds> parseLoadShape(const std::string &text);

/// A number a line; an empty line or `-` is a second that is not known, `#` begins a comment. Errors:
/// `cli/bad-value` with the line.
[[nodiscard]] Result<LoadSeconds> parseLoadFile(const std::string &text);

} // namespace nest::cli
