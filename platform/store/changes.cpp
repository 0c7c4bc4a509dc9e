// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The record of changes: appended in the transaction of what it tells of, read by watch, pruned.
#include "platform/store/connection.h"
#include "platform/store/sql.h"

#include <algorithm>

namespace nest::store {

namespace {

Result<std::int64_t> single(Result<Rows> rows)
{
    if (!rows) {
        return std::unexpected(rows.error());
    }
    return rows->next() ? rows->integer(0) : 0;
}

Result<std::int64_t> compactedUpTo(Connection &connection)
{
    return single(connection.run("SELECT value FROM numbers WHERE name = 'compacted'"));
}

} // namespace

Result<std::int64_t> Sql::appendChange(std::string_view kind, std::string_view key, Operation operation,
                                       std::string_view body)
{
    return single(m_connection.run(
        "INSERT INTO changes (kind, key, operation, body, at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        {text(kind), text(key), text(operation == Operation::Put ? "put" : "delete"), bytes(body),
         time(m_now)}));
}

Result<std::int64_t> Sql::lastChange()
{
    // Kept by SQLite for AUTOINCREMENT: it stays when the newest change is pruned.
    return single(m_connection.run("SELECT seq FROM sqlite_sequence WHERE name = 'changes'"));
}

Result<ChangePage> Sql::changesSince(std::int64_t id, std::span<const std::string> kinds, int limit)
{
    const Result<std::int64_t> compacted = compactedUpTo(m_connection);
    if (!compacted) {
        return std::unexpected(compacted.error());
    }
    const Result<std::int64_t> last = lastChange();
    if (!last) {
        return std::unexpected(last.error());
    }
    ChangePage page{.compacted = false, .changes = {}, .last = id};
    // A number from the future was given by another database, one that was replaced by this.
    if (id < *compacted || id > *last) {
        page.compacted = true;
        page.last = *last;
        return page;
    }
    Result<Rows> rows = m_connection.run(
        "SELECT id, kind, key, operation, body, at FROM changes WHERE id > ? ORDER BY id", {integer(id)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    while (page.changes.size() < std::size_t(std::max(0, limit)) && rows->next()) {
        page.last = rows->integer(0);
        std::string kind = rows->text(1);
        if (!kinds.empty() && !std::ranges::contains(kinds, kind)) {
            continue;
        }
        page.changes.push_back({.id = page.last,
                                .kind = std::move(kind),
                                .key = rows->text(2),
                                .operation = rows->text(3) == "put" ? Operation::Put : Operation::Delete,
                                .body = rows->text(4),
                                .at = rows->time(5)});
    }
    return page;
}

Result<> Sql::pruneChanges(std::chrono::milliseconds age, std::int64_t count)
{
    const Result<std::int64_t> last = lastChange();
    if (!last) {
        return std::unexpected(last.error());
    }
    // Numbers rise with time, so the first young one ends the old ones; a clock set back keeps a few longer.
    const Result<std::int64_t> young = single(
        m_connection.run("SELECT id FROM changes WHERE at >= ? ORDER BY id LIMIT 1", {time(m_now - age)}));
    if (!young) {
        return std::unexpected(young.error());
    }
    const std::int64_t upTo = std::max(*young > 0 ? *young - 1 : *last, *last - count);
    const Result<std::int64_t> compacted = compactedUpTo(m_connection);
    if (!compacted) {
        return std::unexpected(compacted.error());
    }
    if (upTo <= *compacted) {
        return {};
    }
    if (Result<Rows> deleted = m_connection.run("DELETE FROM changes WHERE id <= ?", {integer(upTo)});
        !deleted) {
        return std::unexpected(deleted.error());
    }
    return m_connection
        .run("INSERT INTO numbers (name, value) VALUES ('compacted', ?) "
             "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
             {integer(upTo)})
        .transform([](const Rows &) {});
}

} // namespace nest::store
