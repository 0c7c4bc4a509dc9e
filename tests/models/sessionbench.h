// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A test platform and a session over it, with waits short enough for tests.

#include "api/wire/codec.h"
#include "models/session.h"
#include "tests/api/client/testplatform.h"

#include <chrono>

namespace nest::tests {

inline std::string functionJson(const std::string &name, const std::string &runtime = "node20")
{
    wire::Function function;
    function.name = name;
    function.runtime = runtime;
    return wire::write(function);
}

inline wire::Deployment deploymentOf(const std::string &function, const std::string &lane = "main")
{
    wire::Deployment deployment;
    deployment.function = function;
    deployment.lane = lane;
    deployment.weights.push_back({1, 100});
    deployment.status = wire::DeploymentStatus{};
    deployment.status->state = wire::DeploymentState::Healthy;
    deployment.status->ready = 2;
    deployment.status->desired = 3;
    return deployment;
}

inline wire::DeploymentStats statsOf(const std::string &function, double rate,
                                     const std::string &lane = "main")
{
    wire::DeploymentStats stats;
    stats.function = function;
    stats.set = "default";
    stats.lane = lane;
    stats.region = "local";
    stats.time = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    stats.requestsPerSecond = rate;
    stats.successPercent = 99.5;
    stats.p99Ms = 12;
    stats.ready = 4;
    stats.desired = 5;
    return stats;
}

inline wire::Stats statsEvent(std::vector<wire::DeploymentStats> deployments)
{
    wire::Stats stats;
    stats.time = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    stats.deployments = std::move(deployments);
    return stats;
}

struct SessionBench
{
    TestPlatform platform;
    std::unique_ptr<models::Session> session;

    explicit SessionBench(std::initializer_list<const char *> functions = {"alpha", "beta"})
    {
        QList<QByteArray> items;
        QList<QByteArray> deployments;
        for (const char *name : functions) {
            items.append(QByteArray::fromStdString(functionJson(name)));
            deployments.append(QByteArray::fromStdString(wire::write(deploymentOf(name))));
        }
        platform.setList("/v1/functions", items);
        platform.setList("/v1/deployments", deployments);
        platform.setList("/v1/groups", {});
        platform.setList("/v1/instances", {});
        platform.on("/v1/me", [](const TestRequest &) {
            wire::Me me;
            me.user = "tester";
            me.gatewayUrl = "http://127.0.0.1:7070";
            return TestReply{.body = QByteArray::fromStdString(wire::write(me))};
        });
        platform.setHeartbeats(100);
        platform.listen();
        models::SessionOptions options;
        options.connection = client::Connection{};
        options.connection->socketPath = platform.socketPath();
        options.watch.firstDelay = std::chrono::milliseconds(20);
        options.watch.longestDelay = std::chrono::milliseconds(200);
        options.lateAfter = std::chrono::milliseconds(600);
        options.offlineAfter = std::chrono::milliseconds(1500);
        session = std::make_unique<models::Session>(options);
    }
};

} // namespace nest::tests
