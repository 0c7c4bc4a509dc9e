// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a head looks like on the other side of the gateway. Pure.
//
// Invariant: framing is always written anew from what the parser understood, never copied, so that both
// sides see the same message.

#include "platform/http/head.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace nest::gateway {

struct RequestContext
{
    std::string_view path; // as the function sees it
    std::string_view host;
    std::string_view set, lane, region;
    std::string_view requestId;
    std::string_view traceParent;
    std::string_view clientAddress; // empty: unknown
};

void appendRequestHead(std::string &out, const http::Head &request, const RequestContext &context);

enum class Framing : std::uint8_t { None, Raw, Chunked, UntilClose };

struct Timing
{
    int version;
    std::string_view instance;
    std::string_view coldStart;
    bool wasCold;
    std::int64_t queueWaitMilliseconds;
};

struct ResponseContext
{
    bool toHead; // the request was HEAD
    int clientMinorVersion;
    bool keepAlive;
    const Timing *timing = nullptr; // null: nobody asked
};

/// How the body must follow.
[[nodiscard]] Framing appendResponseHead(std::string &out, const http::Head &response,
                                         const ResponseContext &context);

} // namespace nest::gateway
