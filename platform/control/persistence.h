// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The control plane's view of the store: one batch is one transaction, and what is awaited is durable.
// Documents are kept as the JSON that the API serves. Thread: control; the work happens on the store thread.

#include "api/wire/types.h"
#include "platform/control/catalogue.h"
#include "platform/control/watchhub.h"
#include "platform/metrics/metrics.h"
#include "platform/store/database.h"

#include <QCoroTask>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nest::control {

/// Each document write is a change that watchers see; its number is the document's new etag.
struct DocumentWrite
{
    std::string kind; // functions, builds, versions, deployments, groups, pools; internal: isInternal()
    std::string id;
    std::string parent;
    std::string body;          // as served but without etag; empty: delete
    std::int64_t expected = 0; // etag it must have; 0: must not exist; anyEtag: whatever it has
    static constexpr std::int64_t anyEtag = -1;
};

struct FileWrite
{
    std::string function;
    std::string path;
    std::optional<std::string> content; // nothing: delete
    std::int64_t expected = 0;          // as above
};

/// A transition of something that is no document, or of a document's computed status. `object` empty:
/// deleted.
struct PendingChange
{
    std::string kind;
    std::string key;
    std::string object;
};

struct Remembered
{
    std::string key;
    int status = 0;
    std::string body;
    std::string request; // digest of the body that was sent with the key; empty: not known
};

struct NeededDocument
{
    std::string kind;
    std::string id;
};

struct Batch
{
    std::vector<NeededDocument> needed; // store/missing unless all of them are there
    std::vector<DocumentWrite> documents;
    std::vector<FileWrite> files;
    std::vector<PendingChange> changes;
    std::vector<wire::Decision> decisions;
    std::optional<Remembered> answer; // for an Idempotency-Key
    std::string forgetBelow;          // this function's files and its documents of internal kinds
};

struct Committed
{
    std::vector<std::int64_t> documentEtags; // one a document of the batch, in its order
    std::vector<std::int64_t> fileEtags;
    std::vector<Change> changes; // to publish
};

struct StoredFile
{
    std::string path;
    std::string content;
    std::int64_t sizeBytes = 0;
    std::int64_t etag = 0;
    wire::Time changedAt;
};

struct StoredDocument
{
    std::string id;
    std::string body; // without etag
    std::int64_t etag = 0;
};

struct DecisionQuery
{
    std::string function;
    std::optional<wire::GroupName> group;
    std::optional<int> version;
    std::optional<wire::Time> from;
    std::optional<wire::Time> to;
    std::string before; // id of the last one of the page before
    int limit = 100;
};

struct MissedChanges
{
    std::vector<Change> changes;
    std::int64_t upTo = 0;
};

class Persistence final
{
public:
    explicit Persistence(store::Database &database);

    /// Before the event loop runs: everything that Catalogue holds, and the last change's id.
    Result<std::int64_t> load(Catalogue &into);

    /// What metrics kept of these revisions, for restore(). Before the event loop runs.
    Result<std::vector<metrics::Metrics::Chunk>> loadSeries(const std::vector<gateway::RevisionKey> &keys,
                                                            wire::Time now);

    /// Errors: store/stale, store/exists, store/missing, store/full …
    QCoro::Task<Result<Committed>> commit(Batch batch);
    /// Waits; for the start, before the event loop runs.
    Result<Committed> commitBlocking(Batch batch);

    QCoro::Task<Result<std::vector<StoredFile>>> files(std::string function, bool withContent);
    QCoro::Task<Result<std::optional<StoredFile>>> file(std::string function, std::string path);
    /// The first of these ids that there is.
    QCoro::Task<Result<std::optional<StoredDocument>>> document(std::string kind,
                                                                std::vector<std::string> ids);
    /// In the order of ids, those after `afterId`.
    QCoro::Task<Result<std::vector<StoredDocument>>> documents(std::string kind, std::string parent,
                                                               std::string afterId, int limit);
    QCoro::Task<Result<std::vector<std::string>>> documentIds(std::string kind, std::string parent);
    static Result<std::vector<std::string>> idsBelow(store::Sql &sql, const std::string &kind,
                                                     const std::string &parent);
    static Result<> loadSecrets(store::Sql &sql, Catalogue &into);
    QCoro::Task<Result<std::optional<Remembered>>> remembered(std::string key);
    /// `control/compacted` when `since` is older than what is kept.
    QCoro::Task<Result<MissedChanges>> changesSince(std::int64_t since);
    QCoro::Task<Result<std::vector<wire::Decision>>> decisions(DecisionQuery query);
    QCoro::Task<Result<std::optional<wire::Decision>>> decision(std::string id);

    QCoro::Task<Result<>> saveSeries(std::vector<metrics::Metrics::Chunk> chunks);
    /// Old changes, answers, decisions and series go.
    QCoro::Task<Result<>> prune();

private:
    store::Database &m_database;
};

} // namespace nest::control
