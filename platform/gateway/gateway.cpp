// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/gateway.h"

#include "platform/gateway/core.h"
#include "platform/gateway/exchange.h"
#include "platform/http/server.h"
#include "platform/http/sockets.h"

#include <fcntl.h>
#include <pthread.h>

#include <future>
#include <thread>
#include <utility>

namespace nest::gateway {

namespace {
constexpr int portsTried = 100;
} // namespace

class Gateway::Private
{
public:
    Private(GatewayConfig config_, GatewayEvents events_)
        : config(std::move(config_))
        , events(std::move(events_))
        , loop(config.busyPoll)
        , core(loop, config, events)
        , server(loop, config.limits, [this](http::ServerConnection &connection) {
            return std::make_unique<Exchange>(core, connection);
        })
    {}

    Result<> listen(http::Descriptor kept)
    {
        const auto keptPort = kept ? http::portOfListener(kept.get(), config.address) : std::uint16_t{0};
        if (keptPort != 0 && (!config.portWasSet || keptPort == config.port)) {
            port = keptPort;
            return serve(std::move(kept));
        }
        kept.reset(); // it may be what holds the port
        for (int i = 0;; ++i) {
            const auto candidate = static_cast<std::uint16_t>(config.port + i);
            auto bound = http::listenOnTcp(config.address, candidate);
            if (bound) {
                port = bound->second;
                return serve(std::move(bound->first));
            }
            const bool mayTryNext = !config.portWasSet && bound.error().type == "http/port-taken" &&
                                    i + 1 < portsTried && config.port + i < 65535;
            if (!mayTryNext) {
                return std::unexpected(std::move(bound.error()));
            }
        }
    }

    Result<> serve(http::Descriptor fd)
    {
        listener = http::Descriptor(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0));
        return server.listenOn(std::move(fd));
    }

    const GatewayConfig config;
    const GatewayEvents events;
    http::Descriptor listener; // to be handed to whoever keeps it; the server has one of its own
    http::EventLoop loop;
    Core core;
    http::Server server;
    std::thread thread;
    std::uint16_t port = 0;
};

Gateway::Gateway(GatewayConfig config, GatewayEvents events)
    : d(std::make_unique<Private>(std::move(config), std::move(events)))
{}

Gateway::~Gateway()
{
    if (d->thread.joinable()) {
        d->loop.post([this] {
            d->server.close();
            d->loop.stop();
        });
        d->thread.join();
    }
}

int Gateway::listener() const
{
    return d->listener.get();
}

Result<> Gateway::start(http::Descriptor kept)
{
    if (auto listening = d->listen(std::move(kept)); !listening) {
        return listening;
    }
    if (!d->config.callSocket.empty()) {
        if (auto listening = d->server.listenUnix(d->config.callSocket, 0600); !listening) {
            return listening;
        }
    }
    d->core.start();
    d->thread = std::thread([this] {
        ::pthread_setname_np(::pthread_self(), "nest-gateway");
        d->loop.run();
    });
    return {};
}

std::uint16_t Gateway::port() const
{
    return d->port;
}

void Gateway::setRoutes(std::shared_ptr<const RouteTable> routes)
{
    d->loop.post([this, routes = std::move(routes)] { d->core.setRoutes(*routes); });
}

void Gateway::drain(std::chrono::milliseconds limit)
{
    if (!d->thread.joinable()) {
        return;
    }
    d->listener.reset();
    // Shared: when the limit is over first, the late answer has nowhere else to go.
    auto done = std::make_shared<std::promise<void>>();
    auto finished = done->get_future();
    d->loop.post([this, done] { d->server.drain([done] { done->set_value(); }); });
    finished.wait_for(limit);
}

} // namespace nest::gateway
