// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/upstream.h"

#include "platform/http/sockets.h"

#include <algorithm>
#include <utility>

namespace nest::gateway {

namespace {
constexpr std::size_t headerBytes = 64 * 1024; // of a response
constexpr std::size_t headerCount = 200;
constexpr std::size_t idleLimit = 128;      // per instance; each costs a descriptor on both sides
constexpr std::chrono::seconds idleTime{4}; // Node closes after 5 s: we go first, so nothing crosses it
} // namespace

Upstream::Upstream(http::EventLoop &loop, http::Descriptor fd, UpstreamPool &pool)
    : m_loop(loop)
    , m_stream(loop, std::move(fd), *this)
    , m_parser(http::MessageParser::Kind::Response, headerBytes, headerCount, *this)
    , m_pool(pool)
{}

void Upstream::begin(UpstreamUser &user, bool expectsNoBody)
{
    ++m_use;
    m_user = &user;
    m_expectsNoBody = expectsNoBody;
    m_isInterim = m_isPaused = false;
    m_sentBefore = m_stream.sentBytes();
    if (expectsNoBody) {
        m_parser.expectNoBody();
    }
}

void Upstream::end()
{
    m_user = nullptr;
}

void Upstream::flush()
{
    m_stream.flush(); // a failure is met again when reading, where the answer may still lie
    m_lastPending = m_stream.pendingBytes();
}

void Upstream::pauseReading(bool pause)
{
    if (std::exchange(m_isPaused, pause) && !pause) {
        readAll();
    }
}

void Upstream::onBody(std::string_view bytes)
{
    if (m_user) {
        m_user->onResponseBody(bytes);
    }
}

void Upstream::onStreamEvent()
{
    if (!m_user) {
        if (m_stream.canRead()) { // nothing was asked: the end, or rubbish
            m_pool.closedWhileIdle(*this);
        }
        return;
    }
    const bool progressed = m_stream.pendingBytes() < m_lastPending;
    m_lastPending = m_stream.pendingBytes();
    const std::uint64_t use = m_use;
    if (progressed) {
        m_user->onUpstreamProgress();
    }
    if (m_user && m_use == use) {
        readAll();
    }
}

void Upstream::readAll()
{
    const std::uint64_t use = m_use;
    while (m_user && m_use == use && !m_isPaused && m_stream.canRead()) {
        const auto result = m_stream.read(m_loop.scratch());
        switch (result.state) {
        case http::Stream::ReadState::Data:
            if (!feed(result.data)) {
                return;
            }
            break;
        case http::Stream::ReadState::Later:
            break;
        case http::Stream::ReadState::End:
        case http::Stream::ReadState::Failed:
            if (m_parser.finish() == http::MessageParser::Event::End) {
                ended(false);
            } else {
                fail("it closed the connection", false);
            }
            return;
        }
    }
    if (m_user && m_use == use) {
        m_user->onResponsePaused();
    }
}

bool Upstream::feed(std::string_view bytes)
{
    const std::uint64_t use = m_use;
    do {
        const auto step = m_parser.advance(bytes);
        bytes.remove_prefix(step.consumed);
        switch (step.event) {
        case http::MessageParser::Event::NeedMore:
            return true;
        case http::MessageParser::Event::Head: {
            const http::Head &head = m_parser.head();
            m_isInterim = head.status < 200;
            if (head.status == 101) {
                fail("it answered 101 although nobody asked for another protocol", true);
                return false;
            }
            m_isInterim ? m_user->onInterim(head) : m_user->onResponse(head);
            if (!m_user || m_use != use) {
                return false;
            }
            break; // a body, or the end without one, follows at once
        }
        case http::MessageParser::Event::End:
            if (m_isInterim) {
                m_isInterim = false;
                if (m_expectsNoBody) {
                    m_parser.expectNoBody();
                }
                if (bytes.empty()) {
                    return true;
                }
                break;
            }
            return ended(bytes.empty());
        case http::MessageParser::Event::Failed:
            fail(m_parser.failure().detail, true);
            return false;
        }
    } while (true);
}

bool Upstream::ended(bool isReusable)
{
    UpstreamUser *const user = std::exchange(m_user, nullptr);
    user->onResponseEnd(isReusable && m_parser.head().keepsAlive && !m_stream.isPeerClosed() &&
                        m_stream.pendingBytes() == 0);
    return false;
}

void Upstream::fail(const std::string &reason, bool isMalformed)
{
    UpstreamUser *const user = std::exchange(m_user, nullptr);
    user->onUpstreamFailed(reason, isMalformed);
}

UpstreamPool::UpstreamPool(http::EventLoop &loop, std::string socketPath)
    : m_loop(loop), m_socketPath(std::move(socketPath))
{}

UpstreamPool::~UpstreamPool()
{
    for (auto &upstream : m_idle) {
        drop(std::move(upstream));
    }
}

std::unique_ptr<Upstream> UpstreamPool::take(int &error)
{
    error = 0;
    if (!m_idle.empty()) {
        auto upstream = std::move(m_idle.back());
        m_idle.pop_back();
        return upstream;
    }
    auto connecting = http::connectToUnix(m_socketPath);
    if (!connecting.fd) {
        error = connecting.error;
        return nullptr;
    }
    return std::make_unique<Upstream>(m_loop, std::move(connecting.fd), *this);
}

void UpstreamPool::put(std::unique_ptr<Upstream> upstream)
{
    if (m_idle.size() >= idleLimit) {
        drop(std::move(upstream));
        return;
    }
    upstream->m_idleSince = m_loop.now();
    m_idle.push_back(std::move(upstream));
}

void UpstreamPool::drop(std::unique_ptr<Upstream> upstream)
{
    upstream->m_user = nullptr;
    upstream->m_stream.close();
    m_loop.dispose(std::move(upstream));
}

void UpstreamPool::trim()
{
    const auto limit = m_loop.now() - idleTime;
    const auto young =
        std::ranges::find_if(m_idle, [&](const auto &one) { return one->m_idleSince > limit; });
    std::vector<std::unique_ptr<Upstream>> old(std::make_move_iterator(m_idle.begin()),
                                               std::make_move_iterator(young));
    m_idle.erase(m_idle.begin(), young);
    for (auto &upstream : old) {
        drop(std::move(upstream));
    }
}

void UpstreamPool::closedWhileIdle(Upstream &upstream)
{
    const auto found = std::ranges::find(m_idle, &upstream, &std::unique_ptr<Upstream>::get);
    if (found != m_idle.end()) {
        auto owned = std::move(*found);
        m_idle.erase(found);
        drop(std::move(owned));
    }
}

} // namespace nest::gateway
