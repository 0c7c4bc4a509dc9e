// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Listening and connecting, as values and Errors.

#include "api/wire/result.h"
#include "platform/http/descriptor.h"

#include <cstdint>
#include <string>
#include <utility>

namespace nest::http {

/// Listening, non-blocking. Replaces a socket file that nobody listens on; `http/socket-taken` otherwise.
[[nodiscard]] Result<Descriptor> listenOnUnix(const std::string &path, unsigned mode);
/// Port 0 takes any. `http/port-taken` names the port.
[[nodiscard]] Result<std::pair<Descriptor, std::uint16_t>> listenOnTcp(const std::string &address,
                                                                       std::uint16_t port);

/// The port of a TCP socket that listens on `address`; 0 when it is no such socket.
[[nodiscard]] std::uint16_t portOfListener(int fd, const std::string &address);

struct Connecting
{
    Descriptor fd; // connected, non-blocking; none when it failed
    int error = 0; // errno; EAGAIN: the peer's backlog is full, try again soon
};
[[nodiscard]] Connecting connectToUnix(const std::string &path);

} // namespace nest::http
