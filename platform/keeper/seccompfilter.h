// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The system calls a box may not make. The list denies what a function never needs and what kernel
// escapes were made of: namespaces, mounts, tracing, kernel modules, keys, io_uring, BPF; and every
// socket family but AF_UNIX, because egress is off (a box with grants has TCP, one with an open network
// UDP besides, the one that fetches packages the internet's families).

#include "api/wire/result.h"

#include <string>

namespace nest::keeper {

enum class SocketFamilies : unsigned char {
    UnixOnly,
    Loopback, // and AF_INET: for a function that is being debugged, in a network namespace with nothing else
    Granted,  // and TCP: for a box whose own loopback leads to the addresses that were granted
    Open,     // and UDP besides
    Internet, // and what looks up names: for the box that fetches packages
};

/// The program in the kernel's BPF form, as bwrap reads it from a descriptor.
Result<std::string> seccompProgram(SocketFamilies families = SocketFamilies::UnixOnly);

} // namespace nest::keeper
