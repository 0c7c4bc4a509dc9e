// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/worker.h"

#include "platform/store/schema.h"

#include <exception>
#include <format>

namespace nest::store {

Result<> Worker::open(const std::filesystem::path &path)
{
    std::error_code code;
    std::filesystem::create_directories(path.parent_path(), code);
    if (code) {
        return failure(
            "store/unwritable",
            std::format("The data folder {} cannot be made: {}. Mend its rights or name another folder.",
                        path.parent_path().string(), code.message()));
    }
    std::filesystem::path lockPath = path;
    lockPath += ".lock";
    Result<FileLock> lock = FileLock::take(lockPath);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    m_lock = std::move(*lock);
    if (Result<> opened = m_connection.open(path, m_options.connection); !opened) {
        return opened;
    }
    m_lastTidy = m_options.now();
    return migrate(m_connection);
}

Result<> Worker::transact(const std::function<Result<>(Sql &)> &job)
{
    const auto began = std::chrono::steady_clock::now();
    auto done = perform(job, m_connection.begin());
    const bool hasWaited = std::chrono::steady_clock::now() - began >= m_options.connection.busyTimeout;
    if (!done && done.error().type == "store/locked" && !hasWaited) {
        // Nothing of it was written, and one that read first was refused at once: again, waiting for the
        // other process.
        done = perform(job, m_connection.beginWriting());
    }
    return done;
}

Result<> Worker::perform(const std::function<Result<>(Sql &)> &job, const Result<> &begun)
{
    if (!begun) {
        return begun;
    }
    Sql sql(m_connection, m_options.now());
    Result<> done;
    try {
        done = job(sql);
    } catch (const std::exception &exception) { // the border of the room: a job's library may throw
        done = failure(
            "store/failed",
            std::format("A change was given up: {}. This is a fault in Nest: report it.", exception.what()));
    }
    if (!done) {
        m_connection.rollback();
        return done;
    }
    return m_connection.commit();
}

void Worker::tidy()
{
    const TimePoint now = m_options.now();
    if (now - m_lastTidy < m_options.pruneEvery) {
        return;
    }
    m_lastTidy = now;
    // Should it fail, the next one does what this one left.
    static_cast<void>(transact([this](Sql &sql) -> Result<> {
        if (const auto answers = sql.deleteAnswersBefore(sql.now() - m_options.answersAge); !answers) {
            return std::unexpected(answers.error());
        }
        return sql.pruneChanges(m_options.changesAge, m_options.changesCount);
    }));
}

} // namespace nest::store
