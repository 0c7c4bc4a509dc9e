// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A gateway on a free port with a route table that the test edits, and everything its events said.

#include "platform/gateway/gateway.h"
#include "tests/platform/gateway/testfunction.h"

#include <QTemporaryDir>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace nest::test {

class TestGateway
{
public:
    explicit TestGateway(gateway::GatewayConfig config = {})
        : m_gateway(adjusted(std::move(config)), events())
    {
        isRunning = m_gateway.start().has_value();
    }
    ~TestGateway() { m_gateway.drain(std::chrono::milliseconds(0)); }

    [[nodiscard]] std::uint16_t port() const { return m_gateway.port(); }
    [[nodiscard]] RawClient client() const { return RawClient::tcp(m_gateway.port()); }
    [[nodiscard]] std::string socketPath(const std::string &name) const
    {
        return m_dir.path().toStdString() + "/" + name;
    }
    gateway::Gateway &gateway() { return m_gateway; }

    /// "GET /fn/f/ …" on a connection of its own.
    [[nodiscard]] Answer get(const std::string &path = "/fn/f/", const std::string &fields = {}) const
    {
        return client().ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
    }

    static gateway::RevisionRoute revision(int version, const std::vector<std::string> &sockets,
                                           int weight = 100)
    {
        gateway::RevisionRoute route;
        route.key = {"f", "default", "main", "local", version};
        route.weight = weight;
        for (const std::string &socket : sockets) {
            route.instances.push_back({"i-" + socket.substr(socket.rfind('/') + 1), socket, "start=31"});
        }
        return route;
    }

    /// Function f in default/main/local.
    void route(std::vector<gateway::RevisionRoute> revisions)
    {
        gateway::DeploymentRoute deployment{"default", "main", "local", std::move(revisions)};
        routeDeployments({std::move(deployment)});
    }

    void routeDeployments(std::vector<gateway::DeploymentRoute> deployments)
    {
        auto table = std::make_shared<gateway::RouteTable>();
        table->generation = ++m_generation;
        table->functions.push_back({"f", std::move(deployments)});
        m_gateway.setRoutes(std::move(table));
    }

    struct Heard
    {
        std::vector<gateway::RevisionKey> pokes;
        std::shared_ptr<const std::atomic<std::uint32_t>> waiting; // of the last poke
        std::vector<std::string> idle;
        std::vector<std::string> troubled;
        std::vector<gateway::SecondBatch> seconds;
    };
    [[nodiscard]] Heard heard() const
    {
        const std::lock_guard lock(m_mutex);
        return m_heard;
    }
    [[nodiscard]] std::size_t pokes() const { return heard().pokes.size(); }

    /// All seconds so far of one version, added up; inFlight and queued are the latest.
    [[nodiscard]] gateway::RevisionSecond sum(int version = 1) const
    {
        gateway::RevisionSecond all;
        for (const auto &batch : heard().seconds) {
            for (const auto &one : batch.revisions) {
                if (one.key.version == version) {
                    all.arrivals += one.arrivals;
                    all.responses += one.responses;
                    all.errors += one.errors;
                    all.rejected += one.rejected;
                    all.retries += one.retries;
                    all.waited += one.waited;
                    all.aborted += one.aborted;
                    all.fallbacks += one.fallbacks;
                    all.concurrencySeconds += one.concurrencySeconds;
                    all.waitMaxSeconds = std::max(all.waitMaxSeconds, one.waitMaxSeconds);
                    all.latency.merge(one.latency);
                    all.inFlight = one.inFlight;
                    all.queued = one.queued;
                }
            }
        }
        return all;
    }

    bool isRunning = false;

private:
    static gateway::GatewayConfig adjusted(gateway::GatewayConfig config)
    {
        config.port = 0;
        config.portWasSet = true;
        return config;
    }

    gateway::GatewayEvents events()
    {
        return {.poke =
                    [this](const gateway::Poke &poke) {
                        const std::lock_guard lock(m_mutex);
                        m_heard.pokes.push_back(poke.key);
                        m_heard.waiting = poke.waiting;
                    },
                .second =
                    [this](gateway::SecondBatch batch) {
                        const std::lock_guard lock(m_mutex);
                        m_heard.seconds.push_back(std::move(batch));
                    },
                .instanceTrouble =
                    [this](const std::string &id, const std::string &) {
                        const std::lock_guard lock(m_mutex);
                        m_heard.troubled.push_back(id);
                    },
                .instanceIdle =
                    [this](const std::string &id) {
                        const std::lock_guard lock(m_mutex);
                        m_heard.idle.push_back(id);
                    }};
    }

    QTemporaryDir m_dir;
    mutable std::mutex m_mutex;
    Heard m_heard;
    std::uint64_t m_generation = 0;
    gateway::Gateway m_gateway; // last: its thread uses what is above
};

} // namespace nest::test
