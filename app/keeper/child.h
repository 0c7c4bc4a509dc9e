// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One box that the keeper started: its process, what it prints until nestd takes it, and its limits in
// time. Owned by the Keeper.

#include "platform/keeper/boxgroups.h"
#include "platform/keeper/exitreason.h"
#include "platform/keeper/outputlines.h"
#include "platform/keeper/processorshare.h"
#include "platform/keeper/restraint.h"
#include "platform/keeper/spawn.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace nest::keeper {

using Clock = std::chrono::steady_clock;

enum class ChildKind { Instance, Job };

class Child final
{
public:
    /// group: of its own, where the kernel limits it.
    Child(ChildKind kind, std::string id, BoxProcess process, const BoxSpec &box,
          std::optional<BoxGroup> group = std::nullopt);

    ChildKind kind() const { return m_kind; }
    const std::string &id() const { return m_id; }
    pid_t pid() const { return m_process.pid; }
    /// Of a box with an entry (box.h); -1 when there is none (any more).
    pid_t relay() const { return m_relay; }
    void setRelay(pid_t relay) { m_relay = relay; }
    void relayEnded();
    BoxEntry takeEntry() { return std::move(m_process.entry); }
    /// -1 while nothing is to be read: a job waits until nestd has taken its lines, an instance never waits.
    int outputDescriptor() const { return isHeldBack() ? -1 : m_process.output.get(); }
    int errorsDescriptor() const { return isHeldBack() ? -1 : m_process.errors.get(); }
    LineQueue &lines() { return m_lines; }
    /// When tick() must be called at the latest.
    std::optional<Clock::time_point> deadline() const;
    /// The process is reaped, its group is gone, and all it printed was read; or they got no more time.
    bool isOver() const;
    /// Of one that is over: a group that somebody is still in.
    std::optional<BoxGroup> takeGroup() { return std::exchange(m_group, std::nullopt); }
    ExitReason reason() const { return exitReason(m_end); }

    std::string label;

    void setTimeLimit(int seconds);
    void setShare(Share share);
    void drain(std::chrono::milliseconds killAfter);
    void kill(AskedToEnd asked);
    void endForExcess(std::string words);
    /// What it uses: as its group says, else as the table does.
    ProcessUse use(const ProcessTable &table) const;
    /// A whole look at what it uses; ends it when that is too much.
    void look(const ProcessUse &use, std::optional<double> greedyFrom, Clock::time_point now);
    /// Before it: how many processors it wants (Restraint::measure()).
    double wantedProcessors(const ProcessUse &use, Clock::time_point now);
    /// A quick one: whether a whole one is due.
    bool isNearItsMemory();
    /// What it had on the host: a temporary folder, links.
    void removePlaces() { m_process.fenced.reset(); }
    void readOutput();
    void readErrors();
    void reaped(int waitStatus);
    void tick(Clock::time_point now);

private:
    bool isHeldBack() const;
    void weigh();
    pid_t command() const;
    void lookAtTemporaryFolder();
    void take(FileDescriptor &pipe, LineSplitter &splitter, const char *stream);

    ChildKind m_kind;
    std::string m_id;
    BoxProcess m_process;
    LineSplitter m_outputSplitter;
    LineSplitter m_errorsSplitter;
    LineQueue m_lines;
    BoxLimits m_limits;
    Restraint m_restraint;
    ProcessorShare m_share;
    std::optional<BoxGroup> m_group;
    bool m_isInBackground = false; // of one with a group
    pid_t m_relay = -1;
    pid_t m_command = -1; // in the box, once it is there
    BoxEnd m_end;
    bool m_isReaped = false;
    bool m_isLate = false; // reaped, and not waited for any longer
    std::optional<Clock::time_point> m_killAt;
    std::optional<Clock::time_point> m_closeAt;
};

} // namespace nest::keeper
