// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/isolation.h"

#include "platform/keeper/probeoutput.h"
#include "platform/keeper/spawn.h"

#include <signal.h>
#include <sys/wait.h>

#include <string_view>
#include <utility>

namespace nest::keeper {
namespace {

struct ProbeAnswer
{
    bool hasAllFences = false; // the process inside reported filter, no new privileges and no capability
    std::string complaint;     // one line, when not
};

bool contains(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::string firstLine(const std::string &text)
{
    return text.substr(0, text.find('\n'));
}

ProbeAnswer tryBox(const std::string &bwrapProgram, const std::string &seccomp)
{
    const BoxSpec spec{.command = {"/usr/bin/cat", "/proc/self/status"}};
    auto box = startBox(bwrapProgram, spec, FileDescriptor(), seccomp);
    if (!box) {
        return {false, box.error().detail};
    }
    std::string output;
    std::string errors;
    const bool inTime = readBoth(*box, output, errors);
    if (!inTime) {
        ::kill(box->pid, SIGKILL);
    }
    int status = 0;
    ::waitpid(box->pid, &status, 0);
    if (!inTime) {
        return {false, "the box did not answer within five seconds"};
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return {false, errors.empty() ? "the box ended at once" : firstLine(errors)};
    }
    for (const char *fence : {"Seccomp:\t2", "NoNewPrivs:\t1", "CapEff:\t0000000000000000"}) {
        if (!contains(output, fence)) {
            return {false, std::string("inside the box '") + fence + "' was not reported"};
        }
    }
    return {true, {}};
}

std::string remedyFor(const std::string &complaint)
{
    if (contains(complaint, "could not be started")) {
        return "Install the package bubblewrap and start Nest again.";
    }
    if (contains(complaint, "mount proc")) {
        return "In a container, bind the machine's own /proc instead of mounting a new one, and start Nest "
               "again.";
    }
    if (contains(complaint, "namespace") || contains(complaint, "uid map") ||
        contains(complaint, "ermission")) {
        return "Allow user namespaces for this user and start Nest again: look at the settings "
               "user.max_user_namespaces, kernel.unprivileged_userns_clone and "
               "kernel.apparmor_restrict_unprivileged_userns with sysctl; in a container, bind the real "
               "/proc.";
    }
    if (contains(complaint, "SECCOMP")) {
        return "Use a kernel that filters system calls (CONFIG_SECCOMP_FILTER), or, in a container, a "
               "profile that "
               "allows seccomp and prctl, and start Nest again.";
    }
    return "Run 'bwrap --unshare-all --ro-bind / / true' as this user and mend what it says.";
}

} // namespace

Isolation probeIsolation(const std::string &bwrapProgram, const std::string &seccomp)
{
    const auto answer = tryBox(bwrapProgram, seccomp);
    if (answer.hasAllFences) {
        Isolation isolation{.level = 3,
                            .sentence =
                                "Isolation: full. Memory and processor are watched, not limited by the "
                                "kernel: what takes too much memory is ended, what computes all the time "
                                "yields.",
                            .remedy = {}};
        if (::geteuid() == 0) {
            // RLIMIT_NPROC does not count root's processes, and root is what the box's user is outside.
            isolation.sentence += " So is the number of processes, because Nest runs as root.";
            isolation.remedy = "Run Nest as an ordinary user.";
        }
        return isolation;
    }
    return {.level = 0, // what is left of the ladder, fenceprobe.h finds
            .sentence =
                "Functions do not start: no box can be made on this machine (" + answer.complaint + ").",
            .remedy = remedyFor(answer.complaint)};
}

} // namespace nest::keeper
