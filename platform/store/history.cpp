// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the platform records while it runs: decisions, chunks of series, answers that may be asked for twice.
#include "platform/store/condition.h"
#include "platform/store/connection.h"
#include "platform/store/sql.h"

namespace nest::store {

namespace {

DecisionRecord readDecision(const Rows &rows)
{
    return {.id = rows.text(0),
            .deployment = rows.text(1),
            .version = rows.text(2),
            .at = rows.time(3),
            .body = rows.text(4)};
}

Result<> nothing(const Result<Rows> &rows)
{
    return rows ? Result<>() : std::unexpected(rows.error());
}

Result<std::int64_t> changed(const Result<Rows> &rows)
{
    return rows ? Result<std::int64_t>(rows->changed()) : std::unexpected(rows.error());
}

} // namespace

Result<> Sql::addDecision(const DecisionRecord &decision)
{
    return nothing(
        m_connection.run("INSERT INTO decisions (id, deployment, version, at, body) VALUES (?, ?, ?, ?, ?)",
                         {text(decision.id), text(decision.deployment), text(decision.version),
                          time(decision.at), bytes(decision.body)}));
}

Result<DecisionRecord> Sql::getDecision(std::string_view id)
{
    Result<Rows> rows =
        m_connection.run("SELECT id, deployment, version, at, body FROM decisions WHERE id = ?", {text(id)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    if (!rows->next()) {
        return missing(std::format("decision {}", id));
    }
    return readDecision(*rows);
}

Result<std::vector<DecisionRecord>> Sql::listDecisions(const DecisionQuery &query)
{
    // A page begins behind the last one of the page before, told apart by id where the times are the same.
    TimePoint until = query.to;
    std::string beforeId; // empty is below every id
    if (!query.before.empty()) {
        const Result<DecisionRecord> last = getDecision(query.before);
        if (!last) {
            return std::unexpected(last.error());
        }
        until = last->at;
        beforeId = last->id;
    }
    Result<Rows> rows =
        query.deployment.empty()
            ? m_connection.run(
                  "SELECT id, deployment, version, at, body FROM decisions "
                  "WHERE at >= ? AND at <= ? AND (at < ? OR id < ?) ORDER BY at DESC, id DESC LIMIT ?",
                  {time(query.from), time(until), time(until), text(beforeId), integer(query.limit)})
            : m_connection.run("SELECT id, deployment, version, at, body FROM decisions "
                               "WHERE deployment = ? AND at >= ? AND at <= ? AND (at < ? OR id < ?) "
                               "ORDER BY at DESC, id DESC LIMIT ?",
                               {text(query.deployment), time(query.from), time(until), time(until),
                                text(beforeId), integer(query.limit)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    std::vector<DecisionRecord> decisions;
    while (rows->next()) {
        decisions.push_back(readDecision(*rows));
    }
    return decisions;
}

Result<std::int64_t> Sql::deleteDecisionsBefore(TimePoint at)
{
    return changed(m_connection.run("DELETE FROM decisions WHERE at < ?", {time(at)}));
}

Result<> Sql::putSeries(const SeriesChunk &chunk)
{
    return nothing(m_connection.run(
        "INSERT INTO series (revision, resolution, start, body) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (revision, resolution, start) DO UPDATE SET body = excluded.body",
        {text(chunk.revision), integer(chunk.resolutionSeconds), time(chunk.start), bytes(chunk.body)}));
}

Result<std::vector<SeriesChunk>> Sql::readSeries(std::string_view revision, int resolutionSeconds,
                                                 TimePoint from, TimePoint to)
{
    Result<Rows> rows =
        m_connection.run("SELECT revision, start, resolution, body FROM series WHERE revision = ? "
                         "AND resolution = ? AND start >= ? AND start < ? ORDER BY start",
                         {text(revision), integer(resolutionSeconds), time(from), time(to)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    std::vector<SeriesChunk> chunks;
    while (rows->next()) {
        chunks.push_back({.revision = rows->text(0),
                          .start = rows->time(1),
                          .resolutionSeconds = int(rows->integer(2)),
                          .body = rows->text(3)});
    }
    return chunks;
}

Result<std::int64_t> Sql::deleteSeriesBefore(int resolutionSeconds, TimePoint start)
{
    return changed(m_connection.run("DELETE FROM series WHERE resolution = ? AND start < ?",
                                    {integer(resolutionSeconds), time(start)}));
}

Result<std::optional<Answer>> Sql::getAnswer(std::string_view key)
{
    Result<Rows> rows =
        m_connection.run("SELECT status, body, at, request FROM idempotency WHERE key = ?", {text(key)});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    if (!rows->next()) {
        return std::nullopt;
    }
    return Answer{.status = int(rows->integer(0)),
                  .body = rows->text(1),
                  .at = rows->time(2),
                  .request = rows->text(3)};
}

Result<> Sql::putAnswer(std::string_view key, int status, std::string_view body, std::string_view request)
{
    const Result<std::int64_t> added =
        changed(m_connection.run("INSERT INTO idempotency (key, status, body, at, request) VALUES (?, ?, ?, "
                                 "?, ?) ON CONFLICT DO NOTHING",
                                 {text(key), integer(status), bytes(body), time(m_now), text(request)}));
    if (!added) {
        return std::unexpected(added.error());
    }
    if (*added == 0) {
        return failure("store/exists",
                       std::format("The key {} has been answered already. Read that answer.", key));
    }
    return {};
}

Result<std::int64_t> Sql::deleteAnswersBefore(TimePoint at)
{
    return changed(m_connection.run("DELETE FROM idempotency WHERE at < ?", {time(at)}));
}

} // namespace nest::store
