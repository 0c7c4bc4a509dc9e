// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/deployplan.h"

#include "scaling/policy.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

struct Plan
{
    Q_DECLARE_TR_FUNCTIONS(Plan)
};

constexpr double leastUtilisation = 0.05; // below it a target is all but zero: each request a new instance

wire::GroupName groupOf(const auto &thing)
{
    return {thing.set, thing.lane, thing.region};
}

void put(wire::ScalingPolicy &policy, ScalingField field, double value)
{
    switch (field) {
    case ScalingField::Reserved:
        policy.reserved = static_cast<int>(value);
        break;
    case ScalingField::Maximum:
        policy.maximum = static_cast<int>(value);
        break;
    case ScalingField::Threshold:
        policy.threshold = value;
        break;
    case ScalingField::Utilisation:
        policy.utilisation = value;
        break;
    }
}

/// The present policy with the person's edits over it.
wire::ScalingPolicy withEdits(wire::ScalingPolicy policy, const DeployRow &row)
{
    for (const ScalingField field : row.edited) {
        put(policy, field, DeployPlan::value(row.scaling, field));
    }
    return policy;
}

} // namespace

bool DeployRow::hasAlready(int version) const
{
    return present && present->weights.size() == 1 && present->weights.front().version == version;
}

std::vector<wire::VersionWeight> DeployRow::others(int version) const
{
    std::vector<wire::VersionWeight> rest;
    if (present) {
        std::ranges::copy_if(present->weights, std::back_inserter(rest),
                             [version](const auto &weight) { return weight.version != version; });
    }
    return rest;
}

void DeployPlan::setVersion(int version)
{
    m_version = version;
    for (DeployRow &row : m_rows) {
        row.isChosen = row.isChosen && !row.hasAlready(version);
        if (row.others(version).empty()) {
            row.share = 100;
        }
    }
}

void DeployPlan::setState(std::vector<wire::Group> groups, std::vector<wire::Deployment> deployments)
{
    std::map<wire::GroupName, DeployRow> next;
    for (const wire::Group &group : groups) {
        next[groupOf(group)].group = groupOf(group);
    }
    for (wire::Deployment &deployment : deployments) {
        DeployRow &row = next[groupOf(deployment)];
        row.group = groupOf(deployment);
        row.present = std::move(deployment);
    }
    for (const DeployRow &old : m_rows) {
        if (const auto found = next.find(old.group); found != next.end()) {
            const auto etagOf = [](const DeployRow &row) {
                return row.present ? row.present->etag : std::nullopt;
            };
            const bool isSame = etagOf(old) == etagOf(found->second);
            found->second.isChosen = old.isChosen && isSame;
            found->second.isChangedMeanwhile = old.isChangedMeanwhile || (old.isChosen && !isSame);
            found->second.share = old.share;
            found->second.scaling = old.scaling;
            found->second.edited = old.edited;
        }
    }
    m_rows.clear();
    for (auto &[group, row] : next) {
        m_rows.push_back(std::move(row));
    }
    const bool isFirst = std::ranges::all_of(m_rows, &DeployRow::isNew);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].usesManifest = isFirst;
        m_rows[i].scaling = withEdits(presentScaling(i), m_rows[i]);
    }
    setVersion(m_version);
}

std::vector<std::size_t> DeployPlan::chosen() const
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].isChosen) {
            rows.push_back(i);
        }
    }
    return rows;
}

bool DeployPlan::canChoose(std::size_t row) const
{
    return !m_rows[row].hasAlready(m_version);
}

void DeployPlan::choose(std::size_t row, bool isChosen)
{
    m_rows[row].isChosen = isChosen && canChoose(row);
    m_rows[row].isChangedMeanwhile = false;
}

void DeployPlan::setShare(std::size_t row, int share)
{
    m_rows[row].share = m_rows[row].others(m_version).empty() ? 100 : share;
}

void DeployPlan::setScaling(std::size_t row, ScalingField field, double to)
{
    DeployRow &at = m_rows[row];
    put(at.scaling, field, to);
    if (!at.usesManifest && value(at.scaling, field) == value(presentScaling(row), field)) {
        at.edited.removeAll(field);
    } else if (!at.edited.contains(field)) {
        at.edited.append(field);
    }
}

void DeployPlan::resetScaling(std::size_t row, ScalingField field)
{
    m_rows[row].edited.removeAll(field);
    put(m_rows[row].scaling, field, value(presentScaling(row), field));
}

