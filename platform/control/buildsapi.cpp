// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/buildsapi.h"

#include "api/wire/codec.h"
#include "platform/control/fields.h"

namespace nest::control {

namespace {

constexpr std::size_t maxDescription = 200; // characters: a line in a list of versions
constexpr std::size_t maxLogLines = 2'000;
constexpr std::size_t maxTextBytes = 200'000; // of a whole log, so that one document stays readable

std::string documentId(std::string_view function, int number)
{
    return std::string(function) + '/' + std::to_string(number);
}

Error unknownBuild(std::string_view function, std::string_view number)
{
    return {"control/unknown-build",
            "'" + std::string(function) + "' has no build #" + std::string(number) + ".",
            {}};
}

bool isRunning(const wire::Build &build)
{
    return build.state == wire::BuildState::Queued || build.state == wire::BuildState::Running;
}

/// Newest first, after `cursor`, a number.
template <typename T>
wire::List<T> newestFirst(const std::map<int, T> &all, const Paging &page)
{
    wire::List<T> answer;
    const auto start = page.cursor.empty() ? Result<int>(std::numeric_limits<int>::max())
                                           : wholeNumber(page.cursor, "cursor");
    for (auto at = all.rbegin(); at != all.rend(); ++at) {
        if (start && at->first >= *start) {
            continue;
        }
        if (answer.items.size() == page.limit) {
            answer.nextCursor = std::to_string(std::prev(at)->first);
            break;
        }
        answer.items.push_back(at->second);
    }
    return answer;
}

} // namespace

BuildsApi::BuildsApi(Context &context, QObject *parent) : QObject(parent), m_context(context)
{
    connect(&m_context.builder, &builds::Builder::started, this, &BuildsApi::onStarted);
    connect(&m_context.builder, &builds::Builder::progress, this, &BuildsApi::onProgress);
    connect(&m_context.builder, &builds::Builder::finished, this, &BuildsApi::onFinished);
}

void BuildsApi::addRoutes(Router &router)
{
    const auto add = [&](const char *method, const char *pattern, Task (BuildsApi::*handler)(CallPtr)) {
        router.add(method, pattern,
                   [this, handler](CallPtr call) { return (this->*handler)(std::move(call)); });
    };
    add("GET", "/v1/functions/{function}/builds", &BuildsApi::list);
    add("POST", "/v1/functions/{function}/builds", &BuildsApi::create);
    add("GET", "/v1/functions/{function}/builds/{build}", &BuildsApi::get);
    add("POST", "/v1/functions/{function}/builds/{build}/actions/cancel", &BuildsApi::cancel);
    add("GET", "/v1/functions/{function}/versions", &BuildsApi::listVersions);
    add("POST", "/v1/functions/{function}/versions", &BuildsApi::publish);
    add("GET", "/v1/functions/{function}/versions/{version}", &BuildsApi::getVersion);
    add("GET", "/v1/functions/{function}/versions/{version}/files", &BuildsApi::listVersionFiles);
    add("GET", "/v1/functions/{function}/versions/{version}/files/{path...}", &BuildsApi::getVersionFile);
}

DocumentWrite BuildsApi::write(const wire::Build &build, std::int64_t expected) const
{
    return {"builds", documentId(build.function, build.number), build.function, wire::write(build), expected};
}

void BuildsApi::touchFunction(const FunctionEntry &entry, Batch &batch) const
{
    batch.changes.push_back(
        {"functions", entry.document.name, withEtag(storedBody(rendered(m_context, entry)), entry.etag)});
}

Result<wire::Build *> BuildsApi::find(const Call &call)
{
    const auto &name = call.parameter("function");
    auto *entry = m_context.catalogue.function(name);
    if (entry == nullptr) {
        return std::unexpected(unknownFunction(name));
    }
    const auto number = wholeNumber(call.parameter("build"), "The build");
    const auto found = number ? entry->builds.find(*number) : entry->builds.end();
    if (found == entry->builds.end()) {
        return std::unexpected(unknownBuild(name, call.parameter("build")));
    }
    return &found->second;
}

BuildsApi::Task BuildsApi::list(CallPtr call)
{
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    const auto *entry = m_context.catalogue.function(call->parameter("function"));
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(call->parameter("function")));
    }
    auto answer = newestFirst(entry->builds, *page);
    for (auto &build : answer.items) {
        build.log.clear(); // the whole log is with the one build
        build.testCases.clear();
    }
    co_return listAnswer(m_context, wire::write(answer));
}

