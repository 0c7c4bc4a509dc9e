// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The groups of the catalogue: SET, lane and region, made by operators, on the local platform by anyone.

#include "platform/control/deploymentsapi.h"

#include "api/wire/codec.h"
#include "platform/control/fields.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace nest::control {

namespace {

constexpr std::size_t maxDescription = 2'000;
constexpr std::size_t maxOwner = 100;             // characters
constexpr std::chrono::seconds lanesInterval{30}; // a lane outlives its end by no more than this

Error unknownGroup(const wire::GroupName &group)
{
    return {
        "control/unknown-group", "There is no group " + toString(group) + ". GET /v1/groups lists them.", {}};
}

bool isLane(const wire::GroupName &group)
{
    return group.lane != "main";
}

std::vector<FieldError> groupErrors(const wire::GroupName &name, const wire::Group &group,
                                    const std::optional<wire::Time> &endBefore, wire::Time now)
{
    std::vector<FieldError> errors;
    if (group.description.size() > maxDescription) {
        errors.push_back({"/description", "must have at most 2,000 characters"});
    }
    if (characters(group.owner) > maxOwner) {
        errors.push_back({"/owner", "must have at most 100 characters"});
    }
    if (!isLane(name) && !group.owner.empty()) {
        errors.push_back({"/owner", "is for lanes: a group of main belongs to everybody"});
    }
    if (!isLane(name) && group.expiresAt) {
        errors.push_back({"/expiresAt", "is for lanes: a group of main does not end by itself"});
    } else if (group.expiresAt && group.expiresAt != endBefore && *group.expiresAt <= now) {
        errors.push_back({"/expiresAt", "must lie in the future; it is " + wire::toString(now) + " now"});
    }
    return errors;
}

Error gone(const wire::GroupName &group)
{
    return {"store/missing", "The group " + toString(group) + " was deleted in the meantime.", {}};
}

} // namespace

DeploymentsApi::Task DeploymentsApi::listGroups(CallPtr call)
{
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    std::vector<wire::Group> all;
    for (const auto &[name, group] : m_context.catalogue.groups) {
        all.push_back(rendered(m_context, group));
    }
    const auto nameOf = [](const wire::Group &group) {
        return toString(groupOf(group));
    };
    std::ranges::sort(all, {}, nameOf);
    const auto answer = pageOf(std::move(all), *page, nameOf);
    co_return listAnswer(m_context, wire::write(answer));
}

DeploymentsApi::Task DeploymentsApi::getGroup(CallPtr call)
{
    const auto name = groupParameter(*call);
    if (!name) {
        co_return std::unexpected(name.error());
    }
    const auto found = m_context.catalogue.groups.find(*name);
    if (found == m_context.catalogue.groups.end()) {
        co_return std::unexpected(unknownGroup(*name));
    }
    co_return jsonAnswer(200, wire::write(rendered(m_context, found->second)), found->second.etag);
}

DeploymentsApi::Task DeploymentsApi::putGroup(CallPtr call)
{
    const auto name = groupParameter(*call);
    if (!name) {
        co_return std::unexpected(name.error());
    }
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    auto body = wire::read<wire::Group>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    const auto found = m_context.catalogue.groups.find(*name);
    const bool exists = found != m_context.catalogue.groups.end();
    const auto before = exists ? found->second.document.expiresAt : std::nullopt;
    if (auto errors = groupErrors(*name, *body, before, m_context.now()); !errors.empty()) {
        co_return std::unexpected(invalid(std::move(errors)));
    }
    if (exists && (condition->mustNotExist || !condition->allows(found->second.etag))) {
        co_return staleAnswer(wire::write(rendered(m_context, found->second)), found->second.etag,
                              call->requestId);
    }
    if (!exists && !condition->mustNotExist && condition->etag != DocumentWrite::anyEtag) {
        co_return std::unexpected(unknownGroup(*name));
    }
    GroupEntry next;
    next.document = *body;
    next.document.set = name->set;
    next.document.lane = name->lane;
    next.document.region = name->region;
    next.document.etag.reset();
    auto &status = next.document.status.emplace();
    status.createdAt = exists ? found->second.document.status->createdAt : m_context.now();
    const auto text = storedBody(rendered(m_context, next));
    Batch batch;
    batch.documents.push_back({"groups", toString(*name), "", text, exists ? found->second.etag : 0});
    const auto committed = co_await commitAndPublish(m_context, std::move(batch));
    if (!committed) {
        const auto now = m_context.catalogue.groups.find(*name);
        if (now != m_context.catalogue.groups.end() &&
            (committed.error().type == "store/stale" || committed.error().type == "store/exists")) {
            co_return staleAnswer(wire::write(rendered(m_context, now->second)), now->second.etag,
                                  call->requestId);
        }
        co_return std::unexpected(committed.error());
    }
    next.etag = committed->documentEtags.front();
    m_context.catalogue.groups[*name] = next;
    co_return exists ? jsonAnswer(200, withEtag(text, next.etag), next.etag)
                     : createdAnswer(withEtag(text, next.etag), next.etag, call->request.path);
}

