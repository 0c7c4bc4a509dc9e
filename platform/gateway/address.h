// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which function a request is for: /fn/{function}/rest, or the host {function}.localhost. Pure.

#include <string_view>

namespace nest::gateway {

struct Address
{
    enum class Kind : unsigned char { Health, Function, None };
    Kind kind = Kind::None;
    std::string_view function = {}; // views into the request's target or host
    std::string_view path =
        {};                // what the function sees, with the query; may lack the leading "/" (see rewrite)
    std::string_view host; // of an absolute target, else the Host field
};

[[nodiscard]] Address addressOf(std::string_view target, std::string_view host);

} // namespace nest::gateway
