// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/boxnamespaces.h"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace nest::keeper {

Result<BoxNamespaces> namespacesOf(pid_t process)
{
    const auto path = "/proc/" + std::to_string(process) + "/ns/net";
    BoxNamespaces namespaces;
    namespaces.network = FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!namespaces.network.isOpen()) {
        return failure("keeper/grants", std::string("The box's network namespace could not be opened: ") +
                                            std::strerror(errno) + ".");
    }
    // Not the process's own user namespace: bwrap puts it into a second one, which owns nothing.
    namespaces.user = FileDescriptor(::ioctl(namespaces.network.get(), NS_GET_USERNS));
    if (!namespaces.user.isOpen()) {
        return failure("keeper/grants",
                       std::string("The owner of the box's network namespace could not be found: ") +
                           std::strerror(errno) + ".");
    }
    return namespaces;
}

bool enter(const BoxNamespaces &namespaces)
{
    return ::setns(namespaces.user.get(), CLONE_NEWUSER) == 0 &&
           ::setns(namespaces.network.get(), CLONE_NEWNET) == 0;
}

} // namespace nest::keeper
