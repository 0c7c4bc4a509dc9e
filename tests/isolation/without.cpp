// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nest-without landlock|seccomp|namespaces -- PROGRAM…: runs a program as on a kernel that has not what is
// named.
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string_view>

int main(int count, char **words)
{
    if (count < 4 || std::string_view(words[2]) != "--") {
        std::fputs("usage: nest-without landlock|seccomp|namespaces -- PROGRAM\n", stderr);
        return 2;
    }
    auto *filter = seccomp_init(SCMP_ACT_ALLOW);
    int result = -1;
    if (std::string_view(words[1]) == "landlock") {
        result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0);
    } else if (std::string_view(words[1]) == "seccomp") {
        result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0);
        if (result == 0) {
            result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                                      SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
        }
    } else if (std::string_view(words[1]) ==
               "namespaces") { // of users: as a kernel that allows them to root alone
        result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(unshare), 1,
                                  SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER));
        if (result == 0) {
            result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                      SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER));
        }
        if (result == 0) { // whose flags lie in memory; libc takes clone() then
            result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
        }
    }
    if (result != 0 || seccomp_load(filter) != 0) {
        std::fputs("nest-without: the filter could not be put on\n", stderr);
        return 1;
    }
    ::execv(words[3], words + 3);
    std::perror(words[3]);
    return 127;
}
