// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The connection of the one nestd: requests in, events out, never blocking.
//
// Invariants: output lines are offered only while hasRoom(), so a slow nestd costs bounded memory; other
// events are few and always taken.

#include "platform/keeper/filedescriptor.h"
#include "platform/keeper/protocol.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace nest::keeper {

class ControlConnection final
{
public:
    bool isOpen() const { return m_socket.isOpen(); }
    int descriptor() const { return m_socket.get(); }
    /// Who connected; -1 when nobody is there.
    pid_t peer() const;
    bool hasRoom() const;
    bool hasUnsent() const { return !m_unsent.empty(); }
    /// True when the other side has closed, though nothing was read yet.
    bool isDead() const;

    void open(FileDescriptor socket);
    void close();
    /// Ignored while closed.
    void send(const Event &event);
    /// What has arrived; closes itself at the end or at anything that is no message.
    std::vector<Request> receive();
    void flush();

private:
    FileDescriptor m_socket;
    MessageReader m_reader;
    std::string m_unsent;
    bool m_hears = true; // false once it took no more, until its end is read
};

} // namespace nest::keeper
