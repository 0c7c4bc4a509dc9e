// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/secretsapi.h"

#include "api/wire/codec.h"
#include "platform/control/deploymentcheck.h"
#include "platform/control/fields.h"

#include <algorithm>

namespace nest::control {

namespace {

constexpr std::size_t maxSecrets = 64;
constexpr std::size_t maxValueBytes = 32 * 1024;

Error unknownSecret(const std::string &function, const std::string &name)
{
    return {"control/unknown-secret",
            "'" + function + "' has no secret '" + name + "'. GET /v1/functions/" + function +
                "/secrets lists its own.",
            {}};
}

std::vector<FieldError> secretErrors(const std::string &name, const std::string &value)
{
    std::vector<FieldError> errors;
    if (!isSecretName(name)) {
        errors.push_back(
            {"/name", "must be capital letters, figures and _, beginning with a letter, at most 64"});
    }
    if (value.empty()) {
        errors.push_back({"/value", "must not be empty; delete the secret instead"});
    } else if (value.size() > maxValueBytes) {
        errors.push_back({"/value", "has more than 32 KiB"});
    }
    return errors;
}

bool names(const wire::Deployment &deployment, const std::string &secret)
{
    return std::ranges::contains(deployment.secrets, secret, &wire::Environment::value_type::second);
}

} // namespace

SecretsApi::SecretsApi(Context &context, Changed changed) : m_context(context), m_changed(std::move(changed))
{}

void SecretsApi::addRoutes(Router &router)
{
    const auto add = [&](const char *method, const char *pattern, Task (SecretsApi::*handler)(CallPtr)) {
        router.add(method, pattern,
                   [this, handler](CallPtr call) { return (this->*handler)(std::move(call)); });
    };
    add("GET", "/v1/functions/{function}/secrets", &SecretsApi::list);
    add("GET", "/v1/functions/{function}/secrets/{secret}", &SecretsApi::get);
    add("PUT", "/v1/functions/{function}/secrets/{secret}", &SecretsApi::put);
    add("DELETE", "/v1/functions/{function}/secrets/{secret}", &SecretsApi::remove);
}

wire::Secret SecretsApi::rendered(const FunctionEntry &function, const std::string &name) const
{
    const auto &entry = function.secrets.at(name);
    wire::Secret secret;
    secret.name = name;
    secret.etag = etagText(entry.etag);
    auto &status = secret.status.emplace();
    status.changedAt = wire::parseTime(entry.sealed.changedAt);
    status.changedBy = entry.sealed.changedBy;
    for (const auto &[group, deployment] : function.deployments) {
        if (names(deployment.document, name)) {
            status.usedBy.push_back(group);
        }
    }
    status.problem = m_context.secrets.problemOf(function.document.name, name);
    return secret;
}

Answer SecretsApi::stale(const FunctionEntry &function, const std::string &name, const Call &call) const
{
    return staleAnswer(wire::write(rendered(function, name)), function.secrets.at(name).etag, call.requestId);
}

std::string SecretsApi::userOf(const FunctionEntry &function, const std::string &name) const
{
    for (const auto &[group, deployment] : function.deployments) {
        if (names(deployment.document, name)) {
            return toString(group);
        }
    }
    return m_context.catalogue.secretsBeingNamed.contains(secretKey(function.document.name, name))
               ? "a group, just now"
               : "";
}

SecretsApi::Task SecretsApi::list(CallPtr call)
{
    const auto *function = m_context.catalogue.function(call->parameter("function"));
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    if (function == nullptr) {
        co_return std::unexpected(unknownFunction(call->parameter("function")));
    }
    std::vector<wire::Secret> all;
    for (const auto &[name, entry] : function->secrets) {
        all.push_back(rendered(*function, name));
    }
    co_return listAnswer(m_context, wire::write(pageOf(std::move(all), *page, [](const wire::Secret &secret) {
                             return secret.name;
                         })));
}

SecretsApi::Task SecretsApi::get(CallPtr call)
{
    const auto &name = call->parameter("secret");
    const auto *function = m_context.catalogue.function(call->parameter("function"));
    if (function == nullptr) {
        co_return std::unexpected(unknownFunction(call->parameter("function")));
    }
    if (!function->secrets.contains(name)) {
        co_return std::unexpected(unknownSecret(call->parameter("function"), name));
    }
    co_return jsonAnswer(200, wire::write(rendered(*function, name)), function->secrets.at(name).etag);
}

SecretsApi::Task SecretsApi::put(CallPtr call)
{
    const auto owner = call->parameter("function");
    const auto name = call->parameter("secret");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    const auto body = wire::read<wire::SecretValue>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    const auto *function = m_context.catalogue.function(owner);
    if (function == nullptr) {
        co_return std::unexpected(unknownFunction(owner));
    }
    if (auto errors = secretErrors(name, body->value); !errors.empty()) {
        co_return std::unexpected(invalid(std::move(errors)));
    }
    const auto present = function->secrets.find(name);
    const bool isNew = present == function->secrets.end();
    const auto before = isNew ? 0 : present->second.etag;
    if (!isNew && (condition->mustNotExist || !condition->allows(before))) {
        co_return stale(*function, name, *call);
    }
    if (isNew && !condition->mustNotExist && condition->etag != DocumentWrite::anyEtag) {
        co_return std::unexpected(unknownSecret(owner, name));
    }
    if (isNew && function->secrets.size() + m_making.count(owner) >= maxSecrets) {
        co_return failure("control/too-many-secrets",
                          "'" + owner +
                              "' has 64 secrets, the most. Delete one that no deployment names first.");
    }
    auto sealed = m_context.secrets.seal(owner, name, body->value);
    if (!sealed) {
        co_return std::unexpected(sealed.error());
    }
    SecretEntry next;
    next.sealed = {std::move(*sealed), wire::toString(m_context.now()), call->user};
    Batch batch;
    batch.needed.push_back({"functions", owner});
    batch.documents.push_back(
        {"secrets", secretKey(owner, name), owner, secrets::encode(next.sealed), before});
    if (isNew) {
        m_making.insert(owner);
    }
    const auto committed = co_await commitAndPublish(m_context, std::move(batch));
    if (isNew) {
        m_making.extract(owner);
    }
    auto *now = m_context.catalogue.function(owner);
    if (now == nullptr) {
        co_return std::unexpected(unknownFunction(owner));
    }
    if (!committed) {
        const auto &type = committed.error().type;
        if ((type == "store/stale" || type == "store/exists") && now->secrets.contains(name)) {
            co_return stale(*now, name, *call);
        }
        co_return std::unexpected(type == "store/missing" || type == "store/stale"
                                      ? unknownSecret(owner, name)
                                      : committed.error());
    }
    next.etag = committed->documentEtags.front();
    now->secrets[name] = next;
    m_changed(owner, name);
    auto answer = wire::write(rendered(*now, name));
    co_return isNew ? createdAnswer(std::move(answer), next.etag, call->request.path)
                    : jsonAnswer(200, std::move(answer), next.etag);
}

SecretsApi::Task SecretsApi::remove(CallPtr call)
{
    const auto owner = call->parameter("function");
    const auto name = call->parameter("secret");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    const auto *function = m_context.catalogue.function(owner);
    if (function == nullptr) {
        co_return std::unexpected(unknownFunction(owner));
    }
    const auto present = function->secrets.find(name);
    if (present == function->secrets.end()) {
        co_return std::unexpected(unknownSecret(owner, name));
    }
    if (!condition->allows(present->second.etag)) {
        co_return stale(*function, name, *call);
    }
    if (const auto user = userOf(*function, name); !user.empty()) {
        co_return failure("control/in-use", "The deployment of '" + owner + "' in " + user + " names " +
                                                name + ". Take it out of its `secrets` first.");
    }
    Batch batch;
    batch.documents.push_back({"secrets", secretKey(owner, name), owner, "", present->second.etag});
    const auto done = co_await commitAndPublish(m_context, std::move(batch));
    auto *now = m_context.catalogue.function(owner);
    if (!done && now != nullptr && done.error().type == "store/stale" && now->secrets.contains(name)) {
        co_return stale(*now, name, *call);
    }
    if (!done) {
        co_return std::unexpected(done.error().type == "store/missing" ? unknownSecret(owner, name)
                                                                       : done.error());
    }
    if (now != nullptr) {
        now->secrets.erase(name);
    }
    co_return Answer{204, {}, ""};
}

} // namespace nest::control
