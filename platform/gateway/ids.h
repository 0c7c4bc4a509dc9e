// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Request ids and trace contexts: random enough to be unique, cheap enough for each request; no secrets.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace nest::gateway {

/// xoshiro256**: Blackman and Vigna, https://prng.di.unimi.it.
class Random final
{
public:
    explicit Random(std::uint64_t seed);
    std::uint64_t next();
    /// 0 .. limit - 1.
    std::uint32_t below(std::uint32_t limit)
    {
        return static_cast<std::uint32_t>(((next() >> 32) * limit) >> 32);
    }

private:
    std::uint64_t m_state[4];
};

/// "inv-" and a ULID: 48 bits of milliseconds, 80 random ones.
[[nodiscard]] std::string requestId(std::chrono::milliseconds sinceEpoch, Random &random);
/// A fresh W3C trace context, sampled.
[[nodiscard]] std::string traceParent(Random &random);
/// Only a well-formed one is passed on.
[[nodiscard]] bool isTraceParent(std::string_view value);

} // namespace nest::gateway
