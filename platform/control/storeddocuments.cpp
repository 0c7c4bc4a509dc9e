// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The documents that are read from the store each time because they are many or large: nothing of them is
// held in the catalogue.

#include "platform/control/persistence.h"

namespace nest::control {

namespace {

constexpr int pageSize = 50; // of bodies up to a MiB

StoredDocument toStored(store::Document document)
{
    return {std::move(document.id), std::move(document.body), document.etag};
}

} // namespace

QCoro::Task<Result<std::optional<StoredDocument>>> Persistence::document(std::string kind,
                                                                         std::vector<std::string> ids)
{
    co_return co_await m_database.run([kind, ids](store::Sql &sql) -> Result<std::optional<StoredDocument>> {
        for (const auto &id : ids) {
            auto found = sql.getDocument(kind, id);
            if (found) {
                return std::optional(toStored(std::move(*found)));
            }
            if (found.error().type != "store/missing") {
                return std::unexpected(found.error());
            }
        }
        return std::optional<StoredDocument>();
    });
}

QCoro::Task<Result<std::vector<StoredDocument>>> Persistence::documents(std::string kind, std::string parent,
                                                                        std::string afterId, int limit)
{
    co_return co_await m_database.run(
        [kind, parent, afterId, limit](store::Sql &sql) -> Result<std::vector<StoredDocument>> {
            auto found = sql.listDocuments(kind, {.parent = parent, .afterId = afterId, .limit = limit});
            if (!found) {
                return std::unexpected(found.error());
            }
            std::vector<StoredDocument> documents;
            for (auto &document : *found) {
                documents.push_back(toStored(std::move(document)));
            }
            return documents;
        });
}

QCoro::Task<Result<std::vector<std::string>>> Persistence::documentIds(std::string kind, std::string parent)
{
    co_return co_await m_database.run(
        [kind, parent](store::Sql &sql) { return idsBelow(sql, kind, parent); });
}

Result<std::vector<std::string>> Persistence::idsBelow(store::Sql &sql, const std::string &kind,
                                                       const std::string &parent)
{
    std::vector<std::string> ids;
    while (true) {
        const auto page = sql.listDocuments(
            kind, {.parent = parent, .afterId = ids.empty() ? "" : ids.back(), .limit = pageSize});
        if (!page) {
            return std::unexpected(page.error());
        }
        for (const auto &document : *page) {
            ids.push_back(document.id);
        }
        if (static_cast<int>(page->size()) < pageSize) {
            return ids;
        }
    }
}

Result<> Persistence::loadSecrets(store::Sql &sql, Catalogue &into)
{
    std::string after;
    while (true) {
        const auto page = sql.listDocuments("secrets", {.parent = "", .afterId = after, .limit = pageSize});
        if (!page) {
            return std::unexpected(page.error());
        }
        for (const auto &document : *page) {
            after = document.id;
            if (auto *function = into.function(document.parent)) {
                const auto name = document.id.substr(document.parent.size() + 1);
                function->secrets[name] = {secrets::decode(document.body), document.etag};
            }
        }
        if (static_cast<int>(page->size()) < pageSize) {
            return {};
        }
    }
}

} // namespace nest::control
