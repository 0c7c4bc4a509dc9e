// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One thread's epoll loop, edge-triggered. Watchers get their events, timers their time, post() brings in
// work from other threads.
//
// Busy polling: a thread that sleeps in epoll_wait takes 50 to 100 us to wake up; spinning for 50 us after
// the last event cuts the median of a lone request to a third. It is done only while spinning has lately
// been rewarded, so an idle loop sleeps.
//
// Thread: everything but post(), stop() and mailbox() belongs to the thread in run() (before run(): to the
// thread that made the loop).

#include "platform/http/descriptor.h"
#include "platform/http/timerwheel.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

struct epoll_event;

namespace nest::http {

/// Takes work for a loop and outlives it: what comes too late is dropped.
class Mailbox final
{
public:
    /// False when the loop has gone.
    bool post(std::function<void()> work);

private:
    friend class EventLoop;
    explicit Mailbox(int wakeFd) : m_wakeFd(wakeFd) {}
    std::vector<std::function<void()>> take();
    void close();

    std::mutex m_mutex;
    std::vector<std::function<void()>> m_work;
    int m_wakeFd; // -1 once the loop has gone
};

class EventLoop final
{
public:
    using Clock = TimerWheel::Clock;

    class Watcher
    {
    public:
        virtual void onIo(std::uint32_t events) = 0;

    protected:
        ~Watcher() = default;
    };

    /// What deletes itself at the end of a round, when no frame of it can be on the stack.
    class Disposable
    {
    public:
        virtual ~Disposable() = default;
    };

    explicit EventLoop(bool busyPoll = false);
    ~EventLoop();
    EventLoop(const EventLoop &) = delete;
    EventLoop &operator=(const EventLoop &) = delete;

    void run();
    void stop();                           // any thread
    void post(std::function<void()> work); // any thread
    [[nodiscard]] std::shared_ptr<Mailbox> mailbox() const { return m_mailbox; }

    /// False when the kernel refuses. The descriptor must be non-blocking.
    bool add(int fd, std::uint32_t events, Watcher &watcher);
    /// No event for `watcher` is delivered after this, not even one already fetched.
    void remove(int fd, Watcher &watcher);
    void dispose(std::unique_ptr<Disposable> object);

    [[nodiscard]] TimerWheel &timers() { return m_timers; }
    /// Time at the start of this round.
    [[nodiscard]] Clock::time_point now() const { return m_now; }
    /// One buffer for all reads: what is read must be used before the next read.
    [[nodiscard]] std::span<char> scratch() { return {m_scratch.get(), scratchBytes}; }

    static constexpr std::size_t scratchBytes = 64 * 1024;

private:
    int wait(epoll_event *events, int capacity);
    void runPosted();

    Descriptor m_epoll;
    Descriptor m_wake;
    std::shared_ptr<Mailbox> m_mailbox;
    Clock::time_point m_now;
    TimerWheel m_timers;
    std::vector<std::unique_ptr<Disposable>> m_disposed;
    std::unique_ptr<char[]> m_scratch;
    std::span<epoll_event> m_batch; // not yet delivered
    bool m_busyPoll;
    int m_spinCredit = 0;
    bool m_stopped = false;
};

} // namespace nest::http
