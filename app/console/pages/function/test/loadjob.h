// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One load run on one function, with all that was seen while it ran: the generator's reports, how many
// instances were ready, the decisions. A background job: no widget owns it, its result stays until the next
// run.
//
// Invariants: times are offsets from the start; the last report is the end state. Thread: UI (the load itself
// has its own thread). Owner: LoadJobs.

#include "api/client/loadgenerator.h"
#include "api/wire/common.h"
#include "api/wire/deployment.h"
#include "api/wire/observation.h"
#include "api/wire/result.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include <optional>
#include <unordered_map>
#include <vector>

namespace nest::models {
class Session;
}

namespace nest::console {

struct LoadRequest
{
    QString function;
    wire::GroupName group; // that is asked for
    QString event;         // its name, for the sentence of the run
    client::LoadPlan plan;
};

struct LoadPoint // one second
{
    qint64 atMs = 0; // since the start
    double perSecond = 0;
};

struct LoadReady // from here on
{
    qint64 atMs = 0;
    int ready = 0;
    double capacityPerSecond = 0; // ready x threshold x utilisation; 0: the rule is not about requests
};

class LoadJob final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadJob)

public:
    enum class End { None, Done, Stopped };

    LoadJob(models::Session &session, QString function, QObject *parent = nullptr);

    [[nodiscard]] bool isRunning() const { return m_generator.isRunning(); }
    [[nodiscard]] bool hasRun() const { return m_startedAtMs != 0; }
    [[nodiscard]] End end() const { return m_end; }
    [[nodiscard]] const QString &function() const { return m_function; }
    [[nodiscard]] const LoadRequest &request() const { return m_request; }
    [[nodiscard]] const client::LoadReport &report() const { return m_generator.lastReport(); }
    /// Who answers: the group asked for, or main in its place.
    [[nodiscard]] const std::optional<wire::GroupName> &answering() const { return m_answering; }
    [[nodiscard]] const QList<LoadPoint> &rate() const { return m_rate; }
    [[nodiscard]] const QList<LoadReady> &ready() const { return m_ready; }
    [[nodiscard]] const std::vector<wire::Decision> &decisions() const { return m_decisions; }
    /// What the platform told of an instance that answered; null: nothing (yet).
    [[nodiscard]] const wire::Instance *instance(const std::string &id) const;
    /// Instances that were started in the run and answered in it.
    [[nodiscard]] int coldStarts() const;
    [[nodiscard]] qint64 startedAtMs() const { return m_startedAtMs; }
    [[nodiscard]] std::optional<wire::ScalingPolicy> policy() const;

    Result<void> start(const LoadRequest &request);
    void stop();

Q_SIGNALS:
    /// A second went by, or something became known of it.
    void changed();
    void finished();

private:
    void take(const client::LoadReport &report);
    void noteReady();
    void noteInstances();
    void askDecisions();
    [[nodiscard]] qint64 offset() const;

    QPointer<models::Session> m_session; // null in its destructor, which ends this
    QString m_function;
    LoadRequest m_request;
    client::LoadGenerator m_generator;
    std::optional<wire::GroupName> m_answering;
    QList<LoadPoint> m_rate;
    QList<LoadReady> m_ready;
    std::vector<wire::Decision> m_decisions; // oldest first
    std::unordered_map<std::string, wire::Instance> m_instances;
    qint64 m_startedAtMs = 0;
    qint64 m_endedAtMs = 0;
    End m_end = End::None;
    bool m_wasStopped = false;
    int m_generation = 0;
};

} // namespace nest::console
