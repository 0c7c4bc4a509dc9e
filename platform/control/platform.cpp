// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/platform.h"

#include "api/wire/codec.h"
#include "platform/builds/artefact.h"
#include "platform/control/ids.h"
#include "platform/gateway/walltime.h"
#include "platform/keeper/listenerhandover.h"

#include <QMetaObject>
#include <QSaveFile>
#include <QThreadPool>

#include <QFile>

#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace nest::control {

namespace {

constexpr std::chrono::seconds heartbeatInterval{2};
constexpr std::chrono::minutes pruneInterval{10};
constexpr std::chrono::seconds keeperLimit{3};
constexpr int loadSeconds = 20;
constexpr int debugLoadSeconds = 24 * 60 * 60; // until a debugger has come

wire::Time systemNow()
{
    return std::chrono::floor<std::chrono::milliseconds>(gateway::wallTime());
}

// Below the runtime folder: all that functions see of the host besides their code, a socket of the gateway.
constexpr auto callsFolder = "/calls";

gateway::GatewayConfig gatewayConfig(const PlatformConfig &config)
{
    auto gateway = config.gateway;
    gateway.region = config.region;
    gateway.callSocket = config.runtimeDirectory + callsFolder + "/gateway.sock";
    return gateway;
}

Result<> makeDirectory(const std::string &path, mode_t mode)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error || ::access(path.c_str(), W_OK) != 0) {
        return failure("store/unwritable", "The folder " + path + " cannot be written: " +
                                               (error ? error.message() : std::string("permission denied")) +
                                               ". Give this user the right to it, or choose another one.");
    }
    ::chmod(path.c_str(), mode);
    return {};
}

} // namespace

