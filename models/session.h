// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One connected platform: client, watch and the collections that every page needs, and how well the
// connection is. Starts the local platform by itself and starts a crashed one again.
//
// Invariants: the objects that it hands out live as long as it does; rows are kept through every break. State
// goes by the age of the data: Live, Late after 5 s, Offline after 15 s. Thread: the UI thread. Owner: main.

#include "api/client/localplatform.h"
#include "api/client/platformclient.h"
#include "api/client/watch.h"
#include "models/collection.h"
#include "models/livestats.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace nest::models {

struct SessionOptions
{
    std::optional<client::Connection> connection = {}; // nothing: the local platform of this user
    bool startsLocalPlatform = true;                   // without a connection
    client::LocalPlatformOptions local = {};
    client::WatchLimits watch = {};
    std::chrono::milliseconds lateAfter{5'000};
    std::chrono::milliseconds offlineAfter{15'000};
};

class Session final : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Starting, Live, Late, Offline, Failed };
    Q_ENUM(State)

    explicit Session(SessionOptions options = {}, QObject *parent = nullptr);
    ~Session() override;
    Q_DISABLE_COPY_MOVE(Session)

    [[nodiscard]] State state() const { return m_state; }
    /// Values may be acted upon: Live or Late.
    [[nodiscard]] bool isConnected() const { return m_state == State::Live || m_state == State::Late; }
    /// Asked before every change, also by what does not go through the client (a load); decision 49.
    void setWriteGate(std::function<std::optional<Error>()> gate);
    [[nodiscard]] std::optional<Error> writeRefusal() const
    {
        return m_writeGate ? m_writeGate() : std::nullopt;
    }
    /// Since the last event of the watch; nothing before the first.
    [[nodiscard]] std::optional<std::chrono::milliseconds> dataAge() const { return m_watch->age(); }
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilNextAttempt() const;
    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const { return m_client->roundTrip(); }
    /// Why it is Failed or Offline; type empty when nothing is wrong.
    [[nodiscard]] const Error &error() const { return m_error; }
    /// How often this session found its local platform gone and started it again.
    [[nodiscard]] int restarts() const { return m_restarts; }
    [[nodiscard]] const std::optional<wire::Me> &me() const { return m_me; }
    [[nodiscard]] const client::Connection &connection() const { return m_client->connection(); }

    [[nodiscard]] client::PlatformClient &client() { return *m_client; }
    [[nodiscard]] client::Watch &watch() { return *m_watch; }
    [[nodiscard]] Collection<wire::Function> &functions() { return *m_functions; }
    [[nodiscard]] Collection<wire::Deployment> &deployments() { return *m_deployments; }
    [[nodiscard]] Collection<wire::Group> &groups() { return *m_groups; }
    /// Listed from the first call on.
    Collection<wire::Instance> &instances();
    [[nodiscard]] LiveStats &stats() { return *m_stats; }

    /// A collection for one page, for example the builds of a function: `path` "/v1/functions/hello/builds"
    /// and the test that a watch event belongs to it. Listed at once, or as soon as the session is connected.
    template <typename T>
    std::unique_ptr<Collection<T>> follow(QByteArray path, std::function<bool(const T &)> accepts = {});

    void start();
    /// After Failed, or to shorten a wait.
    void retry();

Q_SIGNALS:
    void stateChanged();
    /// Twice a second while started: age, next attempt and round trip are new.
    void ageChanged();
    void meChanged();
    /// writeRefusal() may say something else now; emitted by whoever gave the gate.
    void writeRefusalChanged();
    /// The local platform crashed and was started again for the `restarts`-th time; from the third on.
    void restartedOften(int restarts);

private:
    void setState(State state);
    void setError(Error error);
    void ensureLocal();
    void connectNow();
    void functionsListed(qint64 watchId);
    void watchStateChanged();
    void look();
    void askMe();
    void listWhenConnected(CollectionBase *collection);

    SessionOptions m_options;
    std::function<std::optional<Error>()> m_writeGate;
    bool m_isLocal;
    Error m_noFolder; // found in the constructor, told by start()
    std::unique_ptr<client::PlatformClient> m_client;
    std::unique_ptr<client::Watch> m_watch;
    std::unique_ptr<Collection<wire::Function>> m_functions;
    std::unique_ptr<Collection<wire::Deployment>> m_deployments;
    std::unique_ptr<Collection<wire::Group>> m_groups;
    std::unique_ptr<Collection<wire::Instance>> m_instances;
    std::unique_ptr<LiveStats> m_stats;
    State m_state = State::Idle;
    Error m_error;
    std::optional<wire::Me> m_me;
    int m_restarts = 0;
    bool m_isStartingLocal = false;
    bool m_wasConnected = false;
    QTimer m_look;
    QElapsedTimer m_sinceStart;
    int m_looks = 0;
};

extern template std::unique_ptr<Collection<wire::Build>>
    Session::follow(QByteArray, std::function<bool(const wire::Build &)>);
extern template std::unique_ptr<Collection<wire::Version>>
    Session::follow(QByteArray, std::function<bool(const wire::Version &)>);
extern template std::unique_ptr<Collection<wire::Instance>>
    Session::follow(QByteArray, std::function<bool(const wire::Instance &)>);
extern template std::unique_ptr<Collection<wire::Pool>>
    Session::follow(QByteArray, std::function<bool(const wire::Pool &)>);

} // namespace nest::models
