// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The draft's files: one truth on the platform, each file with an etag of its own so that two writers of
// different files never meet.

#include "platform/control/functionsapi.h"

#include "api/wire/codec.h"
#include "platform/builds/filecontent.h"
#include "platform/builds/paths.h"

#include <algorithm>
#include <iterator>

namespace nest::control {

namespace {

wire::File toWire(const StoredFile &stored, bool withContent)
{
    auto file = builds::wireFile(stored.path, withContent ? stored.content : std::string());
    file.etag = etagText(stored.etag);
    file.status = wire::FileStatus{stored.sizeBytes, stored.changedAt};
    return file;
}

Error unknownFile(const std::string &function, const std::string &path)
{
    return {"control/unknown-file", "The draft of '" + function + "' has no file '" + path + "'.", {}};
}

} // namespace

void FunctionsApi::touchDraft(const std::string &function, Batch &batch)
{
    auto *entry = m_context.catalogue.function(function);
    if (entry == nullptr) {
        return;
    }
    // The stamp is part of the function's status, not of what a person writes: its etag stays.
    auto &status = entry->document.status.emplace(entry->document.status.value_or(wire::FunctionStatus{}));
    status.draftChangedAt = m_context.now();
    batch.changes.push_back(
        {"functions", function, withEtag(storedBody(rendered(m_context, *entry)), entry->etag)});
}

FunctionsApi::Task FunctionsApi::listFiles(CallPtr call)
{
    const auto name = call->parameter("function");
    if (m_context.catalogue.function(name) == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    const auto files = co_await m_context.persistence.files(name, false);
    if (!files) {
        co_return std::unexpected(files.error());
    }
    std::vector<wire::File> all;
    for (const auto &file : *files) {
        all.push_back(toWire(file, false));
    }
    const auto answer = pageOf(std::move(all), *page, [](const wire::File &file) { return file.path; });
    co_return listAnswer(m_context, wire::write(answer));
}

FunctionsApi::Task FunctionsApi::getFile(CallPtr call)
{
    const auto name = call->parameter("function");
    const auto path = call->parameter("path");
    if (m_context.catalogue.function(name) == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    const auto file = co_await m_context.persistence.file(name, path);
    if (!file) {
        co_return std::unexpected(file.error());
    }
    if (!*file) {
        co_return std::unexpected(unknownFile(name, path));
    }
    co_return jsonAnswer(200, wire::write(toWire(**file, true)), (*file)->etag);
}

FunctionsApi::Task FunctionsApi::putFile(CallPtr call)
{
    const auto name = call->parameter("function");
    const auto path = call->parameter("path");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    if (m_context.catalogue.function(name) == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    if (auto checked = builds::checkPath(path); !checked) {
        co_return failure(checked.error().type, checked.error().detail, {{"/path", checked.error().detail}});
    }
    const auto body = wire::read<wire::File>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    if (!body->path.empty() && body->path != path) {
        co_return failure("control/invalid", "path differs from the address.",
                          {{"/path", "must be '" + path + "'"}});
    }
    auto content = builds::bytesOf(*body);
    if (!content) {
        co_return failure("control/invalid", "content is not base 64.", {{"/content", "must be base 64"}});
    }
    if (content->size() > builds::maxFileBytes) {
        co_return failure("builds/too-large", "A draft file has at most 5 MiB.",
                          {{"/content", "has more than 5 MiB"}});
    }
    const auto present = co_await m_context.persistence.file(name, path);
    if (!present) {
        co_return std::unexpected(present.error());
    }
    const bool exists = present->has_value();
    if (exists && (condition->mustNotExist || !condition->allows((*present)->etag))) {
        co_return staleAnswer(wire::write(toWire(**present, true)), (*present)->etag, call->requestId);
    }
    if (!exists && !condition->mustNotExist && condition->etag != DocumentWrite::anyEtag) {
        co_return std::unexpected(unknownFile(name, path));
    }
    if (!exists) {
        const auto files = co_await m_context.persistence.files(name, false);
        if (files && files->size() >= builds::maxFiles) {
            co_return failure("builds/too-large", "A draft has at most 2,000 files.");
        }
        std::vector<std::string> others;
        if (files) {
            std::ranges::transform(*files, std::back_inserter(others), &StoredFile::path);
        }
        if (auto checked = builds::checkDraftPath(path, others); !checked) {
            co_return std::unexpected(checked.error());
        }
    }
    StoredFile next{path, "", static_cast<std::int64_t>(content->size()), 0, m_context.now()};
    Batch batch;
    batch.files.push_back({name, path, std::move(content), exists ? (*present)->etag : 0});
    touchDraft(name, batch);
    auto done = co_await commitAndPublish(m_context, std::move(batch));
    if (!done && (done.error().type == "store/stale" || done.error().type == "store/exists")) {
        const auto now = co_await m_context.persistence.file(name, path);
        if (now && *now) {
            co_return staleAnswer(wire::write(toWire(**now, true)), (*now)->etag, call->requestId);
        }
    }
    if (!done) {
        co_return std::unexpected(done.error());
    }
    next.etag = done->fileEtags.front();
    auto text = wire::write(toWire(next, false));
    co_return exists ? jsonAnswer(200, std::move(text), next.etag)
                     : createdAnswer(std::move(text), next.etag, "/v1/functions/" + name + "/files/" + path);
}

FunctionsApi::Task FunctionsApi::removeFile(CallPtr call)
{
    const auto name = call->parameter("function");
    const auto path = call->parameter("path");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    if (m_context.catalogue.function(name) == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    const auto present = co_await m_context.persistence.file(name, path);
    if (!present) {
        co_return std::unexpected(present.error());
    }
    if (!*present) {
        co_return std::unexpected(unknownFile(name, path));
    }
    if (!condition->allows((*present)->etag)) {
        co_return staleAnswer(wire::write(toWire(**present, true)), (*present)->etag, call->requestId);
    }
    Batch batch;
    batch.files.push_back({name, path, std::nullopt, (*present)->etag});
    touchDraft(name, batch);
    if (auto done = co_await commitAndPublish(m_context, std::move(batch)); !done) {
        co_return std::unexpected(done.error());
    }
    co_return Answer{204, {}, ""};
}

} // namespace nest::control
