// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds the local platform of this user and starts one when none answers.
//
// Two clients that do this at once start one nestd: the second waits for the first one's. nestd runs detached
// and goes by itself when its last client is gone (docs/decisions.md, 19). Thread: any with an event loop.

#include "api/client/connection.h"
#include "api/wire/platform.h"
#include "api/wire/result.h"

#include <QCoroTask>

#include <QStringList>

#include <chrono>

namespace nest::client {

struct LocalPlatformOptions
{
    QString program = {}; // empty: nestd beside the own executable
    QStringList arguments = {};
    std::chrono::milliseconds limit{
        20'000}; // to answer; a first start makes a database and starts the keeper
};

struct LocalPlatform
{
    Connection connection;
    wire::Me me;
    bool wasStarted = false; // by this call, or by another client during it
};

/// Errors: `client/no-runtime-folder`, `client/no-program`, `client/platform-ended` (with the end of its
/// log), `client/platform-silent` (same), and what me() may answer.
QCoro::Task<Result<LocalPlatform>> ensureLocalPlatform(LocalPlatformOptions options);

} // namespace nest::client
