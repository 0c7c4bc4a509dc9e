// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/deploymentcheck.h"

#include "platform/control/fields.h"
#include "platform/control/shares.h"
#include "platform/policy/policy.h"

#include <algorithm>
#include <format>
#include <set>

namespace nest::control {

namespace {

constexpr std::size_t maxReason = 500; // characters: some sentences

bool isEnvironmentName(std::string_view name)
{
    return !name.empty() && name.size() <= 128 && !(name.front() >= '0' && name.front() <= '9') &&
           std::ranges::all_of(name, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

} // namespace

bool isSecretName(std::string_view name)
{
    constexpr std::size_t longest = 64;
    return !name.empty() && name.size() <= longest && name.front() >= 'A' && name.front() <= 'Z' &&
           std::ranges::all_of(
               name, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

void checkEnvironment(const wire::Environment &environment, std::vector<FieldError> &errors)
{
    constexpr std::size_t maxBytes = 32 * 1024;
    std::size_t bytes = 0;
    for (const auto &[name, value] : environment) {
        bytes += name.size() + value.size();
        if (!isEnvironmentName(name)) {
            errors.push_back({"/environment/" + name,
                              "must be a name of letters, figures and _, not beginning with a figure"});
        } else if (name.starts_with("NEST_")) {
            errors.push_back(
                {"/environment/" + name, "is reserved: names that begin with NEST_ are the platform's"});
        }
    }
    if (bytes > maxBytes) {
        errors.push_back({"/environment", "has more than 32 KiB in all"});
    }
}

namespace {

void checkWeights(const FunctionEntry &function, const wire::Deployment &deployment,
                  std::vector<FieldError> &errors)
{
    std::int64_t sum = 0;
    std::set<int> seen;
    for (std::size_t i = 0; i < deployment.weights.size(); ++i) {
        const auto &weight = deployment.weights[i];
        const auto pointer = "/weights/" + std::to_string(i);
        sum += weight.weight;
        if (weight.weight < 0 || weight.weight > 100) {
            errors.push_back({pointer + "/weight", "must be from 0 to 100"});
        }
        if (!function.versions.contains(weight.version)) {
            errors.push_back({pointer + "/version", "is not a version of '" + function.document.name + "'"});
        }
        if (!seen.insert(weight.version).second) {
            errors.push_back({pointer + "/version", "is named twice"});
        }
    }
    if (sum != 100) {
        errors.push_back({"/weights", "must add up to 100, not " + std::to_string(sum)});
    }
}

void checkSecrets(const FunctionEntry &function, const wire::Deployment &deployment,
                  std::vector<FieldError> &errors)
{
    constexpr std::size_t most = 64;
    for (const auto &[name, secret] : deployment.secrets) {
        if (!isSecretName(name)) {
            errors.push_back(
                {"/secrets/" + name,
                 "must be a name of capital letters, figures and _, beginning with a letter, of at most "
                 "64"});
        } else if (!function.secrets.contains(secret)) {
            errors.push_back({"/secrets/" + name, "names '" + secret + "', which is no secret of '" +
                                                      function.document.name + "': set it first"});
        }
    }
    if (deployment.secrets.size() > most) {
        errors.push_back({"/secrets", "are more than 64"});
    }
}

void checkMaximum(const wire::Deployment &deployment, std::vector<FieldError> &errors)
{
    if (const int live = liveVersions(deployment.weights);
        deployment.scaling.maximum >= 1 && deployment.scaling.maximum < live) {
        errors.push_back({"/scaling/maximum",
                          "must be at least " + std::to_string(live) +
                              ": each version with a weight needs room for one instance. Raise the maximum, "
                              "or give all requests to fewer versions"});
    }
}

void checkPool(const Catalogue &catalogue, const FunctionEntry &function, const wire::Deployment &deployment,
               std::vector<FieldError> &errors)
{
    if (!deployment.pool) {
        return;
    }
    const auto found = catalogue.pools.find(*deployment.pool);
    if (found == catalogue.pools.end() || found->second.document.kind != wire::PoolKind::Custom) {
        errors.push_back({"/pool", "is no custom pool; leave it out to start from the warm one"});
        return;
    }
    const auto &pool = found->second.document;
    for (const auto &weight : deployment.weights) {
        const auto version = function.versions.find(weight.version);
        if (version != function.versions.end() && (version->second.runtime != pool.runtime ||
                                                   version->second.memoryMegabytes != pool.memoryMegabytes)) {
            errors.push_back(
                {"/pool",
                 std::format("has {} with {} MB, v{} needs {} with {} MB", pool.runtime, pool.memoryMegabytes,
                             weight.version, version->second.runtime, version->second.memoryMegabytes)});
            return;
        }
    }
}

} // namespace

std::vector<FieldError> deploymentErrors(const Catalogue &catalogue, const FunctionEntry &function,
                                         const wire::Deployment &deployment)
{
    std::vector<FieldError> errors;
    checkWeights(function, deployment, errors);
    checkMaximum(deployment, errors);
    for (const auto &problem : policy::problemsIn(deployment.scaling)) {
        errors.push_back({"/scaling/" + problem.field, problem.message});
    }
    if (deployment.concurrencyLimit < 1 || deployment.concurrencyLimit > 1'000) {
        errors.push_back({"/concurrencyLimit", "must be from 1 to 1000"});
    }
    checkEnvironment(deployment.environment, errors);
    checkSecrets(function, deployment, errors);
    checkPool(catalogue, function, deployment, errors);
    if (characters(deployment.reason) > maxReason) {
        errors.push_back({"/reason", "must have at most 500 characters"});
    }
    return errors;
}

} // namespace nest::control
