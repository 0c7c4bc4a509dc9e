// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How every room says that something did not work: a value, never an exception across a room's border.
// An Error becomes a problem document (RFC 9457) at the API, an exit code at the command line and a
// sentence in the console.

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace nest {

struct FieldError
{
    std::string pointer; // JSON pointer into the request, "" for the whole of it
    std::string detail;
    bool operator==(const FieldError &) const = default;
};

struct [[nodiscard]] Error
{
    std::string type;   // "<room>/<name>", stable and documented: the tail of the problem's URI
    std::string detail; // names the thing, the cause and the next step
    std::vector<FieldError> fields = {};
    bool operator==(const Error &) const = default;
};

template <typename T = void>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> failure(std::string type, std::string detail,
                                                    std::vector<FieldError> fields = {})
{
    return std::unexpected(Error{std::move(type), std::move(detail), std::move(fields)});
}

} // namespace nest
