// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/context.h"

#include "api/wire/codec.h"
#include "platform/control/problems.h"

#include <algorithm>
#include <charconv>

namespace nest::control {

std::optional<wire::Instance> Context::instance(const std::string &id) const
{
    if (const auto *trial = trials.instance(id)) {
        return *trial;
    }
    return fleet.instance(id);
}

QCoro::Task<Result<Committed>> commitAndPublish(Context &context, Batch batch)
{
    auto committed = co_await context.persistence.commit(std::move(batch));
    if (committed) {
        for (const auto &change : committed->changes) {
            context.hub.publish(change);
        }
    }
    co_return committed;
}

Answer jsonAnswer(int status, std::string body, std::optional<std::int64_t> etag)
{
    Answer answer{
        status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body)};
    if (etag) {
        answer.headers.push_back({"ETag", '"' + etagText(*etag) + '"'});
    }
    return answer;
}

Answer createdAnswer(std::string body, std::int64_t etag, std::string location)
{
    auto answer = jsonAnswer(201, std::move(body), etag);
    answer.headers.push_back({"Location", std::move(location)});
    return answer;
}

Answer listAnswer(const Context &context, std::string body)
{
    auto answer = jsonAnswer(200, std::move(body));
    answer.headers.push_back({"nest-watch-id", std::to_string(context.hub.lastId())});
    return answer;
}

Answer problemAnswer(const Error &error, const std::string &requestId)
{
    const auto problem = toProblem(error, requestId);
    Answer answer{problem.status, {{"Content-Type", "application/problem+json"}}, wire::write(problem)};
    if (problem.status == 401) {
        answer.headers.push_back({"WWW-Authenticate", "Bearer"});
    }
    return answer;
}

Answer staleAnswer(std::string current, std::int64_t etag, const std::string &requestId)
{
    auto problem = toProblem({"store/stale",
                              "It was changed by somebody else since you read it. Compare with `current`, "
                              "then send your change again with its etag in If-Match.",
                              {}},
                             requestId);
    problem.current = wire::RawJson{std::move(current)};
    return {412,
            {{"Content-Type", "application/problem+json"}, {"ETag", '"' + etagText(etag) + '"'}},
            wire::write(problem)};
}

Result<Precondition> precondition(const Call &call)
{
    const auto noneMatch = call.request.header("if-none-match");
    if (noneMatch == "*") {
        return Precondition{true, 0};
    }
    auto match = call.request.header("if-match");
    if (match.empty()) {
        return failure(
            "control/precondition-required",
            "Send the etag you read in If-Match, or If-None-Match: * to create what does not exist yet.");
    }
    if (match == "*") {
        return Precondition{false, DocumentWrite::anyEtag};
    }
    if (match.size() >= 2 && match.front() == '"' && match.back() == '"') {
        match = match.substr(1, match.size() - 2);
    }
    std::int64_t etag = 0;
    const auto [end, error] = std::from_chars(match.data(), match.data() + match.size(), etag);
    if (error != std::errc{} || end != match.data() + match.size()) {
        etag = 0; // not one of ours: it matches nothing, which is answered with the present state
    }
    return Precondition{false, etag};
}

Result<int> wholeNumber(std::string_view text, std::string_view what)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
        return failure("control/bad-query",
                       std::string(what) + " must be a whole number, not '" + std::string(text) + "'.");
    }
    return value;
}

Result<Paging> paging(const Call &call)
{
    constexpr int most = 500;
    Paging paging;
    if (const auto limit = call.queryValue("limit")) {
        const auto number = wholeNumber(*limit, "limit");
        if (!number) {
            return std::unexpected(number.error());
        }
        if (*number < 1 || *number > most) {
            return failure("control/bad-query", "limit must be from 1 to 500.");
        }
        paging.limit = static_cast<std::size_t>(*number);
    }
    paging.cursor = call.queryValue("cursor").value_or("");
    return paging;
}

Result<wire::GroupName> groupParameter(const Call &call)
{
    const auto text = call.parameter("set") + '/' + call.parameter("lane") + '/' + call.parameter("region");
    const auto group = wire::parseGroupName(text);
    if (!group) {
        return failure("control/bad-query",
                       "'" + text +
                           "' is not a group. SET, lane and region are lower-case letters, figures and -.");
    }
    return *group;
}

