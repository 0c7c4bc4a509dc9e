// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One box that the keeper started: its process, what it prints until nestd takes it, and its limits in
// time. Owned by the Keeper.

#include "platform/keeper/exitreason.h"
#include "platform/keeper/outputlines.h"
#include "platform/keeper/spawn.h"

#include <chrono>
#include <optional>
#include <string>

namespace nest::keeper {

using Clock = std::chrono::steady_clock;

enum class ChildKind { Instance, Job };

class Child final
{
public:
    Child(ChildKind kind, std::string id, BoxProcess process, int memoryMegabytes);

    ChildKind kind() const { return m_kind; }
    const std::string &id() const { return m_id; }
    pid_t pid() const { return m_process.pid; }
    /// -1 while nothing is to be read: a job waits until nestd has taken its lines, an instance never waits.
    int outputDescriptor() const { return isHeldBack() ? -1 : m_process.output.get(); }
    int errorsDescriptor() const { return isHeldBack() ? -1 : m_process.errors.get(); }
    LineQueue &lines() { return m_lines; }
    /// When tick() must be called at the latest.
    std::optional<Clock::time_point> deadline() const;
    /// The process is reaped and all it printed was read (or whoever held its pipes got no more time).
    bool isOver() const;
    ExitReason reason() const { return exitReason(m_end); }

    std::string label;

    void setTimeLimit(int seconds);
    void drain(std::chrono::milliseconds killAfter);
    void kill(AskedToEnd asked);
    void readOutput();
    void readErrors();
    void reaped(int waitStatus);
    void tick(Clock::time_point now);

private:
    bool isHeldBack() const;
    void take(FileDescriptor &pipe, LineSplitter &splitter, const char *stream);

    ChildKind m_kind;
    std::string m_id;
    BoxProcess m_process;
    LineSplitter m_outputSplitter;
    LineSplitter m_errorsSplitter;
    LineQueue m_lines;
    BoxEnd m_end;
    bool m_isReaped = false;
    std::optional<Clock::time_point> m_killAt;
    std::optional<Clock::time_point> m_closeAt;
};

} // namespace nest::keeper
