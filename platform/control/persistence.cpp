// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/persistence.h"

#include "api/wire/codec.h"
#include "platform/control/context.h"

#include <algorithm>
#include <array>

namespace nest::control {

namespace {

constexpr int pageSize = 1'000;
constexpr std::array resolutions{1, 10}; // seconds, of the series' chunks
constexpr std::chrono::hours keepChanges{1};
constexpr std::int64_t keepChangesCount = 200'000;
constexpr std::chrono::hours keepAnswers{24};
constexpr std::chrono::hours keepDecisions{24 * 30};

/// Kinds of which watchers hear nothing: documents for our own use, and events, which may be private. They
/// go with their function.
constexpr std::array<std::string_view, 5> internalKinds{"artefacts", "defaults", "events", "secrets",
                                                        "sources"};

bool isInternal(std::string_view kind)
{
    return std::ranges::contains(internalKinds, kind);
}

/// A document's change carries its number as etag; one of a transition has its object complete already.
Change toChange(const store::Change &row)
{
    Change change{row.id, row.kind, row.key, row.operation == store::Operation::Delete, row.body};
    if (change.kind == "file") {
        change.kind = "files";
    }
    const bool isResource = change.kind == "functions" || change.kind == "deployments" ||
                            change.kind == "groups" || change.kind == "pools";
    // A pool that the platform made by itself is no document: it has no etag to be written with.
    const bool isDocument = isResource && !change.object.contains(R"("isAutomatic":true)");
    if (isDocument && !change.object.empty() && !change.object.starts_with("{\"etag\":")) {
        change.object = withEtag(change.object, row.id);
    }
    return change;
}

store::Condition condition(std::int64_t expected)
{
    if (expected == DocumentWrite::anyEtag) {
        return {};
    }
    return expected == 0 ? store::Condition{std::nullopt, true} : store::Condition{expected, false};
}

store::DecisionRecord toRecord(const wire::Decision &decision)
{
    return {decision.id, deploymentKey(decision.function, {decision.set, decision.lane, decision.region}),
            std::to_string(decision.version), decision.time, wire::write(decision)};
}

std::string revisionText(const gateway::RevisionKey &key)
{
    return key.function + '/' + key.set + '/' + key.lane + '/' + key.region + '/' +
           std::to_string(key.version);
}

/// Reads every document of a kind through `take`; stops at the first that cannot be read.
template <typename T, typename Take>
Result<> eachDocument(store::Sql &sql, std::string_view kind, Take take)
{
    store::Page page;
    page.limit = pageSize;
    while (true) {
        const auto documents = sql.listDocuments(kind, page);
        if (!documents) {
            return std::unexpected(documents.error());
        }
        for (const auto &document : *documents) {
            auto value = wire::read<T>(document.body, wire::UnknownFields::Ignore);
            if (!value) {
                return failure("store/broken", "The " + std::string(kind) + " '" + document.id +
                                                   "' in the store cannot be read: " + value.error().detail);
            }
            take(document, std::move(*value));
        }
        if (static_cast<int>(documents->size()) < pageSize) {
            return {};
        }
        page.afterId = documents->back().id;
    }
}

Result<std::int64_t> loadAll(store::Sql &sql, Catalogue &into)
{
    auto done = eachDocument<wire::Group>(sql, "groups", [&](const auto &document, wire::Group group) {
        const auto name = groupOf(group);
        into.groups[name] = {std::move(group), document.etag};
    });
    if (done) {
        done = eachDocument<wire::Pool>(sql, "pools", [&](const auto &document, wire::Pool pool) {
            into.pools[document.id] = {std::move(pool), document.etag};
        });
    }
    if (done) {
        done = eachDocument<wire::Function>(
            sql, "functions", [&](const auto &document, wire::Function function) {
                const auto name = function.name;
                into.functions[name] = {std::move(function), document.etag, {}, {}, {}, {}};
            });
    }
    if (done) {
        done = eachDocument<wire::Build>(sql, "builds", [&](const auto &, wire::Build build) {
            if (auto *entry = into.function(build.function)) {
                entry->builds[build.number] = std::move(build);
            }
        });
    }
    if (done) {
        done = eachDocument<wire::Version>(sql, "versions", [&](const auto &, wire::Version version) {
            if (auto *entry = into.function(version.function)) {
                entry->versions[version.number] = std::move(version);
            }
        });
    }
    if (done) {
        done = eachDocument<wire::Deployment>(
            sql, "deployments", [&](const auto &document, wire::Deployment deployment) {
                if (auto *entry = into.function(deployment.function)) {
                    const auto group = groupOf(deployment);
                    entry->deployments[group] = {std::move(deployment), document.etag};
                }
            });
    }
    if (done) {
        done =
            eachDocument<wire::Version>(sql, "artefacts", [&](const auto &document, wire::Version version) {
                into.artefacts[document.id] = std::move(version);
            });
    }
    if (done) {
        done = eachDocument<wire::Deployment>(sql, "defaults",
                                              [&](const auto &document, wire::Deployment deployment) {
                                                  into.defaults[document.id] = std::move(deployment);
                                              });
    }
    done = done ? Persistence::loadSecrets(sql, into) : done;
    if (!done) {
        return std::unexpected(done.error());
    }
    for (auto &[name, entry] : into.functions) { // a draft's age is that of its youngest file
        const auto files = sql.listFiles(name);
        if (!files) {
            return std::unexpected(files.error());
        }
        auto &status = entry.document.status.emplace(entry.document.status.value_or(wire::FunctionStatus{}));
        for (const auto &file : *files) {
            status.draftChangedAt = std::max(status.draftChangedAt.value_or(file.updated), file.updated);
        }
    }
    return sql.lastChange();
}

Result<> forgetBelow(store::Sql &sql, const std::string &function)
{
    const auto files = sql.listFiles(function);
    if (!files) {
        return std::unexpected(files.error());
    }
    for (const auto &file : *files) {
        if (auto gone = sql.deleteFile(file.function, file.path); !gone) {
            return std::unexpected(gone.error());
        }
    }
    for (const auto kind : internalKinds) {
        const auto ids = Persistence::idsBelow(sql, std::string(kind), function);
        if (!ids) {
            return std::unexpected(ids.error());
        }
        for (const auto &id : *ids) {
            if (auto gone = sql.deleteDocument(kind, id); !gone) {
                return std::unexpected(gone.error());
            }
        }
    }
    return {};
}

Result<> writeFiles(store::Sql &sql, const Batch &batch, Committed &committed)
{
    for (const auto &file : batch.files) {
        const auto etag = file.content
                              ? sql.putFile(file.function, file.path, *file.content, condition(file.expected))
                              : sql.deleteFile(file.function, file.path, condition(file.expected));
        if (!etag) {
            return std::unexpected(etag.error());
        }
        committed.fileEtags.push_back(*etag);
    }
    return batch.forgetBelow.empty() ? Result<>() : forgetBelow(sql, batch.forgetBelow);
}

Result<> writeDocuments(store::Sql &sql, const Batch &batch, Committed &committed)
{
    for (const auto &needed : batch.needed) {
        if (const auto found = sql.getDocument(needed.kind, needed.id); !found) {
            return std::unexpected(found.error());
        }
    }
    for (const auto &write : batch.documents) {
        const auto etag = write.body.empty()
                              ? sql.deleteDocument(write.kind, write.id, condition(write.expected))
                              : sql.putDocument({write.kind, write.id, write.parent, write.body},
                                                condition(write.expected));
        if (!etag) {
            return std::unexpected(etag.error());
        }
        committed.documentEtags.push_back(*etag);
    }
    return {};
}

Result<Committed> writeAll(store::Sql &sql, const Batch &batch)
{
    const auto before = sql.lastChange();
    if (!before) {
        return std::unexpected(before.error());
    }
    Committed committed;
    auto done = writeDocuments(sql, batch, committed);
    if (done) {
        done = writeFiles(sql, batch, committed);
    }
    for (auto change = batch.changes.begin(); done && change != batch.changes.end(); ++change) {
        const auto operation = change->object.empty() ? store::Operation::Delete : store::Operation::Put;
        if (auto id = sql.appendChange(change->kind, change->key, operation, change->object); !id) {
            done = std::unexpected(id.error());
        }
    }
    for (auto decision = batch.decisions.begin(); done && decision != batch.decisions.end(); ++decision) {
        done = sql.addDecision(toRecord(*decision));
    }
    if (done && batch.answer) {
        done =
            sql.putAnswer(batch.answer->key, batch.answer->status, batch.answer->body, batch.answer->request);
    }
    if (!done) {
        // The store tells with a conflict what is there instead; the handlers answer with what they hold.
        return failure(done.error().type, done.error().detail);
    }
    auto from = *before;
    while (true) {
        const auto page = sql.changesSince(from, {}, pageSize);
        if (!page) {
            return std::unexpected(page.error());
        }
        for (const auto &row : page->changes) {
            if (!isInternal(row.kind)) {
                committed.changes.push_back(toChange(row));
            }
        }
        if (page->last <= from || static_cast<int>(page->changes.size()) < pageSize) {
            return committed;
        }
        from = page->last;
    }
}

StoredFile toStored(store::File file)
{
    return {std::move(file.path), std::move(file.content), file.size, file.etag, file.updated};
}

bool matches(const wire::Decision &decision, const DecisionQuery &query)
{
    return (query.function.empty() || decision.function == query.function) &&
           (!query.version || decision.version == *query.version) &&
           (!query.group || *query.group == wire::GroupName{decision.set, decision.lane, decision.region});
}

Result<std::vector<wire::Decision>> readDecisions(store::Sql &sql, const DecisionQuery &query)
{
    store::DecisionQuery rows;
    if (query.group && !query.function.empty()) {
        rows.deployment = deploymentKey(query.function, *query.group);
    }
    rows.from = query.from.value_or(wire::Time{});
    if (query.to) {
        rows.to = *query.to;
    }
    rows.before = query.before;
    rows.limit = std::max(query.limit, 100);
    std::vector<wire::Decision> found;
    while (true) {
        const auto page = sql.listDecisions(rows);
        if (!page) {
            return std::unexpected(page.error());
        }
        for (const auto &row : *page) {
            auto decision = wire::read<wire::Decision>(row.body, wire::UnknownFields::Ignore);
            if (decision && matches(*decision, query)) {
                found.push_back(std::move(*decision));
                if (static_cast<int>(found.size()) == query.limit) {
                    return found;
                }
            }
        }
        if (static_cast<int>(page->size()) < rows.limit) {
            return found;
        }
        rows.before = page->back().id;
    }
}

} // namespace

Persistence::Persistence(store::Database &database) : m_database(database) {}

Result<std::int64_t> Persistence::load(Catalogue &into)
{
    return m_database.wait([&into](store::Sql &sql) { return loadAll(sql, into); });
}

Result<std::vector<metrics::Metrics::Chunk>>
Persistence::loadSeries(const std::vector<gateway::RevisionKey> &keys, wire::Time now)
{
    return m_database.wait([&](store::Sql &sql) -> Result<std::vector<metrics::Metrics::Chunk>> {
        std::vector<metrics::Metrics::Chunk> chunks;
        for (const auto &key : keys) {
            for (const int resolution : resolutions) {
                const auto from = now - std::chrono::seconds(metrics::Metrics::retentionSeconds(resolution));
                auto rows = sql.readSeries(revisionText(key), resolution, from, now + std::chrono::hours(1));
                if (!rows) {
                    return std::unexpected(rows.error());
                }
                for (auto &row : *rows) {
                    const auto start =
                        std::chrono::floor<std::chrono::seconds>(row.start).time_since_epoch().count();
                    chunks.push_back({key, start, resolution, std::move(row.body)});
                }
            }
        }
        return chunks;
    });
}

QCoro::Task<Result<Committed>> Persistence::commit(Batch batch)
{
    co_return co_await m_database.run(
        [batch = std::move(batch)](store::Sql &sql) -> Result<Committed> { return writeAll(sql, batch); });
}

Result<Committed> Persistence::commitBlocking(Batch batch)
{
    return m_database.wait([&batch](store::Sql &sql) -> Result<Committed> { return writeAll(sql, batch); });
}

QCoro::Task<Result<std::vector<StoredFile>>> Persistence::files(std::string function, bool withContent)
{
    co_return co_await m_database.run(
        [function, withContent](store::Sql &sql) -> Result<std::vector<StoredFile>> {
            auto files = sql.listFiles(function);
            if (!files) {
                return std::unexpected(files.error());
            }
            std::vector<StoredFile> stored;
            for (auto &file : *files) {
                if (withContent) {
                    auto whole = sql.getFile(function, file.path);
                    if (!whole) {
                        return std::unexpected(whole.error());
                    }
                    file = std::move(*whole);
                }
                stored.push_back(toStored(std::move(file)));
            }
            return stored;
        });
}

QCoro::Task<Result<std::optional<StoredFile>>> Persistence::file(std::string function, std::string path)
{
    co_return co_await m_database.run([function, path](store::Sql &sql) -> Result<std::optional<StoredFile>> {
        auto file = sql.getFile(function, path);
        if (!file && file.error().type == "store/missing") {
            return std::optional<StoredFile>{};
        }
        if (!file) {
            return std::unexpected(file.error());
        }
        return std::optional(toStored(std::move(*file)));
    });
}

QCoro::Task<Result<std::optional<Remembered>>> Persistence::remembered(std::string key)
{
    co_return co_await m_database.run([key](store::Sql &sql) -> Result<std::optional<Remembered>> {
        const auto answer = sql.getAnswer(key);
        if (!answer) {
            return std::unexpected(answer.error());
        }
        return *answer
                   ? std::optional(Remembered{key, (*answer)->status, (*answer)->body, (*answer)->request})
                   : std::nullopt;
    });
}

QCoro::Task<Result<MissedChanges>> Persistence::changesSince(std::int64_t since)
{
    co_return co_await m_database.run([since](store::Sql &sql) -> Result<MissedChanges> {
        MissedChanges missed;
        missed.upTo = since;
        while (true) {
            const auto page = sql.changesSince(missed.upTo, {}, pageSize);
            if (!page) {
                return std::unexpected(page.error());
            }
            if (page->compacted) {
                return failure("control/compacted",
                               "Changes since " + std::to_string(since) +
                                   " are no longer kept. List again, then watch from the "
                                   "list's nest-watch-id.");
            }
            for (const auto &row : page->changes) {
                if (!isInternal(row.kind)) {
                    missed.changes.push_back(toChange(row));
                }
            }
            if (page->last <= missed.upTo || static_cast<int>(page->changes.size()) < pageSize) {
                missed.upTo = std::max(missed.upTo, page->last);
                return missed;
            }
            missed.upTo = page->last;
        }
    });
}

QCoro::Task<Result<std::vector<wire::Decision>>> Persistence::decisions(DecisionQuery query)
{
    co_return co_await m_database.run([query](store::Sql &sql) { return readDecisions(sql, query); });
}

QCoro::Task<Result<std::optional<wire::Decision>>> Persistence::decision(std::string id)
{
    co_return co_await m_database.run([id](store::Sql &sql) -> Result<std::optional<wire::Decision>> {
        const auto record = sql.getDecision(id);
        if (!record && record.error().type == "store/missing") {
            return std::optional<wire::Decision>{};
        }
        if (!record) {
            return std::unexpected(record.error());
        }
        auto decision = wire::read<wire::Decision>(record->body, wire::UnknownFields::Ignore);
        if (!decision) {
            return std::unexpected(decision.error());
        }
        return std::optional(std::move(*decision));
    });
}

QCoro::Task<Result<>> Persistence::saveSeries(std::vector<metrics::Metrics::Chunk> chunks)
{
    co_return co_await m_database.run([chunks = std::move(chunks)](store::Sql &sql) -> Result<> {
        for (const auto &chunk : chunks) {
            const store::SeriesChunk row{revisionText(chunk.key),
                                         wire::Time(std::chrono::seconds(chunk.start)),
                                         chunk.resolutionSeconds, chunk.blob};
            if (auto put = sql.putSeries(row); !put) {
                return put;
            }
        }
        return {};
    });
}

QCoro::Task<Result<>> Persistence::prune()
{
    co_return co_await m_database.run([](store::Sql &sql) -> Result<> {
        if (auto pruned = sql.pruneChanges(keepChanges, keepChangesCount); !pruned) {
            return pruned;
        }
        if (auto gone = sql.deleteAnswersBefore(sql.now() - keepAnswers); !gone) {
            return std::unexpected(gone.error());
        }
        if (auto gone = sql.deleteDecisionsBefore(sql.now() - keepDecisions); !gone) {
            return std::unexpected(gone.error());
        }
        for (const int resolution : resolutions) {
            const auto before =
                sql.now() - std::chrono::seconds(metrics::Metrics::retentionSeconds(resolution));
            if (auto gone = sql.deleteSeriesBefore(resolution, before); !gone) {
                return std::unexpected(gone.error());
            }
        }
        return {};
    });
}

} // namespace nest::control
