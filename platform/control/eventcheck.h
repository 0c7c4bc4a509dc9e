// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a test event may hold: a request that can be sent as it is, or a CloudEvent in its structured form.
// Pure, any thread.

#include "api/wire/function.h"
#include "api/wire/result.h"

#include <string_view>
#include <vector>

namespace nest::control {

/// [a-z0-9][a-z0-9-]{0,59}
[[nodiscard]] bool isEventName(std::string_view name);

/// All that is wrong, each with its pointer.
[[nodiscard]] std::vector<FieldError> eventErrors(const wire::TestEvent &event);

} // namespace nest::control
