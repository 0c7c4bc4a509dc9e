// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// An engine with a keeper of its own in a folder of its own, and the ways tests start functions on it.
// The keeper ends with the fixture: it is asked to, and waited for.

#include "platform/engines/local/localengine.h"
#include "tests/platform/engines/httpask.h"

#include <QByteArray>
#include <QMap>
#include <QTemporaryDir>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nest::tests {

struct Ended
{
    std::string reason;
    int exitCode = 0;
};

struct JobResult
{
    int exitCode = 0;
    std::string reason;
};

/// Notes everything that an engine says.
class EngineNotes final : public QObject
{
    Q_OBJECT

public:
    explicit EngineNotes(engines::LocalEngine &engine);

    int readyCount = 0;
    std::vector<engines::AdoptedInstance> adopted; // at the last ready
    std::vector<engines::SlotSpec> adoptedSlots;
    std::optional<Error> failed;
    std::map<std::string, engines::ColdStart> slots; // that have booted
    std::map<std::string, std::string> slotsEnded;   // and why
    std::map<std::string, std::string> sockets;      // of ready instances
    std::map<std::string, engines::ColdStart> coldStarts;
    std::map<std::string, Error> instanceFailures;
    std::map<std::string, Ended> ended;
    std::map<std::string, std::vector<std::string>> lines; // of instances, both streams
    std::map<std::string, int> dropped;
    std::map<std::string, int> statsCount;
    std::map<std::string, double> memoryMegabytes, cpuMilliseconds;
    std::map<std::string, std::string> jobOutputs;
    std::map<std::string, JobResult> jobResults;

    bool isSettled(const std::string &id) const
    {
        return sockets.contains(id) || instanceFailures.contains(id);
    }
    bool hasLine(const std::string &id, const std::string &part) const;
};

class EngineFixture final
{
public:
    explicit EngineFixture(std::string bwrapProgram = "/usr/bin/bwrap");
    ~EngineFixture();

    engines::LocalEngine &engine() { return *m_engine; }
    EngineNotes &notes() { return *m_notes; }
    engines::LocalEngine::Config config() const { return m_config; }
    std::string runtimeDirectory() const { return m_config.runtimeDirectory; }
    qint64 keeperPid() const;

    /// Forgets this nestd, as if it had been killed, without starting another.
    void loseEngine();
    /// A new engine on the same folder.
    void restartEngine();

    /// Writes the files and gives the folder.
    std::string writeCode(const QMap<QString, QByteArray> &files);
    engines::InstanceSpec spec(const std::string &codeDir, const std::string &handler = "handler.js#handler");
    /// Starts one file of code and waits until it is ready or has failed.
    std::string startFunction(const QByteArray &code);
    std::string startAndWait(const engines::InstanceSpec &spec);
    /// Asks and waits for the whole answer.
    std::unique_ptr<Asking> ask(const std::string &id, const Question &question = {});

private:
    QTemporaryDir m_folder;
    engines::LocalEngine::Config m_config;
    std::unique_ptr<engines::LocalEngine> m_engine;
    std::unique_ptr<EngineNotes> m_notes;
    int m_codeFolders = 0;
    int m_ids = 0;
};

/// QTRY_VERIFY warns under -Wconversion in Qt 6.8, so conditions are waited for with this.
bool waitUntil(const std::function<bool()> &condition, int limitMs = 10'000);

/// All of the children of pid, and theirs.
std::vector<qint64> descendants(qint64 pid);
bool isAlive(qint64 pid);

} // namespace nest::tests
