// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The store thread's own side: the connection, the lock beside the database, transactions around jobs and
// the pruning between them.
//
// Thread: created, used and destroyed on the store thread only. Owner: Database.

#include "platform/store/connection.h"
#include "platform/store/filelock.h"
#include "platform/store/sql.h"

#include <functional>

namespace nest::store {

struct Options
{
    ConnectionOptions connection = {};
    std::chrono::milliseconds changesAge = std::chrono::hours(1);
    std::int64_t changesCount = 200'000;
    std::chrono::milliseconds pruneEvery = std::chrono::minutes(1);
    std::chrono::milliseconds answersAge = std::chrono::hours(24); // how long a key is remembered
    std::function<TimePoint()> now = [] {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    };
};

class Worker final
{
public:
    explicit Worker(Options options) : m_options(std::move(options)) {}
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    [[nodiscard]] Result<> open(const std::filesystem::path &path);

    /// Runs `job` in a transaction of its own: kept when it returns ok and the commit does, else undone. A
    /// job is run a second time when another process was writing, so it must not use itself up.
    [[nodiscard]] Result<> transact(const std::function<Result<>(Sql &)> &job);
    /// Between jobs: forgets what is too old, now and then.
    void tidy();

private:
    [[nodiscard]] Result<> perform(const std::function<Result<>(Sql &)> &job, const Result<> &begun);

    Options m_options;
    FileLock m_lock; // given back after the connection is closed
    Connection m_connection;
    TimePoint m_lastTidy;
};

} // namespace nest::store
