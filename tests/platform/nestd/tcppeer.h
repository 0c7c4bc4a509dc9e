// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A TCP server of the test on this machine's loopback, with threads of its own: the waits of TestPlatform
// block the test's. Each connection is given to `serve` in a thread; it is closed when that returns.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace nest::tests {

class TcpPeer final
{
public:
    explicit TcpPeer(std::function<void(int)> serve, const char *address = "127.0.0.1", int port = 0)
        : m_serve(std::move(serve)), m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in own{};
        own.sin_family = AF_INET;
        own.sin_port = htons(static_cast<std::uint16_t>(port));
        ::inet_pton(AF_INET, address, &own.sin_addr);
        const int on = 1;
        ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        socklen_t length = sizeof own;
        m_isOpen = ::bind(m_listener, reinterpret_cast<const sockaddr *>(&own), sizeof own) == 0 &&
                   ::listen(m_listener, 512) == 0 &&
                   ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&own), &length) == 0;
        m_port = ntohs(own.sin_port);
        m_thread = std::thread([this] { accept(); });
    }

    ~TcpPeer()
    {
        ::shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        ::close(m_listener);
        {
            const std::scoped_lock lock(m_mutex);
            for (const int each : m_open) {
                ::shutdown(each, SHUT_RDWR);
            }
        }
        for (auto &each : m_connections) {
            each.join();
        }
    }
    TcpPeer(const TcpPeer &) = delete;
    TcpPeer &operator=(const TcpPeer &) = delete;

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] int accepted() const { return m_accepted; }
    [[nodiscard]] int ended() const { return m_ended; }

    /// What comes in goes out again.
    static void echo(int socket)
    {
        std::vector<char> bytes(64 * 1024);
        for (ssize_t got = 0; (got = ::recv(socket, bytes.data(), bytes.size(), 0)) > 0;) {
            sendAll(socket, bytes.data(), static_cast<std::size_t>(got));
        }
    }

    static bool sendAll(int socket, const char *bytes, std::size_t size)
    {
        while (size > 0) {
            const auto sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            bytes += sent;
            size -= static_cast<std::size_t>(sent);
        }
        return true;
    }

private:
    void accept()
    {
        for (int socket = -1; (socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            ++m_accepted;
            const std::scoped_lock lock(m_mutex);
            m_open.push_back(socket);
            m_connections.emplace_back([this, socket] {
                m_serve(socket);
                const std::scoped_lock held(m_mutex);
                std::erase(m_open, socket);
                ::close(socket);
                ++m_ended;
            });
        }
    }

    std::function<void(int)> m_serve;
    int m_listener;
    int m_port = 0;
    bool m_isOpen = false;
    std::atomic<int> m_accepted = 0;
    std::atomic<int> m_ended = 0;
    std::mutex m_mutex;
    std::vector<int> m_open;
    std::list<std::thread> m_connections;
    std::thread m_thread;
};

} // namespace nest::tests
