// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All of nestd put together: store, gateway, API, engine, fleet, autoscaler. Assembled by the constructor,
// brought up by start(), taken down by stop() in two steps: new work is refused, what runs is finished.
//
// Threads: lives on the control thread; owns the API's loop thread. The gateway and the store own theirs.

#include "api/wire/platform.h"
#include "platform/control/buildsapi.h"
#include "platform/control/capacity.h"
#include "platform/control/context.h"
#include "platform/control/deploymentsapi.h"
#include "platform/control/eventsapi.h"
#include "platform/control/floorapi.h"
#include "platform/control/functionsapi.h"
#include "platform/control/invokeapi.h"
#include "platform/control/observeapi.h"
#include "platform/control/outbox.h"
#include "platform/control/poolsapi.h"
#include "platform/control/secretsapi.h"
#include "platform/control/simulateapi.h"
#include "platform/control/statsboard.h"
#include "platform/gateway/gateway.h"
#include "platform/http/eventloop.h"
#include "platform/pools/pools.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <string>
#include <thread>

namespace nest::control {

struct PlatformConfig
{
    std::string dataDirectory;    // nest.db, artefacts, logs
    std::string runtimeDirectory; // api.sock, endpoint.json, the keeper's sockets; under 60 bytes
    std::string region = "local";
    std::string environment = "LOCAL"; // LOCAL, TEST, STAGING, PROD: how clients guard it
    gateway::GatewayConfig gateway;
    std::optional<std::uint16_t> apiPort; // TCP on 127.0.0.1 with a token, when asked for
    std::string npmRegistry;              // of builds; empty: npm's own default
    std::string pipIndex;                 // as well; empty: pip's own default
    std::string mavenRepository;          // as well; empty: Maven Central
    std::string keeperProgram;
    std::string bwrapProgram = "/usr/bin/bwrap";
    bool allowsWeakIsolation = false;
    bool allowsNoIsolation = false;
    GrantPolicy grants;
    std::optional<Price> price;                  // of memory
    wire::Egress egress = wire::Egress::Granted; // the most that a deployment may have
    int poolIdle = 2;           // booted runtimes kept ready for each runtime in use; 0: none
    int capacityMegabytes = 0;  // memory that functions may be promised in all; 0: the machine's
    std::string shareDirectory; // runtimes, templates, openapi.json
    std::optional<engines::DebugSettings> debug; // of every instance; only of a platform of one person's own
    std::optional<std::chrono::seconds> exitWhenIdle;
    std::chrono::seconds trialIdle{60}; // a trial instance that nobody used for so long ends
};

class Platform final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Platform)

public:
    explicit Platform(PlatformConfig config, QObject *parent = nullptr);
    ~Platform() override;

    /// Listeners are bound and the store is open when it returns; ready() follows as soon as the keeper has
    /// answered, so that nobody is told before that whether functions can start here.
    Result<> start();
    /// Ends with stopped(). Requests under way have `limit` to finish.
    void stop(std::chrono::milliseconds limit);
    [[nodiscard]] wire::Endpoint endpoint() const;

Q_SIGNALS:
    /// Once: endpoint.json is there, and /v1/me knows the isolation (or that the keeper takes too long).
    void ready();
    void stopped(QString reason);

private:
    Result<> openStore();
    Result<> openListeners();
    Result<> writeEndpoint() const;
    Result<> readToken();
    void connectEngine();
    void announce();
    void keepListener() const;
    void handle(const http::ApiRequest &request, const std::shared_ptr<http::Reply> &reply);
    [[nodiscard]] Result<std::string> admit(const http::ApiRequest &request) const;
    void saveSeries(std::vector<metrics::Metrics::Chunk> chunks);
    void onSecond(const gateway::SecondBatch &batch);
    void onLogLine(const std::string &id, const std::string &stream, const std::string &line,
                   long long unixMs);
    void connectInstances();
    void finishStop();
    [[nodiscard]] wire::Me me(const std::string &user) const;
    [[nodiscard]] std::string urlOf(const std::string &function) const;
    [[nodiscard]] gateway::GatewayEvents gatewayEvents();

    PlatformConfig m_config;
    wire::Time m_startedAt;
    std::string m_token; // of the TCP listener; empty: there is none
    std::string m_engineTrouble;
    bool m_isStopping = false;
    bool m_isAnnounced = false;
    bool m_isolationIsKnown = false;
    std::int64_t m_pooledChange = -1; // the last change of the catalogue that the pools know of
    std::chrono::steady_clock::time_point m_lastActivity;
    QString m_stopReason;

    Catalogue m_catalogue;
    store::Database m_database;
    Persistence m_persistence;
    SecretValues m_secrets;
    WatchHub m_hub;
    metrics::Metrics m_metrics;
    logs::LogStore m_logs;
    engines::LocalEngine m_engine;
    pools::Pools m_pools;
    builds::Builder m_builder;
    gateway::Gateway m_gateway;
    instances::Fleet m_fleet;
    trials::Trials m_trials;
    Autoscaler m_autoscaler;
    Context m_context;
    Outbox m_outbox;
    StatsBoard m_stats;
    Capacity m_capacity;
    FunctionsApi m_functionsApi;
    BuildsApi m_buildsApi;
    DeploymentsApi m_deploymentsApi;
    EventsApi m_eventsApi;
    SecretsApi m_secretsApi;
    ObserveApi m_observeApi;
    FloorApi m_floorApi;
    SimulateApi m_simulateApi;
    InvokeApi m_invokeApi;
    PoolsApi m_poolsApi;
    Router m_router;
    QTimer m_heartbeat;
    QTimer m_pruning;
    QTimer m_invokeLimit; // of the invocations that run when the platform stops
    QTimer m_announcing;  // no longer than this for the keeper's first word

    http::EventLoop m_apiLoop;
    std::optional<http::ApiServer> m_api;
    std::optional<std::uint16_t> m_boundApiPort;
    std::thread m_apiThread;
};

} // namespace nest::control
