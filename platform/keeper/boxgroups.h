// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The control groups of the boxes: where the kernel itself limits memory and processes and divides the
// processor (level 4 of docs/sandbox.md section 7).
//
//     the delegated folder         no process in it, because a group with limits below it may have none
//     ├── platform                 nestd and the keeper (or whatever leaf they were started in)
//     └── nest-boxes-<pid>         one keeper's; together they get the processor as nestd does
//         ├── <id of a box>        memory.max, pids.max, cpu.weight, cgroup.kill
//
// Whether a folder is ours is asked with care: where systemd runs, one that it has marked as delegated, and
// elsewhere one in which only nestd and the keeper are. Moving others' processes, or arranging what systemd
// calls its own, would break what worked without limits. Whether the limits work is found by trying.
//
// The name of our folder is kept in the runtime folder, so that the next keeper ends and removes what one
// that was killed has left, wherever it begins itself. One thread; owned by the keeper.

#include "api/wire/result.h"
#include "platform/keeper/box.h"
#include "platform/keeper/controlgroup.h"
#include "platform/keeper/exitreason.h"

#include <optional>
#include <string>
#include <vector>

namespace nest::keeper {

/// The group of one box; whoever has it calls remove() until that works.
class BoxGroup final
{
public:
    explicit BoxGroup(ControlGroup group) : m_group(std::move(group)) {}

    [[nodiscard]] const ControlGroup &folder() const { return m_group; }
    /// What it may use at most. Fails with the file that the kernel refused.
    [[nodiscard]] Result<> limit(const BoxLimits &limits) const;
    /// Its share of a busy processor beside other boxes: what a process of this niceness gets beside one of
    /// 0.
    void setNiceness(int niceness);
    [[nodiscard]] double memoryMegabytes() const;
    [[nodiscard]] double cpuMilliseconds() const;
    [[nodiscard]] OutOfMemory outOfMemory() const;
    void kill() const { m_group.kill(); }
    /// False while somebody is in it.
    [[nodiscard]] bool remove() const { return m_group.remove(); }

    /// What the kernel lets the box have: as much as one process may have where the kernel knows no groups,
    /// and its /tmp, which is memory too and is counted here. So what runs there runs here.
    static long long memoryBytes(const BoxLimits &limits);

private:
    ControlGroup m_group;
    int m_niceness = 0;
};

class BoxGroups final
{
public:
    /// The controllers without which there is no level 4.
    static const std::vector<std::string> controllers;

    /// In the folder of this process or around it; why not, where that cannot be.
    /// Waits up to 0.2 s for what is in the way only for a moment.
    static Result<BoxGroups> find(const std::string &runtimeDirectory);
    /// In this folder, with these controllers.
    static Result<BoxGroups> in(const ControlGroup &home, const std::string &runtimeDirectory,
                                const std::vector<std::string> &wanted);
    /// Ends and removes what an earlier keeper of this runtime folder has left.
    static void clearLeftovers(const std::string &runtimeDirectory);

    /// With its limits, for a box that starts now.
    [[nodiscard]] Result<BoxGroup> make(const std::string &id, const BoxLimits &limits) const;
    [[nodiscard]] const ControlGroup &folder() const { return m_folder; }
    /// At the keeper's end.
    void clear() const;

private:
    BoxGroups(ControlGroup folder, std::string record, std::vector<std::string> wanted)
        : m_folder(std::move(folder)), m_record(std::move(record)), m_controllers(std::move(wanted))
    {}
    static Result<BoxGroups> findAround(const ControlGroup &own, const std::string &runtimeDirectory);
    [[nodiscard]] int makeFolder() const;

    ControlGroup m_folder;
    std::string m_record; // the file that names it
    std::vector<std::string> m_controllers;
};

} // namespace nest::keeper
