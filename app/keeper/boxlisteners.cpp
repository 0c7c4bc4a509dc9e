// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/boxlisteners.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace nest::keeper {
namespace {

constexpr int backlog = 256;
constexpr int bindTries = 200; // bwrap brings the loopback up; until then its address is not there
constexpr useconds_t bindPauseMicroseconds = 5'000;

std::unexpected<Error> listenFailure(const std::string &what, int error)
{
    return failure("keeper/grants", what + ": " + std::strerror(error) + ".");
}

FileDescriptor listenAt(const std::string &host, int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    for (int i = 0; socket.isOpen() && i < bindTries; ++i) {
        if (::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
            return ::listen(socket.get(), backlog) == 0 ? std::move(socket) : FileDescriptor();
        }
        if (errno != EADDRNOTAVAIL) {
            return {};
        }
        ::usleep(bindPauseMicroseconds);
    }
    return {};
}

/// The descriptor or, when it is -1, the number of the error.
bool sendOne(int channel, int descriptor, int error)
{
    iovec part{&error, sizeof error};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    if (descriptor >= 0) {
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        cmsghdr *first = CMSG_FIRSTHDR(&header);
        first->cmsg_level = SOL_SOCKET;
        first->cmsg_type = SCM_RIGHTS;
        first->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(first), &descriptor, sizeof descriptor);
    }
    return ::sendmsg(channel, &header, MSG_NOSIGNAL) == sizeof error;
}

FileDescriptor receiveOne(int channel, int &error)
{
    iovec part{&error, sizeof error};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    if (::recvmsg(channel, &header, MSG_CMSG_CLOEXEC) != sizeof error) {
        error = ECHILD;
        return {};
    }
    const cmsghdr *first = CMSG_FIRSTHDR(&header);
    if (first == nullptr || first->cmsg_type != SCM_RIGHTS) {
        return {};
    }
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(first), sizeof descriptor);
    return FileDescriptor(descriptor);
}

[[noreturn]] void listenInside(int channel, const BoxNamespaces &namespaces, const std::vector<Grant> &grants)
{
    if (!enter(namespaces)) {
        sendOne(channel, -1, errno);
        ::_exit(EXIT_FAILURE);
    }
    for (std::size_t i = 0; i < grants.size(); ++i) {
        const auto socket = listenAt(addressInBox(grants, i), grants[i].port);
        if (!sendOne(channel, socket.get(), errno) || !socket.isOpen()) {
            ::_exit(EXIT_FAILURE);
        }
    }
    ::_exit(EXIT_SUCCESS);
}

} // namespace

Result<std::vector<FileDescriptor>> listenInBox(const BoxNamespaces &namespaces,
                                                const std::vector<Grant> &grants)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return listenFailure("No socket pair could be made", errno);
    }
    FileDescriptor ours(ends[0]);
    FileDescriptor theirs(ends[1]);
    const pid_t child = ::fork();
    if (child < 0) {
        return listenFailure("No process could be started", errno);
    }
    if (child == 0) {
        listenInside(theirs.get(), namespaces, grants);
    }
    theirs.reset();
    std::vector<FileDescriptor> listeners;
    int error = 0;
    while (listeners.size() < grants.size()) {
        auto socket = receiveOne(ours.get(), error);
        if (!socket.isOpen()) {
            break;
        }
        listeners.push_back(std::move(socket));
    }
    ::waitpid(child, nullptr, 0);
    if (listeners.size() < grants.size()) {
        return listenFailure("No socket could be opened in the box for the grant '" +
                                 grants[listeners.size()].name + "'",
                             error);
    }
    return listeners;
}

} // namespace nest::keeper
