// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A queue, first come first served, whose requests arrive evenly within each second: what the simulation
// knows of waiting. A part of simulate(); one call a second.

#include <deque>

namespace nest::scaling {

class FluidQueue final
{
public:
    [[nodiscard]] double length() const { return m_length; }
    [[nodiscard]] double delayed() const { return m_delayed; } // requests that had to wait
    [[nodiscard]] double longestWait() const { return m_longestWait; }

    /// The next second, with so many arrivals and room for so many; those that were served.
    double pass(double arrivals, double capacity);
    /// A wait known from elsewhere, in seconds.
    void noteWait(double seconds);

private:
    struct Second
    {
        double begin = 0; // in seconds since the first call
        double arrivals = 0;
        double left = 0;
    };

    std::deque<Second> m_waiting; // only those with somebody left
    double m_now = 0;
    double m_length = 0;
    double m_delayed = 0;
    double m_longestWait = 0;
};

} // namespace nest::scaling
