// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/isolation.h"

#include "platform/keeper/spawn.h"

#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

namespace nest::keeper {
namespace {

constexpr std::chrono::seconds probeLimit{5};

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

// False when the time is over before both ends are closed.
bool readBoth(const BoxProcess &box, std::string &output, std::string &errors)
{
    const auto end = std::chrono::steady_clock::now() + probeLimit;
    std::array<pollfd, 2> waits{pollfd{box.output.get(), POLLIN, 0}, pollfd{box.errors.get(), POLLIN, 0}};
    const std::array<std::string *, 2> texts{&output, &errors};
    while (waits[0].fd >= 0 || waits[1].fd >= 0) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return false;
        }
        if (::poll(waits.data(), waits.size(), static_cast<int>(left.count())) < 0 && errno != EINTR) {
            return false;
        }
        for (std::size_t i = 0; i < waits.size(); ++i) {
            std::array<char, 4096> bytes{};
            const auto got = waits[i].revents != 0 ? ::read(waits[i].fd, bytes.data(), bytes.size()) : -1;
            if (got > 0) {
                texts[i]->append(bytes.data(), static_cast<std::size_t>(got));
            } else if (got == 0) {
                waits[i].fd = -1;
            }
        }
    }
    return true;
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

bool hasLandlock()
{
    return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

bool hasSeccompFilter()
{
    const std::uint32_t action = SECCOMP_RET_ERRNO;
    return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
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
    const int level = hasLandlock() ? 2 : hasSeccompFilter() ? 1 : 0;
    return {.level = level,
            .sentence =
                "Functions do not start: no box can be made on this machine (" + answer.complaint + ").",
            .remedy = remedyFor(answer.complaint)};
}

} // namespace nest::keeper
