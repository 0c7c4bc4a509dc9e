// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One SQLite connection: opening with the settings we rely on, statements prepared once, transactions,
// and SQLite's result codes as our errors.
//
// Thread: the one that opened it, in the process the store thread. Owner: Worker.

#include "api/wire/result.h"
#include "platform/store/records.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <string_view>

namespace nest::store {

struct ConnectionOptions
{
    std::chrono::milliseconds busyTimeout{2'000}; // a backup tool may hold the database this long
    std::int64_t maximumBytes = 0;                // of the database; 0: as much as the disk has
};

/// A statement that has been run. Resets it when it goes, so that no read lock outlives its reader.
class Rows final
{
public:
    explicit Rows(QSqlQuery *query) : m_query(query) {}

    bool next() { return m_query->next(); }
    [[nodiscard]] std::string text(int column) const; // of a text or a blob
    [[nodiscard]] std::int64_t integer(int column) const { return m_query->value(column).toLongLong(); }
    [[nodiscard]] TimePoint time(int column) const
    {
        return TimePoint(std::chrono::milliseconds(integer(column)));
    }
    [[nodiscard]] bool isNull(int column) const { return m_query->isNull(column); }
    [[nodiscard]] std::int64_t changed() const { return m_query->numRowsAffected(); }

private:
    struct Finish
    {
        void operator()(QSqlQuery *query) const { query->finish(); }
    };
    std::unique_ptr<QSqlQuery, Finish> m_query; // owned by the connection's cache
};

class Connection final
{
public:
    Connection() = default;
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    /// Opens or creates. A file that is no database, not ours or from a newer version is refused untouched.
    [[nodiscard]] Result<> open(const std::filesystem::path &path, const ConnectionOptions &options);
    void close();

    /// `sql` is a literal: its address is the key of the prepared statement. Values are bound by position.
    [[nodiscard]] Result<Rows> run(const char *sql, std::initializer_list<QVariant> values = {});
    /// For pragmas and schemas: prepared, run, forgotten.
    [[nodiscard]] Result<> execute(const QString &sql);
    [[nodiscard]] Result<std::int64_t> pragma(const char *name);

    [[nodiscard]] Result<> begin();
    /// Waits for whoever else writes, as begin() cannot: a reader that becomes a writer is refused at once.
    [[nodiscard]] Result<> beginWriting();
    [[nodiscard]] Result<> commit();
    void rollback();

private:
    [[nodiscard]] Error errorFrom(const class QSqlError &error) const;
    [[nodiscard]] Result<> refuseForeignFile() const;
    [[nodiscard]] Result<> configure(const ConnectionOptions &options);

    std::filesystem::path m_path;
    QString m_name; // Qt's registry of connections wants one
    QSqlDatabase m_database;
    std::map<const char *, std::unique_ptr<QSqlQuery>> m_statements;
};

// Values to bind. Never NULL: an empty text is a text.
[[nodiscard]] QVariant text(std::string_view value);
/// Refers to the bytes: they must live until run() has returned.
[[nodiscard]] QVariant bytes(std::string_view value);
[[nodiscard]] QVariant integer(std::int64_t value);
[[nodiscard]] QVariant time(TimePoint value);

} // namespace nest::store
