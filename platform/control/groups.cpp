// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The groups of the catalogue: SET, lane and region, made by operators, on the local platform by anyone.

#include "platform/control/deploymentsapi.h"

#include "api/wire/codec.h"

#include <algorithm>

namespace nest::control {

namespace {

constexpr std::size_t maxDescription = 2'000;

Error unknownGroup(const wire::GroupName &group)
{
    return {
        "control/unknown-group", "There is no group " + toString(group) + ". GET /v1/groups lists them.", {}};
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
    if (body->description.size() > maxDescription) {
        co_return failure("control/invalid", "description must have at most 2,000 characters.",
                          {{"/description", "must have at most 2,000 characters"}});
    }
    const auto found = m_context.catalogue.groups.find(*name);
    const bool exists = found != m_context.catalogue.groups.end();
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
    if (const auto count = m_context.catalogue.deploymentsIn(*name); count > 0) {
        co_return failure("control/in-use", "The group " + toString(*name) + " has " + std::to_string(count) +
                                                " deployments. Delete them first.");
    }
    Batch batch;
    batch.documents.push_back({"groups", toString(*name), "", "", found->second.etag});
    if (auto done = co_await commitAndPublish(m_context, std::move(batch)); !done) {
        co_return std::unexpected(done.error());
    }
    m_context.catalogue.groups.erase(*name);
    co_return Answer{204, {}, ""};
}

} // namespace nest::control
