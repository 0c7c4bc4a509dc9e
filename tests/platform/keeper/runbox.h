// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs a box to its end and gives what it printed.

#include "platform/keeper/box.h"
#include "platform/keeper/filedescriptor.h"

#include <functional>
#include <string>

namespace nest::tests {

struct BoxRun
{
    std::string output;
    std::string errors; // or why the box could not be started
    int exitCode = -1;
};

BoxRun runBox(const keeper::BoxSpec &spec, const keeper::FileDescriptor &listener = {});

/// Runs a line of bash in a box.
BoxRun runShell(const std::string &line, keeper::BoxSpec spec = {});

/// Runs work in a child process that is an ordinary user, also when the tests are run by root; gives its
/// exit code.
int asOrdinaryUser(const std::function<int()> &work);

} // namespace nest::tests
