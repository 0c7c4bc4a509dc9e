// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// connect() of a fenced box (fence.h). Landlock lets a process connect to every Unix socket of its user that
// has a path, the user's D-Bus and the platform's own API among them, and a filter of system calls cannot
// see which one is meant. So a connect() waits until the process that watches over the box has made the
// connection itself, or refused it: the socket of the box is replaced by one that is connected already.
// What the box writes into its memory meanwhile changes nothing, as it is read once.
//
// For fencedprocess.cpp alone.

#include "platform/keeper/box.h"
#include "platform/keeper/filedescriptor.h"

#include <string>
#include <vector>

namespace nest::keeper {

/// For the calling thread and all that it starts, for ever. isAsked: each connect() waits for an answer at
/// the descriptor; else, and where the kernel has no such thing, each is refused, and none is given.
/// False when not even that could be done.
bool watchConnects(bool isAsked, FileDescriptor &questions);

class ConnectAnswers final
{
public:
    /// Allowed are the sockets that lie in a folder of these which the box may only read.
    explicit ConnectAnswers(const std::vector<Bind> &binds);

    /// One question that waits at the descriptor.
    void answer(int questions) const;

private:
    int connectFor(int questions, unsigned long long id, unsigned thread, int socket,
                   const std::string &path) const;

    std::vector<std::string> m_folders;
};

} // namespace nest::keeper
