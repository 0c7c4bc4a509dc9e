// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a job can do with the database. A job is one transaction: when it returns an error nothing of it
// is kept, and when its answer is delivered everything of it is on the disk.
//
// Thread: the store thread, inside a job; it is never kept beyond it. Owner: Worker.

#include "platform/store/records.h"

#include <span>
#include <string_view>

namespace nest::store {

class Connection;

struct Page
{
    std::string parent = {};  // empty: of any parent
    std::string afterId = {}; // the last id of the previous page
    int limit = 1'000;
};

class Sql final
{
public:
    Sql(Connection &connection, TimePoint now) : m_connection(connection), m_now(now) {}
    Sql(const Sql &) = delete;
    Sql &operator=(const Sql &) = delete;

    /// The time this job began, for all that it writes.
    [[nodiscard]] TimePoint now() const { return m_now; }

    // Documents. A write appends its change, whose number is the new etag.
    /// store/stale, store/exists (both with what is present) or store/missing when the condition fails.
    [[nodiscard]] Result<std::int64_t> putDocument(const NewDocument &document,
                                                   const Condition &condition = {});
    /// store/missing when there is none.
    [[nodiscard]] Result<Document> getDocument(std::string_view kind, std::string_view id);
    /// In the order of ids.
    [[nodiscard]] Result<std::vector<Document>> listDocuments(std::string_view kind, const Page &page = {});
    /// The number of the change.
    [[nodiscard]] Result<std::int64_t> deleteDocument(std::string_view kind, std::string_view id,
                                                      const Condition &condition = {});

    // Changes, the source of watch.
    /// For transitions of things that are no documents; documents and files append theirs by themselves.
    [[nodiscard]] Result<std::int64_t> appendChange(std::string_view kind, std::string_view key,
                                                    Operation operation, std::string_view body);
    /// No kinds: of all kinds.
    [[nodiscard]] Result<ChangePage> changesSince(std::int64_t id, std::span<const std::string> kinds,
                                                  int limit = 1'000);
    /// The number of the newest change there ever was: list, then watch from here.
    [[nodiscard]] Result<std::int64_t> lastChange();
    /// Forgets what is older than `age` or beyond the newest `count`, and remembers how far that went.
    [[nodiscard]] Result<> pruneChanges(std::chrono::milliseconds age, std::int64_t count);

    // Files of the draft. Their changes have the kind "file" and the key function/path, without the content.
    [[nodiscard]] Result<std::int64_t> putFile(std::string_view function, std::string_view path,
                                               std::string_view content, const Condition &condition = {});
    [[nodiscard]] Result<File> getFile(std::string_view function, std::string_view path);
    /// In the order of paths, without contents.
    [[nodiscard]] Result<std::vector<File>> listFiles(std::string_view function);
    [[nodiscard]] Result<std::int64_t> deleteFile(std::string_view function, std::string_view path,
                                                  const Condition &condition = {});

    // Decisions: append-only.
    [[nodiscard]] Result<> addDecision(const DecisionRecord &decision);
    /// Newest first.
    [[nodiscard]] Result<std::vector<DecisionRecord>> listDecisions(const DecisionQuery &query);
    /// store/missing when there is none.
    [[nodiscard]] Result<DecisionRecord> getDecision(std::string_view id);
    [[nodiscard]] Result<std::int64_t> deleteDecisionsBefore(TimePoint at);

    // Chunks of series; the start identifies a chunk, a second put replaces it.
    [[nodiscard]] Result<> putSeries(const SeriesChunk &chunk);
    /// Chunks that start at `from` or later and before `to`, in order.
    [[nodiscard]] Result<std::vector<SeriesChunk>>
    readSeries(std::string_view revision, int resolutionSeconds, TimePoint from, TimePoint to);
    [[nodiscard]] Result<std::int64_t> deleteSeriesBefore(int resolutionSeconds, TimePoint start);

    // Answers to requests that may be sent twice.
    [[nodiscard]] Result<std::optional<Answer>> getAnswer(std::string_view key);
    /// store/exists when the key has one.
    [[nodiscard]] Result<> putAnswer(std::string_view key, int status, std::string_view body,
                                     std::string_view request = {});
    [[nodiscard]] Result<std::int64_t> deleteAnswersBefore(TimePoint at);

private:
    Connection &m_connection;
    TimePoint m_now;
};

} // namespace nest::store