Error unknownFunction(std::string_view name)
{
    return {"control/unknown-function",
            "There is no function '" + std::string(name) + "'. GET /v1/functions lists them.",
            {}};
}

std::string etagText(std::int64_t etag)
{
    return std::to_string(etag);
}

std::string withEtag(const std::string &body, std::int64_t etag)
{
    return "{\"etag\":\"" + etagText(etag) + "\"" + (body == "{}" ? "" : ",") + body.substr(1);
}

std::string storedBody(wire::Function document)
{
    document.etag.reset();
    return wire::write(document);
}

std::string storedBody(wire::Deployment document)
{
    document.etag.reset();
    return wire::write(document);
}

std::string storedBody(wire::Group document)
{
    document.etag.reset();
    return wire::write(document);
}

wire::Function rendered(const Context &context, const FunctionEntry &entry)
{
    auto document = entry.document;
    document.etag = etagText(entry.etag);
    auto &status = document.status.emplace(entry.document.status.value_or(wire::FunctionStatus{}));
    if (!entry.builds.empty()) {
        status.latestBuild = entry.builds.rbegin()->first;
    }
    if (!entry.versions.empty()) {
        status.latestVersion = entry.versions.rbegin()->first;
    }
    status.url = context.urlOf(document.name);
    return document;
}

wire::Group rendered(const Context &context, const GroupEntry &entry)
{
    auto document = entry.document;
    document.etag = etagText(entry.etag);
    auto &status = document.status.emplace(entry.document.status.value_or(wire::GroupStatus{}));
    status.deployments = context.catalogue.deploymentsIn(groupOf(entry.document));
    return document;
}

Autoscaler::Floor floorOf(const Context &context, const wire::Deployment &deployment)
{
    Autoscaler::Floor whole;
    for (const auto &weight : deployment.weights) {
        const auto part = context.autoscaler.floorOf(
            {deployment.function, deployment.set, deployment.lane, deployment.region, weight.version});
        whole.instances += part.instances;
        whole.rule = part.rule ? part.rule : whole.rule;
    }
    return whole;
}

wire::Deployment rendered(const Context &context, const DeploymentEntry &entry)
{
    auto document = entry.document;
    document.etag = etagText(entry.etag);
    auto &status = document.status.emplace(entry.document.status.value_or(wire::DeploymentStatus{}));
    status.desired = status.ready = status.starting = 0;
    status.revisions.clear();
    status.url = context.urlOf(document.function);
    status.reason.clear();
    int busy = 0;
    for (const auto &weight : document.weights) {
        const gateway::RevisionKey key{document.function, document.set, document.lane, document.region,
                                       weight.version};
        const auto counts = context.fleet.counts(key);
        busy += context.fleet.busy(key);
        const int desired = context.fleet.desired(key);
        status.revisions.push_back({weight.version, desired, counts.ready, counts.starting});
        status.desired += desired;
        status.ready += counts.ready;
        status.starting += counts.starting;
        if (status.reason.empty()) {
            status.reason = context.fleet.blockedReason(key);
        }
    }
    status.reserved.reset();
    if (const auto floor = floorOf(context, document);
        floor.instances > 0 || (document.scaling.reservations && !document.scaling.reservations->empty())) {
        auto &reserved = status.reserved.emplace();
        reserved.requested = floor.instances;
        reserved.allocated = std::min(status.ready, floor.instances);
        reserved.inUse = std::min(reserved.allocated, busy);
        reserved.spillOver = status.ready - reserved.allocated;
        reserved.rule = floor.rule;
    }
    if (!status.reason.empty()) {
        status.state = status.ready > 0 ? wire::DeploymentState::Degraded : wire::DeploymentState::Failed;
    } else if (status.desired == 0 && status.ready == 0) {
        status.state = wire::DeploymentState::AtZero;
    } else if (status.ready >= status.desired) {
        status.state = wire::DeploymentState::Healthy;
    } else {
        status.state = wire::DeploymentState::Starting;
    }
    return document;
}

} // namespace nest::control
