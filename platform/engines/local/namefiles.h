// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How names are looked up in a box whose network is open: /etc/hosts, nsswitch.conf and resolv.conf of Nest's
// own, because this machine's would tell its names, and may lead to its loopback or to its daemons.

#include "api/wire/result.h"
#include "platform/keeper/box.h"

#include <string>
#include <vector>

namespace nest::engines {

/// Writes them into the folder, which it makes, where they are not there yet.
Result<std::vector<keeper::Bind>> nameFiles(const std::string &folder);

} // namespace nest::engines
