// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Asks scaling::evaluate how many instances each revision should have, every two seconds while there is
// traffic or something runs, and at once when a request had to wait; hands the wish to the fleet and the
// decisions that are worth keeping to its owner.
//
// A revision without traffic, instances or a reserved floor is not evaluated. Thread: control.

#include "api/wire/observation.h"
#include "platform/gateway/counters.h"
#include "platform/instances/fleet.h"
#include "platform/metrics/metrics.h"
#include "scaling/evaluate.h"

#include <QObject>

#include <functional>
#include <map>
#include <optional>

namespace nest::control {

class Autoscaler final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Autoscaler)

public:
    using Clock = std::function<wire::Time()>;
    /// How many instances of a revision fit, those there are among them, and why no more.
    struct Room
    {
        int instances = 0;
        int megabytesEach = 0;
        std::string reason;
    };
    using RoomFor = std::function<Room(const gateway::RevisionKey &)>;
    struct Floor
    {
        int instances = 0;
        std::optional<std::string> rule; // absent: the policy's own number
    };

    Autoscaler(metrics::Metrics &metrics, instances::Fleet &fleet, Clock now, QObject *parent = nullptr);

    /// Without it there is always room.
    void setRoom(RoomFor roomFor) { m_roomFor = std::move(roomFor); }
    /// Evaluated at once, so that a new floor or ceiling holds from now on. Instances that run already when a
    /// revision is first named are kept until the windows know better.
    void setRevision(const gateway::RevisionKey &key, const scaling::Policy &policy, int policyNumber);
    void removeRevision(const gateway::RevisionKey &key);
    /// A request waits for an instance.
    void poke(const gateway::RevisionKey &key, int waiting);
    /// The floor that held when the revision was last looked at, and the rule it is of.
    [[nodiscard]] Floor floorOf(const gateway::RevisionKey &key) const;
    /// The last decision that is kept was cut because no more fit.
    [[nodiscard]] bool lacksRoom(const gateway::RevisionKey &key) const;
    /// After each whole second, when its counters are in the metrics; makes up for a few that never came.
    void onSecond(std::int64_t second);

Q_SIGNALS:
    /// Desired, mode or limit changed, or a minute of traffic went by.
    void decided(nest::wire::Decision decision);
    void evaluated(nest::gateway::RevisionKey key);

private:
    struct Revision
    {
        scaling::Policy policy;
        int policyNumber = 1;
        scaling::State state;
        std::optional<scaling::Decision> lastStored;
        wire::Time evaluatedAt{};
    };

    void lookAtAll();
    void evaluate(const gateway::RevisionKey &key, Revision &revision, scaling::Inputs seen, wire::Time now);
    [[nodiscard]] scaling::Inputs inputs(const gateway::RevisionKey &key, const Revision &revision,
                                         std::optional<int> waiting) const;
    [[nodiscard]] bool isAsleep(const gateway::RevisionKey &key, const Revision &revision) const;

    metrics::Metrics &m_metrics;
    instances::Fleet &m_fleet;
    Clock m_now;
    RoomFor m_roomFor;
    std::map<gateway::RevisionKey, Revision> m_revisions;
    std::int64_t m_second = 0; // the last whole one
};

/// As it is kept and served.
wire::Decision toWire(const scaling::Decision &decision, const gateway::RevisionKey &key, int policyNumber);

} // namespace nest::control
