// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a peer may ask of a listener. A request beyond a limit is answered with the status in the comment,
// then the connection is closed.

#include <chrono>
#include <cstddef>

namespace nest::http {

struct Limits
{
    std::size_t headerBytes = 32 * 1024;          // 431
    std::size_t headerCount = 100;                // 431
    std::size_t bodyBytes = 64 * 1024 * 1024;     // 413
    std::size_t connections = 10'000;             // 503
    std::chrono::milliseconds headerTime{10'000}; // first byte to the end of the head; 408
    std::chrono::milliseconds bodyTime{30'000};   // between two pieces of a body; 408
    std::chrono::milliseconds idleTime{75'000};   // between two requests; closed without a word
    std::chrono::milliseconds sendTime{60'000};   // the client takes nothing of its answer; closed
};

} // namespace nest::http
