// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one rule of optimistic concurrency, for documents and files alike.

#include "platform/store/records.h"

#include <format>

namespace nest::store {

/// Whether a write to `name` may happen, given what is there now. The body is what the writer is shown
/// instead.
[[nodiscard]] inline Result<> check(const Condition &condition, const std::optional<Present> &present,
                                    const std::string &name)
{
    if (condition.mustNotExist && present) {
        return std::unexpected(conflict(
            "store/exists", std::format("{} exists already. Choose another name or change that one.", name),
            *present));
    }
    if (condition.etag && !present) {
        return failure(
            "store/missing",
            std::format("{} does not exist (any more). Reload, then decide whether to make it anew.", name));
    }
    if (condition.etag && present->etag != *condition.etag) {
        return std::unexpected(conflict(
            "store/stale",
            std::format(
                "{} was changed by somebody else meanwhile (etag {}, not {}). Look at the present one, then "
                "try again.",
                name, present->etag, *condition.etag),
            *present));
    }
    return {};
}

[[nodiscard]] inline std::unexpected<Error> missing(const std::string &name)
{
    return failure("store/missing", std::format("There is no {}.", name));
}

} // namespace nest::store