DeploymentsApi::Task DeploymentsApi::removeGroup(CallPtr call)
{
    const auto name = groupParameter(*call);
    if (!name) {
        co_return std::unexpected(name.error());
    }
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    const auto found = m_context.catalogue.groups.find(*name);
    if (found == m_context.catalogue.groups.end()) {
        co_return std::unexpected(unknownGroup(*name));
    }
    if (!condition->allows(found->second.etag)) {
        co_return staleAnswer(wire::write(rendered(m_context, found->second)), found->second.etag,
                              call->requestId);
    }
    if (isLane(*name)) {
        const auto removed = co_await removeLane(*name, found->second.etag);
        const auto now = m_context.catalogue.groups.find(*name);
        if (!removed && removed.error().type == "store/stale" && now != m_context.catalogue.groups.end()) {
            co_return staleAnswer(wire::write(rendered(m_context, now->second)), now->second.etag,
                                  call->requestId);
        }
        co_return removed ? Result<Answer>(Answer{204, {}, ""}) : std::unexpected(removed.error());
    }
    const auto count =
        std::max(m_context.catalogue.deploymentsIn(*name), static_cast<int>(m_writing.count(*name)));
    if (count > 0) {
        co_return failure("control/in-use", "The group " + toString(*name) + " has " + std::to_string(count) +
                                                (count == 1 ? " deployment. Delete it first."
                                                            : " deployments. Delete them first."));
    }
    Batch batch;
    batch.documents.push_back({"groups", toString(*name), "", "", found->second.etag});
    if (auto done = co_await commitAndPublish(m_context, std::move(batch)); !done) {
        co_return std::unexpected(done.error());
    }
    m_context.catalogue.groups.erase(*name);
    co_return Answer{204, {}, ""};
}

QCoro::Task<Result<int>> DeploymentsApi::removeLane(wire::GroupName group, std::int64_t etag)
{
    constexpr int mostRounds = 10; // each is one deployment that was written or deleted at the same time
    int count = 0;
    bool isGone = false;
    for (int round = 0; round < mostRounds; ++round) {
        Batch batch;
        std::vector<std::string> functions;
        for (const auto &[name, function] : m_context.catalogue.functions) {
            if (function.deployments.contains(group)) {
                functions.push_back(name);
                batch.documents.push_back(
                    {"deployments", deploymentKey(name, group), name, "", DocumentWrite::anyEtag});
            }
        }
        if (isGone && functions.empty()) {
            co_return count;
        }
        if (!isGone) {
            batch.documents.push_back({"groups", toString(group), "", "", etag});
        }
        const auto done = co_await commitAndPublish(m_context, std::move(batch));
        if (!done && done.error().type == "store/missing") {
            if (!isGone && !m_context.catalogue.groups.contains(group)) {
                co_return std::unexpected(gone(group));
            }
            continue; // somebody deleted a deployment first; what is left is known by now
        }
        if (!done) {
            co_return std::unexpected(done.error());
        }
        if (!std::exchange(isGone, true)) {
            m_context.catalogue.groups.erase(group);
        }
        for (const auto &function : functions) {
            forget(function, group);
        }
        count += static_cast<int>(functions.size());
    }
    co_return count;
}

void DeploymentsApi::beginEndingLanes()
{
    m_endingLanes.start(lanesInterval);
    endLanes();
}

void DeploymentsApi::endLanes()
{
    const auto now = m_context.now();
    for (const auto &[name, group] : m_context.catalogue.groups) {
        if (isLane(name) && group.document.expiresAt && *group.document.expiresAt <= now) {
            QCoro::connect(endLane(name, group.etag), this, [] {});
        }
    }
}

QCoro::Task<> DeploymentsApi::endLane(wire::GroupName group, std::int64_t etag)
{
    const auto ended = co_await removeLane(group, etag);
    if (ended) {
        spdlog::info("lane {}: its time is over; deleted with {} {}", toString(group), *ended,
                     *ended == 1 ? "deployment" : "deployments");
    } else if (ended.error().type != "store/stale" && ended.error().type != "store/missing") {
        spdlog::warn("lane {}: its time is over, but it cannot be deleted yet: {}", toString(group),
                     ended.error().detail);
    }
}

} // namespace nest::control
