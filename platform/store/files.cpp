// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/condition.h"
#include "platform/store/connection.h"
#include "platform/store/sql.h"

namespace nest::store {

namespace {

std::string keyOf(std::string_view function, std::string_view path)
{
    return std::format("{}/{}", function, path);
}

/// A stale writer fetches the present content itself: it may be large, and it need not be text.
Result<std::optional<Present>> presentFile(Connection &connection, std::string_view function,
                                           std::string_view path)
{
    Result<Rows> rows = connection.run("SELECT etag FROM files WHERE function = ? AND path = ?",
                                       {text(function), text(path)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    if (!rows->next()) {
        return std::nullopt;
    }
    return Present{rows->integer(0), {}};
}

} // namespace

Result<std::int64_t> Sql::putFile(std::string_view function, std::string_view path, std::string_view content,
                                  const Condition &condition)
{
    const auto present = presentFile(m_connection, function, path);
    if (!present) {
        return std::unexpected(present.error());
    }
    const std::string key = keyOf(function, path);
    if (const Result<> allowed = check(condition, *present, key); !allowed) {
        return std::unexpected(allowed.error());
    }
    const Result<std::int64_t> etag = appendChange("file", key, Operation::Put, {});
    if (!etag) {
        return etag;
    }
    return m_connection
        .run("INSERT INTO files (function, path, content, etag, updated) VALUES (?, ?, ?, ?, ?) "
             "ON CONFLICT (function, path) DO UPDATE SET content = excluded.content, etag = excluded.etag, "
             "updated = excluded.updated",
             {text(function), text(path), bytes(content), integer(*etag), time(m_now)})
        .transform([&](const Rows &) { return *etag; });
}

Result<File> Sql::getFile(std::string_view function, std::string_view path)
{
    Result<Rows> rows =
        m_connection.run("SELECT function, path, content, length(content), etag, updated FROM files "
                         "WHERE function = ? AND path = ?",
                         {text(function), text(path)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    if (!rows->next()) {
        return missing("file " + keyOf(function, path));
    }
    return File{.function = rows->text(0),
                .path = rows->text(1),
                .content = rows->text(2),
                .size = rows->integer(3),
                .etag = rows->integer(4),
                .updated = rows->time(5)};
}

Result<std::vector<File>> Sql::listFiles(std::string_view function)
{
    Result<Rows> rows = m_connection.run("SELECT function, path, length(content), etag, updated FROM files "
                                         "WHERE function = ? ORDER BY path",
                                         {text(function)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    std::vector<File> files;
    while (rows->next()) {
        files.push_back({.function = rows->text(0),
                         .path = rows->text(1),
                         .content = {},
                         .size = rows->integer(2),
                         .etag = rows->integer(3),
                         .updated = rows->time(4)});
    }
    return files;
}

Result<std::int64_t> Sql::deleteFile(std::string_view function, std::string_view path,
                                     const Condition &condition)
{
    const auto present = presentFile(m_connection, function, path);
    if (!present) {
        return std::unexpected(present.error());
    }
    const std::string key = keyOf(function, path);
    if (const Result<> allowed = check(condition, *present, key); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (!*present) {
        return missing("file " + key);
    }
    if (Result<Rows> deleted = m_connection.run("DELETE FROM files WHERE function = ? AND path = ?",
                                                {text(function), text(path)});
        !deleted) {
        return std::unexpected(deleted.error());
    }
    return appendChange("file", key, Operation::Delete, {});
}

} // namespace nest::store
