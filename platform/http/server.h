// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Listening sockets and the connections they accepted. The number of connections is limited; beyond it a
// client gets 503 and is closed.
//
// Thread: the loop's. Owner: ApiServer or the gateway; must go before the loop.

#include "api/wire/result.h"
#include "platform/http/serverconnection.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace nest::http {

class Server final
{
public:
    Server(EventLoop &loop, Limits limits, ServerConnection::SessionFactory makeSession);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    Result<> listenUnix(const std::string &path, unsigned mode);
    Result<std::uint16_t> listenTcp(const std::string &address, std::uint16_t port);
    /// On a socket that listens already.
    Result<> listenOn(Descriptor fd);
    /// Accepts nothing new, gives idle connections a moment for a last request, lets the others finish; then
    /// calls `emptied`.
    void drain(std::function<void()> emptied);
    void close();
    [[nodiscard]] std::size_t connectionCount() const { return m_connections.size(); }

private:
    class Listener;
    Result<> listen(Descriptor fd, ServerConnection::Transport transport, std::string path);
    void accepted(Descriptor fd, ServerConnection::Transport transport, std::string peer);
    void closed(ServerConnection &connection);
    void stopListening();

    EventLoop &m_loop;
    Limits m_limits;
    ServerConnection::SessionFactory m_makeSession;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::unordered_map<ServerConnection *, std::unique_ptr<ServerConnection>> m_connections;
    std::function<void()> m_emptied;
};

} // namespace nest::http
