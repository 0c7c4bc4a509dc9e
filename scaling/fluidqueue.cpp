// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/fluidqueue.h"

#include <algorithm>

namespace nest::scaling {

namespace {

constexpr double nobody = 1e-9; // what is left of a request after many subtractions

} // namespace

double FluidQueue::pass(double arrivals, double capacity)
{
    const double begin = m_now;
    m_now += 1;
    const double delayed = std::clamp(m_length + arrivals - capacity, 0.0, arrivals);
    if (m_waiting.empty() && delayed <= nobody) {
        return arrivals;
    }
    m_delayed += delayed;
    m_waiting.push_back({begin, arrivals, arrivals});
    m_length += arrivals; // kept, not added up: a day of overload leaves as many seconds as it has
    double room = std::max(0.0, capacity);
    double served = 0;
    while (room > nobody && !m_waiting.empty()) {
        auto &oldest = m_waiting.front();
        const double taken = std::min(room, oldest.left);
        oldest.left -= taken;
        room -= taken;
        served += taken;
        m_length -= taken;
        if (oldest.left <= nobody) {
            m_length -= oldest.left;
            m_waiting.pop_front();
        }
    }
    m_length = m_waiting.empty() ? 0 : std::max(0.0, m_length); // rounded many times
    if (!m_waiting.empty()) { // the one at the head came when its share of the second had passed
        const auto &oldest = m_waiting.front();
        const double came = oldest.begin + (1 - oldest.left / std::max(nobody, oldest.arrivals));
        noteWait(m_now - came);
    }
    return served;
}

void FluidQueue::noteWait(double seconds)
{
    m_longestWait = std::max(m_longestWait, seconds);
}

} // namespace nest::scaling
