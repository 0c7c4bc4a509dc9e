// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/records.h"

#include <algorithm>
#include <charconv>

namespace nest::store {

namespace {

constexpr const char *etagPointer = "/status/etag";
constexpr const char *bodyPointer = "";

} // namespace

Error conflict(std::string type, std::string detail, const Present &present)
{
    return {std::move(type),
            std::move(detail),
            {{etagPointer, std::to_string(present.etag)}, {bodyPointer, present.body}}};
}

std::optional<Present> presentIn(const Error &error)
{
    if (error.type != "store/stale" && error.type != "store/exists") {
        return std::nullopt;
    }
    const auto etag = std::ranges::find(error.fields, etagPointer, &FieldError::pointer);
    const auto body = std::ranges::find(error.fields, bodyPointer, &FieldError::pointer);
    if (etag == error.fields.end() || body == error.fields.end()) {
        return std::nullopt;
    }
    Present present{.etag = 0, .body = body->detail};
    std::from_chars(etag->detail.data(), etag->detail.data() + etag->detail.size(), present.etag);
    return present;
}

} // namespace nest::store
