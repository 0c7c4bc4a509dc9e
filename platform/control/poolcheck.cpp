// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/poolcheck.h"

#include "platform/builds/paths.h"
#include "platform/control/deploymentcheck.h"
#include "platform/control/fields.h"
#include "platform/policy/policy.h"
#include "platform/runtimes/catalogue.h"

#include <algorithm>
#include <format>

namespace nest::control {

namespace {

constexpr int mostIdleOfAPool = 100;
constexpr std::size_t mostPreloaded = 50;  // modules
constexpr std::size_t longestModule = 200; // characters of a name
constexpr std::size_t longestReason = 500;

bool isWarmName(std::string_view name)
{
    return std::ranges::any_of(runtimes::all(), [&](const runtimes::Runtime &runtime) {
        const auto rest = name.starts_with(runtime.id) ? name.substr(runtime.id.size()) : std::string_view();
        return rest.size() > 1 && rest.front() == '-' &&
               std::ranges::all_of(rest.substr(1), [](char c) { return c >= '0' && c <= '9'; });
    });
}

/// As an import names it: letters, figures and . _ - / @ — nothing that could leave the quotes or the folder.
bool isModuleName(std::string_view name)
{
    return !name.empty() && name.size() <= longestModule && name.front() != '.' && name.front() != '/' &&
           !name.contains("..") && std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("._-/@").contains(c);
           });
}

bool isPoolName(std::string_view name)
{
    // Like a function's, and a runtime's id has a dot.
    std::string plain(name);
    std::ranges::replace(plain, '.', '-');
    return builds::checkFunctionName(plain).has_value() && !name.starts_with('.') && !name.ends_with('.');
}

} // namespace

std::string warmPoolName(const std::string &runtime, int memoryMegabytes)
{
    return std::format("{}-{}", runtime, memoryMegabytes);
}

std::vector<FieldError> poolErrors(const wire::Pool &pool, const Catalogue &catalogue)
{
    std::vector<FieldError> errors;
    const bool isCustom = pool.kind == wire::PoolKind::Custom;
    if (!isPoolName(pool.name)) {
        errors.push_back({"/name", "must be of a to z, 0 to 9, dots and hyphens, at most 40 characters"});
    }
    const auto *runtime = runtimes::find(pool.runtime);
    if (runtime == nullptr) {
        errors.push_back({"/runtime", "must be one of " + runtimes::knownIds()});
    }
    if (pool.memoryMegabytes < 64 || pool.memoryMegabytes > 4096) {
        errors.push_back({"/memoryMegabytes", "must be from 64 to 4096"});
    }
    if (pool.idle < 0 || pool.idle > mostIdleOfAPool) {
        errors.push_back({"/idle", "must be from 0 to 100"});
    }
    if (pool.mostIdle < pool.idle || pool.mostIdle > mostIdleOfAPool) {
        errors.push_back({"/mostIdle", "must be from idle, " + std::to_string(pool.idle) + ", to 100"});
    }
    for (const auto &problem : policy::problemsIn(pool.schedule.value_or(std::vector<wire::Reservation>{}),
                                                  mostIdleOfAPool, "/schedule")) {
        errors.push_back({problem.field, problem.message});
    }
    if (isCustom && isWarmName(pool.name)) {
        errors.push_back(
            {"/kind", "must be warm: '" + pool.name + "' names the warm pool of its runtime and memory"});
    }
    if (!isCustom && pool.name != warmPoolName(pool.runtime, pool.memoryMegabytes)) {
        errors.push_back({"/name", "of a warm pool is its runtime and memory: " +
                                       warmPoolName(pool.runtime, pool.memoryMegabytes)});
    }
    if (!isCustom && (pool.packages || !pool.preload.empty() || !pool.environment.empty())) {
        errors.push_back({"/kind", "must be custom: a warm pool has a plain runtime, without packages, "
                                   "preloaded modules or environment"});
    }
    if (pool.preload.size() > mostPreloaded) {
        errors.push_back({"/preload", "must name at most 50 modules"});
    }
    for (std::size_t i = 0; i < pool.preload.size(); ++i) {
        if (!isModuleName(pool.preload[i])) {
            errors.push_back({"/preload/" + std::to_string(i),
                              "must be a module as an import names it, such as express or @scope/name; in "
                              "Java a class, such as com.example.Type"});
        }
    }
    if (!pool.preload.empty() && runtime != nullptr && runtime->packages.empty()) {
        errors.push_back({"/preload", std::string(runtime->title) + " loads no modules ahead"});
    }
    checkEnvironment(pool.environment, errors);
    if (characters(pool.reason) > longestReason) {
        errors.push_back({"/reason", "must have at most 500 characters"});
    }
    if (pool.packages && runtime != nullptr) {
        const auto function = catalogue.functions.find(pool.packages->function);
        const bool isThere = function != catalogue.functions.end() &&
                             function->second.versions.contains(pool.packages->version);
        if (runtime->packages.empty()) {
            errors.push_back({"/packages", std::string(runtime->title) + " has none"});
        } else if (!isThere) {
            errors.push_back({"/packages", std::format("v{} of '{}' is no version", pool.packages->version,
                                                       pool.packages->function)});
        } else if (const auto &version = function->second.versions.at(pool.packages->version);
                   version.runtime != pool.runtime) {
            errors.push_back(
                {"/packages", "are of " + version.runtime + ", the pool's are of " + pool.runtime});
        }
    }
    return errors;
}

} // namespace nest::control
