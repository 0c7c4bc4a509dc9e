// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/fencefilter.h"

#include "platform/keeper/filterrules.h"

#include <seccomp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace nest::keeper {
namespace {

// By path, which Landlock does not look at: through these a function would change the modes of the user's
// files. What has the file open may set its mode all the same (fchmod).
constexpr std::array attributeCalls{"chmod",        "fchmodat",      "fchmodat2", "chown",      "lchown",
                                    "fchownat",     "setxattr",      "lsetxattr", "setxattrat", "removexattr",
                                    "lremovexattr", "removexattrat", "utime",     "utimes",     "futimesat"};
constexpr std::array deniedCalls{"truncate", "inotify_add_watch"};
// Of other programs of this user, whose numbers are easily guessed. Answered as absent.
constexpr std::array sharedCalls{"shmat",  "shmctl", "semget", "semop",  "semtimedop", "semctl",
                                 "msgget", "msgsnd", "msgrcv", "msgctl", "mq_open",    "mq_unlink"};
// Whose first argument is a process: 0 is the caller.
constexpr std::array processCalls{"prlimit64", "sched_setaffinity", "sched_setscheduler", "sched_setparam",
                                  "sched_setattr"};
constexpr scmp_datum_t socketTypes = 0xf;
constexpr scmp_datum_t ioprioProcess = 1; // linux/ioprio.h; who 0 is the caller

int addFences(FilterRules &rules, FencedUse use)
{
    const bool isFunction = use == FencedUse::Function;
    for (const char *name : deniedCalls) {
        rules.deny(name, EPERM);
    }
    for (const char *name : sharedCalls) {
        rules.deny(name, ENOSYS);
    }
    for (const char *name : processCalls) {
        rules.deny(name, EPERM, SCMP_A0_32(SCMP_CMP_NE, 0));
    }
    rules.deny("setpriority", EPERM, SCMP_A0_32(SCMP_CMP_NE, PRIO_PROCESS));
    rules.deny("setpriority", EPERM, SCMP_A1_32(SCMP_CMP_NE, 0));
    rules.deny("ioprio_set", EPERM, SCMP_A0_32(SCMP_CMP_NE, ioprioProcess));
    rules.deny("ioprio_set", EPERM, SCMP_A1_32(SCMP_CMP_NE, 0));
    if (isFunction) {
        for (const char *name : attributeCalls) {
            rules.deny(name, EPERM);
        }
        rules.deny("utimensat", EPERM, SCMP_A1_64(SCMP_CMP_NE, 0)); // without a path it is of an open file
        // A datagram needs no connect(), which fencedconnect.h looks after. SOCK_RAW is one for a Unix
        // socket.
        for (scmp_datum_t type = 0; type <= socketTypes; ++type) {
            if (type != SOCK_STREAM && type != SOCK_SEQPACKET) {
                rules.deny("socket", EACCES, SCMP_A0_32(SCMP_CMP_EQ, AF_UNIX),
                           SCMP_A1_32(SCMP_CMP_MASKED_EQ, socketTypes, type));
                rules.deny("socketpair", EACCES, SCMP_A1_32(SCMP_CMP_MASKED_EQ, socketTypes, type));
            }
        }
    }
    return rules.worst();
}

} // namespace

Result<std::string> fenceProgram(FencedUse use)
{
    return filterProgram([use](FilterRules &rules) { return addFences(rules, use); });
}

} // namespace nest::keeper
