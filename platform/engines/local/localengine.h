// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs instances and jobs as boxed processes on this machine, through nest-keeper.
//
// Invariants: each id given to startInstance ends in exactly one of instanceFailed, or instanceReady and
// later one instanceExited; each id given to runJob in exactly one jobExited; each id given to startSlot in
// one slotEnded, unless an instance was started in it. What is asked before the
// keeper is connected waits for it. When the keeper dies all that ran is reported as exited, and a new
// keeper is started. Destroying the engine ends nothing by itself: another one with the same runtime
// directory adopts the instances, else the keeper ends them after two seconds.
// Thread: the control thread; nothing here blocks it.

#include "api/wire/result.h"
#include "platform/engines/local/debugbox.h"
#include "platform/engines/local/enginetypes.h"
#include "platform/keeper/isolation.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nest::engines {

class LocalEngine final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LocalEngine)

public:
    struct Config
    {
        std::string runtimeDirectory;    // the keeper's sockets; short, because socket paths are
        std::string keeperProgram;       // nest-keeper
        std::string runtimesDirectory;   // holds node/main.mjs and the others
        std::string slotsDirectory;      // on the file system of the unpacked artefacts; empty: no slots
        std::string callsDirectory = {}; // seen at /run/nest; empty: functions call nobody
        std::string bwrapProgram = "/usr/bin/bwrap";
        bool allowsWeakIsolation = false; // level 1, and level 0: docs/sandbox.md section 7
        bool allowsNoIsolation = false;
        int loadTimeoutSeconds = 20; // from the start of the process until the user's module is loaded
        std::optional<DebugSettings> debug = {}; // every instance can be debugged; slots cannot
    };

    explicit LocalEngine(Config config, QObject *parent = nullptr);
    ~LocalEngine() override;

    const Config &config() const;
    /// Unknown (level 0, no sentence) before ready().
    keeper::Isolation isolation() const;

    /// Connects to the keeper of this runtime directory, or starts one.
    void start();
    void startInstance(InstanceSpec spec);
    /// Boots a runtime that waits for a function: ends in slotReady, or in slotEnded.
    void startSlot(SlotSpec spec);
    /// The slot, which must be ready, becomes this instance; from now on it is known by the instance's id.
    void startInSlot(const std::string &slotId, InstanceSpec spec);
    /// Of a slot that waits.
    void endSlot(const std::string &slotId);
    /// Lets it finish its requests; killed when that takes longer than its timeoutSeconds + 2.
    void drain(const std::string &id);
    void kill(const std::string &id);
    /// Of an adopted instance: these values are taken out of its lines, as of one that was started here.
    /// Until then no line of one that has secrets is told; something stands in its place.
    void hide(const std::string &id, const std::map<std::string, std::string> &secrets);
    void runJob(JobSpec job);
    void cancelJob(const std::string &id);

Q_SIGNALS:
    /// The keeper is connected; also after a reconnect.
    void ready(std::vector<nest::engines::AdoptedInstance> adopted,
               std::vector<nest::engines::SlotSpec> slots);
    /// No keeper could be started or reached. start() tries again.
    void failed(nest::Error error);
    void slotReady(std::string id, nest::engines::ColdStart phases);
    /// A slot that waited, or had not booted yet, has ended.
    void slotEnded(std::string id, std::string reason);
    void slotStats(std::string id, double memoryMegabytes);
    /// Of one from a slot, startMs and runtimeInitMs are 0 and fetchMs is the time that linking took.
    void instanceReady(std::string id, std::string socketPath, nest::engines::ColdStart coldStart);
    /// The start did not succeed. The detail is one sentence; the fields' details are the last lines that the
    /// process printed, or the stack of what its module threw.
    void instanceFailed(std::string id, nest::Error error);
    /// lastLines: what it printed last, and at most 20 of them.
    void instanceExited(std::string id, std::string reason, int exitCode, std::vector<std::string> lastLines);
    void logLine(std::string id, std::string stream, std::string line, long long unixMs);
    void linesDropped(std::string id, int count);
    /// cpuMilliseconds is the total since the start.
    void instanceStats(std::string id, double memoryMegabytes, double cpuMilliseconds);
    void jobOutput(std::string id, std::string stream, std::string text);
    /// exitCode is -1 when the job could not be started; the reason says why.
    void jobExited(std::string id, int exitCode, std::string reason);

private:
    class Private;
    std::unique_ptr<Private> m;
};

} // namespace nest::engines
