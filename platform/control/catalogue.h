// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the platform holds in memory: every function with its builds, versions and deployments, and the
// groups. The store is the truth; an entry changes here only after the store has acknowledged the write.
// Thread: control.

#include "api/wire/types.h"
#include "platform/secrets/sealedsecret.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace nest::control {

struct DeploymentEntry
{
    wire::Deployment document; // status holds what is kept: policyNumber, createdAt, changedAt
    std::int64_t etag = 0;
};

struct SecretEntry
{
    secrets::SealedSecret sealed; // no value is held in the open
    std::int64_t etag = 0;
};

struct FunctionEntry
{
    wire::Function document; // status holds createdAt and draftChangedAt
    std::int64_t etag = 0;
    std::map<int, wire::Build> builds;
    std::map<int, wire::Version> versions;
    std::map<wire::GroupName, DeploymentEntry> deployments;
    std::map<std::string, SecretEntry> secrets;
};

struct GroupEntry
{
    wire::Group document;
    std::int64_t etag = 0;
};

struct PoolEntry
{
    wire::Pool document; // status holds createdAt, changedAt and changedBy
    std::int64_t etag = 0;
};

struct Catalogue
{
    std::map<std::string, FunctionEntry, std::less<>> functions;
    std::map<wire::GroupName, GroupEntry> groups;
    std::map<std::string, PoolEntry, std::less<>> pools; // those with a document
    /// What a build's manifest said, by "function/digest": the version it becomes, and the scaling and
    /// concurrency limit of a first deployment.
    std::map<std::string, wire::Version, std::less<>> artefacts;
    std::map<std::string, wire::Deployment, std::less<>> defaults;

    /// Keys of secrets that deployments name which are just being written: as good as named already.
    std::multiset<std::string, std::less<>> secretsBeingNamed;

    [[nodiscard]] FunctionEntry *function(std::string_view name);
    [[nodiscard]] DeploymentEntry *deployment(std::string_view function, const wire::GroupName &group);
    [[nodiscard]] int deploymentsIn(const wire::GroupName &group) const;
};

wire::GroupName groupOf(const wire::Deployment &deployment);
wire::GroupName groupOf(const wire::Group &group);
/// "function/set/lane/region"
std::string deploymentKey(std::string_view function, const wire::GroupName &group);
/// "function/NAME"
std::string secretKey(std::string_view function, std::string_view name);

} // namespace nest::control
