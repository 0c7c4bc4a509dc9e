// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Time-outs for many connections: arming and cancelling cost a few nanoseconds because nearly all of them
// are cancelled before they fire. One ring of slots, a bitmap of the filled ones; a timer further away than
// one turn stays in its slot until its turn has come.
//
// A timer fires at its time or up to two ticks later, never before. Thread: the loop's.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace nest::http {

class TimerWheel;

class Timer final
{
public:
    /// `wheel` must outlive the timer. `callback` may arm, cancel or destroy this and other timers.
    Timer(TimerWheel &wheel, std::function<void()> callback);
    ~Timer() { cancel(); }
    Timer(const Timer &) = delete;
    Timer &operator=(const Timer &) = delete;

    void arm(std::chrono::milliseconds delay); // again: moved
    void cancel();
    [[nodiscard]] bool isArmed() const { return m_slot >= 0; }

private:
    friend class TimerWheel;
    TimerWheel &m_wheel;
    std::function<void()> m_callback;
    Timer *m_previous = nullptr;
    Timer *m_next = nullptr;
    std::uint64_t m_tick = 0;
    int m_slot = -1;
};

class TimerWheel final
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds tick{10};
    static constexpr int slotCount = 4096; // one turn is 41 s

    explicit TimerWheel(Clock::time_point start);

    /// Fires what is due at `now`. The wheel's time is that of the last call.
    void advance(Clock::time_point now);
    /// When advance() wants to be called next; nothing when no timer is armed.
    [[nodiscard]] std::optional<Clock::time_point> next() const;

private:
    friend class Timer;
    void link(Timer &timer, std::uint64_t tickNumber);
    void unlink(Timer &timer);

    Clock::time_point m_start;
    std::uint64_t m_now = 0; // tick of the last advance
    std::size_t m_armed = 0;
    Timer *m_iterator = nullptr; // next one to visit in the slot being fired
    std::array<Timer *, slotCount> m_slots{};
    std::array<std::uint64_t, slotCount / 64> m_filled{};
};

} // namespace nest::http
