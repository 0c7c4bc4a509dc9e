// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/deploymentsapi.h"

#include "api/wire/codec.h"
#include "platform/control/deploymentcheck.h"
#include "platform/control/fields.h"
#include "platform/control/shares.h"
#include "platform/policy/policy.h"

#include <QMetaObject>

#include <algorithm>
#include <iterator>

namespace nest::control {

namespace {

constexpr int debuggingSeconds = 24 * 60 * 60; // a person at a breakpoint

Error unknownDeployment(std::string_view function, const wire::GroupName &group)
{
    return {"control/unknown-deployment",
            "'" + std::string(function) + "' is not deployed to " + toString(group) + ".",
            {}};
}

Error noGroup(const wire::GroupName &group)
{
    return {"control/unknown-group",
            "There is no group " + toString(group) + ". PUT /v1/groups/" + toString(group) + " makes it.",
            {}};
}

gateway::RevisionKey revisionKey(const wire::Deployment &deployment, int version)
{
    return {deployment.function, deployment.set, deployment.lane, deployment.region, version};
}

std::string keyOf(const wire::Deployment &deployment)
{
    return deploymentKey(deployment.function, groupOf(deployment));
}

} // namespace

DeploymentsApi::DeploymentsApi(Context &context, Outbox &outbox, QObject *parent)
    : QObject(parent), m_context(context), m_outbox(outbox)
{
    connect(&m_context.fleet, &instances::Fleet::countsChanged, this, &DeploymentsApi::onCountsChanged);
    connect(&m_context.autoscaler, &Autoscaler::evaluated, this, &DeploymentsApi::onCountsChanged);
    connect(&m_endingLanes, &QTimer::timeout, this, &DeploymentsApi::endLanes);
}

void DeploymentsApi::addRoutes(Router &router)
{
    const auto add = [&](const char *method, const char *pattern, Task (DeploymentsApi::*handler)(CallPtr)) {
        router.add(method, pattern,
                   [this, handler](CallPtr call) { return (this->*handler)(std::move(call)); });
    };
    add("GET", "/v1/deployments", &DeploymentsApi::listAll);
    add("GET", "/v1/functions/{function}/deployments", &DeploymentsApi::list);
    add("GET", "/v1/functions/{function}/deployments/{set}/{lane}/{region}", &DeploymentsApi::get);
    add("PUT", "/v1/functions/{function}/deployments/{set}/{lane}/{region}", &DeploymentsApi::put);
    add("DELETE", "/v1/functions/{function}/deployments/{set}/{lane}/{region}", &DeploymentsApi::remove);
    add("GET", "/v1/groups", &DeploymentsApi::listGroups);
    add("GET", "/v1/groups/{set}/{lane}/{region}", &DeploymentsApi::getGroup);
    add("PUT", "/v1/groups/{set}/{lane}/{region}", &DeploymentsApi::putGroup);
    add("DELETE", "/v1/groups/{set}/{lane}/{region}", &DeploymentsApi::removeGroup);
}

void DeploymentsApi::beginScaling()
{
    m_isScaling = true;
    applyRoutes();
}

void DeploymentsApi::applyRoutes()
{
    const auto routes = m_context.fleet.holdRoutes();
    for (const auto &[name, function] : m_context.catalogue.functions) {
        for (const auto &[group, deployment] : function.deployments) {
            apply(function, deployment.document);
        }
    }
}

DeploymentsApi::Task DeploymentsApi::listAll(CallPtr call)
{
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    std::vector<wire::Deployment> all;
    for (const auto &[name, function] : m_context.catalogue.functions) {
        for (const auto &[group, deployment] : function.deployments) {
            if (page->cursor < deploymentKey(name, group)) {
                all.push_back(rendered(m_context, deployment));
            }
        }
    }
    // By function and group; the key's '/' would sort "a-b" before "a/…".
    std::ranges::sort(all, {}, keyOf);
    co_return listAnswer(m_context, wire::write(pageOf(std::move(all), *page, keyOf)));
}

DeploymentsApi::Task DeploymentsApi::list(CallPtr call)
{
    const auto *function = m_context.catalogue.function(call->parameter("function"));
    if (function == nullptr) {
        co_return std::unexpected(unknownFunction(call->parameter("function")));
    }
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    std::vector<wire::Deployment> all;
    for (const auto &[group, deployment] : function->deployments) {
        all.push_back(rendered(m_context, deployment));
    }
    const auto answer = pageOf(std::move(all), *page, keyOf);
    co_return listAnswer(m_context, wire::write(answer));
}

DeploymentsApi::Task DeploymentsApi::get(CallPtr call)
{
    const auto &name = call->parameter("function");
    const auto group = groupParameter(*call);
    if (!group) {
        co_return std::unexpected(group.error());
    }
    if (m_context.catalogue.function(name) == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    const auto *deployment = m_context.catalogue.deployment(name, *group);
    if (deployment == nullptr) {
        co_return std::unexpected(unknownDeployment(name, *group));
    }
    co_return jsonAnswer(200, wire::write(rendered(m_context, *deployment)), deployment->etag);
}

/// A first deployment that says nothing of scaling, of the concurrency limit or of its network takes what the
/// manifest says.
void DeploymentsApi::takeDefaults(const FunctionEntry &function, const std::string &sent,
                                  wire::Deployment &deployment) const
{
    const auto version = deployment.weights.empty()
                             ? function.versions.end()
                             : function.versions.find(deployment.weights.front().version);
    if (version == function.versions.end()) {
        return;
    }
    if (!deployment.network) { // as a whole: half a network would be nobody's
        deployment.network = version->second.network;
    }
    const auto found =
        m_context.catalogue.defaults.find(deployment.function + '/' + version->second.artefactDigest);
    if (found == m_context.catalogue.defaults.end()) {
        return;
    }
    // Read a second time over the defaults: what was sent wins, what was left out stays as the manifest has
    // it.
    if (auto merged = wire::readOver(sent, wire::Deployment(found->second))) {
        deployment.scaling = merged->scaling;
        deployment.concurrencyLimit = merged->concurrencyLimit;
    }
}

DeploymentsApi::Task DeploymentsApi::put(CallPtr call)
{
    const auto name = call->parameter("function");
    const auto group = groupParameter(*call);
    if (!group) {
        co_return std::unexpected(group.error());
    }
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    auto body = wire::read<wire::Deployment>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    const auto *function = m_context.catalogue.function(name);
    if (function == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    body->function = name;
    body->set = group->set;
    body->lane = group->lane;
    body->region = group->region;
    body->reason = trimmed(body->reason);
    if (!m_context.catalogue.groups.contains(*group)) {
        co_return std::unexpected(noGroup(*group));
    }
    const auto *present = m_context.catalogue.deployment(name, *group);
    const bool namesNetwork = body->network.has_value();
    if (present == nullptr) {
        takeDefaults(*function, call->request.body, *body);
    }
    std::vector<FieldError> errors;
    checkNetwork(*body, m_context.grants, m_context.egress, errors);
    for (auto &error : errors) {
        error.detail += namesNetwork ? "" : "; function.yaml asks for it";
    }
    std::ranges::move(deploymentErrors(m_context.catalogue, *function, *body),
                      std::inserter(errors, errors.begin()));
    if (!errors.empty()) {
        co_return std::unexpected(invalid(std::move(errors)));
    }
    if (present != nullptr && (condition->mustNotExist || !condition->allows(present->etag))) {
        co_return staleAnswer(wire::write(rendered(m_context, *present)), present->etag, call->requestId);
    }
    if (present == nullptr && !condition->mustNotExist && condition->etag != DocumentWrite::anyEtag) {
        co_return std::unexpected(unknownDeployment(name, *group));
    }
    DeploymentEntry next;
    next.document = *body;
    next.document.etag.reset();
    auto &status = next.document.status.emplace();
    status.createdAt = present != nullptr ? present->document.status->createdAt : m_context.now();
    status.changedAt = m_context.now();
    status.changedBy = call->user;
    status.policyNumber = 1;
    if (present != nullptr) {
        const bool isNewPolicy = !(present->document.scaling == next.document.scaling);
        status.policyNumber = present->document.status->policyNumber + (isNewPolicy ? 1 : 0);
        status.lastRequestAt = present->document.status->lastRequestAt;
    }
    const bool isNew = present == nullptr;
    const auto before = present != nullptr ? present->document.weights : std::vector<wire::VersionWeight>{};
    const auto text = storedBody(rendered(m_context, next));
    Batch batch;
    batch.needed.push_back({"groups", toString(*group)});
    batch.documents.push_back(
        {"deployments", deploymentKey(name, *group), name, text, present != nullptr ? present->etag : 0});
    for (const auto &[seen, secret] : next.document.secrets) {
        batch.needed.push_back({"secrets", secretKey(name, secret)});
        m_context.catalogue.secretsBeingNamed.insert(secretKey(name, secret));
    }
    m_writing.insert(*group);
    const auto committed = co_await commitAndPublish(m_context, std::move(batch));
    m_writing.extract(*group);
    for (const auto &[seen, secret] : next.document.secrets) {
        m_context.catalogue.secretsBeingNamed.extract(secretKey(name, secret));
    }
    if (!committed && !m_context.catalogue.groups.contains(*group)) { // deleted just before
        co_return std::unexpected(noGroup(*group));
    }
    if (!committed) {
        const auto *now = m_context.catalogue.deployment(name, *group);
        if (now != nullptr &&
            (committed.error().type == "store/stale" || committed.error().type == "store/exists")) {
            co_return staleAnswer(wire::write(rendered(m_context, *now)), now->etag, call->requestId);
        }
        const auto *left = m_context.catalogue.function(name);
        if (auto later = left == nullptr ? std::vector<FieldError>()
                                         : deploymentErrors(m_context.catalogue, *left, next.document);
            !later.empty()) { // a secret was deleted just before
            co_return std::unexpected(invalid(std::move(later)));
        }
        co_return std::unexpected(committed.error());
    }
    next.etag = committed->documentEtags.front();
    auto *owner = m_context.catalogue.function(name);
    if (owner == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    if (const auto *now = m_context.catalogue.deployment(name, *group)) {
        next.document.status->lastRequestAt = now->document.status->lastRequestAt; // went on meanwhile
    }
    owner->deployments[*group] = next;
    auto old = next.document;
    old.weights = before;
    {
        const auto routes = m_context.fleet.holdRoutes();
        withdraw(old, next.document.weights);
        apply(*owner, next.document);
    }
    auto answer = wire::write(rendered(m_context, owner->deployments[*group]));
    co_return isNew ? createdAnswer(std::move(answer), next.etag, call->request.path)
                    : jsonAnswer(200, std::move(answer), next.etag);
}

DeploymentsApi::Task DeploymentsApi::remove(CallPtr call)
{
    const auto name = call->parameter("function");
    const auto group = groupParameter(*call);
    if (!group) {
        co_return std::unexpected(group.error());
    }
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    if (m_context.catalogue.function(name) == nullptr) {
        co_return std::unexpected(unknownFunction(name));
    }
    const auto *present = m_context.catalogue.deployment(name, *group);
    if (present == nullptr) {
        co_return std::unexpected(unknownDeployment(name, *group));
    }
    if (!condition->allows(present->etag)) {
        co_return staleAnswer(wire::write(rendered(m_context, *present)), present->etag, call->requestId);
    }
    Batch batch;
    batch.documents.push_back({"deployments", deploymentKey(name, *group), name, "", present->etag});
    if (auto done = co_await commitAndPublish(m_context, std::move(batch)); !done) {
        co_return std::unexpected(done.error());
    }
    forget(name, *group);
    co_return Answer{204, {}, ""};
}

void DeploymentsApi::forget(const std::string &function, const wire::GroupName &group)
{
    auto *owner = m_context.catalogue.function(function);
    const auto gone =
        owner == nullptr ? decltype(owner->deployments)::node_type() : owner->deployments.extract(group);
    m_publishedStates.erase(deploymentKey(function, group));
    if (gone) {
        withdraw(gone.mapped().document, {});
    }
}

void DeploymentsApi::apply(const FunctionEntry &function, const wire::Deployment &deployment)
{
    const auto shares = divide(deployment.scaling, deployment.weights);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto &weight = deployment.weights[i];
        const auto version = function.versions.find(weight.version);
        if (version == function.versions.end()) {
            continue; // checked when it was written; a store edited by hand must not end the platform
        }
        instances::RevisionSpec spec;
        spec.key = revisionKey(deployment, weight.version);
        spec.weight = weight.weight;
        spec.concurrencyLimit = deployment.concurrencyLimit;
        spec.artefactDigest = version->second.artefactDigest;
        spec.instance.function = deployment.function;
        spec.instance.set = deployment.set;
        spec.instance.lane = deployment.lane;
        spec.instance.region = deployment.region;
        spec.instance.version = weight.version;
        spec.instance.runtime = version->second.runtime;
        spec.instance.handler = version->second.handler;
        spec.instance.memoryMegabytes = version->second.memoryMegabytes;
        spec.instance.timeoutSeconds =
            m_context.hasTimeLimits ? version->second.timeoutSeconds : debuggingSeconds;
        spec.instance.environment = version->second.environment;
        for (const auto &[key, value] : deployment.environment) {
            spec.instance.environment[key] = value;
        }
        spec.instance.secretsMark = m_context.secrets.mark(deployment.function, deployment.secrets);
        spec.instance.pool = deployment.pool.value_or("");
        setNetwork(deployment.network, m_context.grants, m_context.egress, spec.instance);
        m_context.fleet.setRevision(spec);
        if (!m_isScaling) {
            continue;
        }
        if (shares[i].maximum == 0) { // it gets no request: what still runs finishes, nothing starts
            m_context.autoscaler.removeRevision(spec.key);
            m_context.fleet.setDesired(spec.key, 0);
            continue;
        }
        const auto policy = policy::toScaling(policyOf(deployment.scaling, deployment.weights, i));
        m_context.autoscaler.setRevision(spec.key, policy, deployment.status->policyNumber);
    }
}

void DeploymentsApi::takeSecret(const std::string &function, const std::string &secret)
{
    const auto *entry = m_context.catalogue.function(function);
    if (entry == nullptr) {
        return;
    }
    const auto routes = m_context.fleet.holdRoutes();
    for (const auto &[group, deployment] : entry->deployments) {
        if (std::ranges::contains(deployment.document.secrets, secret,
                                  &wire::Environment::value_type::second)) {
            apply(*entry, deployment.document);
        }
    }
}

void DeploymentsApi::withdraw(const wire::Deployment &deployment,
                              const std::vector<wire::VersionWeight> &kept)
{
    for (const auto &weight : deployment.weights) {
        if (std::ranges::find(kept, weight.version, &wire::VersionWeight::version) == kept.end()) {
            const auto key = revisionKey(deployment, weight.version);
            m_context.autoscaler.removeRevision(key);
            m_context.fleet.removeRevision(key);
        }
    }
}

void DeploymentsApi::noteSecond(const gateway::SecondBatch &batch)
{
    for (const auto &revision : batch.revisions) {
        const auto &key = revision.key;
        auto *deployment =
            revision.arrivals == 0
                ? nullptr
                : m_context.catalogue.deployment(key.function, {key.set, key.lane, key.region});
        if (deployment != nullptr && deployment->document.status) {
            deployment->document.status->lastRequestAt = wire::Time(std::chrono::seconds(batch.second));
        }
    }
}

void DeploymentsApi::onCountsChanged(const gateway::RevisionKey &key)
{
    const wire::GroupName group{key.set, key.lane, key.region};
    const auto *deployment = m_context.catalogue.deployment(key.function, group);
    if (deployment == nullptr) {
        return;
    }
    const auto counts = m_context.fleet.counts(key);
    metrics::RevisionGauges gauges;
    gauges.ready = counts.ready;
    gauges.starting = counts.starting;
    gauges.desired = m_context.fleet.desired(key);
    gauges.reserved = floorOf(m_context, deployment->document).instances;
    gauges.target = deployment->document.scaling.threshold * deployment->document.scaling.utilisation;
    m_context.metrics.setGauges(key, gauges, m_context.now());

    m_changedStates.insert({key.function, group});
    if (!m_isPublishing) { // one round of changes is told once
        m_isPublishing = true;
        QMetaObject::invokeMethod(this, &DeploymentsApi::publishStates, Qt::QueuedConnection);
    }
}

void DeploymentsApi::publishStates()
{
    m_isPublishing = false;
    for (const auto &[function, group] : std::exchange(m_changedStates, {})) {
        const auto *deployment = m_context.catalogue.deployment(function, group);
        if (deployment == nullptr) {
            continue;
        }
        const auto key = deploymentKey(function, group);
        const auto shown = rendered(m_context, *deployment);
        auto compared = shown;
        compared.status->lastRequestAt.reset(); // it alone is no news, and would be some each second
        if (compared.status->reserved) {
            compared.status->reserved->inUse = 0; // likewise
        }
        if (auto text = wire::write(compared); m_publishedStates[key] != text) {
            m_publishedStates[key] = std::move(text);
            m_outbox.add(PendingChange{"deployments", key, withEtag(storedBody(shown), deployment->etag)});
        }
    }
}

} // namespace nest::control
