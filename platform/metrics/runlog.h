// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Remembers which seconds the platform was running in: what tells "no traffic" (0) from "nobody looked"
// (a gap). One bit a second, in stretches of ten minutes; thirty days take 320 KiB.

#include "api/wire/result.h"

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nest::metrics {

/// Length and alignment of chunks.
inline constexpr std::int64_t chunkSeconds = 600;

/// The start of the chunk that holds `second`.
[[nodiscard]] constexpr std::int64_t chunkStart(std::int64_t second)
{
    return second - (second % chunkSeconds + chunkSeconds) % chunkSeconds;
}

class RunLog final
{
public:
    [[nodiscard]] bool ran(std::int64_t second) const;
    /// Seconds of [from, to) in which the platform ran.
    [[nodiscard]] int ranSeconds(std::int64_t from, std::int64_t to) const;
    [[nodiscard]] std::optional<std::int64_t> lastSecond() const { return m_last; }
    /// The chunk's bits as a blob; empty when nothing ran in it.
    [[nodiscard]] std::string encoded(std::int64_t start) const;

    void add(std::int64_t second);
    [[nodiscard]] Result<> restore(std::int64_t start, std::string_view blob);
    void dropBefore(std::int64_t second);

private:
    std::map<std::int64_t, std::bitset<chunkSeconds>> m_chunks;
    std::optional<std::int64_t> m_last;
};

} // namespace nest::metrics
