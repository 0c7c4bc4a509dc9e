// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What every command is given: where to write, how to be interrupted, and the way to the platform.
//
// Owner: main, which keeps it until the command's coroutine has ended; so commands hold it by reference
// across co_await. Thread: main's.

#include "api/client/platformclient.h"
#include "app/nest/exitcodes.h"
#include "app/nest/interrupt.h"
#include "app/nest/output.h"

#include <QCoroTask>

#include <functional>
#include <memory>
#include <string>

namespace nest::cli {

struct Link
{
    std::unique_ptr<client::PlatformClient> client;
    wire::Me me;
};

struct Context
{
    Output output = Output::ofProcess();
    Interrupt interrupt = Interrupt();
    std::string socket; // of --socket or NEST_SOCKET; empty: the local platform, started when it does not run
    std::string reached; // path of the socket behind which a platform answered; empty: none did
    std::string program; // of nestd; empty: beside this program
};

/// A command ends with an exit code, or with an error that exitCodeOf() gives one.
using Outcome = QCoro::Task<Result<ExitCode>>;
/// Chosen by the command line, then run once.
using Command = std::function<Outcome(Context &)>;

/// The platform, answering. Errors: those of ensureLocalPlatform() and of /v1/me.
QCoro::Task<Result<Link>> connectPlatform(Context &context);

} // namespace nest::cli
