// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/controlconnection.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdio>

namespace nest::keeper {
namespace {

constexpr std::size_t roomBytes = 256 * 1024;

} // namespace

bool ControlConnection::hasRoom() const
{
    return isOpen() && m_hears && m_unsent.size() < roomBytes;
}

bool ControlConnection::isDead() const
{
    char byte = 0;
    return ::recv(m_socket.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

pid_t ControlConnection::peer() const
{
    ucred peer{};
    socklen_t length = sizeof peer;
    const bool isThere =
        isOpen() && !isDead() && ::getsockopt(m_socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0;
    return isThere ? peer.pid : -1;
}

void ControlConnection::open(FileDescriptor socket)
{
    m_socket = std::move(socket);
    m_reader = {};
    m_unsent.clear();
    m_hears = true;
}

void ControlConnection::close()
{
    m_socket.reset();
}

void ControlConnection::send(const Event &event)
{
    if (isOpen() && m_hears) {
        m_unsent += encode(event);
    }
}

std::vector<Request> ControlConnection::receive()
{
    std::vector<Request> requests;
    std::array<char, 64 * 1024> bytes; // filled by recv
    const auto got = ::recv(m_socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        close();
        return requests;
    }
    if (got < 0) {
        return requests;
    }
    bool isFine = m_reader.feed({bytes.data(), static_cast<std::size_t>(got)});
    std::string line;
    while (isFine && m_reader.next(line)) {
        auto request = decodeRequest(line);
        if (request) {
            requests.push_back(std::move(*request));
        } else {
            std::fprintf(stderr, "nest-keeper: %s\n", request.error().detail.c_str());
            isFine = false;
        }
    }
    // An end that is there already is taken at once: lines sent to a nestd that is gone would be lost.
    if (!isFine || isDead()) {
        close();
    }
    return requests;
}

void ControlConnection::flush()
{
    while (isOpen() && hasUnsent()) {
        const auto sent =
            ::send(m_socket.get(), m_unsent.data(), m_unsent.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno != EAGAIN && errno != EINTR) {
                // Gone, but its last requests may still be unread: receive() closes after them.
                m_hears = false;
                m_unsent.clear();
            }
            return;
        }
        m_unsent.erase(0, static_cast<std::size_t>(sent));
    }
}

} // namespace nest::keeper
