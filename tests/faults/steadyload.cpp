// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/steadyload.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <format>

namespace nest::faults {

namespace {

constexpr timeval longestWait{.tv_sec = 35, .tv_usec = 0}; // more than the gateway itself waits

/// The whole answer, or why there is none in `problem`.
std::string askOnce(std::uint16_t port, const std::string &request, std::string &problem)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        problem = std::format("socket: {}", std::strerror(errno));
        return {};
    }
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &longestWait, sizeof longestWait);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string answer;
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        problem = std::format("connect: {}", std::strerror(errno));
    } else if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) !=
               static_cast<ssize_t>(request.size())) {
        problem = std::format("send: {}", std::strerror(errno));
    } else {
        std::array<char, 4096> bytes;
        ssize_t got = 0;
        while ((got = ::recv(fd, bytes.data(), bytes.size(), 0)) > 0) {
            answer.append(bytes.data(), static_cast<std::size_t>(got));
        }
        if (answer.empty()) {
            problem = got < 0 ? std::format("receive: {}", std::strerror(errno)) : "closed without an answer";
        }
    }
    ::close(fd);
    return answer;
}

} // namespace

double quantile(std::vector<double> &values, double share)
{
    if (values.empty()) {
        return 0;
    }
    std::ranges::sort(values);
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

std::string LoadFigures::text() const
{
    auto all = std::format("{} sent, {} answered, {} POSTs cut off, {} failed; p50 {:.1f} ms, p99 {:.1f} ms, "
                           "longest {:.0f} ms, longest gap {:.0f} ms",
                           sent, answered, postsCutOff, failed, p50Milliseconds, p99Milliseconds,
                           maxMilliseconds, longestGapMilliseconds);
    for (const auto &[reason, count] : reasons) {
        all += std::format("\n  {} x {}", count, reason);
    }
    return all;
}

SteadyLoad::~SteadyLoad()
{
    end();
}

void SteadyLoad::begin()
{
    m_start = m_lastGood = Clock::now();
    for (int i = 0; i < m_spec.threads; ++i) {
        m_threads.emplace_back([this] { work(); });
    }
}

long SteadyLoad::ended() const
{
    const std::lock_guard lock(m_mutex);
    return m_figures.sent;
}

LoadFigures SteadyLoad::end()
{
    m_isOver = true;
    for (auto &thread : m_threads) {
        thread.join();
    }
    m_threads.clear();
    m_figures.p50Milliseconds = quantile(m_milliseconds, 0.5);
    m_figures.p99Milliseconds = quantile(m_milliseconds, 0.99);
    m_figures.maxMilliseconds = quantile(m_milliseconds, 1);
    return m_figures;
}

void SteadyLoad::work()
{
    while (!m_isOver) {
        const long number = m_next++;
        const auto due = m_start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(
                                       static_cast<double>(number) / m_spec.rate));
        std::this_thread::sleep_until(due);
        if (!m_isOver) {
            sendOne(number, due);
        }
    }
}

void SteadyLoad::sendOne(long number, Clock::time_point due)
{
    const bool isPost = m_spec.everyNthIsAPost > 0 && number % m_spec.everyNthIsAPost == 0;
    const auto name = std::format("n{}n", number);
    const auto request =
        std::format("{} /fn/{}/?name={}&wait={}&work={} HTTP/1.1\r\nHost: localhost\r\n{}{}Connection: "
                    "close\r\n\r\n",
                    isPost ? "POST" : "GET", m_spec.function, name, m_spec.waitMilliseconds,
                    m_spec.workMilliseconds, m_spec.headers, isPost ? "Content-Length: 0\r\n" : "");
    std::string problem;
    const auto answer = askOnce(m_spec.port, request, problem);
    const auto now = Clock::now();
    const bool isGood = answer.starts_with("HTTP/1.1 200") && answer.find(name) != std::string::npos;
    const bool isCutOff = isPost && answer.starts_with("HTTP/1.1 502") &&
                          answer.find("gateway/instance-died") != std::string::npos;
    const std::lock_guard lock(m_mutex);
    ++m_figures.sent;
    m_milliseconds.push_back(std::chrono::duration<double, std::milli>(now - due).count());
    if (isGood) {
        ++m_figures.answered;
        m_figures.longestGapMilliseconds =
            std::max(m_figures.longestGapMilliseconds,
                     std::chrono::duration<double, std::milli>(now - m_lastGood).count());
        m_lastGood = now;
    } else if (isCutOff) {
        ++m_figures.postsCutOff;
    } else {
        ++m_figures.failed;
        const auto body = answer.find("\r\n\r\n");
        ++m_figures
              .reasons[(isPost ? "POST: " : "GET: ") +
                       (problem.empty() ? answer.substr(0, answer.find('\r')) + " " +
                                              (body == std::string::npos ? "" : answer.substr(body + 4, 300))
                                        : problem)];
    }
}

} // namespace nest::faults
