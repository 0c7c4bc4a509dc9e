// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/apisession.h"

#include <sys/socket.h>

#include <chrono>
#include <utility>

namespace nest::http {

namespace {

std::optional<PeerCredentials> credentialsOf(int fd)
{
    ::ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        return std::nullopt;
    }
    return PeerCredentials{.uid = static_cast<int>(credentials.uid), .pid = credentials.pid};
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Nothing when an escape is broken or hides a zero byte.
std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0 || (high == 0 && low == 0)) {
            return std::nullopt;
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

bool mayHaveBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

} // namespace

ApiSession::ApiSession(ServerConnection &connection, const ApiServer::Handler &handler)
    : m_connection(connection), m_handler(handler)
{}

ApiSession::~ApiSession()
{
    onAborted();
}

void ApiSession::onRequest(const Head &head)
{
    m_request = {};
    m_request.method = head.method;
    m_request.target = head.target();
    m_request.headers.reserve(head.size());
    for (std::size_t i = 0; i < head.size(); ++i) {
        const Head::Field field = head.field(i);
        m_request.headers.push_back({std::string(field.name), std::string(field.value)});
    }
    m_request.viaTcp = m_connection.transport() == ServerConnection::Transport::Tcp;
    if (!m_request.viaTcp) {
        m_request.peer = credentialsOf(m_connection.fd());
    }
    m_isHead = head.method == "HEAD";
    if (head.hasContentLength) {
        m_request.body.reserve(static_cast<std::size_t>(head.contentLength));
    }
    std::string_view target = head.target();
    if (const std::size_t mark = target.find('?'); mark != std::string_view::npos) {
        m_request.query = target.substr(mark + 1);
        target = target.substr(0, mark);
    }
    auto path = percentDecoded(target);
    if (!path || path->empty() || path->front() != '/') {
        m_connection.refuse(
            {.status = 400,
             .type = "http/bad-request",
             .title = "The request is malformed",
             .detail = "The target must be a path that begins with / and has valid %-escapes."},
            true);
        return;
    }
    m_request.path = std::move(*path);
    m_connection.sendContinue();
}

void ApiSession::onBody(std::string_view bytes)
{
    m_request.body += bytes;
}

void ApiSession::onRequestEnd()
{
    auto reply = Reply::make(m_connection.loop().mailbox(), *this);
    m_reply = reply.get();
    if (m_handler) {
        m_handler(std::exchange(m_request, {}), std::move(reply));
    }
}

void ApiSession::onOutputProgress()
{
    if (m_reply) {
        m_reply->m_pending = m_connection.pendingOutput();
    }
}

void ApiSession::onAborted()
{
    if (Reply *const reply = std::exchange(m_reply, nullptr)) {
        reply->clientLeft();
    }
}

void ApiSession::writeHead(int status, const std::vector<Header> &headers)
{
    std::string &out = m_connection.output();
    appendStatusLine(out, status);
    for (const Header &header : headers) {
        appendField(out, header.name, header.value);
    }
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    appendField(out, "date", httpDate(std::chrono::duration_cast<std::chrono::seconds>(now).count()));
    appendField(out, "connection", m_connection.keepsAlive() ? "keep-alive" : "close");
}

void ApiSession::send(Reply &reply, int status, const std::vector<Header> &headers, std::string_view body)
{
    writeHead(status, headers);
    std::string &out = m_connection.output();
    if (mayHaveBody(status)) {
        out += "content-length: ";
        appendDecimal(out, body.size());
        out += "\r\n";
    }
    out += "\r\n";
    if (!m_isHead && mayHaveBody(status)) {
        out += body;
    }
    finish(reply);
}

void ApiSession::begin(Reply &reply, int status, const std::vector<Header> &headers)
{
    m_isChunked = m_connection.head().minorVersion == 1 && mayHaveBody(status);
    writeHead(status, headers);
    m_connection.output() += m_isChunked ? "transfer-encoding: chunked\r\n\r\n" : "\r\n";
    m_connection.flush();
    reply.m_pending = m_connection.pendingOutput();
}

void ApiSession::write(Reply &reply, std::string_view chunk)
{
    if (!m_isHead) {
        if (m_isChunked) {
            appendChunk(m_connection.output(), chunk);
        } else {
            m_connection.output() += chunk;
        }
    }
    m_connection.flush();
    reply.m_pending = m_connection.pendingOutput();
}

void ApiSession::end(Reply &reply)
{
    if (m_isChunked && !m_isHead) {
        appendLastChunk(m_connection.output());
    }
    finish(reply);
}

void ApiSession::abandoned(Reply &reply)
{
    reply.m_session = nullptr;
    m_reply = nullptr;
    if (reply.m_stage == Reply::Stage::Streaming) {
        m_connection.abort(); // the client sees that the stream is not complete
        return;
    }
    m_connection.refuse(
        {.status = 500,
         .type = "http/no-answer",
         .title = "The request got no answer",
         .detail = "The platform dropped this request by mistake. Try again; if it stays, report it "
                   "with the log."},
        true);
}

void ApiSession::finish(Reply &reply)
{
    reply.m_session = nullptr;
    m_reply = nullptr;
    const bool isDelimited = m_isChunked || m_connection.head().minorVersion == 1;
    m_isChunked = false;
    m_connection.endResponse(isDelimited); // may begin with the next request, or destroy nothing until later
}

} // namespace nest::http
