// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON to wire types and back. One walker over the described members serves every type, so that a request
// with an unknown or mistyped field is refused with a JSON pointer to each, and a response may carry fields
// that this program does not know yet. Enumerators appear in lowerCamel, times as RFC 3339.
//
// Defined for the types listed in codec.cpp; a new wire type is added there. Thread-safe: no state.

#include "api/wire/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace nest::wire {

enum class UnknownFields { Refuse, Ignore };

/// Errors: `wire/broken-json` (not JSON, too deep) and `wire/bad-fields` (with a pointer for each).
template <typename T>
Result<T> read(std::string_view json, UnknownFields unknown = UnknownFields::Refuse);

/// As read(), over a value that is there already: fields that the text does not have stay as they are.
template <typename T>
Result<T> readOver(std::string_view json, T present, UnknownFields unknown = UnknownFields::Refuse);

/// Absent optionals are left out; numbers that are not finite become null.
template <typename T>
std::string write(const T &value);

/// The enumerator as it appears on the wire, and back; nothing for another text.
template <typename E>
std::string enumText(E value);
template <typename E>
Result<E> readEnum(std::string_view text);
/// All of them, in their order.
template <typename E>
std::vector<std::string> enumTexts();

} // namespace nest::wire
