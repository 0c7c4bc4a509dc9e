// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON as text: whether it is JSON and where not, and the same text with line breaks. Numbers and the order
// of keys stay as they were written. Pure functions, any thread; a megabyte takes some milliseconds.

#include <optional>
#include <string>
#include <string_view>

namespace nest::console {

struct JsonFault
{
    int line = 1; // from 1
    int column = 1;
    std::string reason; // the parser's words
};

/// Nothing when the text is JSON.
[[nodiscard]] std::optional<JsonFault> checkJson(std::string_view text);
/// Nothing when the text is not JSON.
[[nodiscard]] std::optional<std::string> prettyJson(std::string_view text);
/// Begins as an object or an array does.
[[nodiscard]] bool looksLikeJson(std::string_view text);

} // namespace nest::console