BuildsApi::Task BuildsApi::create(CallPtr call)
{
    const auto name = call->parameter("function");
    auto *entry = m_context.catalogue.function(name);
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    if (!entry->builds.empty() && isRunning(entry->builds.rbegin()->second)) {
        const auto running = std::to_string(entry->builds.rbegin()->first);
        co_return failure("control/build-running",
                          "Build #" + running + " of '" + name +
                              "' is running. Wait for it or cancel it, then build again.");
    }
    wire::Build build;
    build.number = entry->builds.empty() ? 1 : entry->builds.rbegin()->first + 1;
    build.function = name;
    build.createdAt = m_context.now();
    entry->builds[build.number] = build; // a second request sees it while the first is being written

    const auto files = co_await m_context.persistence.files(name, true);
    entry = m_context.catalogue.function(name);
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    if (!files || files->empty()) {
        entry->builds.erase(build.number);
        if (!files) {
            co_return std::unexpected(files.error());
        }
        co_return failure("control/draft-empty", "The draft of '" + name +
                                                     "' has no files. Put function.yaml and the "
                                                     "handler first.");
    }
    Batch batch;
    batch.documents.push_back(write(build, 0));
    touchFunction(*entry, batch);
    if (auto done = co_await commitAndPublish(m_context, std::move(batch)); !done) {
        if (auto *present = m_context.catalogue.function(name)) {
            present->builds.erase(build.number);
        }
        co_return std::unexpected(done.error());
    }
    builds::BuildRequest request;
    request.function = name;
    request.number = build.number;
    if (const auto *present = m_context.catalogue.function(name)) {
        request.runtime = present->document.runtime;
    }
    for (const auto &file : *files) {
        request.files.push_back({file.path, file.content});
    }
    m_sources[documentId(name, build.number)] = wire::write(builds::sourcesOf(request.files));
    m_context.builder.build(std::move(request));
    auto answer = jsonAnswer(202, wire::write(build));
    answer.headers.push_back(
        {"Location", "/v1/functions/" + name + "/builds/" + std::to_string(build.number)});
    co_return answer;
}

BuildsApi::Task BuildsApi::get(CallPtr call)
{
    const auto build = find(*call);
    if (!build) {
        co_return std::unexpected(build.error());
    }
    co_return jsonAnswer(200, wire::write(**build));
}

BuildsApi::Task BuildsApi::cancel(CallPtr call)
{
    const auto build = find(*call);
    if (!build) {
        co_return std::unexpected(build.error());
    }
    if (!isRunning(**build)) {
        co_return failure("control/not-running", "Build #" + std::to_string((*build)->number) +
                                                     " has ended already: it is " +
                                                     wire::enumText((*build)->state) + ".");
    }
    m_context.builder.cancel((*build)->function, (*build)->number);
    co_return jsonAnswer(202, wire::write(**build));
}

void BuildsApi::onStarted(const std::string &function, int number)
{
    if (auto *entry = m_context.catalogue.function(function);
        entry != nullptr && entry->builds.contains(number)) {
        entry->builds[number].state = wire::BuildState::Running;
        entry->builds[number].startedAt = m_context.now();
    }
}

void BuildsApi::onProgress(const std::string &function, int number, const std::string &line)
{
    auto *entry = m_context.catalogue.function(function);
    if (entry == nullptr || !entry->builds.contains(number)) {
        return;
    }
    auto &log = entry->builds[number].log;
    if (log.size() < maxLogLines) {
        log.push_back(line.substr(0, maxTextBytes / maxLogLines * 10));
    } else if (log.size() == maxLogLines) {
        log.emplace_back("… the rest of the output was left out (2,000 lines are kept)");
    }
}

void BuildsApi::onFinished(const std::string &function, int number, const builds::BuildResult &result)
{
    auto sources = m_sources.extract(documentId(function, number));
    auto *entry = m_context.catalogue.function(function);
    if (entry == nullptr || !entry->builds.contains(number)) {
        return; // deleted in the meantime
    }
    auto build = entry->builds[number];
    build.state = result.state;
    build.reason = result.reason;
    build.problems = result.problems;
    build.tests = result.tests;
    build.testCases = result.testCases;
    build.finishedAt = m_context.now();
    if (result.state == wire::BuildState::Succeeded) {
        build.artefactDigest = result.digest;
        build.artefactBytes = result.bytes;
    }
    QCoro::connect(finish(function, std::move(build), result, sources ? sources.mapped() : ""), this, [] {});
}

