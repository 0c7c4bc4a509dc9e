// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Groups, and functions deployed to them. A deployment that was written is led to the fleet and the
// autoscaler at once; what comes of it shows in its status. Thread: control.

#include "platform/control/context.h"
#include "platform/control/outbox.h"

#include <QObject>
#include <QTimer>

#include <set>

namespace nest::control {

class DeploymentsApi final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeploymentsApi)

public:
    DeploymentsApi(Context &context, Outbox &outbox, QObject *parent = nullptr);
    void addRoutes(Router &router);
    /// After a restart: every deployment of the catalogue is a route again, so that requests wait.
    void applyRoutes();
    /// Once the engine can start instances and those that still run were taken over.
    void beginScaling();
    /// Now and every 30 s: lanes whose time is over go, with their deployments.
    void beginEndingLanes();
    /// Who had requests in the last second. Written with the deployment, whenever that is, not by itself.
    void noteSecond(const gateway::SecondBatch &batch);
    /// It has another value: the deployments that name it replace their instances.
    void takeSecret(const std::string &function, const std::string &secret);

private:
    using Task = QCoro::Task<Result<Answer>>;
    Task listAll(CallPtr call);
    Task list(CallPtr call);
    Task get(CallPtr call);
    Task put(CallPtr call);
    Task remove(CallPtr call);
    Task listGroups(CallPtr call);
    Task getGroup(CallPtr call);
    Task putGroup(CallPtr call);
    Task removeGroup(CallPtr call);
    /// A lane's group and its deployments in one transaction; how many there were. `store/stale` unless the
    /// group still has this etag.
    QCoro::Task<Result<int>> removeLane(wire::GroupName group, std::int64_t etag);
    QCoro::Task<> endLane(wire::GroupName group, std::int64_t etag);
    void endLanes();

    void takeDefaults(const FunctionEntry &function, const std::string &sent,
                      wire::Deployment &deployment) const;
    void apply(const FunctionEntry &function, const wire::Deployment &deployment);
    void withdraw(const wire::Deployment &deployment, const std::vector<wire::VersionWeight> &kept);
    /// After its document was deleted: out of the catalogue, its instances drain.
    void forget(const std::string &function, const wire::GroupName &group);
    void onCountsChanged(const gateway::RevisionKey &key);
    void publishStates();

    Context &m_context;
    Outbox &m_outbox;
    bool m_isScaling = false;
    std::set<std::pair<std::string, wire::GroupName>> m_changedStates; // to publish in the next round
    std::map<std::string, std::string> m_publishedStates;              // by key, to tell only what is new
    bool m_isPublishing = false;
    std::multiset<wire::GroupName> m_writing; // groups into which a deployment is just being written
    QTimer m_endingLanes;
};

} // namespace nest::control
