// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Listening sockets in the network namespace of a box, held by us outside.
//
// A forked child enters the box's user and network namespaces, listens, hands the sockets over and ends. It
// does so before the box's command runs, so nothing of a function ever shares a namespace with a process of
// ours. For a program of one thread, because entering a user namespace takes that.

#include "api/wire/result.h"
#include "app/keeper/boxnamespaces.h"
#include "platform/keeper/filedescriptor.h"
#include "platform/keeper/grant.h"

#include <vector>

namespace nest::keeper {

/// One for each grant, in their order, where addressInBox says.
Result<std::vector<FileDescriptor>> listenInBox(const BoxNamespaces &namespaces,
                                                const std::vector<Grant> &grants);

} // namespace nest::keeper
