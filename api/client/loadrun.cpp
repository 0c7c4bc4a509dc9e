// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/loadrun.h"

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace nest::client {

namespace {

using namespace std::chrono_literals;

// The longest the loop sleeps: a stop and time-outs are seen this soon.
constexpr auto longestSleep = 50ms;
// After stop() or the last request, answers are awaited this long at most.
constexpr auto stopGrace = 100ms;

std::string requestBytes(const LoadPlan &plan, const LoadTarget &target)
{
    std::string text = plan.method + ' ' + target.path + " HTTP/1.1\r\nHost: " + target.host + "\r\n";
    for (const auto &[name, value] : plan.headers) {
        text += name + ": " + value + "\r\n";
    }
    if (plan.countsInstances) {
        text += "nest-debug: timing\r\n";
    }
    if (!plan.body.empty() || plan.method == "POST" || plan.method == "PUT") {
        text += "Content-Length: " + std::to_string(plan.body.size()) + "\r\n";
    }
    return text + "\r\n" + plan.body;
}

} // namespace

Result<std::unique_ptr<LoadRun>> LoadRun::create(const LoadPlan &plan, LoadTarget target)
{
    std::unique_ptr<LoadRun> run(new LoadRun(plan, std::move(target)));
    if (run->m_epoll < 0 || run->m_timer < 0) {
        return failure("client/no-descriptors", "This program has too many files open to send load.");
    }
    return run;
}

LoadRun::LoadRun(const LoadPlan &plan, LoadTarget target)
    : m_plan(plan)
    , m_target(std::move(target))
    , m_request(requestBytes(m_plan, m_target))
    , m_planned(plannedRequests(m_plan))
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_timer(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC))
{
    epoll_event event = {.events = EPOLLIN, .data = {.ptr = nullptr}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_timer, &event);
}

LoadRun::~LoadRun()
{
    m_connections.clear();
    m_discarded.clear();
    for (const int descriptor : {m_epoll, m_timer}) {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
}

double LoadRun::seconds(Clock::time_point at) const
{
    return std::chrono::duration<double>(at - m_start).count();
}

bool LoadRun::isDue(Clock::time_point now) const
{
    return m_report.sent < m_planned && dueSeconds(m_plan, m_report.sent) <= seconds(now);
}

void LoadRun::run(const std::stop_token &stop, const Listener &listener)
{
    m_start = Clock::now();
    m_lastReportAt = m_start;
    auto nextReport = m_start + 1s;
    auto nextSweep = m_start + longestSleep;
    std::optional<Clock::time_point> endBy;
    std::array<epoll_event, 256> events{};
    for (;;) {
        auto now = Clock::now();
        if (stop.stop_requested()) {
            endBy = std::min(endBy.value_or(now + stopGrace), now + stopGrace);
        } else if (!endBy && m_report.sent >= m_planned) {
            endBy = now + m_plan.timeout;
        }
        if (endBy && (m_report.inFlight == 0 || now >= *endBy)) {
            break;
        }
        if (!endBy) {
            sendDue(now);
            armTimer();
        }
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()),
                                       static_cast<int>(longestSleep.count()));
        for (int i = 0; i < count; ++i) {
            const auto &event = events[static_cast<std::size_t>(i)];
            if (event.data.ptr == nullptr) {
                std::uint64_t expirations = 0;
                [[maybe_unused]] const auto read = ::read(m_timer, &expirations, sizeof expirations);
            } else {
                handle(*static_cast<LoadConnection *>(event.data.ptr), event.events);
            }
        }
        m_discarded.clear();
        now = Clock::now();
        if (now >= nextSweep) {
            nextSweep = now + longestSleep;
            endTimedOut(now);
        }
        if (now >= nextReport) {
            nextReport += 1s;
            listener(report(now));
        }
    }
    // What is not answered by now was not answered.
    while (m_report.inFlight > 0) {
        --m_report.inFlight;
        ++m_report.failed;
        ++m_report.byStatus[0];
    }
    LoadReport last = report(Clock::now());
    last.isFinished = true;
    last.wantedPerSecond = 0;
    listener(last);
}

void LoadRun::armTimer()
{
    if (m_report.sent >= m_planned) {
        return;
    }
    // Already due and no connection free: an answer or the sweep wakes the loop.
    const double due = dueSeconds(m_plan, m_report.sent);
    const auto at = m_start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(due));
    if (at <= Clock::now() && m_idle.empty() && std::ssize(m_connections) >= m_plan.connections) {
        return;
    }
    const auto since = std::max<Clock::duration>(at.time_since_epoch(), 1ns);
    itimerspec spec = {};
    spec.it_value.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(since).count();
    spec.it_value.tv_nsec = (since % 1s).count();
    ::timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &spec, nullptr);
}

LoadConnection *LoadRun::freeConnection()
{
    if (!m_idle.empty()) {
        auto *connection = m_idle.back();
        m_idle.pop_back();
        return connection;
    }
    if (std::ssize(m_connections) >= m_plan.connections) {
        return nullptr;
    }
    auto connection =
        std::make_unique<LoadConnection>(m_target.address, m_target.port, m_plan.countsInstances);
    auto *raw = connection.get();
    m_connections.push_back(std::move(connection));
    if (raw->state() != LoadConnection::State::Broken) {
        epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data = {.ptr = raw}};
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, raw->descriptor(), &event);
    }
    return raw;
}

