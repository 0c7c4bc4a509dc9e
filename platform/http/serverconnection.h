// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One client's connection to one of our listeners: parses requests one after another (pipelined ones wait),
// keeps the time limits, frames nothing: the session writes its answer into output().
//
// Invariants: the session gets onRequest, then onBody…, then onRequestEnd; it calls endResponse exactly once
// a request; onAborted is the last call for a request whose client left. Body bytes are read only while the
// session wants them, so a slow consumer slows the client down, not our memory up.
// Thread: the loop's. Owner: Server.

#include "platform/http/framing.h"
#include "platform/http/limits.h"
#include "platform/http/messageparser.h"
#include "platform/http/stream.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace nest::http {

class ServerConnection;

/// What a listener does with requests: one object a connection.
class Session
{
public:
    virtual ~Session() = default;
    virtual void onRequest(const Head &head) = 0; // valid until endResponse
    virtual void onBody(std::string_view bytes) = 0;
    virtual void onRequestEnd() = 0;
    /// Nothing more to read for now: what was passed on may be flushed.
    virtual void onInputPaused() {}
    /// The kernel took some of the output that had to wait: look at pendingOutput().
    virtual void onOutputProgress() = 0;
    /// The client left, or took too long: nothing can be answered any more.
    virtual void onAborted() = 0;
};

class ServerConnection final : public EventLoop::Disposable, private Stream::Observer, private BodySink
{
public:
    enum class Transport : std::uint8_t { Tcp, Unix };
    using SessionFactory = std::function<std::unique_ptr<Session>(ServerConnection &)>;

    /// More output than this and whoever produces it should pause until it has shrunk.
    static constexpr std::size_t highWater = 256 * 1024;

    ServerConnection(EventLoop &loop, const Limits &limits, Descriptor fd, Transport transport,
                     std::string peer, const SessionFactory &makeSession,
                     std::function<void(ServerConnection &)> closed);
    ~ServerConnection() override;

    [[nodiscard]] Transport transport() const { return m_transport; }
    /// The client's address, empty on a Unix socket.
    [[nodiscard]] const std::string &peerAddress() const { return m_peer; }
    [[nodiscard]] int fd() const { return m_stream.fd(); }
    [[nodiscard]] EventLoop &loop() { return m_loop; }

    // While a request is under way
    [[nodiscard]] const Head &head() const { return m_parser.head(); }
    [[nodiscard]] bool isRequestComplete() const { return m_requestComplete; }
    /// Body bytes that were read together with what came before and wait for wantBody(true).
    [[nodiscard]] std::size_t heldBytes() const { return m_pending.size() + m_behindHead; }
    void wantBody(bool want);
    /// Answers "Expect: 100-continue", once, if it was asked.
    void sendContinue();
    [[nodiscard]] std::string &output() { return m_stream.output(); }
    [[nodiscard]] std::size_t pendingOutput() const { return m_stream.pendingBytes(); }
    /// False when this answer should say "connection: close".
    [[nodiscard]] bool keepsAlive() const;
    void flush();
    /// The answer is in output(). The session must be done with the head.
    void endResponse(bool keepAlive);
    /// A problem as the whole answer; ends the response.
    void refuse(const Problem &problem, bool keepAlive);
    /// Breaks off: the client sees that the answer is not complete.
    void abort();

    // For the Server
    void start();
    [[nodiscard]] bool isIdle() const { return m_phase == Phase::Idle; }
    void closeWhenIdle(); // draining
    void closeNow() { close(); }

private:
    enum class Phase : std::uint8_t { Idle, Head, Request, Lingering, Closed };
    enum class Watch : std::uint8_t { None, Idle, Drain, Head, Body, Send, Linger };

    void onStreamEvent() override;
    void onBody(std::string_view bytes) override;
    [[nodiscard]] bool isReading() const;
    void pump();
    void readSome();
    void feed(std::string_view bytes);
    void onHead(std::string_view &rest);
    void failRequest(int status, std::string name, std::string detail);
    void finishExchange();
    void peerLeft();
    void linger();
    void shutDownWhenFlushed();
    void close();
    void watchTime();
    void onTime();

    EventLoop &m_loop;
    const Limits &m_limits;
    std::function<void(ServerConnection &)> m_closed;
    Stream m_stream;
    MessageParser m_parser;
    Timer m_timer;
    std::unique_ptr<Session> m_session;
    std::string m_peer;
    std::string m_pending;        // read but not parsed yet
    std::size_t m_behindHead = 0; // being parsed, while onRequest runs
    std::uint64_t m_bodyBytes = 0;
    std::uint64_t m_answerStart = 0; // position in the output where the answer begins
    std::uint64_t m_exchanges = 0;   // finished ones
    std::uint64_t m_watchedProgress = 0;
    std::size_t m_lastPending = 0;
    Transport m_transport;
    Phase m_phase = Phase::Idle;
    Watch m_watch = Watch::None;
    bool m_wantsBody = true;
    bool m_requestComplete = false;
    bool m_responseComplete = false;
    bool m_keepAlive = true;
    bool m_draining = false;
    bool m_continueSent = false;
    bool m_pumping = false;
    bool m_isShutDown = false;
};

} // namespace nest::http