Platform::Platform(PlatformConfig config, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_startedAt(systemNow())
    , m_lastActivity(std::chrono::steady_clock::now())
    , m_database({.now = systemNow})
    , m_persistence(m_database)
    , m_secrets(m_catalogue, m_config.dataDirectory + "/secrets.key")
    , m_logs({.directory = m_config.dataDirectory + "/logs", .now = systemNow})
    , m_engine({.runtimeDirectory = m_config.runtimeDirectory,
                .keeperProgram = m_config.keeperProgram,
                .runtimesDirectory = m_config.shareDirectory + "/runtimes",
                .slotsDirectory = m_config.dataDirectory + "/slots",
                .callsDirectory = m_config.runtimeDirectory + callsFolder,
                .bwrapProgram = m_config.bwrapProgram,
                .allowsWeakIsolation = m_config.allowsWeakIsolation,
                .allowsNoIsolation = m_config.allowsNoIsolation,
                .loadTimeoutSeconds = m_config.debug ? debugLoadSeconds : loadSeconds,
                .debug = m_config.debug})
    , m_pools(m_engine, {.makeSlotId = [] { return makeId("s", systemNow()); },
                         .isBusy =
                             [this] {
                                 return m_fleet.isStarting();
                             }})
    , m_builder({.dataDirectory = m_config.dataDirectory,
                 .npmRegistry = m_config.npmRegistry,
                 .pipIndex = m_config.pipIndex,
                 .mavenRepository = m_config.mavenRepository},
                m_engine)
    , m_gateway(gatewayConfig(m_config), gatewayEvents())
    , m_fleet(m_engine, {[this](const std::string &digest) {
                             return builds::ArtefactStore(m_config.dataDirectory).unpack(digest);
                         },
                         [this](std::shared_ptr<const gateway::RouteTable> table) {
                             m_gateway.setRoutes(std::move(table));
                         },
                         systemNow, [] { return makeId("i", systemNow()); },
                         [this](const engines::InstanceSpec &spec) { return m_pools.claim(spec); },
                         [this](int megabytes) { return m_capacity.hasRoom(megabytes); },
                         [this](const engines::InstanceSpec &spec) {
                             return m_secrets.valuesFor(spec.function, {spec.set, spec.lane, spec.region});
                         }})
    , m_trials(m_engine,
               {[this](const std::string &digest) {
                    return builds::ArtefactStore(m_config.dataDirectory).unpack(digest);
                },
                systemNow, [] { return makeId("i", systemNow()); },
                [this](const engines::InstanceSpec &spec) {
                    return m_pools.claim(spec);
                }},
               {.idle = m_config.trialIdle})
    , m_autoscaler(m_metrics, m_fleet, systemNow)
    , m_context{m_catalogue,
                m_persistence,
                m_secrets,
                m_hub,
                m_metrics,
                m_fleet,
                m_trials,
                m_autoscaler,
                m_builder,
                m_logs,
                systemNow,
                [this](const std::string &user) { return me(user); },
                [this](const std::string &function) { return urlOf(function); },
                m_config.shareDirectory,
                m_config.dataDirectory,
                !m_config.debug,
                m_config.grants,
                m_config.price,
                m_config.egress}
    , m_outbox(m_context)
    , m_stats(m_context)
    , m_capacity(m_context, m_stats, thisMachine(m_config.capacityMegabytes))
    , m_functionsApi(m_context)
    , m_buildsApi(m_context)
    , m_deploymentsApi(m_context, m_outbox)
    , m_eventsApi(m_context)
    , m_secretsApi(m_context,
                   [this](const std::string &function, const std::string &secret) {
                       m_deploymentsApi.takeSecret(function, secret);
                   })
    , m_observeApi(m_context)
    , m_floorApi(m_context)
    , m_simulateApi(m_context)
    , m_invokeApi(m_context, m_trials,
                  {[this] { return m_gateway.port(); },
                   [this](const std::string &id) { return m_stats.memoryMegabytes(id); }, m_config.region,
                   m_config.gateway.limits.bodyBytes})
    , m_poolsApi(m_context, m_pools, m_outbox, m_config.poolIdle)
{
    m_functionsApi.addRoutes(m_router);
    m_buildsApi.addRoutes(m_router);
    m_deploymentsApi.addRoutes(m_router);
    m_eventsApi.addRoutes(m_router);
    m_secretsApi.addRoutes(m_router);
    m_observeApi.addRoutes(m_router);
    m_floorApi.addRoutes(m_router);
    m_simulateApi.addRoutes(m_router);
    m_capacity.addRoutes(m_router);
    m_autoscaler.setRoom([this](const gateway::RevisionKey &key) { return m_capacity.roomFor(key); });
    m_invokeApi.addRoutes(m_router);
    m_poolsApi.addRoutes(m_router);
    connectEngine();
    connectInstances();
    connect(&m_autoscaler, &Autoscaler::decided, this,
            [this](const wire::Decision &decision) { m_outbox.add(decision); });
    connect(&m_outbox, &Outbox::failed, this,
            [](const Error &error) { spdlog::error("store: {}", error.detail); });
    m_announcing.setSingleShot(true);
    connect(&m_announcing, &QTimer::timeout, this, &Platform::announce);
    connect(&m_heartbeat, &QTimer::timeout, this, [this] { m_hub.heartbeat(systemNow()); });
    connect(&m_pruning, &QTimer::timeout, this, [this] {
        QCoro::connect(m_persistence.prune(), this, [](const Result<> &done) {
            if (!done) {
                spdlog::warn("store: {}", done.error().detail);
            }
        });
    });
}

Platform::~Platform()
{
    m_apiLoop.stop();
    if (m_apiThread.joinable()) {
        m_apiThread.join();
    }
}

Result<> Platform::start()
{
    std::vector folders{m_config.dataDirectory, m_config.runtimeDirectory,
                        m_config.runtimeDirectory + callsFolder};
    if (m_config.debug) {
        folders.push_back(m_config.debug->folder);
    }
    for (const auto &folder : folders) {
        if (auto made = makeDirectory(folder, 0700); !made) {
            return made;
        }
    }
    if (auto opened = openStore(); !opened) {
        return opened;
    }
    m_builder.removeLeftovers(); // the store's lock says that no other nestd builds there
    if (auto opened = m_logs.open(); !opened) {
        return opened;
    }
    if (auto opened = openListeners(); !opened) {
        return opened;
    }
    m_engine.start(); // the keeper looks at the machine while we go on
    m_announcing.start(keeperLimit);
    m_deploymentsApi.beginEndingLanes();
    m_heartbeat.start(heartbeatInterval);
    m_pruning.start(pruneInterval);
    QCoro::connect(m_buildsApi.failInterrupted(), this, [](const Result<> &done) {
        if (!done) {
            spdlog::error("store: {}", done.error().detail);
        }
    });
    return {};
}

Result<> Platform::openStore()
{
    if (auto opened = m_database.open(m_config.dataDirectory + "/nest.db"); !opened) {
        return opened;
    }
    auto lastId = m_persistence.load(m_catalogue);
    if (!lastId) {
        return std::unexpected(lastId.error());
    }
    const wire::GroupName first{"default", "main", m_config.region};
    if (!m_catalogue.groups.contains(first)) {
        GroupEntry group;
        group.document.region = m_config.region;
        group.document.description = "The first group of this platform";
        group.document.status.emplace().createdAt = systemNow();
        Batch batch;
        batch.documents.push_back({"groups", toString(first), "", storedBody(group.document), 0});
        const auto committed = m_persistence.commitBlocking(std::move(batch));
        if (!committed) {
            return std::unexpected(committed.error());
        }
        group.etag = committed->documentEtags.front();
        lastId = group.etag;
        m_catalogue.groups[first] = std::move(group);
    }
    m_hub.setLastId(*lastId);

    std::vector<gateway::RevisionKey> keys{{}}; // of no function: when the platform ran
    for (const auto &[name, function] : m_catalogue.functions) {
        for (const auto &[group, deployment] : function.deployments) {
            for (const auto &weight : deployment.document.weights) {
                keys.push_back({name, group.set, group.lane, group.region, weight.version});
            }
        }
    }
    const auto chunks = m_persistence.loadSeries(keys, systemNow());
    if (!chunks) {
        return std::unexpected(chunks.error());
    }
    const auto now = systemNow();
    for (const auto &chunk : *chunks) {
        if (wire::Time(std::chrono::seconds(chunk.start)) > now) {
            continue; // written while the machine's clock was wrong; what comes now would lie before it and
                      // be lost
        }
        if (auto restored = m_metrics.restore(chunk); !restored) {
            spdlog::warn("metrics: {}", restored.error().detail);
        }
    }
    if (const auto last = m_metrics.lastSecond()) {
        gateway::noteWallTime(std::chrono::system_clock::time_point(std::chrono::seconds(*last + 1)));
    }
    return {};
}

Result<> Platform::openListeners()
{
    m_api.emplace(m_apiLoop, http::Limits{});
    m_api->setHandler([this](http::ApiRequest request, std::shared_ptr<http::Reply> reply) {
        QMetaObject::invokeMethod(
            this, [this, request = std::move(request), reply = std::move(reply)] { handle(request, reply); },
            Qt::QueuedConnection);
    });
    if (auto listening = m_api->listenUnix(m_config.runtimeDirectory + "/api.sock", 0600); !listening) {
        return listening;
    }
    if (m_config.apiPort) {
        if (auto read = readToken(); !read) {
            return read;
        }
        const auto port = m_api->listenTcp("127.0.0.1", *m_config.apiPort);
        if (!port) {
            return std::unexpected(port.error());
        }
        m_boundApiPort = *port;
    }
    m_deploymentsApi.applyRoutes(); // whoever waits at the socket must not be told that there is no function
    http::Descriptor kept(keeper::takeListener(m_config.runtimeDirectory).release());
    if (auto started = m_gateway.start(std::move(kept)); !started) {
        return started;
    }
    m_apiThread = std::thread([this] {
        pthread_setname_np(pthread_self(), "nest-api");
        m_apiLoop.run();
    });
    return {};
}

wire::Endpoint Platform::endpoint() const
{
    wire::Endpoint endpoint;
    endpoint.socket = m_config.runtimeDirectory + "/api.sock";
    endpoint.gatewayUrl = "http://127.0.0.1:" + std::to_string(m_gateway.port());
    endpoint.processId = static_cast<int>(::getpid());
    endpoint.version = NEST_VERSION;
    if (m_boundApiPort) {
        endpoint.tcpUrl = "http://127.0.0.1:" + std::to_string(*m_boundApiPort);
    }
    return endpoint;
}

Result<> Platform::writeEndpoint() const
{
    const auto path = m_config.runtimeDirectory + "/endpoint.json";
    QSaveFile file(QString::fromStdString(path));
    const auto text = wire::write(endpoint()) + "\n";
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0 ||
        !file.commit()) {
        return failure("store/unwritable",
                       path + " cannot be written: " + file.errorString().toStdString() + ".");
    }
    return {};
}

