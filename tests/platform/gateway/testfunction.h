// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// An instance made in the test: listens on a Unix socket, one thread a connection, and does what the test's
// handler says with bare bytes, proper or not.

#include "tests/platform/http/rawclient.h"

#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace nest::test {

struct Asked
{
    std::string line; // "GET / HTTP/1.1"
    std::map<std::string, std::string> headers;
    std::string body;
    int connection = 0; // which one, from 1
    int turn = 0;       // which request on it, from 1

    [[nodiscard]] std::string header(const std::string &name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

class TestFunction
{
public:
    /// Answers one request on `client`; false closes the connection.
    using Handler = std::function<bool(const Asked &, RawClient &client)>;

    TestFunction(std::string path_, Handler handler, int backlog = 1024)
        : path(std::move(path_)), m_handler(std::move(handler))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), std::min(path.size() + 1, sizeof address.sun_path));
        m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        isListening = ::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 &&
                      ::listen(m_listener, backlog) == 0;
        m_acceptor = std::thread([this] { acceptAll(); });
    }
    ~TestFunction() { stop(); }
    TestFunction(const TestFunction &) = delete;
    TestFunction &operator=(const TestFunction &) = delete;

    /// As a crash does: the listener and all connections go at once.
    void stop()
    {
        if (m_acceptor.joinable()) {
            m_stopped = true;
            ::shutdown(m_listener, SHUT_RDWR);
            m_acceptor.join();
            ::close(m_listener);
            ::unlink(path.c_str());
        }
        {
            const std::lock_guard lock(m_mutex);
            for (const int fd : m_open) {
                ::shutdown(fd, SHUT_RDWR);
            }
        }
        for (std::thread &thread : m_threads) {
            thread.join();
        }
        m_threads.clear();
    }

    static std::string ok(const std::string &body, const std::string &fields = {})
    {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + std::to_string(body.size()) + "\r\n" + fields +
               "\r\n" + body;
    }

    /// Head and whole body of the next request; empty line at the end of the connection.
    static Asked read(RawClient &client)
    {
        Asked asked = readHead(client);
        if (asked.header("transfer-encoding") == "chunked") {
            for (;;) {
                const std::string line = client.readUntil("\r\n");
                const std::size_t size = line.ends_with("\r\n") ? std::stoul(line, nullptr, 16) : 0;
                const std::string bytes = client.readBytes(size + 2);
                if (size == 0) {
                    break;
                }
                asked.body += bytes.substr(0, size);
            }
        } else if (const auto length = asked.header("content-length"); !length.empty()) {
            asked.body = client.readBytes(std::stoul(length));
        }
        return asked;
    }

    static Asked readHead(RawClient &client)
    {
        Asked asked;
        const std::string head = client.readUntil("\r\n\r\n");
        if (head.ends_with("\r\n\r\n")) {
            asked.line = head.substr(0, head.find("\r\n"));
            RawClient::parseFields(head, asked.headers);
        }
        return asked;
    }

    std::string path;
    bool isListening = false;
    std::atomic<int> requests = 0;
    std::atomic<int> connections = 0;
    std::atomic<int> open = 0;
    bool readsBodies = true; // false: the handler is called with the head alone

private:
    void acceptAll()
    {
        while (!m_stopped) {
            const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) {
                continue;
            }
            const int number = ++connections;
            const std::lock_guard lock(m_mutex);
            m_open.push_back(fd);
            m_threads.emplace_back([this, fd, number] { serve(fd, number); });
        }
    }

    void serve(int fd, int number)
    {
        ++open;
        {
            RawClient client(fd);
            for (int turn = 1;; ++turn) {
                Asked asked = readsBodies ? read(client) : readHead(client);
                if (asked.line.empty()) {
                    break;
                }
                ++requests;
                asked.connection = number;
                asked.turn = turn;
                if (!m_handler(asked, client)) {
                    break;
                }
            }
            const std::lock_guard lock(m_mutex);
            std::erase(m_open, fd);
        }
        --open;
    }

    Handler m_handler;
    int m_listener = -1;
    std::atomic<bool> m_stopped = false;
    std::thread m_acceptor;
    std::mutex m_mutex;
    std::list<std::thread> m_threads;
    std::list<int> m_open;
};

} // namespace nest::test
