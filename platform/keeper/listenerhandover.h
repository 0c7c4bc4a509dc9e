// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the gateway's listening socket outlives nestd: the keeper holds a second descriptor of it, and the
// next nestd of the same runtime folder takes it over. Clients that connect meanwhile wait in its backlog
// instead of being refused.
//
// One datagram a message on door.sock, descriptors by SCM_RIGHTS, the sender's process and user by
// SCM_CREDENTIALS, which the kernel vouches for. The keeper takes a socket only from the nestd that is
// connected to it, and gives it away only while none is. nestd's calls wait half a second at most; the
// keeper's never. Any thread; each object on one.

#include "api/wire/result.h"
#include "platform/keeper/filedescriptor.h"

#include <string>
#include <sys/types.h>

namespace nest::keeper {

std::string doorPath(const std::string &runtimeDirectory);

/// nestd: the socket that an earlier nestd left with the keeper; closed when there is no keeper or no socket.
FileDescriptor takeListener(const std::string &runtimeDirectory);
/// nestd: to be held from now on, instead of what the keeper had.
Result<> keepListener(const std::string &runtimeDirectory, int listener);

/// The keeper's side.
class ListenerHolder final
{
public:
    static Result<ListenerHolder> open(const std::string &runtimeDirectory);

    int descriptor() const { return m_socket.get(); }
    /// Reads one message. `nestd` is the process that is connected; -1: none.
    void serve(pid_t nestd);
    /// Whoever waits in the backlog is told that nobody will come.
    void close();

private:
    explicit ListenerHolder(FileDescriptor socket) : m_socket(std::move(socket)) {}

    FileDescriptor m_socket;
    FileDescriptor m_held;
};

} // namespace nest::keeper
