// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The bytes of a file as the API carries them: text where they are text, else base 64.
//
// Pure functions, any thread.

#include "api/wire/function.h"

#include <optional>
#include <string>

namespace nest::builds {

/// With its size in `status` and without etag. Text is valid UTF-8 without NUL.
[[nodiscard]] wire::File wireFile(std::string path, std::string bytes);

/// Nothing when `content` is not the base 64 that it should be.
[[nodiscard]] std::optional<std::string> bytesOf(const wire::File &file);

} // namespace nest::builds
