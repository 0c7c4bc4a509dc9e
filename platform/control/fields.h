// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Small steps that every check of a request's fields takes. Pure, any thread.

#include "api/wire/result.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace nest::control {

/// `control/invalid` with all of `errors`, of which the first is told in words.
inline Error invalid(std::vector<FieldError> errors)
{
    const auto &first = errors.front();
    auto detail = first.pointer.substr(1) + " " + first.detail + ".";
    return {"control/invalid", std::move(detail), std::move(errors)};
}

/// As a person counts them; the text is UTF-8.
inline std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// Without white space at its ends.
inline std::string trimmed(std::string_view text)
{
    constexpr std::string_view spaces = " \t\r\n";
    const auto begin = text.find_first_not_of(spaces);
    return begin == std::string_view::npos
               ? std::string()
               : std::string(text.substr(begin, text.find_last_not_of(spaces) - begin + 1));
}

} // namespace nest::control
