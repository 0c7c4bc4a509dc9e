// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What lives on the gateway's thread: the live table, who is sent where, who waits, and the ticks. Exchanges
// ask it for an instance and tell it when they are done with one.
//
// Thread: the gateway's. Owner: Gateway.

#include "platform/gateway/gateway.h"
#include "platform/gateway/ids.h"
#include "platform/gateway/live.h"
#include "platform/gateway/router.h"
#include "platform/http/eventloop.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace nest::gateway {

class Exchange;

class Core final
{
public:
    Core(http::EventLoop &loop, const GatewayConfig &config, const GatewayEvents &events);
    ~Core();
    Core(const Core &) = delete;
    Core &operator=(const Core &) = delete;

    void start();
    void setRoutes(const RouteTable &table);

    // For exchanges
    enum class Refusal : std::uint8_t { None, QueueFull, Blocked };
    [[nodiscard]] const GatewayConfig &config() const { return m_config; }
    [[nodiscard]] http::EventLoop &loop() { return m_loop; }
    [[nodiscard]] Random &random() { return m_random; }
    [[nodiscard]] RouteResult route(std::string_view function, const Group &group);
    /// Dispatches the exchange (which calls back), or lets it wait, or refuses it.
    [[nodiscard]] Refusal submit(Exchange &exchange);
    /// The exchange has left this instance: the next one may go there.
    void leave(Instance &instance);
    void forget(Exchange &waiting);
    void connectFailed(Instance &instance, int error);
    void connected(Instance &instance) { instance.revision->failedConnects = 0; }
    /// It broke off: others first, for it has the least to do now and would be chosen again.
    void trouble(Instance &instance, const std::string &reason);
    [[nodiscard]] std::string newRequestId();

private:
    void enqueue(Exchange &exchange);
    void release(Revision &revision);
    void reroute(Revision &revision);
    void poke(Revision &revision);
    void noteWaiting(Revision &revision);
    void onWaitTick();
    void onSecond();
    void armSecond();

    http::EventLoop &m_loop;
    const GatewayConfig &m_config;
    const GatewayEvents &m_events;
    Random m_random;
    LiveTable m_table;
    http::Timer m_waitTimer;
    http::Timer m_secondTimer;
    std::size_t m_heldBytes = 0; // of all that wait
    std::size_t m_waiting = 0;
    std::int64_t m_lastSecond = 0;
};

} // namespace nest::gateway
