// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/serverconnection.h"

#include <sys/socket.h>

#include <utility>

namespace nest::http {

namespace {

// How long a closed exchange keeps reading, so that the client gets our answer and not a reset.
constexpr std::chrono::milliseconds lingerTime{2'000};
// How long a connection without a request lives on while the server drains.
constexpr std::chrono::milliseconds drainGrace{250};

std::string_view title(std::string_view name)
{
    if (name == "body-too-large") {
        return "The body is too large";
    }
    if (name == "header-too-large") {
        return "The head is too large";
    }
    if (name == "header-timeout" || name == "body-timeout") {
        return "The request took too long to arrive";
    }
    if (name == "version-not-supported") {
        return "This version of HTTP is not supported";
    }
    return "The request is malformed";
}

} // namespace

ServerConnection::ServerConnection(EventLoop &loop, const Limits &limits, Descriptor fd, Transport transport,
                                   std::string peer, const SessionFactory &makeSession,
                                   std::function<void(ServerConnection &)> closed)
    : m_loop(loop)
    , m_limits(limits)
    , m_closed(std::move(closed))
    , m_stream(loop, std::move(fd), *this)
    , m_parser(MessageParser::Kind::Request, limits.headerBytes, limits.headerCount, *this)
    , m_timer(loop.timers(), [this] { onTime(); })
    , m_session(makeSession(*this))
    , m_peer(std::move(peer))
    , m_transport(transport)
{}

ServerConnection::~ServerConnection() = default;

void ServerConnection::start()
{
    watchTime();
}

bool ServerConnection::keepsAlive() const
{
    return head().keepsAlive && !m_draining;
}

bool ServerConnection::isReading() const
{
    switch (m_phase) {
    case Phase::Idle:
    case Phase::Head:
    case Phase::Lingering:
        return true;
    case Phase::Request:
        return m_wantsBody && !m_requestComplete;
    case Phase::Closed:
        break;
    }
    return false;
}

void ServerConnection::onStreamEvent()
{
    const bool progressed = m_stream.pendingBytes() < m_lastPending;
    m_lastPending = m_stream.pendingBytes();
    if (progressed && m_phase == Phase::Request && !m_responseComplete) {
        m_session->onOutputProgress();
    }
    pump();
}

void ServerConnection::pump()
{
    if (m_pumping || m_phase == Phase::Closed) {
        return; // the outer call goes on
    }
    m_pumping = true;
    while (m_phase != Phase::Closed) {
        if (m_phase == Phase::Request && m_responseComplete) {
            finishExchange();
            continue;
        }
        if (!isReading() || (m_pending.empty() && !m_stream.canRead())) {
            break;
        }
        if (m_pending.empty()) {
            readSome();
        } else {
            const std::string bytes = std::exchange(m_pending, {});
            feed(bytes);
        }
    }
    if (m_phase == Phase::Request && m_stream.isPeerClosed()) {
        peerLeft();
    } else if (m_phase == Phase::Request) {
        m_session->onInputPaused();
    }
    m_pumping = false;
    if (m_phase == Phase::Request && m_responseComplete) {
        pump(); // the session finished while we told it
        return;
    }
    flush();
}

void ServerConnection::readSome()
{
    const auto result = m_stream.read(m_loop.scratch());
    switch (result.state) {
    case Stream::ReadState::Data:
        feed(result.data);
        break;
    case Stream::ReadState::Later:
        break;
    case Stream::ReadState::End:
    case Stream::ReadState::Failed:
        peerLeft();
        break;
    }
}

void ServerConnection::feed(std::string_view bytes)
{
    while (!bytes.empty() && m_phase != Phase::Lingering && m_phase != Phase::Closed) {
        if (!isReading() || (m_phase == Phase::Request && m_responseComplete)) {
            m_pending.assign(bytes);
            return;
        }
        const auto step = m_parser.advance(bytes);
        bytes.remove_prefix(step.consumed);
        if (m_bodyBytes > m_limits.bodyBytes) {
            failRequest(413, "body-too-large",
                        "The body is larger than " + std::to_string(m_limits.bodyBytes) +
                            " bytes; send less.");
            return;
        }
        switch (step.event) {
        case MessageParser::Event::NeedMore:
            if (m_phase == Phase::Idle) {
                m_phase = Phase::Head;
            }
            break;
        case MessageParser::Event::Head:
            onHead(bytes);
            break;
        case MessageParser::Event::End:
            m_requestComplete = true;
            if (!m_responseComplete) {
                m_session->onRequestEnd();
            }
            break;
        case MessageParser::Event::Failed:
            failRequest(m_parser.failure().status, m_parser.failure().name, m_parser.failure().detail);
            return;
        }
    }
}

void ServerConnection::onHead(std::string_view &rest)
{
    m_phase = Phase::Request;
    m_requestComplete = m_responseComplete = m_continueSent = false;
    m_wantsBody = true;
    m_bodyBytes = 0;
    m_answerStart = m_stream.sentBytes() + m_stream.pendingBytes();
    const Head &request = m_parser.head();
    if (request.contentLength > m_limits.bodyBytes) {
        m_responseComplete = true; // the session has not heard of this request
        failRequest(413, "body-too-large",
                    "The body is " + std::to_string(request.contentLength) + " bytes, the limit is " +
                        std::to_string(m_limits.bodyBytes) + "; send less.");
        return;
    }
    if (!request.hasBody()) {
        const auto step = m_parser.advance(rest.substr(0, 0));
        m_requestComplete = step.event == MessageParser::Event::End;
    }
    m_behindHead = rest.size();
    m_session->onRequest(request);
    m_behindHead = 0;
    if (m_requestComplete && !m_responseComplete && m_phase == Phase::Request) {
        m_session->onRequestEnd();
    }
}

void ServerConnection::onBody(std::string_view bytes)
{
    m_bodyBytes += bytes.size();
    if (m_bodyBytes <= m_limits.bodyBytes && !m_responseComplete) {
        m_session->onBody(bytes);
    }
}

void ServerConnection::wantBody(bool want)
{
    m_wantsBody = want;
    if (want) {
        pump();
    }
}

void ServerConnection::sendContinue()
{
    if (head().expectsContinue && !m_requestComplete && !std::exchange(m_continueSent, true)) {
        m_stream.output() += "HTTP/1.1 100 Continue\r\n\r\n";
        m_answerStart = m_stream.sentBytes() + m_stream.pendingBytes();
        flush();
    }
}

void ServerConnection::flush()
{
    if (m_phase == Phase::Closed || m_pumping) {
        return; // pump() flushes at its end: head and body leave in one call
    }
    m_stream.flush();
    m_lastPending = m_stream.pendingBytes();
    if (m_phase == Phase::Lingering) {
        shutDownWhenFlushed();
    }
    watchTime();
}

void ServerConnection::endResponse(bool keepAlive)
{
    m_responseComplete = true;
    m_keepAlive = keepAlive && keepsAlive();
    pump();
}

void ServerConnection::refuse(const Problem &problem, bool keepAlive)
{
    const bool keep = keepAlive && keepsAlive() && m_requestComplete;
    appendProblem(m_stream.output(), problem, keep, head().method != "HEAD");
    endResponse(keep);
}

void ServerConnection::abort()
{
    m_responseComplete = true;
    if (head().minorVersion == 0) { // only a reset tells such a client that its answer is not complete
        const ::linger reset{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(m_stream.fd(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    } else {
        m_stream.flush();
    }
    close();
}

void ServerConnection::finishExchange()
{
    ++m_exchanges;
    if (m_requestComplete && m_keepAlive && !m_draining) {
        m_phase = Phase::Idle;
    } else {
        linger();
    }
}

void ServerConnection::failRequest(int status, std::string name, std::string detail)
{
    if (m_phase == Phase::Request && !std::exchange(m_responseComplete, true)) {
        m_session->onAborted();
        if (m_stream.sentBytes() + m_stream.pendingBytes() != m_answerStart) {
            abort(); // the answer has begun: there is no other way to say it
            return;
        }
    }
    const std::string heading(title(name));
    appendProblem(
        m_stream.output(),
        {.status = status, .type = "http/" + std::move(name), .title = heading, .detail = std::move(detail)},
        false);
    linger();
}

void ServerConnection::peerLeft()
{
    if (m_phase == Phase::Head && !m_stream.isBroken()) {
        failRequest(400, "bad-request", "The connection ended in the middle of the head.");
    } else if (m_phase != Phase::Lingering || m_stream.isBroken() || m_stream.pendingBytes() == 0) {
        close();
    }
}

void ServerConnection::linger()
{
    m_phase = Phase::Lingering;
    m_pending.clear();
    flush();
}

void ServerConnection::shutDownWhenFlushed()
{
    if (m_stream.isBroken() ||
        (m_stream.pendingBytes() == 0 && m_stream.isPeerClosed() && !m_stream.canRead())) {
        close();
    } else if (m_stream.pendingBytes() == 0 && !std::exchange(m_isShutDown, true)) {
        m_stream.shutdownOutput();
    }
}

void ServerConnection::closeWhenIdle()
{
    m_draining = true;
    watchTime(); // an idle one may have a request on its way: it has a moment to arrive, and is the last
}

void ServerConnection::close()
{
    if (m_phase == Phase::Closed) {
        return;
    }
    const bool underWay = m_phase == Phase::Request && !m_responseComplete;
    m_phase = Phase::Closed;
    m_timer.cancel();
    m_stream.close();
    if (underWay) {
        m_session->onAborted();
    }
    m_closed(*this);
}

void ServerConnection::watchTime()
{
    Watch wanted = Watch::None;
    std::chrono::milliseconds time{};
    if (m_phase == Phase::Lingering) {
        wanted = Watch::Linger;
        time = lingerTime;
    } else if (m_phase == Phase::Request && isReading()) {
        wanted = Watch::Body;
        time = m_limits.bodyTime;
    } else if (m_stream.pendingBytes() > 0) {
        wanted = Watch::Send;
        time = m_limits.sendTime;
    } else if (m_phase == Phase::Head) {
        wanted = Watch::Head;
        time = m_limits.headerTime;
    } else if (m_phase == Phase::Idle) {
        wanted = m_draining ? Watch::Drain : Watch::Idle;
        time = m_draining ? drainGrace : m_limits.idleTime;
    }
    // A time-out that counts from the last progress is armed anew when there was some.
    const std::uint64_t progress = wanted == Watch::Send   ? m_stream.sentBytes()
                                   : wanted == Watch::Body ? m_bodyBytes
                                                           : m_exchanges;
    if (wanted == Watch::None) {
        m_timer.cancel();
    } else if (wanted != m_watch || progress != m_watchedProgress || !m_timer.isArmed()) {
        m_timer.arm(time);
    }
    m_watch = wanted;
    m_watchedProgress = progress;
}

void ServerConnection::onTime()
{
    switch (m_watch) {
    case Watch::Head:
        failRequest(408, "header-timeout",
                    "The head was not complete after " + std::to_string(m_limits.headerTime.count()) +
                        " ms.");
        break;
    case Watch::Body:
        failRequest(408, "body-timeout",
                    "Nothing of the body came for " + std::to_string(m_limits.bodyTime.count()) + " ms.");
        break;
    case Watch::None:
    case Watch::Idle:
    case Watch::Drain:
    case Watch::Send:
    case Watch::Linger:
        close();
        break;
    }
}

} // namespace nest::http
