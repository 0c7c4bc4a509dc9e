// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tables, as numbered steps that only ever grow: a step that was released is never edited.
// `PRAGMA user_version` is the number of the last step a database has seen.

#include "api/wire/result.h"

#include <cstdint>

namespace nest::store {

class Connection;

constexpr std::int64_t latestSchema = 3;
constexpr std::int64_t applicationId = 0x4e657374; // "Nest", in the file's header

/// Each step is one transaction: a crash leaves the database at a whole step.
[[nodiscard]] Result<> migrate(Connection &connection, std::int64_t upTo = latestSchema);

} // namespace nest::store
