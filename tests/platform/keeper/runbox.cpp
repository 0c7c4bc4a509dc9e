// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/platform/keeper/runbox.h"

#include "platform/keeper/seccompfilter.h"
#include "platform/keeper/spawn.h"

#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace nest::tests {
namespace {

constexpr int limitMilliseconds = 20'000;
constexpr uid_t ordinaryUser = 41234; // one that no other process here has

void readUntilClosed(const keeper::BoxProcess &box, BoxRun &run)
{
    std::array<pollfd, 2> waits{pollfd{box.output.get(), POLLIN, 0}, pollfd{box.errors.get(), POLLIN, 0}};
    const std::array<std::string *, 2> texts{&run.output, &run.errors};
    while (waits[0].fd >= 0 || waits[1].fd >= 0) {
        if (::poll(waits.data(), waits.size(), limitMilliseconds) <= 0) {
            ::kill(box.pid, SIGKILL);
            run.errors += "\n(the box took too long)";
            return;
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
}

} // namespace

BoxRun runBox(const keeper::BoxSpec &spec, const keeper::FileDescriptor &listener)
{
    BoxRun run;
    const auto seccomp = keeper::seccompProgram(spec.hasHostNetwork ? keeper::SocketFamilies::Internet
                                                                    : keeper::SocketFamilies::UnixOnly);
    auto box = keeper::startBox("/usr/bin/bwrap", spec, listener, seccomp.value_or(std::string()));
    if (!box) {
        run.errors = box.error().detail;
        return run;
    }
    readUntilClosed(*box, run);
    int status = 0;
    ::waitpid(box->pid, &status, 0);
    run.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return run;
}

BoxRun runShell(const std::string &line, keeper::BoxSpec spec)
{
    spec.command = {"/bin/bash", "-c", line};
    return runBox(spec);
}

int asOrdinaryUser(const std::function<int()> &work)
{
    const pid_t pid = ::fork();
    if (pid == 0) {
        if (::geteuid() == 0 &&
            (::setgroups(0, nullptr) != 0 || ::setgid(ordinaryUser) != 0 || ::setuid(ordinaryUser) != 0)) {
            ::_exit(99);
        }
        ::_exit(work());
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace nest::tests
