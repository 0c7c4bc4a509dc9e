// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The network of a box that is open, but not to this machine: `pasta`, one process a box, carries its TCP and
// UDP over IPv4 to where this machine can go. Nothing can be opened from outside into the box.
//
// pasta alone keeps a box only from the loopback: it would connect to this machine's other addresses. So
// policies of the kernel (XFRM) in the box's network namespace refuse whatever leads to this machine, to
// link-local and to multicast addresses, by destination alone: a route in their place is passed over by a
// socket that is bound to an interface. They are there before pasta is, and the function, which has no
// capability and no netlink, cannot change them.
//
// Of the relay's process, while it has one thread; follow() at any time.

#include "app/keeper/boxnamespaces.h"
#include "app/keeper/hostaddresses.h"

#include <vector>

namespace nest::keeper {

class OpenNetwork final
{
public:
    /// Ready when it returns. pasta becomes a child of the caller, which must be a subreaper.
    static Result<OpenNetwork> open(pid_t process, const BoxNamespaces &namespaces);

    /// Readable when follow() is due.
    int changes() const { return m_watch.get(); }
    /// Readable when pasta has ended.
    int end() const { return m_pasta.get(); }
    /// This machine's addresses may have changed: the box is kept from new ones too.
    Result<> follow(const BoxNamespaces &namespaces);

private:
    FileDescriptor m_watch;
    FileDescriptor m_pasta; // a descriptor of its process
    std::vector<Prefix> m_closed;
};

} // namespace nest::keeper
