// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/schema.h"

#include "platform/store/connection.h"

#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace nest::store {

namespace {

std::array<std::vector<QString>, latestSchema> steps()
{
    return {{
        // 1: what people write, and the record of its changes
        {
            u"CREATE TABLE documents (kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, body BLOB "
            u"NOT NULL, "
            "etag INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, PRIMARY KEY (kind, id))"_s,
            u"CREATE INDEX documents_by_parent ON documents (kind, parent, id)"_s,
            u"CREATE TABLE changes (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key TEXT NOT "
            u"NULL, "
            "operation TEXT NOT NULL CHECK (operation IN ('put', 'delete')), body BLOB NOT NULL, at INTEGER NOT NULL)"_s,
            u"CREATE TABLE files (function TEXT NOT NULL, path TEXT NOT NULL, content BLOB NOT NULL, "
            "etag INTEGER NOT NULL, updated INTEGER NOT NULL, PRIMARY KEY (function, path))"_s,
            u"CREATE TABLE numbers (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL)"_s,
            u"PRAGMA application_id = %1"_s.arg(applicationId),
        },
        // 2: what the platform records
        {
            u"CREATE TABLE decisions (id TEXT NOT NULL PRIMARY KEY, deployment TEXT NOT NULL, version TEXT "
            u"NOT NULL, "
            "at INTEGER NOT NULL, body BLOB NOT NULL)"_s,
            u"CREATE INDEX decisions_by_deployment ON decisions (deployment, at)"_s,
            u"CREATE INDEX decisions_by_time ON decisions (at)"_s,
            u"CREATE TABLE series (revision TEXT NOT NULL, resolution INTEGER NOT NULL, start INTEGER NOT "
            u"NULL, "
            "body BLOB NOT NULL, PRIMARY KEY (revision, resolution, start))"_s,
            u"CREATE INDEX series_by_age ON series (resolution, start)"_s,
            u"CREATE TABLE idempotency (key TEXT NOT NULL PRIMARY KEY, status INTEGER NOT NULL, body BLOB "
            u"NOT NULL, "
            "at INTEGER NOT NULL)"_s,
        },
        // 3: what a key was sent with; empty for those of before, which are forgotten after a day
        {
            u"ALTER TABLE idempotency ADD COLUMN request TEXT NOT NULL DEFAULT ''"_s,
        },
    }};
}

Result<> runStep(Connection &connection, const std::vector<QString> &statements, std::int64_t number)
{
    for (const QString &statement : statements) {
        if (Result<> done = connection.execute(statement); !done) {
            return done;
        }
    }
    return connection.execute(u"PRAGMA user_version = %1"_s.arg(number));
}

} // namespace

Result<> migrate(Connection &connection, std::int64_t upTo)
{
    const Result<std::int64_t> version = connection.pragma("user_version");
    if (!version) {
        return std::unexpected(version.error());
    }
    if (*version >= upTo) {
        return {};
    }
    const auto all = steps();
    for (std::int64_t number = *version + 1; number <= upTo; ++number) {
        if (Result<> begun = connection.begin(); !begun) {
            return begun;
        }
        if (Result<> done = runStep(connection, all[std::size_t(number - 1)], number); !done) {
            connection.rollback();
            return done;
        }
        if (Result<> kept = connection.commit(); !kept) {
            return kept;
        }
    }
    return {};
}

} // namespace nest::store