Result<> Platform::readToken()
{
    const auto path = QString::fromStdString(m_config.dataDirectory + "/token");
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        m_token = file.readAll().trimmed().toStdString();
    }
    if (m_token.size() < 26) {
        m_token = makeId("token", systemNow()) + makeId("", systemNow());
        QSaveFile made(path);
        made.setDirectWriteFallback(false);
        const auto text = m_token + "\n";
        if (!made.open(QIODevice::WriteOnly) ||
            !made.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
            made.write(text.data(), static_cast<qint64>(text.size())) < 0 || !made.commit()) {
            return failure("store/unwritable", path.toStdString() + " cannot be written: " +
                                                   made.errorString().toStdString() + ".");
        }
    }
    return {};
}

gateway::GatewayEvents Platform::gatewayEvents()
{
    // Called on the gateway's thread: hand over and return.
    const auto post = [this](auto work) {
        QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
    };
    gateway::GatewayEvents events;
    events.poke = [this, post](const gateway::Poke &poke) {
        post([this, poke] { m_autoscaler.poke(poke.key, static_cast<int>(poke.waiting->load())); });
    };
    events.second = [this, post](gateway::SecondBatch batch) {
        post([this, batch = std::move(batch)] { onSecond(batch); });
    };
    events.instanceTrouble = [this, post](const std::string &id, const std::string &reason) {
        post([this, id, reason] { m_fleet.noteTrouble(id, reason); });
    };
    events.instanceIdle = [this, post](const std::string &id) {
        post([this, id] { m_fleet.noteIdle(id); });
    };
    return events;
}

