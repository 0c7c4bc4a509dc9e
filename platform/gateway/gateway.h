// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The data plane: an HTTP/1.1 reverse proxy that sends each request to an instance of a function, holds it
// while there is none, and counts what happened. One thread of its own ("nest-gateway"); nothing on the
// request path takes a lock.
//
// Owner: nestd's main. Threads: setRoutes, port and drain from any thread; the events are called on the
// gateway's thread and must return at once.

#include "api/wire/result.h"
#include "platform/gateway/activatorlimits.h"
#include "platform/gateway/counters.h"
#include "platform/gateway/routetable.h"
#include "platform/http/descriptor.h"
#include "platform/http/limits.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace nest::gateway {

struct GatewayConfig
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 7070;
    bool portWasSet = false; // false: when the port is taken, the next free one is used
    /// A Unix socket on which functions call others (docs/decisions.md 58); empty: they cannot.
    std::string callSocket;
    std::string region = "local";
    ActivatorLimits activator;
    http::Limits limits;
    bool honourRegionHeader = true;
    bool honourLaneAndSetHeaders = true;
    bool busyPoll = true;
    /// An answer of which nothing moves for so long (or the function's own time, when that is longer) is cut
    /// off.
    std::chrono::milliseconds stallTimeout{60'000};
};

struct Poke
{
    RevisionKey key;
    /// How many wait when it is read, by any thread: a crowd grows while the poke is on its way.
    std::shared_ptr<const std::atomic<std::uint32_t>> waiting;
};

struct GatewayEvents
{
    /// Somebody waits for an instance of this revision: at once for the first, then every 100 ms.
    std::function<void(const Poke &)> poke;
    /// Once a second.
    std::function<void(SecondBatch)> second;
    /// An instance refused the connection or broke off.
    std::function<void(const std::string &instanceId, const std::string &reason)> instanceTrouble;
    /// An instance that is no longer in the table has no request left. Called once for each.
    std::function<void(const std::string &instanceId)> instanceIdle;
};

class Gateway final
{
public:
    Gateway(GatewayConfig config, GatewayEvents events);
    ~Gateway();
    Gateway(const Gateway &) = delete;
    Gateway &operator=(const Gateway &) = delete;

    /// Binds and starts the thread. `http/port-taken` when the port was set explicitly and is in use.
    /// `kept` is a socket that listened for an earlier gateway: taken over where address and port are right,
    /// so that whoever waits in its backlog is served. Set the routes first, or these find none.
    Result<> start(http::Descriptor kept = {});
    /// The listening socket, for whoever keeps it through a restart; -1 before start() and from drain() on.
    [[nodiscard]] int listener() const;
    /// The port that was bound; 0 before start().
    [[nodiscard]] std::uint16_t port() const;
    void setRoutes(std::shared_ptr<const RouteTable> routes);
    /// Accepts nothing new, lets what is under way finish, returns when that is done or `limit` is over.
    void drain(std::chrono::milliseconds limit);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace nest::gateway
