// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/listenerhandover.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>

namespace nest::keeper {
namespace {

constexpr int answerMilliseconds = 500;
constexpr std::string_view takeWord = "take";
constexpr std::string_view keepWord = "keep";
constexpr std::string_view hereWord = "here";
constexpr std::string_view noneWord = "none";

std::unexpected<Error> doorFailure(const std::string &what, int error)
{
    return failure("keeper/door", what + ": " + std::strerror(error) + ".");
}

std::optional<sockaddr_un> addressOf(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return std::nullopt;
    }
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
}

FileDescriptor datagramSocket()
{
    return FileDescriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

struct Message
{
    std::string word;
    FileDescriptor attached;
    ucred sender{.pid = -1, .uid = static_cast<uid_t>(-1), .gid = static_cast<gid_t>(-1)};
    sockaddr_un from{};
    socklen_t fromLength = 0;
};

bool sendWord(int socket, std::string_view word, int attached, const sockaddr *to, socklen_t toLength)
{
    std::array<char, 8> text{};
    word.copy(text.data(), text.size());
    iovec part{text.data(), word.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr header{};
    header.msg_name = const_cast<sockaddr *>(to); // sendmsg only reads it
    header.msg_namelen = toLength;
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    if (attached >= 0) {
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        cmsghdr *first = CMSG_FIRSTHDR(&header);
        first->cmsg_level = SOL_SOCKET;
        first->cmsg_type = SCM_RIGHTS;
        first->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(first), &attached, sizeof attached);
    }
    return ::sendmsg(socket, &header, MSG_NOSIGNAL) == static_cast<ssize_t>(word.size());
}

std::optional<Message> receiveWord(int socket)
{
    Message message;
    std::array<char, 8> text{};
    iovec part{text.data(), text.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int)) + CMSG_SPACE(sizeof(ucred))> control{};
    msghdr header{};
    header.msg_name = &message.from;
    header.msg_namelen = sizeof message.from;
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    const auto got = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
    if (got < 0) {
        return std::nullopt;
    }
    message.word.assign(text.data(), static_cast<std::size_t>(got));
    message.fromLength = header.msg_namelen;
    for (cmsghdr *one = CMSG_FIRSTHDR(&header); one != nullptr; one = CMSG_NXTHDR(&header, one)) {
        if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SCM_RIGHTS) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(one), sizeof descriptor);
            message.attached = FileDescriptor(descriptor);
        } else if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SCM_CREDENTIALS) {
            std::memcpy(&message.sender, CMSG_DATA(one), sizeof message.sender);
        }
    }
    return message;
}

bool waitFor(int socket, short events)
{
    pollfd wait{socket, events, 0};
    return ::poll(&wait, 1, answerMilliseconds) == 1 && (wait.revents & events) != 0;
}

} // namespace

std::string doorPath(const std::string &runtimeDirectory)
{
    return runtimeDirectory + "/door.sock";
}

FileDescriptor takeListener(const std::string &runtimeDirectory)
{
    const auto door = addressOf(doorPath(runtimeDirectory));
    const auto socket = datagramSocket();
    sockaddr_un own{}; // a name that the kernel chooses: where the answer is sent
    own.sun_family = AF_UNIX;
    if (!door || !socket.isOpen() ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&own), sizeof(sa_family_t)) != 0 ||
        ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&*door), sizeof *door) != 0 ||
        !sendWord(socket.get(), takeWord, -1, nullptr, 0) || !waitFor(socket.get(), POLLIN)) {
        return {};
    }
    auto answer = receiveWord(socket.get());
    return answer && answer->word == hereWord ? std::move(answer->attached) : FileDescriptor();
}

Result<> keepListener(const std::string &runtimeDirectory, int listener)
{
    const auto door = addressOf(doorPath(runtimeDirectory));
    const auto socket = datagramSocket();
    if (!door || !socket.isOpen() ||
        ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&*door), sizeof *door) != 0) {
        return doorFailure("The keeper's door cannot be reached", door ? errno : ENAMETOOLONG);
    }
    if (!waitFor(socket.get(), POLLOUT) || !sendWord(socket.get(), keepWord, listener, nullptr, 0)) {
        return doorFailure("The gateway's socket could not be handed to the keeper", errno);
    }
    return {};
}

Result<ListenerHolder> ListenerHolder::open(const std::string &runtimeDirectory)
{
    const auto path = doorPath(runtimeDirectory);
    const auto address = addressOf(path);
    if (!address) {
        return failure("keeper/door",
                       "The socket path '" + path + "' is too long. Choose a shorter runtime folder.");
    }
    auto socket = datagramSocket();
    const int on = 1;
    ::unlink(path.c_str()); // left by a keeper that was killed; the lock says that it is gone
    if (!socket.isOpen() ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&*address), sizeof *address) != 0 ||
        ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 ||
        ::setsockopt(socket.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on) != 0) {
        return doorFailure("The socket '" + path + "' could not be opened", errno);
    }
    return ListenerHolder(std::move(socket));
}

void ListenerHolder::serve(pid_t nestd)
{
    auto message = receiveWord(m_socket.get());
    if (!message || message->sender.uid != ::geteuid()) {
        return;
    }
    if (message->word == keepWord && nestd > 0 && message->sender.pid == nestd) {
        m_held = std::move(message->attached);
    } else if (message->word == takeWord) {
        const bool mayHaveIt = nestd <= 0 && m_held.isOpen();
        // Should it be gone already, or its queue full, it makes a socket of its own.
        static_cast<void>(sendWord(m_socket.get(), mayHaveIt ? hereWord : noneWord,
                                   mayHaveIt ? m_held.get() : -1,
                                   reinterpret_cast<const sockaddr *>(&message->from), message->fromLength));
    }
}

void ListenerHolder::close()
{
    m_held.reset();
    m_socket.reset();
}

} // namespace nest::keeper
