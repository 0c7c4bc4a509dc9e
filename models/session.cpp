// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/session.h"

#include <QCoroTask>

namespace nest::models {

using namespace std::chrono_literals;
using client::Watch;

namespace {

constexpr auto lookEvery = 500ms;
constexpr int looksPerQuestion = 10; // who am I and how long is the way: every 5 s
constexpr int restartsToTell = 3;

} // namespace

Session::Session(SessionOptions options, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_isLocal(!m_options.connection), m_look(this)
{
    client::Connection connection;
    if (m_options.connection) {
        connection = *m_options.connection;
    } else if (auto paths = client::localEndpoint()) {
        connection = client::localConnection(*paths);
    } else {
        m_noFolder = std::move(paths.error());
    }
    m_client = std::make_unique<client::PlatformClient>(connection);
    m_watch = std::make_unique<Watch>(connection, m_options.watch);
    m_functions = std::make_unique<Collection<wire::Function>>(*m_client, *m_watch, "/v1/functions");
    m_deployments = std::make_unique<Collection<wire::Deployment>>(*m_client, *m_watch, "/v1/deployments");
    m_groups = std::make_unique<Collection<wire::Group>>(*m_client, *m_watch, "/v1/groups");
    m_stats = std::make_unique<LiveStats>();

    connect(m_functions.get(), &CollectionBase::listed, this, &Session::functionsListed);
    connect(m_watch.get(), &Watch::stateChanged, this, &Session::watchStateChanged);
    connect(m_watch.get(), &Watch::statsReceived, m_stats.get(), &LiveStats::take);
    connect(m_watch.get(), &Watch::heartbeatReceived, this, &Session::look);
    // The collections mark themselves for a new list; the first of them says from where to watch again.
    connect(m_watch.get(), &Watch::listAgain, this, &Session::connectNow);
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, [this] {
        if (++m_looks % looksPerQuestion == 0) {
            askMe();
        }
        look();
        Q_EMIT ageChanged();
    });
}

Session::~Session()
{
    m_watch->disconnect(this);
}

std::optional<std::chrono::milliseconds> Session::untilNextAttempt() const
{
    return m_isStartingLocal ? std::nullopt : m_watch->untilNextAttempt();
}

void Session::setWriteGate(std::function<std::optional<Error>()> gate)
{
    m_writeGate = gate;
    m_client->setWriteGate(std::move(gate));
}

void Session::start()
{
    if (m_state != State::Idle && m_state != State::Failed) {
        return;
    }
    m_sinceStart.start();
    setError({});
    setState(State::Starting);
    if (!m_noFolder.type.empty()) {
        setError(m_noFolder);
        setState(State::Failed);
        return;
    }
    m_look.start();
    if (m_isLocal && m_options.startsLocalPlatform) {
        ensureLocal();
    } else {
        connectNow();
    }
}

void Session::retry()
{
    if (m_state == State::Failed && m_error.type == "access/wrong-token") {
        setError({});
        setState(State::Starting);
        m_sinceStart.start();
        m_look.start();
        connectNow();
    } else if (m_state == State::Failed && !m_wasConnected) {
        start();
    } else if (m_isLocal && m_options.startsLocalPlatform) {
        ensureLocal();
    } else {
        m_watch->retryNow();
    }
}

void Session::ensureLocal()
{
    if (m_isStartingLocal) {
        return;
    }
    m_isStartingLocal = true;
    QCoro::connect(client::ensureLocalPlatform(m_options.local), this,
                   [this](Result<client::LocalPlatform> &&platform) {
                       m_isStartingLocal = false;
                       if (!platform) {
                           setError(std::move(platform.error()));
                           setState(State::Failed);
                           return;
                       }
                       setError({});
                       if (!m_wasConnected) {
                           connectNow();
                           return;
                       }
                       if (platform->wasStarted && ++m_restarts >= restartsToTell) {
                           Q_EMIT restartedOften(m_restarts);
                       }
                       m_watch->retryNow();
                       askMe();
                   });
}

void Session::connectNow()
{
    askMe();
    m_functions->list();
}

void Session::functionsListed(qint64 watchId)
{
    if (m_watch->state() == Watch::State::Stopped) {
        m_watch->start(watchId);
    }
    if (!std::exchange(m_wasConnected, true)) {
        // After the watch's beginning, so that what changes in between comes with it.
        m_deployments->list();
        m_groups->list();
        if (m_instances) {
            m_instances->list();
        }
    }
}

Collection<wire::Instance> &Session::instances()
{
    if (!m_instances) {
        m_instances = std::make_unique<Collection<wire::Instance>>(*m_client, *m_watch, "/v1/instances");
        if (m_wasConnected) {
            m_instances->list();
        }
    }
    return *m_instances;
}

void Session::listWhenConnected(CollectionBase *collection)
{
    if (m_wasConnected) {
        collection->list();
        return;
    }
    connect(
        m_functions.get(), &CollectionBase::listed, collection, [collection] { collection->list(); },
        Qt::SingleShotConnection);
}

template <typename T>
std::unique_ptr<Collection<T>> Session::follow(QByteArray path, std::function<bool(const T &)> accepts)
{
    auto collection =
        std::make_unique<Collection<T>>(*m_client, *m_watch, std::move(path), std::move(accepts));
    listWhenConnected(collection.get());
    return collection;
}

template std::unique_ptr<Collection<wire::Build>> Session::follow(QByteArray,
                                                                  std::function<bool(const wire::Build &)>);
template std::unique_ptr<Collection<wire::Version>>
    Session::follow(QByteArray, std::function<bool(const wire::Version &)>);
template std::unique_ptr<Collection<wire::Instance>>
    Session::follow(QByteArray, std::function<bool(const wire::Instance &)>);
template std::unique_ptr<Collection<wire::Pool>> Session::follow(QByteArray,
                                                                 std::function<bool(const wire::Pool &)>);

void Session::watchStateChanged()
{
    const bool isBroken = m_watch->state() == Watch::State::Waiting;
    if (isBroken) {
        m_client->renewConnections();
        setError(m_watch->lastError());
        if (m_isLocal && m_options.startsLocalPlatform && m_watch->lastError().type == "client/unreachable" &&
            m_state != State::Failed) {
            ensureLocal();
        }
    } else if (m_watch->state() == Watch::State::Open) {
        if (m_instances && m_wasConnected) {
            m_instances->list(); // a platform that crashed told nobody of the instances that went with it
        }
        setError({});
        if (m_state == State::Failed) {
            setState(State::Live);
        }
        askMe();
    }
    look();
}

/// The state from the age of the data.
void Session::look()
{
    if (m_state == State::Idle || m_state == State::Failed) {
        return;
    }
    const auto age = m_watch->age();
    if (!age) {
        const bool isLong = m_sinceStart.elapsed() > m_options.offlineAfter.count();
        if (isLong && !m_isStartingLocal) {
            setError(m_functions->lastError());
            setState(State::Offline);
        }
        return;
    }
    setState(*age < m_options.lateAfter      ? State::Live
             : *age < m_options.offlineAfter ? State::Late
                                             : State::Offline);
}

void Session::askMe()
{
    QCoro::connect(m_client->me(), this, [this](Result<wire::Me> &&me) {
        if (me) {
            m_me = std::move(*me);
            Q_EMIT meChanged();
        } else if (me.error().type == "access/wrong-token") {
            // Waiting helps nothing: a person has to give another token.
            m_watch->stop();
            m_look.stop();
            setError(std::move(me.error()));
            setState(State::Failed);
        }
    });
}

void Session::setState(State state)
{
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

void Session::setError(Error error)
{
    if (m_error != error) {
        m_error = std::move(error);
        Q_EMIT stateChanged();
    }
}

} // namespace nest::models
