// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/core.h"

#include "platform/gateway/exchange.h"
#include "platform/gateway/walltime.h"

#include <cerrno>
#include <cstring>
#include <random>
#include <utility>

namespace nest::gateway {

namespace {

constexpr std::chrono::milliseconds waitTick{20}; // how late a wait limit or a rest is noticed
constexpr std::chrono::milliseconds pokePause{100};
constexpr std::chrono::milliseconds restAfterRefusal{200}; // the engine notices a dead instance in that time
constexpr std::chrono::milliseconds restAfterFullBacklog{10};

std::uint64_t freshSeed()
{
    std::random_device device;
    return (std::uint64_t(device()) << 32) | device();
}

} // namespace

Core::Core(http::EventLoop &loop, const GatewayConfig &config, const GatewayEvents &events)
    : m_loop(loop)
    , m_config(config)
    , m_events(events)
    , m_random(freshSeed())
    , m_table({.makePool =
                   [this](Instance &instance) {
                       return std::make_unique<UpstreamPool>(m_loop, instance.route.socketPath);
                   },
               .idle =
                   [this](Instance &instance) {
                       if (m_events.instanceIdle) {
                           m_events.instanceIdle(instance.route.id);
                       }
                   }},
              m_random)
    , m_waitTimer(loop.timers(), [this] { onWaitTick(); })
    , m_secondTimer(loop.timers(), [this] { onSecond(); })
{}

Core::~Core() = default;

void Core::start()
{
    armSecond();
}

void Core::setRoutes(const RouteTable &table)
{
    m_table.apply(table);
    std::vector<Revision *> waiting;
    for (const auto &[key, revision] : m_table.revisions()) {
        if (!revision->waiting.isEmpty()) {
            waiting.push_back(revision.get());
        }
    }
    for (Revision *revision : waiting) {
        if (revision->isListed) {
            release(*revision);
        }
        if (!revision->isListed || !revision->hasWeight || !revision->blockedReason.empty()) {
            reroute(*revision); // elsewhere, or refused with the reason
        }
    }
}

RouteResult Core::route(std::string_view function, const Group &group)
{
    return chooseRoute(m_table.find(function), group, m_config.activator.requests, m_loop.now());
}

Core::Refusal Core::submit(Exchange &exchange)
{
    Revision &revision = *exchange.revision();
    // Whoever waits comes first; one that is sent again has its turn by its time of arrival.
    if (revision.waiting.isEmpty()) {
        if (Instance *instance = revision.pick(m_random, m_loop.now())) {
            exchange.dispatch(*instance);
            return Refusal::None;
        }
    }
    if (!revision.blockedReason.empty()) {
        return Refusal::Blocked;
    }
    const std::size_t bytes = exchange.unsentBytes();
    if (revision.waiting.size() >= m_config.activator.requests ||
        m_heldBytes + bytes > m_config.activator.bodyBytes) {
        return Refusal::QueueFull;
    }
    exchange.heldBytes = bytes;
    enqueue(exchange);
    return Refusal::None;
}

void Core::enqueue(Exchange &exchange)
{
    Revision &revision = *exchange.revision();
    const bool isFirst = revision.waiting.isEmpty();
    m_heldBytes += exchange.heldBytes;
    ++m_waiting;
    revision.waiting.insert(exchange);
    ++revision.tally.counts.waited;
    noteWaiting(revision);
    exchange.startWaiting();
    if (isFirst) {
        poke(revision);
    }
    if (!m_waitTimer.isArmed()) {
        m_waitTimer.arm(waitTick);
    }
}

void Core::noteWaiting(Revision &revision)
{
    const auto count = static_cast<std::uint32_t>(revision.waiting.size());
    revision.waitingCount->store(count, std::memory_order_relaxed);
    revision.tally.setQueued(count, m_loop.now());
}

void Core::forget(Exchange &waiting)
{
    Revision &revision = *waiting.revision();
    m_heldBytes -= waiting.heldBytes;
    --m_waiting;
    revision.waiting.remove(waiting);
    noteWaiting(revision);
    revision.tally.waited(m_loop.now() - waiting.waitingSince);
}

void Core::release(Revision &revision)
{
    while (!revision.waiting.isEmpty()) {
        Instance *instance = revision.pick(m_random, m_loop.now());
        if (!instance) {
            return;
        }
        auto &exchange = static_cast<Exchange &>(*revision.waiting.first());
        forget(exchange);
        exchange.dispatch(*instance);
    }
}

void Core::reroute(Revision &revision)
{
    for (std::size_t left = revision.waiting.size(); left > 0 && !revision.waiting.isEmpty(); --left) {
        auto &exchange = static_cast<Exchange &>(*revision.waiting.first());
        forget(exchange);
        exchange.routeAgain();
    }
}

void Core::leave(Instance &instance)
{
    --instance.inFlight;
    Revision &revision = *instance.revision;
    if (instance.isListed) {
        release(revision);
    } else {
        m_table.settle(instance);
    }
}

void Core::connectFailed(Instance &instance, int error)
{
    if (error == EAGAIN) { // alive, but its backlog is full
        instance.restsUntil = m_loop.now() + restAfterFullBacklog;
        return;
    }
    ++instance.revision->failedConnects;
    trouble(instance, std::string("cannot connect: ") + std::strerror(error));
}

void Core::trouble(Instance &instance, const std::string &reason)
{
    instance.restsUntil = m_loop.now() + restAfterRefusal;
    if (m_events.instanceTrouble) {
        m_events.instanceTrouble(instance.route.id, reason);
    }
}

std::string Core::newRequestId()
{
    const auto now = wallTime().time_since_epoch();
    return requestId(std::chrono::duration_cast<std::chrono::milliseconds>(now), m_random);
}

void Core::poke(Revision &revision)
{
    revision.lastPoke = m_loop.now();
    if (m_events.poke) {
        m_events.poke({revision.key, revision.waitingCount});
    }
}

void Core::onWaitTick()
{
    const auto now = m_loop.now();
    for (const auto &[key, owner] : m_table.revisions()) {
        Revision &revision = *owner;
        if (revision.waiting.isEmpty()) {
            continue;
        }
        release(revision); // somebody's rest may be over
        while (!revision.waiting.isEmpty() &&
               now - revision.waiting.first()->waitingSince >= m_config.activator.wait) {
            auto &exchange = static_cast<Exchange &>(*revision.waiting.first());
            forget(exchange);
            exchange.refuseWaiting(
                503, "gateway/no-instance", "No instance became ready in time",
                "The request waited " + std::to_string(m_config.activator.wait.count()) +
                    " ms. Look at the function's instances and decisions, then try again.");
        }
        if (!revision.waiting.isEmpty() && now - revision.lastPoke >= pokePause) {
            poke(revision);
        }
    }
    if (m_waiting > 0) {
        m_waitTimer.arm(waitTick);
    }
}

void Core::armSecond()
{
    const auto now = wallTime();
    const auto next = std::chrono::floor<std::chrono::seconds>(now) + std::chrono::seconds(1);
    m_secondTimer.arm(std::chrono::ceil<std::chrono::milliseconds>(next - now));
}

void Core::onSecond()
{
    const auto wall = std::chrono::floor<std::chrono::seconds>(wallTime());
    SecondBatch batch;
    batch.second = wall.time_since_epoch().count() - 1;
    for (const auto &[key, revision] : m_table.revisions()) {
        if (!revision->waiting.isEmpty()) {
            revision->tally.waited(m_loop.now() - revision->waiting.first()->waitingSince);
        }
        if (revision->tally.hasSomething()) {
            batch.revisions.push_back(revision->tally.take(key, batch.second, m_loop.now()));
        }
    }
    for (const auto &[id, instance] : m_table.instances()) {
        instance->pool->trim();
        if (instance->requests + instance->errors + instance->inFlight > 0) {
            batch.instances.push_back({.id = id,
                                       .inFlight = instance->inFlight,
                                       .requests = std::exchange(instance->requests, 0),
                                       .errors = std::exchange(instance->errors, 0)});
        }
    }
    m_table.sweep();
    if (m_events.second) {
        m_events.second(std::move(batch));
    }
    armSecond();
}

} // namespace nest::gateway
