// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/box.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace nest::keeper {
namespace {

class ArgumentList final
{
public:
    void add(std::initializer_list<std::string> arguments)
    {
        for (const auto &argument : arguments) {
            m_text += argument;
            m_text += '\0';
        }
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

} // namespace

bool hasEntry(const BoxSpec &spec)
{
    return !spec.grants.empty() || spec.hasOpenNetwork;
}

std::vector<std::string> hostFiles(const BoxSpec &spec)
{
    // Not /etc/ssl as a whole: it holds private keys, which a box started by root could read.
    std::vector<std::string> files{"/etc/ld.so.cache", "/etc/alternatives",    "/etc/localtime",
                                   "/etc/ssl/certs",   "/etc/ssl/openssl.cnf", "/etc/java-21-openjdk"};
    if (spec.hasHostNetwork) { // how names are looked up
        files.insert(files.end(), {"/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/gai.conf"});
    }
    return files;
}

std::string boxArguments(const BoxSpec &spec, int seccompDescriptor)
{
    ArgumentList list;
    list.add({"--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session",
              "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--hostname", "fn", "--clearenv"});
    if (spec.hasHostNetwork) {
        list.add({"--share-net"});
    }
    if (hasEntry(spec)) {
        list.add({"--info-fd", std::to_string(informationDescriptor), "--block-fd",
                  std::to_string(gateDescriptor)});
    }
    list.add({"--setenv", "PATH", "/usr/bin", "--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8"});
    for (const auto &[name, value] : spec.environment) {
        list.add({"--setenv", name, value});
    }
    list.add({"--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib",
              "--symlink", "usr/lib64", "/lib64"});
    for (const auto &path : hostFiles(spec)) {
        list.add({"--ro-bind-try", path, path});
    }
    const auto temporaryBytes = std::int64_t{spec.limits.temporaryMegabytes} * 1024 * 1024;
    list.add(
        {"--proc", "/proc", "--dev", "/dev", "--size", std::to_string(temporaryBytes), "--tmpfs", "/tmp"});
    for (const auto &bind : spec.binds) {
        list.add({bind.isWritable ? "--bind" : "--ro-bind", bind.host, bind.inside});
    }
    // /proc too: bwrap covers /proc/sys only where it finds the folder writable, and the files in it are
    // nevertheless writable by a box that root has started. core_pattern alone would be a way out.
    list.add({"--chdir", spec.workingDirectory, "--remount-ro", "/proc", "--remount-ro", "/dev",
              "--remount-ro", "/", "--seccomp", std::to_string(seccompDescriptor)});
    return list.take();
}

std::vector<std::string> boxCommand(const BoxSpec &spec)
{
    // Outside, the limit would be compared with all processes of the user's session and bwrap itself
    // could not start on a busy desktop; inside, the kernel counts per user namespace.
    std::vector<std::string> command{"/usr/bin/prlimit", "--nproc=" + std::to_string(spec.limits.processes),
                                     "--"};
    command.insert(command.end(), spec.command.begin(), spec.command.end());
    return command;
}

} // namespace nest::keeper