QCoro::Task<> BuildsApi::finish(std::string function, wire::Build build, builds::BuildResult result,
                                std::string sources)
{
    wire::Version made;
    wire::Deployment first; // the defaults of a first deployment
    Batch batch;
    batch.documents.push_back(write(build, DocumentWrite::anyEtag));
    if (build.state == wire::BuildState::Succeeded) {
        const auto *entry = m_context.catalogue.function(function);
        made.function = function;
        made.artefactDigest = result.digest;
        made.runtime = entry != nullptr ? entry->document.runtime : "node20";
        made.handler = result.manifest.handler;
        made.memoryMegabytes = result.manifest.memoryMegabytes;
        made.timeoutSeconds = result.manifest.timeoutSeconds;
        made.environment = result.manifest.environment;
        made.network = result.manifest.network;
        batch.documents.push_back({"artefacts", function + '/' + result.digest, function, wire::write(made),
                                   DocumentWrite::anyEtag});
        first.function = function;
        first.scaling = result.manifest.scaling;
        first.concurrencyLimit = result.manifest.concurrencyLimit;
        batch.documents.push_back({"defaults", function + '/' + result.digest, function, wire::write(first),
                                   DocumentWrite::anyEtag});
        if (!sources.empty()) {
            batch.documents.push_back({"sources", documentId(function, build.number), function,
                                       std::move(sources), DocumentWrite::anyEtag});
        }
    }
    const auto done = co_await commitAndPublish(m_context, std::move(batch));
    auto *entry = m_context.catalogue.function(function);
    if (entry == nullptr) {
        co_return;
    }
    if (!done) {
        build.state = wire::BuildState::Failed;
        build.reason = "The result could not be stored: " + done.error().detail;
    } else if (build.state == wire::BuildState::Succeeded) {
        m_context.catalogue.artefacts[function + '/' + result.digest] = made;
        m_context.catalogue.defaults[function + '/' + result.digest] = first;
    }
    entry->builds[build.number] = std::move(build);
}

QCoro::Task<Result<>> BuildsApi::failInterrupted()
{
    Batch batch;
    for (auto &[name, entry] : m_context.catalogue.functions) {
        for (auto &[number, build] : entry.builds) {
            if (isRunning(build)) {
                build.state = wire::BuildState::Failed;
                build.reason = "The platform was restarted while it ran. Build again.";
                build.finishedAt = m_context.now();
                batch.documents.push_back(write(build, DocumentWrite::anyEtag));
            }
        }
    }
    if (batch.documents.empty()) {
        co_return Result<>{};
    }
    const auto done = co_await commitAndPublish(m_context, std::move(batch));
    co_return done ? Result<>{} : std::unexpected(done.error());
}

BuildsApi::Task BuildsApi::listVersions(CallPtr call)
{
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    const auto *entry = m_context.catalogue.function(call->parameter("function"));
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(call->parameter("function")));
    }
    co_return listAnswer(m_context, wire::write(newestFirst(entry->versions, *page)));
}

BuildsApi::Task BuildsApi::publish(CallPtr call)
{
    const auto name = call->parameter("function");
    const auto body = wire::read<wire::PublishVersion>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    auto *entry = m_context.catalogue.function(name);
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    const auto description = trimmed(body->description);
    if (characters(description) > maxDescription) {
        co_return std::unexpected(invalid({{"/description", "must have at most 200 characters"}}));
    }
    const auto found = entry->builds.find(body->build);
    if (found == entry->builds.end()) {
        co_return failure("control/unknown-build", unknownBuild(name, std::to_string(body->build)).detail,
                          {{"/build", "is not a build of this function"}});
    }
    auto &build = found->second;
    const auto artefact = m_context.catalogue.artefacts.find(name + '/' + build.artefactDigest.value_or(""));
    if (build.state != wire::BuildState::Succeeded || artefact == m_context.catalogue.artefacts.end()) {
        co_return failure("control/build-not-green", "Build #" + std::to_string(body->build) + " is " +
                                                         wire::enumText(build.state) +
                                                         ": only one that succeeded becomes a version.");
    }
    if (build.version) { // twice is the same as once
        co_return jsonAnswer(200, wire::write(entry->versions.at(*build.version)));
    }
    auto version = artefact->second;
    version.number = entry->versions.empty() ? 1 : entry->versions.rbegin()->first + 1;
    version.build = build.number;
    version.tests = build.tests;
    version.createdAt = m_context.now();
    version.createdBy = call->user;
    version.description = description;
    build.version = version.number;
    entry->versions[version.number] = version;
    Batch batch;
    batch.documents.push_back({"versions", documentId(name, version.number), name, wire::write(version), 0});
    batch.documents.push_back(write(build, DocumentWrite::anyEtag));
    touchFunction(*entry, batch);
    if (auto done = co_await commitAndPublish(m_context, std::move(batch)); !done) {
        if (auto *present = m_context.catalogue.function(name)) {
            present->versions.erase(version.number);
            present->builds[body->build].version.reset();
        }
        co_return std::unexpected(done.error());
    }
    auto answer = jsonAnswer(201, wire::write(version));
    answer.headers.push_back(
        {"Location", "/v1/functions/" + name + "/versions/" + std::to_string(version.number)});
    co_return answer;
}

BuildsApi::Task BuildsApi::getVersion(CallPtr call)
{
    const auto version = findVersion(*call);
    if (!version) {
        co_return std::unexpected(version.error());
    }
    co_return jsonAnswer(200, wire::write(**version));
}

} // namespace nest::control
