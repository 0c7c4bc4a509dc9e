// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a head looks like on the other side of the gateway. Pure.
//
// Invariant: framing is always written anew from what the parser understood, never copied, so that both
// sides see the same message.

#include "platform/http/head.h"

#include <cstdint>
#include <optional>
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
    int depth = 0;                  // of calls from function to function that led here
};

void appendRequestHead(std::string &out, const http::Head &request, const RequestContext &context);

enum class Framing : std::uint8_t { None, Raw, Chunked, UntilClose };

/// What a request with `nest-debug: timing` is told.
struct Timing
{
    std::string_view requestId, traceId;
    std::string_view set, lane, region; // that answered
    int version;
    std::string_view instance; // empty: the gateway answered, and no instance was reached
    std::string_view coldStart;
    bool wasCold;
    std::int64_t queueWaitMilliseconds;
    /// From handing the request over to the beginning of the instance's answer; none when none began.
    std::optional<double> handlerMilliseconds;
};

void appendTiming(std::string &out, const Timing &timing);

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
