// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the handlers of /v1 share, and the small steps that each of them takes: preconditions, answers,
// commits. Thread: control. Owner: Platform; it outlives every coroutine that refers to it.

#include "platform/builds/builder.h"
#include "platform/control/autoscaler.h"
#include "platform/control/catalogue.h"
#include "platform/control/grantpolicy.h"
#include "platform/control/persistence.h"
#include "platform/control/price.h"
#include "platform/control/router.h"
#include "platform/control/secretvalues.h"
#include "platform/control/watchhub.h"
#include "platform/instances/fleet.h"
#include "platform/logs/logstore.h"
#include "platform/metrics/metrics.h"
#include "platform/trials/trials.h"

#include <functional>

namespace nest::control {

struct Context
{
    Catalogue &catalogue;
    Persistence &persistence;
    SecretValues &secrets;
    WatchHub &hub;
    metrics::Metrics &metrics;
    instances::Fleet &fleet;
    trials::Trials &trials;
    Autoscaler &autoscaler;
    builds::Builder &builder;
    logs::LogStore &logs;
    std::function<wire::Time()> now;
    std::function<wire::Me(const std::string &user)> me;
    std::function<std::string(const std::string &function)> urlOf;
    std::string shareDirectory; // templates, openapi.json
    std::string dataDirectory;  // artefacts
    bool hasTimeLimits = true;  // of requests; none while a person debugs
    GrantPolicy grants;
    std::optional<Price> price;
    wire::Egress egress = wire::Egress::Granted; // the most that a deployment may have

    /// Of a deployment or a trial.
    [[nodiscard]] std::optional<wire::Instance> instance(const std::string &id) const;
};

/// Commits and tells the watchers. The pointers into the catalogue that a caller held may be gone afterwards.
QCoro::Task<Result<Committed>> commitAndPublish(Context &context, Batch batch);

// Answers
Answer jsonAnswer(int status, std::string body, std::optional<std::int64_t> etag = std::nullopt);
Answer createdAnswer(std::string body, std::int64_t etag, std::string location);
Answer listAnswer(const Context &context, std::string body);
Answer problemAnswer(const Error &error, const std::string &requestId);
/// 412 with the resource as it is now.
Answer staleAnswer(std::string current, std::int64_t etag, const std::string &requestId);

// Requests
struct Precondition
{
    bool mustNotExist = false;
    std::int64_t etag = 0; // DocumentWrite::anyEtag for If-Match: *
    [[nodiscard]] bool allows(std::int64_t present) const
    {
        return etag == DocumentWrite::anyEtag || etag == present;
    }
};
/// From If-Match or If-None-Match: *; `control/precondition-required` without either.
Result<Precondition> precondition(const Call &call);
struct Paging
{
    std::size_t limit = 100;
    std::string cursor;
};
Result<Paging> paging(const Call &call);
/// One page of what is held whole: the items after the one with the id `cursor`, in the order of ids.
template <typename T, typename Id>
wire::List<T> pageOf(std::vector<T> all, const Paging &page, Id idOf)
{
    wire::List<T> answer;
    for (auto &item : all) {
        if (!page.cursor.empty() && !(page.cursor < idOf(item))) {
            continue;
        }
        if (answer.items.size() == page.limit) {
            answer.nextCursor = idOf(answer.items.back());
            break;
        }
        answer.items.push_back(std::move(item));
    }
    return answer;
}
Result<int> wholeNumber(std::string_view text, std::string_view what);
Result<wire::GroupName> groupParameter(const Call &call);

Error unknownFunction(std::string_view name);

// Resources as the API shows them: with status and etag
wire::Function rendered(const Context &context, const FunctionEntry &entry);
wire::Deployment rendered(const Context &context, const DeploymentEntry &entry);
/// Of all its versions together.
Autoscaler::Floor floorOf(const Context &context, const wire::Deployment &deployment);
wire::Group rendered(const Context &context, const GroupEntry &entry);
std::string etagText(std::int64_t etag);
/// The JSON of a resource with its etag put in front.
std::string withEtag(const std::string &body, std::int64_t etag);
/// As it is stored: what is served, without the etag.
std::string storedBody(wire::Function document);
std::string storedBody(wire::Deployment document);
std::string storedBody(wire::Group document);

} // namespace nest::control
