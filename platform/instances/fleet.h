// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps what runs equal to what is wanted, and tells the gateway where requests may go.
//
// A revision's wish comes from the autoscaler; the fleet starts the missing instances, drains the surplus
// (starting ones first, then those with the least in flight), replaces the ones that died, and backs off when
// they keep failing: then requests that would wait are answered at once with the reason.
//
// Invariants: an instance is in the route table exactly while it is ready; one that left it is ended when the
// gateway says its last request is done, or after its time limit. Signals are sent in the middle of a change:
// a receiver may read, but calls no setter from there. Thread: control.

#include "api/wire/result.h"
#include "platform/gateway/counters.h"
#include "platform/instances/revision.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace nest::instances {

/// What the instances of a revision have been promised, ending ones included.
struct Holding
{
    gateway::RevisionKey key;
    int instances = 0; // draining ones among them
    int draining = 0;
    int megabytesEach = 0;
};

class Fleet final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Fleet)

public:
    struct Ports
    {
        /// The folder with the unpacked artefact; may take a while the first time.
        std::function<Result<std::string>(const std::string &digest)> codeDirectory;
        std::function<void(std::shared_ptr<const gateway::RouteTable>)> setRoutes;
        std::function<wire::Time()> now;
        std::function<std::string()> makeInstanceId;
        /// The slot of a pool to start it in, if there is one.
        std::function<std::optional<engines::SlotSpec>(const engines::InstanceSpec &)> claimSlot;
        /// So much more may be promised; asked before each start. A wish that it stops is tried again.
        std::function<bool(int megabytes)> hasRoom;
        /// The values of those that secretsMark speaks of.
        std::function<Result<std::map<std::string, std::string>>(const engines::InstanceSpec &)> secrets;
    };

    Fleet(engines::LocalEngine &engine, Ports ports, QObject *parent = nullptr);
    ~Fleet() override;

    /// Adds or changes a revision. Instances of the same code go on; a changed environment, limit
    /// or secret replaces them.
    void setRevision(const RevisionSpec &spec);
    /// Its instances leave the route table at once and end after their last request.
    void removeRevision(const gateway::RevisionKey &key);
    /// How many instances there should be; the missing ones start now.
    void setDesired(const gateway::RevisionKey &key, int desired);
    /// No instance can be started for a while: who would wait for the first one is told why. A revision that
    /// starts after all forgets it.
    void block(const gateway::RevisionKey &key, const std::string &reason);
    void adopt(const std::vector<engines::AdoptedInstance> &running);
    /// Which instances are busy, from the gateway's last second.
    void noteSecond(const gateway::SecondBatch &batch);
    void noteIdle(const std::string &instanceId);
    void noteTrouble(const std::string &instanceId, const std::string &reason);
    struct RoutesRelease
    {
        void operator()(Fleet *fleet) const { fleet->releaseRoutes(); }
    };
    using RouteHold = std::unique_ptr<Fleet, RoutesRelease>;
    /// While one lives no route table is published, and one is when the last goes: several changes become
    /// one, so that no request falls between a version that has gone and one that has not come.
    [[nodiscard]] RouteHold holdRoutes();
    /// Starts nothing any more; used while the platform stops.
    void close();

    [[nodiscard]] std::vector<Holding> holdings() const;
    [[nodiscard]] Holding holdingOf(const gateway::RevisionKey &key) const;
    /// Of all holdings; kept, not counted.
    [[nodiscard]] int promisedMegabytes() const { return m_promised; }
    [[nodiscard]] Counts counts(const gateway::RevisionKey &key) const;
    /// Ready ones that had a request in the gateway's last second.
    [[nodiscard]] int busy(const gateway::RevisionKey &key) const;
    [[nodiscard]] int desired(const gateway::RevisionKey &key) const;
    /// Why nothing starts at the moment; empty when all is well.
    [[nodiscard]] std::string blockedReason(const gateway::RevisionKey &key) const;
    [[nodiscard]] bool isStarting() const;
    [[nodiscard]] bool isIdle() const;
    [[nodiscard]] std::vector<wire::Instance> instances() const;
    [[nodiscard]] std::optional<wire::Instance> instance(const std::string &id) const;
    [[nodiscard]] const InstanceRecord *record(const std::string &id) const;

    /// How long an ended instance stays listed, so that a person can read why.
    static constexpr std::chrono::minutes keepEnded{10};

Q_SIGNALS:
    void instanceChanged(nest::wire::Instance instance);
    void instanceForgotten(std::string id);
    void countsChanged(nest::gateway::RevisionKey key);

private:
    void reconcile(RevisionRecord &revision);
    void startOne(RevisionRecord &revision);
    void retire(RevisionRecord &revision, InstanceRecord &instance, const std::string &reason);
    void end(InstanceRecord &instance);
    void onReady(const std::string &id, const std::string &socketPath, const engines::ColdStart &coldStart);
    void onFailed(const std::string &id, const Error &error);
    void onExited(const std::string &id, const std::string &reason, int exitCode,
                  const std::vector<std::string> &lastLines);
    enum class Failure { Certain, ByChance };
    void noteFailure(RevisionRecord &revision, const std::string &reason, Failure failure);
    void housekeep();
    void publish(RevisionRecord &revision, const InstanceRecord &instance);
    void keepPromise(RevisionRecord &revision);
    void rebuildRoutes();
    void releaseRoutes();
    std::pair<RevisionRecord *, InstanceRecord *> find(const std::string &id);

    engines::LocalEngine &m_engine;
    Ports m_ports;
    std::map<gateway::RevisionKey, RevisionRecord> m_revisions;
    QTimer m_housekeeping;
    std::uint64_t m_generation = 0;
    int m_promised = 0;        // megabytes
    std::int64_t m_second = 0; // the gateway's last one
    int m_routeHolds = 0;
    bool m_closed = false;
};

} // namespace nest::instances
