// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <optional>

namespace nest::http {

namespace {

constexpr int backlog = 4096; // the kernel caps it at net.core.somaxconn

std::string systemMessage(int error)
{
    return std::strerror(error); // NOLINT(concurrency-mt-unsafe): glibc's is safe for known numbers
}

std::optional<sockaddr_un> unixAddress(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) {
        return std::nullopt;
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

template <typename Address>
const sockaddr *generic(const Address &address)
{
    return reinterpret_cast<const sockaddr *>(&address);
}

} // namespace

Connecting connectToUnix(const std::string &path)
{
    const auto address = unixAddress(path);
    if (!address) {
        return {{}, ENAMETOOLONG};
    }
    Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) {
        return {{}, errno};
    }
    while (::connect(fd.get(), generic(*address), sizeof *address) < 0) {
        if (errno != EINTR) {
            return {{}, errno};
        }
    }
    return {std::move(fd), 0};
}

Result<Descriptor> listenOnUnix(const std::string &path, unsigned mode)
{
    const auto address = unixAddress(path);
    if (!address) {
        return failure("http/socket-path", "The socket path \"" + path + "\" is empty or too long (at most " +
                                               std::to_string(sizeof(sockaddr_un::sun_path) - 1) +
                                               " bytes). Choose a shorter runtime folder.");
    }
    struct stat existing{};
    if (::lstat(path.c_str(), &existing) == 0) {
        const int error = S_ISSOCK(existing.st_mode) ? connectToUnix(path).error : 0;
        if (error != ECONNREFUSED) {
            return failure("http/socket-taken", "\"" + path +
                                                    "\" is in use. End the program that listens there, or "
                                                    "choose another path.");
        }
        ::unlink(path.c_str());
    }
    Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    // The mode of the socket file is set before anybody can connect: bind, chmod, then listen.
    if (!fd || ::bind(fd.get(), generic(*address), sizeof *address) < 0 ||
        ::chmod(path.c_str(), static_cast<mode_t>(mode)) < 0 || ::listen(fd.get(), backlog) < 0) {
        const int error = errno;
        return failure("http/listen", "Cannot listen on \"" + path + "\": " + systemMessage(error) +
                                          ". Check that the folder exists and is writable.");
    }
    return fd;
}

Result<std::pair<Descriptor, std::uint16_t>> listenOnTcp(const std::string &address, std::uint16_t port)
{
    sockaddr_storage storage{};
    socklen_t size = 0;
    auto *const v4 = reinterpret_cast<sockaddr_in *>(&storage);
    auto *const v6 = reinterpret_cast<sockaddr_in6 *>(&storage);
    if (::inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        size = sizeof *v4;
    } else if (::inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        size = sizeof *v6;
    } else {
        return failure("http/listen",
                       "\"" + address + "\" is no IP address to listen on; use for example 127.0.0.1.");
    }
    Descriptor fd(::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int on = 1; // only passes over connections in TIME_WAIT; a listening socket still refuses a second
    if (!fd || ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        ::bind(fd.get(), generic(storage), size) < 0 || ::listen(fd.get(), backlog) < 0) {
        const int error = errno;
        const std::string where = address + ":" + std::to_string(port);
        if (error == EADDRINUSE) {
            return failure("http/port-taken",
                           "Port " + std::to_string(port) + " on " + address +
                               " is in use by another program. End it, or choose another port.");
        }
        return failure("http/listen", "Cannot listen on " + where + ": " + systemMessage(error) + ".");
    }
    ::getsockname(fd.get(), reinterpret_cast<sockaddr *>(&storage), &size);
    const std::uint16_t bound = ntohs(storage.ss_family == AF_INET ? v4->sin_port : v6->sin6_port);
    return std::pair(std::move(fd), bound);
}

std::uint16_t portOfListener(int fd, const std::string &address)
{
    int listens = 0;
    socklen_t length = sizeof listens;
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) != 0 || listens == 0 ||
        ::getsockname(fd, reinterpret_cast<sockaddr *>(&storage), &size) != 0) {
        return 0;
    }
    if (in_addr wanted{}; ::inet_pton(AF_INET, address.c_str(), &wanted) == 1) {
        const auto &bound = reinterpret_cast<const sockaddr_in &>(storage);
        const bool isIt = storage.ss_family == AF_INET && bound.sin_addr.s_addr == wanted.s_addr;
        return isIt ? ntohs(bound.sin_port) : 0;
    }
    in6_addr wanted{};
    const auto &bound = reinterpret_cast<const sockaddr_in6 &>(storage);
    const bool isIt = ::inet_pton(AF_INET6, address.c_str(), &wanted) == 1 && storage.ss_family == AF_INET6 &&
                      std::memcmp(&bound.sin6_addr, &wanted, sizeof wanted) == 0;
    return isIt ? ntohs(bound.sin6_port) : 0;
}

} // namespace nest::http
