// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/eventloop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace nest::http {

namespace {
constexpr std::chrono::microseconds spinTime{50};        // less misses the answer, more adds nothing
constexpr std::chrono::microseconds spinWorthwhile{200}; // a sleep that short would have been a spin
constexpr int spinCreditLimit = 16;
constexpr int batchSize = 256;
} // namespace

bool Mailbox::post(std::function<void()> work)
{
    const std::lock_guard lock(m_mutex);
    if (m_wakeFd < 0) {
        return false;
    }
    m_work.push_back(std::move(work));
    if (m_work.size() == 1) {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(m_wakeFd, &one, sizeof one);
    }
    return true;
}

std::vector<std::function<void()>> Mailbox::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_work, {});
}

void Mailbox::close()
{
    std::vector<std::function<void()>> late; // destroyed outside the lock: it may own a Reply, which posts
    const std::lock_guard lock(m_mutex);
    m_wakeFd = -1;
    late.swap(m_work);
}

EventLoop::EventLoop(bool busyPoll)
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_mailbox(new Mailbox(m_wake.get()))
    , m_now(Clock::now())
    , m_timers(m_now)
    , m_scratch(std::make_unique_for_overwrite<char[]>(scratchBytes))
    , m_busyPoll(busyPoll)
{
    epoll_event event{.events = EPOLLIN, .data = {.ptr = nullptr}};
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, m_wake.get(), &event);
}

EventLoop::~EventLoop()
{
    m_mailbox->close();
    m_disposed.clear();
}

void EventLoop::stop()
{
    post([this] { m_stopped = true; });
}

void EventLoop::post(std::function<void()> work)
{
    m_mailbox->post(std::move(work));
}

bool EventLoop::add(int fd, std::uint32_t events, Watcher &watcher)
{
    epoll_event event{.events = events | EPOLLET, .data = {.ptr = &watcher}};
    return ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event) == 0;
}

void EventLoop::remove(int fd, Watcher &watcher)
{
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
    for (epoll_event &event : m_batch) {
        if (event.data.ptr == &watcher) {
            event.events = 0;
        }
    }
}

void EventLoop::dispose(std::unique_ptr<Disposable> object)
{
    m_disposed.push_back(std::move(object));
}

int EventLoop::wait(epoll_event *events, int capacity)
{
    if (m_busyPoll && m_spinCredit > 0) {
        const auto end = Clock::now() + spinTime;
        do {
            const int count = ::epoll_wait(m_epoll.get(), events, capacity, 0);
            if (count != 0) {
                m_spinCredit = std::min(m_spinCredit + 1, spinCreditLimit);
                return count;
            }
        } while (Clock::now() < end);
        m_spinCredit /= 2;
    }
    int timeout = -1;
    const auto before = Clock::now();
    if (const auto next = m_timers.next()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - before);
        timeout = static_cast<int>(std::max<std::int64_t>(0, left.count()));
    }
    const int count = ::epoll_wait(m_epoll.get(), events, capacity, timeout);
    if (m_busyPoll && m_spinCredit == 0 && count > 0 && Clock::now() - before < spinWorthwhile) {
        m_spinCredit = 1;
    }
    return count;
}

void EventLoop::runPosted()
{
    std::uint64_t counter = 0;
    [[maybe_unused]] const auto got = ::read(m_wake.get(), &counter, sizeof counter);
    for (const auto &work : m_mailbox->take()) {
        work();
    }
}

void EventLoop::run()
{
    std::array<epoll_event, batchSize> events;
    m_stopped = false;
    while (!m_stopped) {
        const int count = wait(events.data(), batchSize);
        m_now = Clock::now();
        m_timers.advance(m_now);
        // Posted work first: who sets routes and then sends a request finds them in force.
        m_batch = std::span(events).first(static_cast<std::size_t>(std::max(count, 0)));
        if (std::ranges::any_of(m_batch, [](const epoll_event &event) { return !event.data.ptr; })) {
            runPosted();
        }
        for (int i = 0; i < count; ++i) {
            const epoll_event event = events[i]; // remove() may have silenced it
            m_batch = std::span(events).subspan(i + 1, count - i - 1);
            if (event.data.ptr && event.events != 0) {
                static_cast<Watcher *>(event.data.ptr)->onIo(event.events);
            }
        }
        m_batch = {};
        while (!m_disposed.empty()) { // a destructor may dispose of more
            std::exchange(m_disposed, {}).clear();
        }
    }
}

} // namespace nest::http
