// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/tally.h"

#include <algorithm>
#include <utility>

namespace nest::gateway {

void Tally::integrate(TimePoint now)
{
    const double seconds = std::chrono::duration<double>(now - m_since).count();
    counts.concurrencySeconds += (m_inFlight + m_queued) * std::max(seconds, 0.0);
    m_since = now;
}

void Tally::setInFlight(std::uint32_t value, TimePoint now)
{
    integrate(now);
    m_inFlight = value;
}

void Tally::setQueued(std::uint32_t value, TimePoint now)
{
    integrate(now);
    m_queued = value;
}

void Tally::waited(std::chrono::steady_clock::duration time)
{
    counts.waitMaxSeconds = std::max(counts.waitMaxSeconds, std::chrono::duration<double>(time).count());
}

bool Tally::hasSomething() const
{
    return m_inFlight + m_queued > 0 || counts.arrivals + counts.responses + counts.aborted > 0 ||
           counts.concurrencySeconds > 0;
}

RevisionSecond Tally::take(const RevisionKey &key, std::int64_t second, TimePoint now)
{
    integrate(now);
    RevisionSecond out = std::exchange(counts, {});
    out.key = key;
    out.second = second;
    out.inFlight = m_inFlight;
    out.queued = m_queued;
    return out;
}

} // namespace nest::gateway
