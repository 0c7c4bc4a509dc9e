// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The keeper's loop: listens for the one nestd, starts boxes for it, tells it what they print, use and
// how they end, and ends them all when no nestd has been there for a while.
//
// Between two nestds it holds the gateway's listening socket, so that clients wait instead of being refused.
//
// Invariants: one nestd at a time, of this user; without one for `patience` every box is killed and the
// loop returns; after SIGTERM nothing new starts. Thread: the only one of the program (the boxes'
// parent-death signal follows it).

#include "app/keeper/child.h"
#include "app/keeper/controlconnection.h"
#include "app/keeper/runtimefolder.h"
#include "platform/keeper/fence.h"
#include "platform/keeper/listenerhandover.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct pollfd;

namespace nest::keeper {

struct KeeperSettings
{
    std::string bwrapProgram;
    std::string seccomp;
    std::string networkSeccomp; // of a box with the host's network
    std::string grantsSeccomp;  // of a box with grants
    std::string openSeccomp;    // of a box with an open network
    Isolation isolation;
    std::optional<BoxGroups> groups = std::nullopt; // where the kernel limits
    Fences fences;                                  // where no box can be made
    std::string functionFence;                      // the second program of system calls there
    std::string fetchingFence;
    std::chrono::milliseconds patience{2000};       // without a nestd; nothing is left a second later
    std::chrono::milliseconds firstPatience{10000}; // the nestd that started us may be slow to come
    std::chrono::milliseconds drainLimit{5000};     // at SIGTERM
};

class Keeper final
{
public:
    /// signals is a signalfd for SIGCHLD, SIGTERM and SIGINT, which are blocked.
    Keeper(KeeperSettings settings, RuntimeFolder folder, FileDescriptor listener, ListenerHolder door,
           FileDescriptor signals);

    void run();

private:
    using ChildPointer = std::unique_ptr<Child>;

    bool isOver() const;
    int waitMilliseconds(Clock::time_point now) const;
    void waitForEvents();
    void tick(Clock::time_point now);

    void acceptControl();
    void greet();
    void handle(const Request &request);
    void startInstance(const StartInstance &request);
    void startJob(const StartJob &request);
    Result<BoxProcess> start(const std::string &id, const BoxSpec &box, const FileDescriptor &listener,
                             const std::string &seccomp, std::optional<BoxGroup> &group) const;
    Result<> checkStart(const std::string &id) const;
    Result<BoxProcess> startProcess(const std::string &id, const BoxSpec &spec,
                                    const FileDescriptor &listener, const std::string &seccomp) const;
    Child *find(const std::string &id) const;

    void readSignals();
    void reap();
    void beginEnding(std::chrono::milliseconds limit);
    void sendLines();
    void lookQuickly(Clock::time_point now);
    void lookAtBoxes(bool isTight, Clock::time_point now);
    void removeFinished();

    KeeperSettings m_settings;
    RuntimeFolder m_folder;
    FileDescriptor m_listener;
    ListenerHolder m_door;
    FileDescriptor m_signals;
    ControlConnection m_control;
    std::vector<ChildPointer> m_children;
    std::vector<BoxGroup> m_lateGroups; // of boxes that are over: what was in them ends slowly
    std::vector<Exited> m_unheardExits; // while no nestd was there to hear them
    Clock::time_point m_aloneUntil;     // meaningful while no nestd is connected
    SpareProcessors m_processors;
    Clock::time_point m_nextLook{};
    Clock::time_point m_nextMemory{};
    Clock::time_point m_nextTight{};
    Clock::time_point m_nextStats{};
    bool m_wasConnected = false;
    bool m_wasTight = false; // at the last quick look
    bool m_isEnding = false;
};

} // namespace nest::keeper
