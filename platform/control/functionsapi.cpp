// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/functionsapi.h"

#include "api/wire/codec.h"
#include "platform/builds/paths.h"
#include "platform/builds/templates.h"
#include "platform/control/fields.h"
#include "platform/control/newdraft.h"
#include "platform/runtimes/catalogue.h"

#include <QCryptographicHash>

#include <algorithm>

namespace nest::control {

namespace {

constexpr std::size_t maxDescription = 2'000;

/// What is wrong with the fields that a person may write, each with its pointer.
std::vector<FieldError> fieldErrors(const std::string &service, const std::string &description,
                                    const std::string &owner, const std::string &runtime)
{
    std::vector<FieldError> errors;
    if (service.empty() || service.size() > 40) {
        errors.push_back({"/service", "must have 1 to 40 characters; 'default' is the usual one"});
    }
    if (description.size() > maxDescription) {
        errors.push_back({"/description", "must have at most 2,000 characters"});
    }
    if (owner.size() > 100) {
        errors.push_back({"/owner", "must have at most 100 characters"});
    }
    if (runtimes::find(runtime) == nullptr) {
        errors.push_back({"/runtime", "must be a runtime that this platform has: " + runtimes::knownIds()});
    }
    return errors;
}

std::string digestOf(const std::string &body)
{
    return QCryptographicHash::hash(QByteArrayView(body.data(), static_cast<qsizetype>(body.size())),
                                    QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

} // namespace

FunctionsApi::FunctionsApi(Context &context) : m_context(context) {}

void FunctionsApi::addRoutes(Router &router)
{
    const auto add = [&](const char *method, const char *pattern, Task (FunctionsApi::*handler)(CallPtr)) {
        router.add(method, pattern,
                   [this, handler](CallPtr call) { return (this->*handler)(std::move(call)); });
    };
    add("GET", "/v1/functions", &FunctionsApi::list);
    add("POST", "/v1/functions", &FunctionsApi::create);
    add("GET", "/v1/functions/{function}", &FunctionsApi::get);
    add("PUT", "/v1/functions/{function}", &FunctionsApi::put);
    add("DELETE", "/v1/functions/{function}", &FunctionsApi::remove);
    add("GET", "/v1/functions/{function}/files", &FunctionsApi::listFiles);
    add("GET", "/v1/functions/{function}/files/{path...}", &FunctionsApi::getFile);
    add("PUT", "/v1/functions/{function}/files/{path...}", &FunctionsApi::putFile);
    add("DELETE", "/v1/functions/{function}/files/{path...}", &FunctionsApi::removeFile);
    add("GET", "/v1/templates", &FunctionsApi::templates);
    add("GET", "/v1/templates/{template}", &FunctionsApi::getTemplate);
}

FunctionsApi::Task FunctionsApi::list(CallPtr call)
{
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    wire::List<wire::Function> answer;
    auto at = page->cursor.empty() ? m_context.catalogue.functions.begin()
                                   : m_context.catalogue.functions.upper_bound(page->cursor);
    for (; at != m_context.catalogue.functions.end() && answer.items.size() < page->limit; ++at) {
        answer.items.push_back(rendered(m_context, at->second));
    }
    if (at != m_context.catalogue.functions.end()) {
        answer.nextCursor = answer.items.back().name;
    }
    co_return listAnswer(m_context, wire::write(answer));
}

FunctionsApi::Task FunctionsApi::create(CallPtr call)
{
    const auto body = wire::read<wire::CreateFunction>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    if (auto name = builds::checkFunctionName(body->name); !name) {
        co_return failure(name.error().type, name.error().detail, {{"/name", name.error().detail}});
    }
    if (auto errors = fieldErrors(body->service, body->description, body->owner,
                                  body->runtime.value_or(std::string(runtimes::all().front().id)));
        !errors.empty()) {
        co_return std::unexpected(invalid(std::move(errors)));
    }
    const std::string key(call->request.header("idempotency-key"));
    const auto digest = digestOf(call->request.body);
    if (!key.empty()) {
        const auto earlier = co_await m_context.persistence.remembered(key);
        if (!earlier) {
            co_return std::unexpected(earlier.error());
        }
        if (*earlier) {
            co_return answeredBefore(**earlier, digest);
        }
    }
    auto files = newDraft(*body, m_context.shareDirectory + "/templates");
    if (!files) {
        co_return std::unexpected(files.error());
    }
    const auto runtime = runtimeOf(*files);
    Batch batch;
    for (auto &file : *files) {
        batch.files.push_back({body->name, std::move(file.path), std::move(file.content), 0});
    }
    FunctionEntry entry;
    entry.document.name = body->name;
    entry.document.service = body->service;
    entry.document.description = body->description;
    entry.document.owner = body->owner.empty() ? call->user : body->owner;
    entry.document.runtime = body->runtime.value_or(runtime);
    auto &status = entry.document.status.emplace();
    status.createdAt = m_context.now();
    status.draftChangedAt = status.createdAt;

    const auto text = storedBody(rendered(m_context, entry));
    batch.documents.push_back({"functions", body->name, "", text, 0});
    if (!key.empty()) {
        batch.answer = Remembered{key, 201, text, digest};
    }
    const auto committed = co_await commitAndPublish(m_context, std::move(batch));
    if (!committed && committed.error().type == "store/exists" && !key.empty()) {
        // Sent twice at the same time: the other one was first.
        if (const auto earlier = co_await m_context.persistence.remembered(key); earlier && *earlier) {
            co_return answeredBefore(**earlier, digest);
        }
    }
    if (!committed && committed.error().type == "store/exists") {
        co_return failure("store/exists",
                          "There is a function '" + body->name + "' already. Open it or take another name.",
                          {{"/name", "is in use"}});
    }
    if (!committed) {
        co_return std::unexpected(committed.error());
    }
    entry.etag = committed->documentEtags.front();
    m_context.catalogue.functions.emplace(body->name, entry);
    co_return createdAnswer(withEtag(text, entry.etag), entry.etag, "/v1/functions/" + body->name);
}

/// The same answer again; with the present etag as long as the function exists.
Result<Answer> FunctionsApi::answeredBefore(const Remembered &earlier, const std::string &digest) const
{
    if (!earlier.request.empty() && earlier.request != digest) {
        return failure(
            "control/key-reused",
            "The Idempotency-Key '" + earlier.key +
                "' came with another body before, and nothing was done now. Take a new key for a new "
                "request, or send the first one unchanged.");
    }
    const auto sent = wire::read<wire::Function>(earlier.body, wire::UnknownFields::Ignore);
    const auto *entry = sent ? m_context.catalogue.function(sent->name) : nullptr;
    return entry == nullptr ? jsonAnswer(earlier.status, earlier.body)
                            : createdAnswer(withEtag(earlier.body, entry->etag), entry->etag,
                                            "/v1/functions/" + sent->name);
}

FunctionsApi::Task FunctionsApi::get(CallPtr call)
{
    const auto *entry = m_context.catalogue.function(call->parameter("function"));
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(call->parameter("function")));
    }
    co_return jsonAnswer(200, wire::write(rendered(m_context, *entry)), entry->etag);
}

FunctionsApi::Task FunctionsApi::put(CallPtr call)
{
    const auto name = call->parameter("function");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    auto body = wire::read<wire::Function>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    const auto *entry = m_context.catalogue.function(name);
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    std::vector<FieldError> errors =
        fieldErrors(body->service, body->description, body->owner, body->runtime);
    if (body->name != name) {
        errors.push_back({"/name", "never changes: leave it '" + name + "', or create another function"});
    }
    if (body->runtime != entry->document.runtime) {
        errors.push_back({"/runtime", "is fixed when a function is created"});
    }
    if (!errors.empty()) {
        co_return std::unexpected(invalid(std::move(errors)));
    }
    if (condition->mustNotExist || !condition->allows(entry->etag)) {
        co_return staleAnswer(wire::write(rendered(m_context, *entry)), entry->etag, call->requestId);
    }
    FunctionEntry next = *entry;
    next.document.service = body->service;
    next.document.description = body->description;
    next.document.owner = body->owner;
    const auto text = storedBody(rendered(m_context, next));
    Batch batch;
    batch.documents.push_back({"functions", name, "", text, entry->etag});
    const auto committed = co_await commitAndPublish(m_context, std::move(batch));
    auto *present = m_context.catalogue.function(name);
    if (!committed) {
        if (committed.error().type == "store/stale" && present != nullptr) {
            co_return staleAnswer(wire::write(rendered(m_context, *present)), present->etag, call->requestId);
        }
        co_return std::unexpected(committed.error());
    }
    const auto etag = committed->documentEtags.front();
    if (present != nullptr) {
        present->document = next.document;
        present->etag = etag;
    }
    co_return jsonAnswer(200, withEtag(text, etag), etag);
}

FunctionsApi::Task FunctionsApi::remove(CallPtr call)
{
    const auto name = call->parameter("function");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    const auto *entry = m_context.catalogue.function(name);
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    if (!condition->allows(entry->etag)) {
        co_return staleAnswer(wire::write(rendered(m_context, *entry)), entry->etag, call->requestId);
    }
    if (!entry->deployments.empty()) {
        co_return failure("control/has-deployments", "'" + name + "' is deployed to " +
                                                         toString(entry->deployments.begin()->first) +
                                                         ". Delete its deployments first.");
    }
    Batch batch;
    batch.documents.push_back({"functions", name, "", "", entry->etag});
    for (const auto &[number, build] : entry->builds) {
        batch.documents.push_back(
            {"builds", name + '/' + std::to_string(number), name, "", DocumentWrite::anyEtag});
    }
    for (const auto &[number, version] : entry->versions) {
        batch.documents.push_back(
            {"versions", name + '/' + std::to_string(number), name, "", DocumentWrite::anyEtag});
    }
    batch.forgetBelow = name;
    if (auto done = co_await commitAndPublish(m_context, std::move(batch)); !done) {
        co_return std::unexpected(done.error());
    }
    m_context.catalogue.functions.erase(name);
    const auto isBelow = [below = name + '/'](const auto &item) {
        return item.first.starts_with(below);
    };
    std::erase_if(m_context.catalogue.artefacts, isBelow);
    std::erase_if(m_context.catalogue.defaults, isBelow);
    m_context.logs.forget(name);
    m_context.trials.endAll(name);
    co_return Answer{204, {}, ""};
}

FunctionsApi::Task FunctionsApi::templates(CallPtr call)
{
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    const auto answer = pageOf(builds::templates(m_context.shareDirectory + "/templates"), *page,
                               [](const wire::Template &entry) { return entry.id; });
    co_return listAnswer(m_context, wire::write(answer));
}

FunctionsApi::Task FunctionsApi::getTemplate(CallPtr call)
{
    const auto &id = call->parameter("template");
    const auto found = builds::templateWithContents(id, m_context.shareDirectory + "/templates");
    if (!found) {
        co_return failure("control/unknown-template",
                          "There is no template '" + id + "'. GET /v1/templates lists them.");
    }
    co_return jsonAnswer(200, wire::write(*found));
}

} // namespace nest::control
