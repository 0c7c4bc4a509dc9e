// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Instances for trying a build or a version: one a function, artefact, its secrets and its network, taken for
// a request and given back.
//
// It starts when it is first wanted, serves later trials too, and ends when nobody used it for a while, when
// another one needs its place, or when a request ran into its time limit on it (a busy loop never ends by
// itself). Invariants: taken() answers each take() once; an instance that is in use is not ended from here
// but by close(); its document has no SET, lane and region, which is how everybody knows it for a trial.
// Signals are sent in the middle of a change: a receiver may read, but calls nothing that changes. Thread:
// control.

#include "api/wire/deployment.h"
#include "api/wire/result.h"
#include "platform/engines/local/localengine.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <vector>

namespace nest::trials {

struct TrialSpec
{
    std::string artefactDigest;
    int build = 0;
    engines::InstanceSpec instance; // without id, group and codeDir; version 0: not published
};

struct Lease
{
    std::string id;
    std::string socketPath;
    bool isCold = false; // it was started for this request
    wire::ColdStart coldStart;
    std::optional<Error> trouble; // it did not start; there is nothing to give back
};

class Trials final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Trials)

public:
    struct Config
    {
        std::chrono::milliseconds idle{60'000};
        std::size_t instances = 8;
    };
    struct Ports
    {
        std::function<Result<std::string>(const std::string &digest)> codeDirectory;
        std::function<wire::Time()> now;
        std::function<std::string()> makeInstanceId;
        /// The slot of a pool to start it in, if there is one.
        std::function<std::optional<engines::SlotSpec>(const engines::InstanceSpec &)> claimSlot;
    };
    using Taken = std::function<void(Result<Lease>)>;

    Trials(engines::LocalEngine &engine, Ports ports, Config config, QObject *parent = nullptr);
    ~Trials() override;

    /// Answered at once, or when the instance is ready. Refused with `control/too-many-trials` when all are
    /// busy, and `control/stopping`.
    void take(const TrialSpec &spec, Taken taken);
    /// With `isSpent` nobody gets this instance any more.
    void giveBack(const std::string &id, bool isSpent);
    /// The function was deleted, or the platform stops: those that nobody uses end now, the others when they
    /// are given back.
    void endAll(const std::string &function = {});
    /// Starts nothing any more.
    void close();

    [[nodiscard]] std::vector<wire::Instance> instances() const;
    [[nodiscard]] const wire::Instance *instance(const std::string &id) const;
    /// Of those that have not ended, the memory of their versions.
    [[nodiscard]] int promisedMegabytes() const;
    [[nodiscard]] std::optional<double> memoryMegabytes(const std::string &id) const;

Q_SIGNALS:
    void instanceChanged(nest::wire::Instance instance);
    void instanceForgotten(std::string id);

private:
    struct Trial
    {
        wire::Instance document;
        TrialSpec spec;
        std::string socketPath;
        std::vector<Taken> waiting;
        int inUse = 0;
        bool isSpent = false;
        std::optional<double> memoryMegabytes;
        std::chrono::steady_clock::time_point lastUsed{};
    };

    Trial *find(const std::string &id);
    Trial *findFor(const TrialSpec &spec);
    [[nodiscard]] bool makeRoom();
    void startOne(const TrialSpec &spec, Taken taken);
    void retire(Trial &trial, const std::string &reason);
    void onReady(const std::string &id, const std::string &socketPath, const engines::ColdStart &coldStart);
    void onFailed(const std::string &id, const Error &error);
    void onExited(const std::string &id, const std::string &reason, int exitCode,
                  const std::vector<std::string> &lastLines);
    void housekeep();

    engines::LocalEngine &m_engine;
    Ports m_ports;
    Config m_config;
    std::list<Trial> m_trials; // addresses stay while others come and go
    QTimer m_housekeeping;
    bool m_isClosed = false;
};

} // namespace nest::trials
