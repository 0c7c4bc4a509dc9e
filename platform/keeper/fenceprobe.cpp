// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/fenceprobe.h"

#include "platform/keeper/boxtree.h"
#include "platform/keeper/landlock.h"
#include "platform/keeper/probeoutput.h"

#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace nest::keeper {
namespace {

// Its own status; then what only our fences refuse: `/` can be read by everybody, and the mode of a file of
// its own can be set by its owner. A filter alone is no proof, as a container has one already.
constexpr auto probeLine = "/usr/bin/cat /proc/self/status\n"
                           ": > \"$TMPDIR/own\" && echo own: written\n"
                           "/usr/bin/ls / > /dev/null 2>&1 || echo outside: refused\n"
                           "/usr/bin/chmod 600 \"$TMPDIR/own\" 2> /dev/null || echo modes: refused\n";

/// Words of bubblewrap and the kernel that say: not on this machine. Whatever else went wrong is somebody's
/// mistake, or the moment's.
bool isRefusedByTheMachine(const std::string &sentence)
{
    constexpr std::array<std::string_view, 6> words{"namespace",     "uid map",          "mount proc",
                                                    "not permitted", "ermission denied", "SECCOMP"};
    return sentence.find("could not be started") == std::string::npos &&
           std::ranges::any_of(words, [&sentence](std::string_view word) {
               return sentence.find(word) != std::string::npos;
           });
}

bool holds(const Fences &fences, const FenceWishes &wishes)
{
    const BoxSpec spec{.command = {"/usr/bin/sh", "-c", probeLine}};
    auto box = startFenced(spec, FileDescriptor(), {fences, wishes.temporaryFolder, wishes.programs});
    if (!box) {
        return false;
    }
    std::string output;
    std::string errors;
    const bool inTime = readBoth(*box, output, errors);
    if (!inTime) {
        killAllBelow(box->pid);
        ::kill(box->pid, SIGKILL);
    }
    ::waitpid(box->pid, nullptr, 0);
    std::vector<std::string_view> wanted{"NoNewPrivs:\t1", "CapEff:\t0000000000000000", "own: written"};
    if (fences.hasLandlock) {
        wanted.emplace_back("outside: refused");
    }
    if (fences.hasSeccomp) {
        wanted.insert(wanted.end(), {"Seccomp:\t2", "modes: refused"});
    }
    return inTime && std::ranges::all_of(wanted, [&output](std::string_view part) {
               return output.find(part) != std::string::npos;
           });
}

std::string userName()
{
    const auto *user = ::getpwuid(::geteuid());
    return user != nullptr ? "'" + std::string(user->pw_name) + "'" : std::to_string(::geteuid());
}

/// "no box can be made on this machine (bwrap: …)."
std::string reasonOf(const Isolation &noBox)
{
    constexpr std::string_view front = "Functions do not start: ";
    auto reason = noBox.sentence;
    if (reason.starts_with(front)) {
        reason.erase(0, front.size());
        reason.front() = 'N';
    }
    return reason;
}

FenceFinding reduced(const Isolation &noBox, const Fences &fences)
{
    const std::string others = landlockVersion() >= landlockWithSignals
                                   ? "they see other processes of this user"
                                   : "they see other processes of this user and can end them";
    return {
        {.level = 2,
         .sentence = "Isolation: reduced. Functions cannot open files or sockets outside their own, but " +
                     others + ". Run only code you trust.",
         .remedy = reasonOf(noBox) + " " + noBox.remedy},
        fences};
}

FenceFinding weak(const Isolation &noBox, const Fences &fences, bool isAllowed)
{
    const auto what = "functions can read every file that user " + userName() + " can read";
    if (isAllowed) {
        return {{.level = 1,
                 .sentence = "Isolation: weak: " + what + ", and change what that user can change.",
                 .remedy = reasonOf(noBox) + " " + noBox.remedy,
                 .isAllowedAnyway = true},
                fences};
    }
    return {{.level = 1,
             .sentence = "Functions do not start: isolation would be weak here: " + what + ".",
             .remedy = reasonOf(noBox) + " " + noBox.remedy +
                       " To run them all the same, start nestd with --allow-weak-isolation."},
            fences};
}

FenceFinding none(const Isolation &noBox, const Fences &fences, bool isAllowed)
{
    if (isAllowed) {
        return {{.level = 0,
                 .sentence = "Isolation: none. Functions may do all that user " + userName() +
                             " may do. For development only.",
                 .remedy = reasonOf(noBox) + " " + noBox.remedy,
                 .isAllowedAnyway = true},
                fences};
    }
    return {
        {.level = 0,
         .sentence = "Functions do not start: nothing would hold them here: they could do all that user " +
                     userName() + " may do.",
         .remedy =
             reasonOf(noBox) + " " + noBox.remedy + " For development alone nestd has --allow-no-isolation."},
        fences};
}

} // namespace

FenceFinding probeFences(const Isolation &noBox, const FenceWishes &wishes)
{
    if (!isRefusedByTheMachine(noBox.sentence)) {
        return {noBox, {}};
    }
    if (const Fences both{.hasLandlock = true, .hasSeccomp = true};
        landlockVersion() > 0 && holds(both, wishes)) {
        return reduced(noBox, both);
    }
    if (const Fences filter{.hasLandlock = false, .hasSeccomp = true}; holds(filter, wishes)) {
        return weak(noBox, filter, wishes.isWeakAllowed || wishes.isNoneAllowed);
    }
    const Fences files{.hasLandlock = true, .hasSeccomp = false};
    const bool hasFiles = landlockVersion() > 0 && holds(files, wishes);
    return none(noBox, hasFiles ? files : Fences{}, wishes.isNoneAllowed);
}

} // namespace nest::keeper
