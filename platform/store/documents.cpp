// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/condition.h"
#include "platform/store/connection.h"
#include "platform/store/sql.h"

#include <algorithm>

namespace nest::store {

namespace {

std::string nameOf(std::string_view kind, std::string_view id)
{
    return std::format("{} {}", kind, id);
}

Document readDocument(const Rows &rows)
{
    return {.kind = rows.text(0),
            .id = rows.text(1),
            .parent = rows.text(2),
            .body = rows.text(3),
            .etag = rows.integer(4),
            .created = rows.time(5),
            .updated = rows.time(6)};
}

Result<std::optional<Present>> presentDocument(Connection &connection, std::string_view kind,
                                               std::string_view id)
{
    Result<Rows> rows =
        connection.run("SELECT etag, body FROM documents WHERE kind = ? AND id = ?", {text(kind), text(id)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    if (!rows->next()) {
        return std::nullopt;
    }
    return Present{rows->integer(0), rows->text(1)};
}

} // namespace

Result<std::int64_t> Sql::putDocument(const NewDocument &document, const Condition &condition)
{
    const auto present = presentDocument(m_connection, document.kind, document.id);
    if (!present) {
        return std::unexpected(present.error());
    }
    if (const Result<> allowed = check(condition, *present, nameOf(document.kind, document.id)); !allowed) {
        return std::unexpected(allowed.error());
    }
    const Result<std::int64_t> etag = appendChange(document.kind, document.id, Operation::Put, document.body);
    if (!etag) {
        return etag;
    }
    return m_connection
        .run("INSERT INTO documents (kind, id, parent, body, etag, created, updated) VALUES (?, ?, ?, ?, ?, "
             "?, ?) "
             "ON CONFLICT (kind, id) DO UPDATE SET parent = excluded.parent, body = excluded.body, "
             "etag = excluded.etag, updated = excluded.updated",
             {text(document.kind), text(document.id), text(document.parent), bytes(document.body),
              integer(*etag), time(m_now), time(m_now)})
        .transform([&](const Rows &) { return *etag; });
}

Result<Document> Sql::getDocument(std::string_view kind, std::string_view id)
{
    Result<Rows> rows =
        m_connection.run("SELECT kind, id, parent, body, etag, created, updated FROM documents "
                         "WHERE kind = ? AND id = ?",
                         {text(kind), text(id)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    if (!rows->next()) {
        return missing(nameOf(kind, id));
    }
    return readDocument(*rows);
}

Result<std::vector<Document>> Sql::listDocuments(std::string_view kind, const Page &page)
{
    // Two statements, so that either walks its own index.
    Result<Rows> rows =
        page.parent.empty()
            ? m_connection.run("SELECT kind, id, parent, body, etag, created, updated FROM documents "
                               "WHERE kind = ? AND id > ? ORDER BY id LIMIT ?",
                               {text(kind), text(page.afterId), integer(page.limit)})
            : m_connection.run("SELECT kind, id, parent, body, etag, created, updated FROM documents "
                               "WHERE kind = ? AND parent = ? AND id > ? ORDER BY id LIMIT ?",
                               {text(kind), text(page.parent), text(page.afterId), integer(page.limit)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    std::vector<Document> documents;
    while (rows->next()) {
        documents.push_back(readDocument(*rows));
    }
    return documents;
}

Result<std::int64_t> Sql::deleteDocument(std::string_view kind, std::string_view id,
                                         const Condition &condition)
{
    const auto present = presentDocument(m_connection, kind, id);
    if (!present) {
        return std::unexpected(present.error());
    }
    if (const Result<> allowed = check(condition, *present, nameOf(kind, id)); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (!*present) {
        return missing(nameOf(kind, id));
    }
    if (Result<Rows> deleted =
            m_connection.run("DELETE FROM documents WHERE kind = ? AND id = ?", {text(kind), text(id)});
        !deleted) {
        return std::unexpected(deleted.error());
    }
    return appendChange(kind, id, Operation::Delete, {});
}

} // namespace nest::store
