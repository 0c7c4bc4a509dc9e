// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/server.h"

#include "platform/http/sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace nest::http {

namespace {

std::string addressText(const sockaddr_storage &storage)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (storage.ss_family == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in &>(storage).sin_addr, text, sizeof text);
    } else if (storage.ss_family == AF_INET6) {
        ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6 &>(storage).sin6_addr, text, sizeof text);
    }
    return text;
}

} // namespace

class Server::Listener final : private EventLoop::Watcher
{
public:
    Listener(Server &server, Descriptor fd, ServerConnection::Transport transport, std::string path)
        : m_server(server)
        , m_fd(std::move(fd))
        , m_path(std::move(path))
        , m_transport(transport)
        , m_again(server.m_loop.timers(), [this] { acceptAll(); })
    {}
    ~Listener()
    {
        m_server.m_loop.remove(m_fd.get(), *this);
        if (!m_path.empty()) {
            ::unlink(m_path.c_str());
        }
    }
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    bool start() { return m_server.m_loop.add(m_fd.get(), EPOLLIN, *this); }

private:
    void onIo(std::uint32_t) override { acceptAll(); }

    void acceptAll()
    {
        for (;;) {
            sockaddr_storage peer{};
            socklen_t size = sizeof peer;
            Descriptor fd(::accept4(m_fd.get(), reinterpret_cast<sockaddr *>(&peer), &size,
                                    SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (fd) {
                if (m_transport == ServerConnection::Transport::Tcp) {
                    const int on = 1;
                    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                }
                m_server.accepted(std::move(fd), m_transport, addressText(peer));
            } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                m_again.arm(std::chrono::milliseconds(100)); // no edge will tell when there is room again
                return;
            } else if (errno != EINTR && errno != ECONNABORTED) {
                return;
            }
        }
    }

    Server &m_server;
    Descriptor m_fd;
    std::string m_path;
    ServerConnection::Transport m_transport;
    Timer m_again;
};

Server::Server(EventLoop &loop, Limits limits, ServerConnection::SessionFactory makeSession)
    : m_loop(loop), m_limits(limits), m_makeSession(std::move(makeSession))
{}

Server::~Server()
{
    close();
}

Result<> Server::listen(Descriptor fd, ServerConnection::Transport transport, std::string path)
{
    auto listener = std::make_unique<Listener>(*this, std::move(fd), transport, std::move(path));
    if (!listener->start()) {
        return failure("http/listen",
                       "The kernel refuses to watch another socket; raise the limit of open files.");
    }
    m_listeners.push_back(std::move(listener));
    return {};
}

Result<> Server::listenUnix(const std::string &path, unsigned mode)
{
    auto fd = listenOnUnix(path, mode);
    if (!fd) {
        return std::unexpected(std::move(fd.error()));
    }
    return listen(std::move(*fd), ServerConnection::Transport::Unix, path);
}

Result<std::uint16_t> Server::listenTcp(const std::string &address, std::uint16_t port)
{
    auto bound = listenOnTcp(address, port);
    if (!bound) {
        return std::unexpected(std::move(bound.error()));
    }
    if (auto listening = listen(std::move(bound->first), ServerConnection::Transport::Tcp, {}); !listening) {
        return std::unexpected(std::move(listening.error()));
    }
    return bound->second;
}

Result<> Server::listenOn(Descriptor fd)
{
    return listen(std::move(fd), ServerConnection::Transport::Tcp, {});
}

void Server::accepted(Descriptor fd, ServerConnection::Transport transport, std::string peer)
{
    if (m_connections.size() >= m_limits.connections) {
        std::string answer;
        appendProblem(answer,
                      {.status = 503,
                       .type = "http/too-many-connections",
                       .title = "Too many connections",
                       .detail = "There are " + std::to_string(m_limits.connections) +
                                 " connections already; close some or try again.",
                       .retryAfterSeconds = 1},
                      false);
        ::send(fd.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
        ::shutdown(fd.get(), SHUT_WR);
        return;
    }
    auto connection =
        std::make_unique<ServerConnection>(m_loop, m_limits, std::move(fd), transport, std::move(peer),
                                           m_makeSession, [this](ServerConnection &gone) { closed(gone); });
    ServerConnection &made = *connection;
    m_connections.emplace(&made, std::move(connection));
    made.start();
}

void Server::closed(ServerConnection &connection)
{
    const auto found = m_connections.find(&connection);
    if (found != m_connections.end()) {
        m_loop.dispose(std::move(found->second));
        m_connections.erase(found);
    }
    if (m_emptied && m_connections.empty()) {
        std::exchange(m_emptied, {})();
    }
}

void Server::stopListening()
{
    m_listeners.clear();
}

void Server::drain(std::function<void()> emptied)
{
    stopListening();
    std::vector<ServerConnection *> all;
    for (const auto &[connection, owner] : m_connections) {
        all.push_back(connection);
    }
    for (ServerConnection *connection : all) {
        connection->closeWhenIdle();
    }
    if (m_connections.empty()) {
        emptied();
    } else {
        m_emptied = std::move(emptied);
    }
}

void Server::close()
{
    stopListening();
    m_emptied = {};
    while (!m_connections.empty()) {
        m_connections.begin()->first->closeNow();
    }
}

} // namespace nest::http
