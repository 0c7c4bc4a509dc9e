// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ULIDs: 48 bits of milliseconds and 80 of randomness in Crockford's base 32, so that ids sort by time.
// Two of the same millisecond are told apart by their random part only.

#include "api/wire/common.h"

#include <string>
#include <string_view>

namespace nest::control {

/// "<prefix>-<26 characters>", e.g. "dec-01JB…". Thread-safe.
std::string makeId(std::string_view prefix, wire::Time now);

} // namespace nest::control
