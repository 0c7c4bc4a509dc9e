// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nest-relay SOCKET PORT: hands connections to a Unix socket through to a port of the loopback, in the box of
// a function that is being debugged. One process a connection, each of which ends with it.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

constexpr int waitMilliseconds = 100;
constexpr int mostTries = 300; // half a minute: whoever connects early waits until the runtime listens

int listenAt(std::string_view path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return -1;
    }
    path.copy(address.sun_path, path.size());
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::unlink(address.sun_path); // of the instance before: who connects now means this one
    if (socket < 0 || ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::chmod(address.sun_path, S_IRUSR | S_IWUSR) != 0 || ::listen(socket, 16) != 0) {
        return -1;
    }
    return socket;
}

int connectTo(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int tries = 0; tries < mostTries; ++tries) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return -1;
        }
        if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
            return socket;
        }
        ::close(socket);
        ::poll(nullptr, 0, waitMilliseconds);
    }
    return -1;
}

bool sendAll(int to, const char *bytes, std::size_t count)
{
    while (count > 0) {
        const auto sent = ::send(to, bytes, count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        count -= static_cast<std::size_t>(sent);
    }
    return true;
}

/// Until either side has closed.
void handThrough(int one, int other)
{
    std::array<pollfd, 2> ends{pollfd{one, POLLIN, 0}, pollfd{other, POLLIN, 0}};
    std::array<char, 32 * 1024> bytes; // filled by recv
    for (;;) {
        if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) {
            return;
        }
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].revents == 0) {
                continue;
            }
            const auto got = ::recv(ends[i].fd, bytes.data(), bytes.size(), 0);
            if (got <= 0 || !sendAll(ends[1 - i].fd, bytes.data(), static_cast<std::size_t>(got))) {
                return;
            }
        }
    }
}

} // namespace

int main(int count, char **words)
{
    const long port = count == 3 ? std::strtol(words[2], nullptr, 10) : 0;
    if (port <= 0 || port > UINT16_MAX) {
        std::fputs("usage: nest-relay SOCKET PORT\n", stderr);
        return 2;
    }
    ::signal(SIGCHLD, SIG_IGN); // nobody asks how a connection ended
    const int listener = listenAt(words[1]);
    if (listener < 0) {
        std::fprintf(stderr, "nest-relay: %s: %s\n", words[1], std::strerror(errno));
        return 1;
    }
    for (;;) {
        const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) {
            continue;
        }
        if (::fork() == 0) {
            ::close(listener);
            const int debugger = connectTo(static_cast<std::uint16_t>(port));
            if (debugger >= 0) {
                handThrough(client, debugger);
            }
            return 0;
        }
        ::close(client);
    }
}
