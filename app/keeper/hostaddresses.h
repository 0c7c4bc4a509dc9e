// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What of IPv4 leads to this machine itself: the kernel's table of local routes, which has each of its own
// addresses, those of broadcasts, and whole ranges that somebody made local.

#include "api/wire/result.h"
#include "platform/keeper/filedescriptor.h"

#include <netinet/in.h>

#include <vector>

namespace nest::keeper {

struct Prefix
{
    in_addr_t address = 0; // in the order of the network
    unsigned char length = 32;
    bool operator==(const Prefix &) const = default;
};

/// In the order in which the kernel tells them.
Result<std::vector<Prefix>> hostAddresses();

/// Readable when these may have changed; noteRead() before they are asked for again.
Result<FileDescriptor> watchHostAddresses();
void noteRead(const FileDescriptor &watch);

} // namespace nest::keeper
