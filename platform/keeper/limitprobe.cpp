// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/limitprobe.h"

#include "platform/keeper/spawn.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>

namespace nest::keeper {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds probeLimit = 5s;

std::unexpected<Error> unlimited(const std::string &why)
{
    return failure("keeper/groups", "The kernel's limits do not work here: " + why + ".");
}

bool hasSpoken(const BoxProcess &box)
{
    pollfd wait{box.output.get(), POLLIN, 0};
    return ::poll(&wait, 1, static_cast<int>(probeLimit.count())) > 0 && (wait.revents & POLLIN) != 0;
}

Result<> checkRunning(const BoxGroup &group, const BoxProcess &box, const BoxLimits &limits)
{
    const auto &folder = group.folder();
    if (!hasSpoken(box)) {
        return unlimited("a box in a control group did not start");
    }
    if (!std::ranges::contains(folder.processes(), box.pid)) {
        return unlimited("the box is not in its control group");
    }
    if (folder.number("memory.max") != BoxGroup::memoryBytes(limits) || group.memoryMegabytes() <= 0) {
        return unlimited("the memory of the box is not counted");
    }
    if (folder.number("pids.current").value_or(0) < 2) {
        return unlimited("the processes of the box are not counted");
    }
    if (group.cpuMilliseconds() <= 0 || !folder.number("cpu.weight")) {
        return unlimited("the time of the box is not counted");
    }
    return {};
}

} // namespace

Isolation limitedIsolation()
{
    return {.level = 4, .sentence = "Isolation: full (namespaces, seccomp, limits).", .remedy = {}};
}

Result<> tryLimits(const BoxGroups &groups, const std::string &bwrapProgram, const std::string &seccomp)
{
    const BoxSpec spec{.command = {"/usr/bin/sh", "-c", "echo up; exec sleep 60"}};
    auto group = groups.make("probe", spec.limits);
    if (!group) {
        return std::unexpected(group.error());
    }
    auto box = startBox(bwrapProgram, spec, FileDescriptor(), seccomp, group->folder().open());
    if (!box) {
        group->folder().clear(probeLimit);
        return std::unexpected(box.error());
    }
    auto checked = checkRunning(*group, *box, spec.limits);
    if (!group->folder().kill()) {
        checked = unlimited("cgroup.kill is missing");
        ::kill(box->pid, SIGKILL);
    }
    ::waitpid(box->pid, nullptr, 0);
    if (!group->folder().clear(probeLimit)) {
        checked = unlimited("the control group of an ended box could not be removed");
    }
    return checked;
}

} // namespace nest::keeper
