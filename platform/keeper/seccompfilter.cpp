// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/seccompfilter.h"

#include "platform/keeper/filterrules.h"

#include <linux/sched.h>
#include <netinet/in.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace nest::keeper {
namespace {

// Names, not numbers: a name that this kernel's headers or this machine's architecture do not know is
// skipped, so the list may name calls of newer kernels.
constexpr std::array deniedCalls{
    // namespaces, mounts, roots
    "unshare", "setns", "mount", "umount", "umount2", "move_mount", "open_tree", "open_tree_attr", "fsopen",
    "fsconfig", "fsmount", "fspick", "mount_setattr", "pivot_root", "chroot", "name_to_handle_at",
    "open_by_handle_at", "statmount", "listmount", "fanotify_init", "quotactl", "quotactl_fd", "nfsservctl",
    // other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp", "process_madvise",
    "process_mrelease", "migrate_pages", "move_pages",
    // the kernel itself
    "init_module", "finit_module", "delete_module", "create_module", "query_module", "get_kernel_syms",
    "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "syslog", "sysfs", "_sysctl",
    "uselib", "ustat", "lookup_dcookie", "vhangup", "perf_event_open", "bpf", "userfaultfd", "add_key",
    "request_key", "keyctl", "iopl", "ioperm", "modify_ldt", "vm86", "vm86old", "pciconfig_read",
    "pciconfig_write", "pciconfig_iobase", "sethostname", "setdomainname",
    // clocks
    "settimeofday", "stime", "clock_settime", "clock_adjtime", "adjtimex"};

// Answered "no such call", so that libraries take their older way instead of failing.
// memfd_create and shmget: memory that belongs to no process, which nothing here could count.
constexpr std::array absentCalls{"clone3",       "io_uring_setup", "io_uring_enter", "io_uring_register",
                                 "memfd_create", "memfd_secret",   "shmget"};

constexpr std::array<scmp_datum_t, 7> namespaceFlags{
    CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP};

constexpr scmp_datum_t socketTypes = 0xf; // the bits beside them are SOCK_CLOEXEC and SOCK_NONBLOCK

/// TCP of AF_INET and AF_INET6, and UDP if it is asked for, beside AF_UNIX. One rule names one argument once,
/// so what lies beside the allowed values is listed.
void denyAllButTcp(FilterRules &rules, bool hasUdp)
{
    for (scmp_datum_t family = 0; family < AF_MAX; ++family) {
        if (family != AF_UNIX && family != AF_INET && family != AF_INET6) {
            rules.deny("socket", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_EQ, family));
        }
    }
    rules.deny("socket", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_GE, AF_MAX));
    const scmp_datum_t highest = hasUdp ? IPPROTO_UDP : IPPROTO_TCP;
    for (const scmp_datum_t family : {scmp_datum_t{AF_INET}, scmp_datum_t{AF_INET6}}) {
        for (scmp_datum_t type = 0; type <= socketTypes; ++type) {
            if (type != SOCK_STREAM && (!hasUdp || type != SOCK_DGRAM)) {
                rules.deny("socket", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_EQ, family),
                           SCMP_A1_32(SCMP_CMP_MASKED_EQ, socketTypes, type));
            }
        }
        for (scmp_datum_t protocol = 1; protocol < highest; ++protocol) {
            if (protocol != IPPROTO_TCP) {
                rules.deny("socket", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_EQ, family),
                           SCMP_A2_32(SCMP_CMP_EQ, protocol));
            }
        }
        rules.deny("socket", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_EQ, family), SCMP_A2_32(SCMP_CMP_GT, highest));
    }
}

int addRules(FilterRules &rules, SocketFamilies families)
{
    for (const char *name : deniedCalls) {
        rules.deny(name, EPERM);
    }
    for (const char *name : absentCalls) {
        rules.deny(name, ENOSYS);
    }
    for (const auto flag : namespaceFlags) {
        rules.deny("clone", EPERM, SCMP_A0_64(SCMP_CMP_MASKED_EQ, flag, flag));
    }
    for (const scmp_datum_t flag : {scmp_datum_t{ADDR_NO_RANDOMIZE}, scmp_datum_t{READ_IMPLIES_EXEC}}) {
        rules.deny("personality", EPERM, SCMP_A0_64(SCMP_CMP_MASKED_EQ, flag, flag));
    }
    // Typing into the terminal that nestd may have been started from.
    for (const scmp_datum_t request : {scmp_datum_t{TIOCSTI}, scmp_datum_t{TIOCLINUX}}) {
        rules.deny("ioctl", EPERM, SCMP_A1_32(SCMP_CMP_EQ, request));
    }
    if (families == SocketFamilies::UnixOnly) {
        rules.deny("socket", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_NE, AF_UNIX));
    } else if (families == SocketFamilies::Granted || families == SocketFamilies::Open) {
        denyAllButTcp(rules, families == SocketFamilies::Open);
    } else { // one rule names one argument once: what lies between and above the allowed ones
        const bool isInternet = families == SocketFamilies::Internet;
        for (scmp_datum_t family = 0; family < AF_MAX; ++family) {
            if (family != AF_UNIX && family != AF_INET &&
                (!isInternet || (family != AF_INET6 && family != AF_NETLINK))) {
                rules.deny("socket", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_EQ, family));
            }
        }
        rules.deny("socket", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_GE, AF_MAX));
    }
    rules.deny("socketpair", EAFNOSUPPORT, SCMP_A0_32(SCMP_CMP_NE, AF_UNIX));
    return rules.worst();
}

} // namespace

Result<std::string> seccompProgram(SocketFamilies families)
{
    return filterProgram([families](FilterRules &rules) { return addRules(rules, families); });
}

} // namespace nest::keeper