std::string DeployPlan::nameOf(ScalingField field)
{
    switch (field) {
    case ScalingField::Reserved:
        return "reserved";
    case ScalingField::Maximum:
        return "maximum";
    case ScalingField::Threshold:
        return "threshold";
    case ScalingField::Utilisation:
        return "utilisation";
    }
    return {};
}

double DeployPlan::value(const wire::ScalingPolicy &policy, ScalingField field)
{
    switch (field) {
    case ScalingField::Reserved:
        return policy.reserved;
    case ScalingField::Maximum:
        return policy.maximum;
    case ScalingField::Threshold:
        return policy.threshold;
    case ScalingField::Utilisation:
        return policy.utilisation;
    }
    return 0;
}

wire::ScalingPolicy DeployPlan::presentScaling(std::size_t row) const
{
    return m_rows[row].present ? m_rows[row].present->scaling : firstScaling();
}

/// A group where the function is new begins with the policy of the first one where it is, and keeps nothing
/// ready by itself.
wire::ScalingPolicy DeployPlan::firstScaling() const
{
    const auto first = std::ranges::find_if(m_rows, [](const DeployRow &row) { return !row.isNew(); });
    wire::ScalingPolicy policy = first != m_rows.end() ? first->present->scaling : wire::ScalingPolicy{};
    policy.reserved = 0;
    return policy;
}

std::vector<PlanProblem> DeployPlan::problems() const
{
    std::vector<PlanProblem> all;
    const QLocale locale;
    for (const std::size_t i : chosen()) {
        const DeployRow &row = m_rows[i];
        const wire::ScalingPolicy &policy = row.scaling;
        const auto add = [&all, i](std::optional<ScalingField> field, const QString &sentence) {
            all.push_back({i, field, sentence});
        };
        if (policy.reserved < 0) {
            add(ScalingField::Reserved, Plan::tr("Reserved must be 0 or more."));
        } else if (policy.reserved > policy.maximum &&
                   (!row.usesManifest || row.edited.contains(ScalingField::Maximum))) {
            add(ScalingField::Reserved,
                Plan::tr("Reserved %1 is more than the maximum of %2.")
                    .arg(locale.toString(policy.reserved), locale.toString(policy.maximum)));
        }
        if (policy.maximum < 1 || policy.maximum > scaling::mostInstances) {
            add(ScalingField::Maximum, Plan::tr("The maximum must lie between 1 and %1.")
                                           .arg(locale.toString(scaling::mostInstances)));
        } else if (const auto live = std::ranges::count_if(
                       weights(row), [](const auto &weight) { return weight.weight > 0; });
                   policy.maximum < live) {
            add(ScalingField::Maximum,
                Plan::tr("The maximum must be at least %1: each version with a share needs an instance.")
                    .arg(locale.toString(static_cast<qlonglong>(live))));
        }
        if (!(policy.threshold > 0 && policy.threshold <= 1e12)) {
            add(ScalingField::Threshold, Plan::tr("The threshold must be above 0."));
        }
        if (!(policy.utilisation >= leastUtilisation && policy.utilisation <= 1)) {
            add(ScalingField::Utilisation, Plan::tr("The utilisation must lie between 0.05 and 1."));
        }
        if (row.share < 1 || row.share > 100) {
            add(std::nullopt, Plan::tr("The share must lie between 1 and 100 %."));
        }
    }
    return all;
}

std::vector<wire::VersionWeight> DeployPlan::weights(const DeployRow &row) const
{
    auto rest = row.others(m_version);
    const int left = 100 - std::clamp(row.share, 0, 100);
    if (rest.empty() || left == 0) {
        return {{m_version, 100}};
    }
    int sum = 0;
    for (const auto &weight : rest) {
        sum += weight.weight;
    }
    int given = 0;
    for (auto &weight : rest) {
        weight.weight = sum > 0 ? weight.weight * left / sum : 0;
        given += weight.weight;
    }
    rest.front().weight += left - given;
    std::erase_if(rest, [](const auto &weight) { return weight.weight == 0; });
    rest.push_back({m_version, 100 - left});
    std::ranges::sort(rest, {}, &wire::VersionWeight::version);
    return rest;
}

wire::Deployment DeployPlan::wanted(std::size_t at, const std::string &reason) const
{
    const DeployRow &row = m_rows[at];
    wire::Deployment document = row.present.value_or(wire::Deployment{});
    document.function = m_function;
    document.set = row.group.set;
    document.lane = row.group.lane;
    document.region = row.group.region;
    document.weights = weights(row);
    document.scaling = row.scaling;
    document.reason = reason;
    document.status.reset();
    return document;
}

} // namespace nest::models
