// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a pool's document must hold to before it is kept. Any thread; the catalogue is read only.

#include "api/wire/pool.h"
#include "api/wire/result.h"
#include "platform/control/catalogue.h"

#include <string>
#include <vector>

namespace nest::control {

/// Of the pool with a plain runtime that serves whatever has this runtime and memory: "node20-256".
[[nodiscard]] std::string warmPoolName(const std::string &runtime, int memoryMegabytes);
/// Everything that is wrong with it, each with its place; empty when it may be kept.
[[nodiscard]] std::vector<FieldError> poolErrors(const wire::Pool &pool, const Catalogue &catalogue);

} // namespace nest::control
