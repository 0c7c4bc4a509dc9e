// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nest-keeper --runtime-dir DIR [--bwrap PROGRAM] [--allow-weak-isolation] [--allow-no-isolation]: see
// keeper.h; nest-keeper relay …: see relay.h.
#include "app/keeper/keeper.h"
#include "app/keeper/relay.h"
#include "platform/keeper/fencefilter.h"
#include "platform/keeper/fenceprobe.h"
#include "platform/keeper/limitprobe.h"
#include "platform/keeper/seccompfilter.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace {

constexpr int exitUsage = 2;
constexpr int exitLocked = 75; // EX_TEMPFAIL: another keeper has the folder

struct Arguments
{
    std::string runtimeDirectory;
    std::string bwrapProgram = "/usr/bin/bwrap";
    bool allowsWeakIsolation = false;
    bool allowsNoIsolation = false;
};

std::optional<Arguments> readArguments(int count, char **words)
{
    Arguments arguments;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = words[i];
        if (name == "--allow-weak-isolation") {
            arguments.allowsWeakIsolation = true;
        } else if (name == "--allow-no-isolation") {
            arguments.allowsNoIsolation = true;
        } else if (name == "--runtime-dir" && i + 1 < count) {
            arguments.runtimeDirectory = words[++i];
        } else if (name == "--bwrap" && i + 1 < count) {
            arguments.bwrapProgram = words[++i];
        } else {
            return std::nullopt;
        }
    }
    return arguments.runtimeDirectory.empty() ? std::nullopt : std::optional(arguments);
}

nest::keeper::FileDescriptor takeSignals()
{
    sigset_t handled;
    ::sigemptyset(&handled);
    for (const int number : {SIGCHLD, SIGTERM, SIGINT}) {
        ::sigaddset(&handled, number);
    }
    ::sigprocmask(SIG_BLOCK, &handled, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGHUP, SIG_IGN); // nestd's terminal may go
    return nest::keeper::FileDescriptor(::signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK));
}

/// Groups in which the kernel's limits were seen to work.
std::optional<nest::keeper::BoxGroups> findLimits(const Arguments &arguments, const std::string &seccomp)
{
    auto groups = nest::keeper::BoxGroups::find(arguments.runtimeDirectory);
    auto tried =
        groups ? tryLimits(*groups, arguments.bwrapProgram, seccomp) : std::unexpected(groups.error());
    if (!tried) { // level 3 then
        std::fprintf(stderr, "nest-keeper: Boxes get no control groups. %s\n", tried.error().detail.c_str());
        if (groups) {
            groups->clear();
        }
        return std::nullopt;
    }
    return std::move(*groups);
}

int fail(const nest::Error &error)
{
    std::fprintf(stderr, "nest-keeper: %s\n", error.detail.c_str());
    return error.type == "keeper/locked" ? exitLocked : EXIT_FAILURE;
}

} // namespace

int main(int count, char **words)
{
    using namespace nest::keeper;

    if (count > 1 && std::string_view(words[1]) == "relay") {
        return runRelay(std::span(words, static_cast<std::size_t>(count)).subspan(2));
    }
    const auto arguments = readArguments(count, words);
    if (!arguments) {
        std::fputs("usage: nest-keeper --runtime-dir DIR [--bwrap PROGRAM] [--allow-weak-isolation] "
                   "[--allow-no-isolation]\n",
                   stderr);
        return exitUsage;
    }
    ::close_range(STDERR_FILENO + 1, ~0U, 0); // whatever nestd had open
    ::setsid();
    ::umask(S_IRWXG | S_IRWXO);
    // A process that loses its parent in a box that is being killed comes to us, not to init.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);

    auto folder = RuntimeFolder::open(arguments->runtimeDirectory);
    if (!folder) {
        return fail(folder.error());
    }
    // Before the first box: its process 1 may come to us, and a SIGTERM must not leave it behind.
    auto signals = takeSignals();
    auto seccomp = seccompProgram();
    if (!seccomp) {
        return fail(seccomp.error());
    }
    auto networkSeccomp = seccompProgram(SocketFamilies::Internet);
    if (!networkSeccomp) {
        return fail(networkSeccomp.error());
    }
    auto grantsSeccomp = seccompProgram(SocketFamilies::Granted);
    if (!grantsSeccomp) {
        return fail(grantsSeccomp.error());
    }
    auto openSeccomp = seccompProgram(SocketFamilies::Open);
    if (!openSeccomp) {
        return fail(openSeccomp.error());
    }
    auto functionFence = fenceProgram(FencedUse::Function);
    auto fetchingFence = fenceProgram(FencedUse::Fetching);
    if (!functionFence || !fetchingFence) {
        return fail(functionFence ? fetchingFence.error() : functionFence.error());
    }
    KeeperSettings settings{.bwrapProgram = arguments->bwrapProgram,
                            .seccomp = *seccomp,
                            .networkSeccomp = std::move(*networkSeccomp),
                            .grantsSeccomp = std::move(*grantsSeccomp),
                            .openSeccomp = std::move(*openSeccomp),
                            .isolation = probeIsolation(arguments->bwrapProgram, *seccomp),
                            .fences = {},
                            .functionFence = std::move(*functionFence),
                            .fetchingFence = std::move(*fetchingFence)};
    BoxGroups::clearLeftovers(arguments->runtimeDirectory);
    if (settings.isolation.level == 3) {
        settings.groups = findLimits(*arguments, *seccomp);
    }
    if (settings.groups) {
        settings.isolation = limitedIsolation();
    }
    if (!functionsCanStart(settings.isolation)) {
        auto found = probeFences(settings.isolation, {.temporaryFolder = folder->temporaryPath("probe"),
                                                      .programs = {*seccomp, settings.functionFence},
                                                      .isWeakAllowed = arguments->allowsWeakIsolation,
                                                      .isNoneAllowed = arguments->allowsNoIsolation});
        settings.isolation = std::move(found.isolation);
        settings.fences = found.fences;
    }
    auto listener = folder->listenForControl();
    if (!listener) {
        return fail(listener.error());
    }
    auto door = ListenerHolder::open(arguments->runtimeDirectory);
    if (!door) {
        return fail(door.error());
    }
    Keeper keeper(std::move(settings), std::move(*folder), std::move(*listener), std::move(*door),
                  std::move(signals));
    keeper.run();
    return EXIT_SUCCESS;
}
