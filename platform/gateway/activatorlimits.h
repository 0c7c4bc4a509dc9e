// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How much may wait for an instance. Beyond these a request is refused at once instead of piling up.

#include <chrono>
#include <cstddef>

namespace nest::gateway {

struct ActivatorLimits
{
    std::size_t requests = 10'000;            // per revision; beyond this 503 gateway/queue-full
    std::size_t bodyBytes = 64 * 1024 * 1024; // of all waiting requests of one gateway; likewise
    std::chrono::milliseconds wait{30'000};   // longest cold start we promise; then 503 gateway/no-instance
};

} // namespace nest::gateway
