// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Counts one revision's second. The time integral of its load is exact: it is brought up to date before each
// change of the load. Thread: the gateway's. Owner: the live revision.

#include "platform/gateway/counters.h"

#include <chrono>
#include <cstdint>

namespace nest::gateway {

class Tally final
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    RevisionSecond counts; // key, second, inFlight, queued are filled when it is taken

    void setInFlight(std::uint32_t value, TimePoint now);
    void setQueued(std::uint32_t value, TimePoint now);
    [[nodiscard]] std::uint32_t inFlight() const { return m_inFlight; }
    [[nodiscard]] std::uint32_t queued() const { return m_queued; }
    void waited(std::chrono::steady_clock::duration time);

    [[nodiscard]] bool hasSomething() const;
    /// Ends the second: what was counted goes out, the load stays.
    RevisionSecond take(const RevisionKey &key, std::int64_t second, TimePoint now);

private:
    void integrate(TimePoint now);

    std::uint32_t m_inFlight = 0;
    std::uint32_t m_queued = 0;
    TimePoint m_since{};
};

} // namespace nest::gateway
