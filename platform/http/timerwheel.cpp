// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/timerwheel.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace nest::http {

Timer::Timer(TimerWheel &wheel, std::function<void()> callback)
    : m_wheel(wheel), m_callback(std::move(callback))
{}

void Timer::arm(std::chrono::milliseconds delay)
{
    cancel();
    const auto wait = std::max(delay, std::chrono::milliseconds(0));
    // One more than the rounded-up delay: the current tick is already partly over.
    const auto ticks = static_cast<std::uint64_t>((wait + TimerWheel::tick - std::chrono::milliseconds(1)) /
                                                  TimerWheel::tick) +
                       1;
    m_wheel.link(*this, m_wheel.m_now + ticks);
}

void Timer::cancel()
{
    if (m_slot >= 0) {
        m_wheel.unlink(*this);
    }
}

TimerWheel::TimerWheel(Clock::time_point start) : m_start(start) {}

void TimerWheel::link(Timer &timer, std::uint64_t tickNumber)
{
    const auto slot = static_cast<int>(tickNumber % slotCount);
    timer.m_tick = tickNumber;
    timer.m_slot = slot;
    timer.m_previous = nullptr;
    timer.m_next = m_slots[slot];
    if (timer.m_next) {
        timer.m_next->m_previous = &timer;
    }
    m_slots[slot] = &timer;
    m_filled[slot / 64] |= std::uint64_t(1) << (slot % 64);
    ++m_armed;
}

void TimerWheel::unlink(Timer &timer)
{
    const int slot = timer.m_slot;
    if (m_iterator == &timer) {
        m_iterator = timer.m_next;
    }
    (timer.m_previous ? timer.m_previous->m_next : m_slots[slot]) = timer.m_next;
    if (timer.m_next) {
        timer.m_next->m_previous = timer.m_previous;
    }
    if (!m_slots[slot]) {
        m_filled[slot / 64] &= ~(std::uint64_t(1) << (slot % 64));
    }
    timer.m_slot = -1;
    --m_armed;
}

void TimerWheel::advance(Clock::time_point now)
{
    const auto target = static_cast<std::uint64_t>(std::max<std::int64_t>(0, (now - m_start) / tick));
    if (target <= m_now) {
        return;
    }
    // After a long stop (suspend) one full turn visits every slot.
    const std::uint64_t first = std::max(m_now + 1, target >= slotCount ? target - slotCount + 1 : 0);
    m_now =
        target; // what a callback arms counts from now and is never in a slot still to be visited too early
    if (m_armed == 0) {
        return;
    }
    for (std::uint64_t at = first; at <= target; ++at) {
        const auto slot = at % slotCount;
        if ((m_filled[slot / 64] >> (slot % 64)) == 0) { // rest of this word is empty
            at += 63 - slot % 64;
            continue;
        }
        m_iterator = m_slots[slot];
        while (m_iterator) {
            Timer *timer = std::exchange(m_iterator, m_iterator->m_next);
            if (timer->m_tick <= target) {
                unlink(*timer);
                timer->m_callback();
            }
        }
    }
}

std::optional<TimerWheel::Clock::time_point> TimerWheel::next() const
{
    if (m_armed == 0) {
        return std::nullopt;
    }
    constexpr std::size_t words = slotCount / 64;
    const auto start = static_cast<std::size_t>((m_now + 1) % slotCount);
    for (std::size_t i = 0; i <= words; ++i) {
        const std::size_t word = (start / 64 + i) % words;
        std::uint64_t bits = m_filled[word];
        if (i == 0) {
            bits &= ~std::uint64_t(0) << (start % 64);
        } else if (i == words) {
            bits &= ~(~std::uint64_t(0) << (start % 64));
        }
        if (bits) {
            const auto slot = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
            const auto distance = (slot + slotCount - start) % slotCount + 1;
            return m_start + tick * static_cast<std::int64_t>(m_now + distance);
        }
    }
    return std::nullopt;
}

} // namespace nest::http
