// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of Exchange that brings an instance's answer to the client.
#include "platform/gateway/exchange.h"

#include "platform/http/framing.h"

namespace nest::gateway {

void Exchange::onInterim(const http::Head &head)
{
    if (head.status == 100 || m_connection.head().minorVersion == 0) {
        return; // we have sent our own
    }
    std::string &out = m_connection.output();
    http::appendStatusLine(out, head.status);
    for (std::size_t i = 0; i < head.size(); ++i) {
        http::appendField(out, head.field(i).name, head.field(i).value);
    }
    out += "\r\n";
}

void Exchange::onResponse(const http::Head &head)
{
    m_state = State::Answering;
    m_lastProgress = m_instance->lastAnswer = m_core.loop().now();
    m_timer.arm(stallTimeout());
    m_status = head.status;
    m_replay = {};
    m_canReplay = false;
    const http::Head &request = m_connection.head();
    Timing told{};
    if (m_wantsTiming) {
        told = timing();
        told.handlerMilliseconds =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_handedOver)
                .count();
    }
    m_framing = appendResponseHead(m_connection.output(), head,
                                   {.toHead = request.method == "HEAD",
                                    .clientMinorVersion = request.minorVersion,
                                    .keepAlive = m_connection.keepsAlive(),
                                    .timing = m_wantsTiming ? &told : nullptr});
}

Timing Exchange::timing() const
{
    Timing timing{};
    timing.requestId = m_requestId;
    if (!m_revision) {
        return timing;
    }
    timing.traceId = m_traceId;
    timing.set = m_revision->key.set;
    timing.lane = m_revision->key.lane;
    timing.region = m_revision->key.region;
    timing.version = m_revision->key.version;
    timing.wasCold = m_wasCold;
    timing.queueWaitMilliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(m_waitTime).count();
    timing.instance = m_reached;
    timing.coldStart = m_reachedColdStart;
    return timing;
}

void Exchange::onResponseBody(std::string_view bytes)
{
    m_lastProgress = m_core.loop().now();
    switch (m_framing) {
    case Framing::None:
        return;
    case Framing::Chunked:
        http::appendChunk(m_connection.output(), bytes);
        break;
    case Framing::Raw:
    case Framing::UntilClose:
        m_connection.output() += bytes;
        break;
    }
    if (m_connection.pendingOutput() > http::ServerConnection::highWater) {
        m_connection.flush();
        if (m_connection.pendingOutput() > http::ServerConnection::highWater && m_upstream) {
            m_upstream->pauseReading(true);
        }
    }
}

void Exchange::onResponsePaused()
{
    m_connection.flush();
}

void Exchange::onOutputProgress()
{
    m_lastProgress = m_core.loop().now();
    if (m_upstream && m_connection.pendingOutput() < http::ServerConnection::highWater / 2) {
        m_upstream->pauseReading(false);
    }
}

void Exchange::onResponseEnd(bool isReusable)
{
    if (m_framing == Framing::Chunked) {
        http::appendLastChunk(m_connection.output());
    }
    leaveInstance(isReusable && m_bodyEnded, m_status >= 500, true);
    const bool keepAlive = m_framing != Framing::UntilClose;
    finish(m_status, false);
    m_connection.endResponse(keepAlive);
}

} // namespace nest::gateway
