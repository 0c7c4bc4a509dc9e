// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/passage.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

namespace nest::keeper {
namespace {

constexpr int connectMilliseconds = 10'000;
constexpr int keepAliveSeconds = 60; // noticed after twice that; the system's own is two hours
// A function that has closed its socket looks like one that has ended its direction and waits for an answer:
// longer than this for nothing it does not wait, and has its place back.
constexpr int halfOpenMilliseconds = 30'000;
constexpr std::size_t bufferBytes = 64 * 1024;

struct AddressRelease
{
    void operator()(addrinfo *list) const { ::freeaddrinfo(list); }
};

void setOption(int socket, int level, int name, int value = 1)
{
    ::setsockopt(socket, level, name, &value, sizeof value);
}

/// 0, or the number of the error.
int connectWithin(int socket, const addrinfo &address)
{
    if (::connect(socket, address.ai_addr, address.ai_addrlen) == 0) {
        return 0;
    }
    if (errno != EINPROGRESS) {
        return errno;
    }
    pollfd wait{socket, POLLOUT, 0};
    if (::poll(&wait, 1, connectMilliseconds) != 1) {
        return ETIMEDOUT;
    }
    int error = 0;
    socklen_t length = sizeof error;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno;
}

enum class Step { Done, Later, Broken };

/// One direction.
class Way final
{
public:
    Way(int from, int to) : m_from(from), m_to(to), m_bytes(bufferBytes) {}

    bool wantsToRead() const { return !m_isRead && m_begin == m_end; }
    bool wantsToWrite() const { return m_begin < m_end; }
    bool isOver() const { return m_isRead && m_begin == m_end; }

    /// As much as goes without waiting; false when a side is broken.
    bool move()
    {
        for (int turns = 0; turns < mostTurns && !isOver(); ++turns) {
            const auto step = wantsToWrite() ? write() : read();
            if (step != Step::Done) {
                return step == Step::Later;
            }
        }
        return true;
    }

private:
    static constexpr int mostTurns = 32; // then the other direction has its turn

    static Step failed() { return errno == EAGAIN || errno == EINTR ? Step::Later : Step::Broken; }

    Step read()
    {
        const auto got = ::recv(m_from, m_bytes.data(), m_bytes.size(), MSG_DONTWAIT);
        if (got < 0) {
            return failed();
        }
        m_begin = 0;
        m_end = static_cast<std::size_t>(got);
        if (got == 0) {
            m_isRead = true;
            ::shutdown(m_to, SHUT_WR);
        }
        return Step::Done;
    }

    Step write()
    {
        const auto sent =
            ::send(m_to, m_bytes.data() + m_begin, m_end - m_begin, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0) {
            return failed();
        }
        m_begin += static_cast<std::size_t>(sent);
        return Step::Done;
    }

    int m_from;
    int m_to;
    std::vector<char> m_bytes;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    bool m_isRead = false; // to its end
};

/// The side that `own` reads from and `other` writes to.
pollfd waitFor(int socket, const Way &own, const Way &other)
{
    const int events = (own.wantsToRead() ? POLLIN : 0) | (other.wantsToWrite() ? POLLOUT : 0);
    return {events != 0 || !own.wantsToWrite() ? socket : -1, static_cast<short>(events), 0};
}

} // namespace

FileDescriptor connectTo(const Grant &grant, std::string &reason)
{
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo *found = nullptr;
    if (const int result =
            ::getaddrinfo(grant.host.c_str(), std::to_string(grant.port).c_str(), &wanted, &found);
        result != 0) {
        reason = ::gai_strerror(result);
        return {};
    }
    const std::unique_ptr<addrinfo, AddressRelease> addresses(found);
    for (const auto *address = addresses.get(); address != nullptr; address = address->ai_next) {
        FileDescriptor socket(
            ::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, address->ai_protocol));
        const int error = socket.isOpen() ? connectWithin(socket.get(), *address) : errno;
        if (error == 0) {
            setOption(socket.get(), SOL_SOCKET, SO_KEEPALIVE); // a machine that vanished is noticed
            setOption(socket.get(), IPPROTO_TCP, TCP_KEEPIDLE, keepAliveSeconds);
            setOption(socket.get(), IPPROTO_TCP, TCP_KEEPINTVL, keepAliveSeconds / 4);
            setOption(socket.get(), IPPROTO_TCP, TCP_KEEPCNT, 4);
            return socket;
        }
        reason = std::strerror(error);
    }
    return {};
}

void resetConnection(FileDescriptor &socket)
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    socket.reset();
}

void passOn(FileDescriptor inside, FileDescriptor outside)
{
    for (const int socket : {inside.get(), outside.get()}) {
        setOption(socket, IPPROTO_TCP, TCP_NODELAY);
    }
    Way out(inside.get(), outside.get());
    Way in(outside.get(), inside.get());
    const auto isBroken = [](const pollfd &wait) {
        return (wait.revents & (POLLERR | POLLHUP)) != 0;
    };
    while (!out.isOver() || !in.isOver()) {
        // An idle direction is waited for too, as it may break; one whose bytes the other side does not take
        // is not, as it would report its end again and again.
        std::array<pollfd, 2> waits{waitFor(inside.get(), out, in), waitFor(outside.get(), in, out)};
        const bool isHalf = out.isOver() != in.isOver();
        const bool isIdle = isHalf && !out.wantsToWrite() && !in.wantsToWrite();
        const int ready = ::poll(waits.data(), waits.size(), isIdle ? halfOpenMilliseconds : -1);
        if (ready < 0 && errno != EINTR) {
            break;
        }
        const bool hasBroken =
            isIdle && ((out.isOver() && isBroken(waits[0])) || (in.isOver() && isBroken(waits[1])));
        if ((ready == 0 && isIdle) || hasBroken || !out.move() || !in.move()) {
            resetConnection(inside);
            resetConnection(outside);
            return;
        }
    }
}

} // namespace nest::keeper
