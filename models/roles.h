// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The roles of the item models and the plain values behind CellRole. A page makes its cells from them;
// nothing here knows how a cell looks. A value that is not known is std::nullopt, and its display text is the
// dash.

#include "api/wire/deployment.h"
#include "api/wire/observation.h"

#include <QList>
#include <QString>

#include <optional>

namespace nest::models {

enum Role {
    SortRole = Qt::UserRole + 1, // the raw value, for sorting and export; invalid when unknown
    CellRole,                    // one of the structs below
    KeyRole,                     // QString: name or id of the row's thing
    RoleEnd,
};

inline QString dash()
{
    return QStringLiteral("\u2013");
}

struct NameCell
{
    QString name;
    std::optional<wire::DeploymentState>
        state;      // the worst of its groups in scope; nothing: not deployed there
    QString reason; // of that state
    bool operator==(const NameCell &) const = default;
};

struct GroupsCell
{
    QList<wire::GroupName> groups; // in scope, sorted
    bool operator==(const GroupsCell &) const = default;
};

/// Groups that have the same versions with the same shares.
struct GroupWeights
{
    QList<wire::VersionWeight> weights; // by version
    QList<wire::GroupName> groups;
    bool operator==(const GroupWeights &) const = default;
};

/// One part when all groups in scope agree; else those that most groups have come first.
struct WeightsCell
{
    QList<GroupWeights> parts;
    bool operator==(const WeightsCell &) const = default;
};

/// Equal steps of time up to now; a step without data is NaN.
struct SparkCell
{
    QList<double> values;
    double stepSeconds = 0;
    bool isLoading = false;
};

struct NumberCell
{
    std::optional<double> value;
    int decimals = 0;
    QString unit;
    bool operator==(const NumberCell &) const = default;
};

struct ReadyCell
{
    std::optional<int> ready;
    std::optional<int> desired;
    bool operator==(const ReadyCell &) const = default;
};

struct ChangeCell // of a decision
{
    int from = 0;
    int desired = 0;
    int wished = 0;
    bool operator==(const ChangeCell &) const = default;
};

/// Which groups a page looks at; an empty part means all.
struct Scope
{
    std::string set;
    std::string lane;
    std::string region;
    bool operator==(const Scope &) const = default;

    [[nodiscard]] bool isAll() const { return set.empty() && lane.empty() && region.empty(); }
    [[nodiscard]] bool contains(const auto &group) const
    {
        return (set.empty() || set == group.set) && (lane.empty() || lane == group.lane) &&
               (region.empty() || region == group.region);
    }
};

} // namespace nest::models