void LoadRun::sendDue(Clock::time_point now)
{
    // A bounded burst, so that answers are read between: one socket call costs about 5 us.
    for (int burst = 0; burst < 256 && isDue(now); ++burst) {
        LoadConnection *connection = freeConnection();
        if (connection == nullptr) {
            return;
        }
        const double due = dueSeconds(m_plan, m_report.sent);
        const auto dueAt =
            m_start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(due));
        ++m_report.sent;
        m_report.late += now - dueAt > lateAfter ? 1 : 0;
        ++m_report.inFlight;
        connection->send(m_request, dueAt, now);
        settle(*connection);
    }
}

void LoadRun::handle(LoadConnection &connection, std::uint32_t events)
{
    if ((events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0 && connection.wantsToWrite()) {
        connection.onWritable();
    }
    if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0 &&
        connection.state() != LoadConnection::State::Connecting) {
        connection.onReadable();
    }
    if (connection.isAnswered()) {
        finishRequest(connection, connection.status());
        connection.takeAnswer();
        if (connection.state() == LoadConnection::State::Idle) {
            m_idle.push_back(&connection);
        }
    }
    settle(connection);
}

/// Removes a broken connection; tells epoll what is waited for otherwise.
void LoadRun::settle(LoadConnection &connection)
{
    if (connection.state() == LoadConnection::State::Broken) {
        if (connection.hasRequest()) {
            finishRequest(connection, 0);
        }
        discard(connection);
        return;
    }
    epoll_event event = {.events = EPOLLIN, .data = {.ptr = &connection}};
    if (connection.wantsToWrite()) {
        event.events |= EPOLLOUT;
    } else if (connection.state() == LoadConnection::State::Busy) {
        return; // the common way: written at once, EPOLLIN is set
    }
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, connection.descriptor(), &event);
}

void LoadRun::finishRequest(LoadConnection &connection, int status)
{
    --m_report.inFlight;
    ++m_report.byStatus[status];
    if (status >= 200 && status < 400) {
        ++m_report.ok;
    } else {
        ++m_report.failed;
    }
    if (status != 0) {
        const double milliseconds =
            std::chrono::duration<double, std::milli>(Clock::now() - connection.dueAt()).count();
        m_total.add(milliseconds);
        m_lastSecond.add(milliseconds);
        (connection.wasCold() ? m_cold : m_warm).add(milliseconds);
        if (!connection.instance().empty()) {
            countInstance(connection, milliseconds);
        }
    }
}

void LoadRun::countInstance(const LoadConnection &connection, double milliseconds)
{
    auto found = m_instances.find(connection.instance());
    if (found == m_instances.end()) {
        if (m_instances.size() >= maxLoadInstances) {
            return;
        }
        found = m_instances.emplace(connection.instance(), std::make_unique<PerInstance>()).first;
        found->second->figures.id = connection.instance();
        found->second->figures.firstAt =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_start);
    }
    ++found->second->figures.answered;
    found->second->figures.cold += connection.wasCold() ? 1 : 0;
    found->second->latency.add(milliseconds);
}

void LoadRun::discard(LoadConnection &connection)
{
    std::erase(m_idle, &connection);
    const auto found = std::ranges::find(m_connections, &connection, &std::unique_ptr<LoadConnection>::get);
    if (found != m_connections.end()) {
        if (connection.descriptor() >= 0) {
            ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, connection.descriptor(), nullptr);
        }
        m_discarded.push_back(std::move(*found));
        m_connections.erase(found);
    }
}

void LoadRun::endTimedOut(Clock::time_point now)
{
    std::vector<LoadConnection *> overdue;
    for (const auto &connection : m_connections) {
        if (connection->hasRequest() && now - connection->sentAt() > m_plan.timeout) {
            overdue.push_back(connection.get());
        }
    }
    for (auto *connection : overdue) {
        finishRequest(*connection, 0);
        discard(*connection);
    }
    m_discarded.clear();
}

LoadReport LoadRun::report(Clock::time_point now)
{
    LoadReport made = m_report;
    made.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_start);
    made.wantedPerSecond = wantedAt(m_plan, seconds(now));
    const double span = std::chrono::duration<double>(now - m_lastReportAt).count();
    made.sentPerSecond = span > 0 ? static_cast<double>(made.sent - m_sentAtLastReport) / span : 0;
    made.total = m_total.figures();
    made.lastSecond = m_lastSecond.figures();
    m_lastSecond.clear();
    made.bins = LoadHistogram::bins(m_warm, m_cold);
    made.cold = m_cold.count();
    made.coldLatency = m_cold.figures();
    for (const auto &[id, instance] : m_instances) {
        instance->figures.latency = instance->latency.figures();
        made.instances.push_back(instance->figures);
    }
    std::ranges::sort(made.instances, {}, &LoadInstance::firstAt);
    m_sentAtLastReport = made.sent;
    m_lastReportAt = now;
    return made;
}

} // namespace nest::client
