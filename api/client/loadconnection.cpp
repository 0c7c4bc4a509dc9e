// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/loadconnection.h"

#include <llhttp.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

namespace nest::client {

namespace {

constexpr std::size_t longestHeader = 64; // an instance's id is 28 long

bool isName(const std::string &name, std::string_view lower)
{
    return std::ranges::equal(name, lower, [](char have, char want) {
        return (have >= 'A' && have <= 'Z' ? static_cast<char>(have | 0x20) : have) == want;
    });
}

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

int onHeaderName(llhttp_t *parser, const char *text, std::size_t length)
{
    static_cast<LoadConnection *>(parser->data)->onHeaderName(text, length);
    return 0;
}

int onHeaderValue(llhttp_t *parser, const char *text, std::size_t length)
{
    static_cast<LoadConnection *>(parser->data)->onHeaderValue(text, length);
    return 0;
}

int onHeaderEnd(llhttp_t *parser)
{
    static_cast<LoadConnection *>(parser->data)->onHeaderEnd();
    return 0;
}

const llhttp_settings_t &settings(bool seesInstance)
{
    static const llhttp_settings_t seeing = [] {
        llhttp_settings_t made;
        llhttp_settings_init(&made);
        made.on_headers_complete = onStatus;
        made.on_message_complete = onComplete;
        made.on_header_field = onHeaderName;
        made.on_header_value = onHeaderValue;
        made.on_header_value_complete = onHeaderEnd;
        return made;
    }();
    static const llhttp_settings_t all = [] {
        llhttp_settings_t made;
        llhttp_settings_init(&made);
        made.on_headers_complete = onStatus;
        made.on_message_complete = onComplete;
        return made;
    }();
    return seesInstance ? seeing : all;
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

LoadConnection::LoadConnection(const std::string &address, int port, bool seesInstance)
    : m_descriptor(connectedSocket(address, port))
    , m_state(m_descriptor < 0 ? State::Broken : State::Connecting)
    , m_parser(new llhttp_t)
{
    llhttp_init(m_parser.get(), HTTP_RESPONSE, &settings(seesInstance));
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
    m_instance.clear();
    m_wasCold = false;
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

void LoadConnection::onHeaderName(const char *text, std::size_t length)
{
    if (m_name.size() + length <= longestHeader) {
        m_name.append(text, length);
    }
}

void LoadConnection::onHeaderValue(const char *text, std::size_t length)
{
    // Two names count, and they begin alike: the value of any other is not looked at.
    if (m_name.size() >= 9 && (m_name[0] | 0x20) == 'n' && m_value.size() + length <= longestHeader) {
        m_value.append(text, length);
    }
}

void LoadConnection::onHeaderEnd()
{
    if (!m_value.empty()) {
        if (isName(m_name, "nest-instance")) {
            m_instance = m_value;
        } else if (isName(m_name, "nest-cold")) {
            m_wasCold = m_value == "cold";
        }
        m_value.clear();
    }
    m_name.clear();
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
