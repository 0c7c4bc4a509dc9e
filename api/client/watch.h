// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Follows the changes of a platform: GET /v1/watch as a stream that mends itself.
//
// The stream is read and decoded on a thread of its own (watchstream.h); this face lives on the thread that
// made it and its signals come there, in the order of the stream. A broken stream is opened again with
// back-off from the last id seen. When the platform no longer knows that id, listAgain() is emitted and the
// watch is Stopped until start() is called with the id of a fresh list.

#include "api/client/connection.h"
#include "api/wire/types.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace nest::client {

class WatchStream;

enum class WatchKind { Functions, Deployments, Instances, Decisions, Builds, Versions, Groups, Pools };

/// One change; `object` holds the kind's wire type, or nothing when it was deleted.
struct WatchChange
{
    std::int64_t id = 0;
    WatchKind kind = WatchKind::Functions;
    wire::ChangeOperation operation = wire::ChangeOperation::Put;
    std::string key;
    std::variant<std::monostate, wire::Function, wire::Deployment, wire::Instance, wire::Decision,
                 wire::Build, wire::Version, wire::Group, wire::Pool>
        object;
};

/// Shared and immutable: one batch goes to every collection without a copy.
using WatchChanges = std::shared_ptr<const std::vector<WatchChange>>;

struct WatchLimits
{
    std::chrono::milliseconds firstDelay{200}; // before the first new attempt; doubles
    std::chrono::milliseconds longestDelay{10'000};
    std::chrono::milliseconds silence{10'000}; // five heartbeats missed: the line is dead
};

class Watch final : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Connecting, Open, Waiting };
    Q_ENUM(State)

    explicit Watch(Connection connection, WatchLimits limits = {}, QObject *parent = nullptr);
    ~Watch() override;
    Q_DISABLE_COPY_MOVE(Watch)

    [[nodiscard]] State state() const { return m_state; }
    /// Since the last event of any sort; nothing before the first one.
    [[nodiscard]] std::optional<std::chrono::milliseconds> age() const;
    /// While Waiting: until the next attempt.
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilNextAttempt() const;
    /// Why the stream is not open; type empty when there was no failure.
    [[nodiscard]] const Error &lastError() const { return m_lastError; }
    [[nodiscard]] std::int64_t lastId() const { return m_lastId; }

    /// Follows what changed after `since`. A running stream is replaced.
    void start(std::int64_t since);
    void stop();
    /// While Waiting: tries at once.
    void retryNow();

Q_SIGNALS:
    void changed(const nest::client::WatchChanges &changes);
    void statsReceived(const nest::wire::Stats &stats);
    void heartbeatReceived(const nest::wire::Heartbeat &heartbeat);
    void stateChanged();
    void listAgain();

private:
    void setState(State state);

    QThread m_thread;
    WatchStream *m_stream; // lives on m_thread, deleted when that ends
    int m_generation = 0;  // of start(): what an older stream still sends is dropped here
    State m_state = State::Stopped;
    Error m_lastError;
    std::int64_t m_lastId = 0;
    std::optional<std::chrono::steady_clock::time_point> m_lastEventAt;
    std::chrono::steady_clock::time_point m_nextAttemptAt;
};

} // namespace nest::client
