// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/loadconnection.h"

#include <llhttp.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace nest::client {

namespace {

int onStatus(llhttp_t *parser)
{
    static_cast<LoadConnection *>(parser->data)->setStatus(parser->status_code);
    return 0;
}

int onComplete(llhttp_t *parser)
{
    if (parser->status_code >= 200) { // 1xx: the answer follows
        static_cast<LoadConnection *>(parser->data)->markAnswered(llhttp_should_keep_alive(parser) != 0);
    }
    return 0;
}

const llhttp_settings_t &settings()
{
    static const llhttp_settings_t all = [] {
        llhttp_settings_t made;
        llhttp_settings_init(&made);
        made.on_headers_complete = onStatus;
        made.on_message_complete = onComplete;
        return made;
    }();
    return all;
}

int connectedSocket(const std::string &address, int port)
{
    addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
        return -1;
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    const int descriptor =
        ::socket(found->ai_family, found->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, found->ai_protocol);
    if (descriptor < 0) {
        return -1;
    }
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(descriptor, found->ai_addr, found->ai_addrlen) != 0 && errno != EINPROGRESS) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

} // namespace

void LoadConnection::ParserDeleter::operator()(llhttp__internal_s *parser) const
{
    delete parser;
}

LoadConnection::LoadConnection(const std::string &address, int port)
    : m_descriptor(connectedSocket(address, port))
    , m_state(m_descriptor < 0 ? State::Broken : State::Connecting)
    , m_parser(new llhttp_t)
{
    llhttp_init(m_parser.get(), HTTP_RESPONSE, &settings());
    m_parser->data = this;
}

LoadConnection::~LoadConnection()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

void LoadConnection::send(const std::string &request, Clock::time_point dueAt, Clock::time_point now)
{
    m_request = &request;
    m_written = 0;
    m_hasRequest = true;
    m_isAnswered = false;
    m_status = 0;
    m_dueAt = dueAt;
    m_sentAt = now;
    if (m_state == State::Idle) {
        m_state = State::Busy;
        write();
    }
}

void LoadConnection::onWritable()
{
    if (m_state == State::Connecting) {
        int error = 0;
        socklen_t length = sizeof error;
        if (::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &length) != 0 || error != 0) {
            m_state = State::Broken;
            return;
        }
        m_state = m_hasRequest ? State::Busy : State::Idle;
    }
    if (m_state == State::Busy) {
        write();
    }
}

void LoadConnection::write()
{
    while (m_written < toWrite()) {
        const ssize_t count =
            ::send(m_descriptor, m_request->data() + m_written, toWrite() - m_written, MSG_NOSIGNAL);
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno != EAGAIN && errno != EWOULDBLOCK) {
                m_state = State::Broken;
            }
            return;
        }
        m_written += static_cast<std::size_t>(count);
    }
}

void LoadConnection::onReadable()
{
    std::array<char, 64 * 1024> buffer;
    while (m_state != State::Broken) {
        const ssize_t count = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (count > 0) {
            if (llhttp_execute(m_parser.get(), buffer.data(), static_cast<std::size_t>(count)) != HPE_OK) {
                m_state = State::Broken;
            }
            if (static_cast<std::size_t>(count) < buffer.size()) {
                return; // level-triggered: more will be told
            }
        } else if (count == 0) {
            llhttp_finish(m_parser.get()); // an answer without length ends here
            m_state = State::Broken;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno != EINTR) {
            m_state = State::Broken;
        }
    }
}

void LoadConnection::markAnswered(bool keepsAlive)
{
    m_isAnswered = m_hasRequest;
    m_keepsAlive = keepsAlive && m_written == toWrite();
}

void LoadConnection::takeAnswer()
{
    m_hasRequest = false;
    m_isAnswered = false;
    m_request = nullptr;
    m_written = 0;
    if (m_state != State::Broken) {
        m_state = m_keepsAlive ? State::Idle : State::Broken;
    }
}

} // namespace nest::client
