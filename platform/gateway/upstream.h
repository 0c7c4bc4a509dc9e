// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A connection to an instance: one request at a time, kept open between them.
//
// Invariants: an idle connection belongs to its instance's pool, a busy one to the exchange that uses it;
// an idle one that the function closes is dropped at once. The last used is taken first, so that the others
// grow old and are trimmed. Thread: the gateway's.

#include "platform/http/messageparser.h"
#include "platform/http/stream.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nest::gateway {

class UpstreamPool;

/// Who waits for the response.
class UpstreamUser
{
public:
    virtual void onInterim(const http::Head &head) = 0; // 1xx
    virtual void onResponse(const http::Head &head) = 0;
    virtual void onResponseBody(std::string_view bytes) = 0;
    /// The connection is not touched after this: give it back or drop it.
    virtual void onResponseEnd(bool isReusable) = 0;
    /// Nothing more to read for now: what was passed on may be flushed.
    virtual void onResponsePaused() = 0;
    virtual void onUpstreamProgress() = 0; // pendingBytes() has shrunk
    virtual void onUpstreamFailed(const std::string &reason, bool isMalformed) = 0;

protected:
    ~UpstreamUser() = default;
};

class Upstream final : public http::EventLoop::Disposable,
                       private http::Stream::Observer,
                       private http::BodySink
{
public:
    Upstream(http::EventLoop &loop, http::Descriptor fd, UpstreamPool &pool);

    void begin(UpstreamUser &user, bool expectsNoBody);
    void end(); // no more calls to the user
    [[nodiscard]] std::string &output() { return m_stream.output(); }
    [[nodiscard]] std::size_t pendingBytes() const { return m_stream.pendingBytes(); }
    /// Whether the kernel took any byte of this request.
    [[nodiscard]] bool hasSent() const { return m_stream.sentBytes() > m_sentBefore; }
    /// It takes nothing more; onUpstreamFailed follows unless an answer is still to be read.
    [[nodiscard]] bool isBroken() const { return m_stream.isBroken(); }
    void flush();
    void pauseReading(bool pause);

private:
    friend class UpstreamPool;
    void onStreamEvent() override;
    void onBody(std::string_view bytes) override;
    void readAll();
    bool feed(std::string_view bytes); // false: leave the loop
    bool ended(bool isReusable);
    void fail(const std::string &reason, bool isMalformed);

    http::EventLoop &m_loop;
    http::Stream m_stream;
    http::MessageParser m_parser;
    UpstreamPool &m_pool;
    UpstreamUser *m_user = nullptr;
    std::uint64_t m_use = 0; // counts begin(): tells whether we were handed on inside a callback
    std::uint64_t m_sentBefore = 0;
    std::size_t m_lastPending = 0;
    bool m_expectsNoBody = false;
    bool m_isInterim = false;
    bool m_isPaused = false;
    http::EventLoop::Clock::time_point m_idleSince{};
};

class UpstreamPool final
{
public:
    UpstreamPool(http::EventLoop &loop, std::string socketPath);
    ~UpstreamPool();
    UpstreamPool(const UpstreamPool &) = delete;
    UpstreamPool &operator=(const UpstreamPool &) = delete;

    /// An idle connection or a new one; none with `error` set when the instance cannot be reached.
    [[nodiscard]] std::unique_ptr<Upstream> take(int &error);
    void put(std::unique_ptr<Upstream> upstream);
    /// For one that cannot be used again.
    void drop(std::unique_ptr<Upstream> upstream);
    /// Closes what has been idle for so long that the function is about to do it.
    void trim();

private:
    friend class Upstream;
    void closedWhileIdle(Upstream &upstream);

    http::EventLoop &m_loop;
    std::string m_socketPath;
    std::vector<std::unique_ptr<Upstream>> m_idle; // oldest first
};

} // namespace nest::gateway
