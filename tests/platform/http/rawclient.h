// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A blocking HTTP client made of bare sockets: sends exactly the bytes it is told, in the pieces it is told,
// and reads answers with a parser that shares nothing with the one under test. Every wait has a limit.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace nest::test {

struct Answer
{
    int status = 0;                             // 0: none came, or it was cut off
    std::map<std::string, std::string> headers; // lower case
    std::string body;
    bool isComplete = false;

    [[nodiscard]] std::string header(const std::string &name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

class RawClient
{
public:
    static constexpr int limitMs = 10'000;

    RawClient() = default;
    explicit RawClient(int fd) : m_fd(fd) {}
    ~RawClient() { close(); }
    RawClient(RawClient &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)), m_buffer(std::move(other.m_buffer))
    {}
    RawClient &operator=(RawClient &&other) noexcept
    {
        close();
        m_fd = std::exchange(other.m_fd, -1);
        m_buffer = std::move(other.m_buffer);
        return *this;
    }

    static RawClient tcp(std::uint16_t port, int receiveBuffer = 0)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        RawClient client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const int on = 1;
        ::setsockopt(client.m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (receiveBuffer > 0) {
            ::setsockopt(client.m_fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        }
        if (::connect(client.m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
            client.close();
        }
        return client;
    }

    static RawClient unixSocket(const std::string &path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), std::min(path.size() + 1, sizeof address.sun_path));
        RawClient client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::connect(client.m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
            client.close();
        }
        return client;
    }

    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    [[nodiscard]] int fd() const { return m_fd; }

    void close()
    {
        if (m_fd >= 0) {
            ::close(std::exchange(m_fd, -1));
        }
    }

    /// False when the peer takes no more, or nothing within the limit.
    bool send(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            if (!wait(POLLOUT)) {
                return false;
            }
            const ssize_t count = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count < 0 && errno != EAGAIN) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        }
        return true;
    }

    /// What comes until `end` is among it; what came when the connection ends first.
    std::string readUntil(std::string_view end)
    {
        while (m_buffer.find(end) == std::string::npos && fill()) {
        }
        const auto at = m_buffer.find(end);
        return takeFront(at == std::string::npos ? m_buffer.size() : at + end.size());
    }

    std::string readBytes(std::size_t count)
    {
        while (m_buffer.size() < count && fill()) {
        }
        return takeFront(std::min(count, m_buffer.size()));
    }

    std::string readAll()
    {
        while (fill()) {
        }
        return takeFront(m_buffer.size());
    }

    /// Whether the peer closed (nothing else unread) within the limit.
    bool sawEnd() { return readAll().empty() && m_ended; }

    /// `toHead`: no body follows.
    Answer readAnswer(bool toHead = false)
    {
        Answer answer;
        std::string head = readUntil("\r\n\r\n");
        while (head.starts_with("HTTP/1.1 100")) {
            head = readUntil("\r\n\r\n");
        }
        if (!head.ends_with("\r\n\r\n") || !head.starts_with("HTTP/1.1 ")) {
            return answer;
        }
        answer.status = std::stoi(head.substr(9, 3));
        parseFields(head, answer.headers);
        if (toHead || answer.status == 204 || answer.status == 304) {
            answer.isComplete = true;
        } else if (answer.header("transfer-encoding") == "chunked") {
            readChunks(answer);
        } else if (const auto length = answer.header("content-length"); !length.empty()) {
            answer.body = readBytes(std::stoul(length));
            answer.isComplete = answer.body.size() == std::stoul(length);
        } else {
            answer.body = readAll();
            answer.isComplete = m_ended;
        }
        return answer;
    }

    Answer ask(std::string_view request, bool toHead = false)
    {
        return send(request) ? readAnswer(toHead) : Answer{};
    }

    static void parseFields(const std::string &head, std::map<std::string, std::string> &fields)
    {
        std::size_t at = head.find("\r\n") + 2;
        while (at < head.size() && head.compare(at, 2, "\r\n") != 0) {
            const std::size_t end = head.find("\r\n", at);
            const std::size_t colon = head.find(':', at);
            std::string name = head.substr(at, colon - at);
            std::ranges::transform(name, name.begin(),
                                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            const std::size_t value = std::min(head.find_first_not_of(' ', colon + 1), end);
            fields[name] += (fields[name].empty() ? "" : ", ") + head.substr(value, end - value);
            at = end + 2;
        }
    }

private:
    [[nodiscard]] bool wait(short events) const
    {
        pollfd descriptor{m_fd, events, 0};
        return m_fd >= 0 && ::poll(&descriptor, 1, limitMs) > 0;
    }

    bool fill()
    {
        if (m_ended || !wait(POLLIN)) {
            return false;
        }
        char bytes[64 * 1024];
        const ssize_t count = ::recv(m_fd, bytes, sizeof bytes, 0);
        if (count <= 0) {
            m_ended = true;
            return false;
        }
        m_buffer.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    std::string takeFront(std::size_t count)
    {
        std::string front = m_buffer.substr(0, count);
        m_buffer.erase(0, count);
        return front;
    }

    void readChunks(Answer &answer)
    {
        for (;;) {
            const std::string line = readUntil("\r\n");
            if (!line.ends_with("\r\n")) {
                return;
            }
            const std::size_t size = std::stoul(line, nullptr, 16);
            if (size == 0) {
                answer.isComplete = readUntil("\r\n") == "\r\n";
                return;
            }
            const std::string bytes = readBytes(size + 2);
            if (bytes.size() != size + 2) {
                return;
            }
            answer.body += bytes.substr(0, size);
        }
    }

    int m_fd = -1;
    std::string m_buffer;
    bool m_ended = false;
};

} // namespace nest::test