void Platform::connectEngine()
{
    connect(&m_engine, &engines::LocalEngine::ready, this,
            [this](const std::vector<engines::AdoptedInstance> &running,
                   const std::vector<engines::SlotSpec> &slots) {
                m_engineTrouble.clear();
                m_isolationIsKnown = true;
                keepListener();
                hideGiven(m_secrets, running, m_engine);
                m_fleet.adopt(running);
                m_poolsApi.apply();
                m_pools.adopt(slots);
                m_deploymentsApi.beginScaling();
                spdlog::info("isolation level {}: {}", m_engine.isolation().level,
                             m_engine.isolation().sentence);
                announce();
            });
    connect(&m_engine, &engines::LocalEngine::failed, this, [this](const Error &error) {
        m_engineTrouble = error.detail;
        spdlog::error("engine: {}", error.detail);
        announce();
    });
    connect(&m_engine, &engines::LocalEngine::logLine, this, &Platform::onLogLine);
    connect(&m_engine, &engines::LocalEngine::linesDropped, this, [this](const std::string &id, int count) {
        if (const auto instance = m_context.instance(id)) {
            m_logs.countDropped(instance->function, count);
        }
    });
    connect(&m_engine, &engines::LocalEngine::instanceStats, this,
            [this](const std::string &id, double memoryMegabytes, double cpuMilliseconds) {
                if (m_fleet.record(id) != nullptr) { // a trial's are with the trial
                    m_stats.noteInstance(id, memoryMegabytes, cpuMilliseconds, systemNow());
                }
            });
}

void Platform::announce()
{
    if (m_isAnnounced || m_isStopping) {
        return;
    }
    m_isAnnounced = true;
    m_announcing.stop();
    if (auto written = writeEndpoint(); !written) {
        spdlog::error("{}", written.error().detail);
        stop(std::chrono::seconds(0));
        return;
    }
    Q_EMIT ready();
}

void Platform::onLogLine(const std::string &id, const std::string &stream, const std::string &line,
                         long long unixMs)
{
    if (const auto instance = m_context.instance(id)) {
        m_logs.append(
            {.function = instance->function,
             .version = instance->version,
             .instance = id,
             .group = instance->set.empty() // a trial is in none
                          ? std::string()
                          : toString(wire::GroupName{instance->set, instance->lane, instance->region}),
             .stream = stream,
             .line = line,
             .time = wire::Time(std::chrono::milliseconds(unixMs))});
    }
}

void Platform::stop(std::chrono::milliseconds limit)
{
    if (m_isStopping) {
        return;
    }
    m_isStopping = true;
    m_fleet.close();
    m_trials.close();
    m_pools.close();
    m_invokeLimit.start(limit);
    m_hub.closeAll();
    // Waiting for the last requests would stop the control thread, which they may need.
    QThreadPool::globalInstance()->start([this, limit] {
        m_gateway.drain(limit);
        QMetaObject::invokeMethod(this, &Platform::finishStop, Qt::QueuedConnection);
    });
}

void Platform::finishStop()
{
    if (!m_invokeApi.isIdle()) {
        connect(&m_invokeApi, &InvokeApi::idle, this, &Platform::finishStop, Qt::SingleShotConnection);
        return;
    }
    m_trials.endAll();
    m_heartbeat.stop();
    m_pruning.stop();
    QCoro::connect(m_persistence.saveSeries(m_metrics.openChunks()), this, [this](const Result<> &saved) {
        if (!saved) {
            spdlog::warn("metrics: {}", saved.error().detail);
        }
        m_logs.flush();
        m_api->close();
        m_database.close();
        ::unlink((m_config.runtimeDirectory + "/endpoint.json").c_str());
        Q_EMIT stopped(m_stopReason);
    });
}

} // namespace nest::control
