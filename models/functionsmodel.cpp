// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/functionsmodel.h"

#include <algorithm>
#include <tuple>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

// More separate pieces than this when a filter turns over the table: one reset is cheaper for every view.
constexpr std::size_t piecesBeforeReset = 500;

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

std::string functionOf(const std::string &deploymentKey)
{
    return deploymentKey.substr(0, deploymentKey.find('/'));
}

/// Groups of the main lane and the default SET are named first.
std::tuple<bool, bool, wire::GroupName> homeFirst(const wire::Deployment *deployment)
{
    return {deployment->lane != "main",
            deployment->set != "default",
            {deployment->set, deployment->lane, deployment->region}};
}

/// How much a person should care: the worst state of a function's groups is shown.
int gravity(wire::DeploymentState state)
{
    switch (state) {
    case wire::DeploymentState::Failed:
        return 5;
    case wire::DeploymentState::Degraded:
        return 4;
    case wire::DeploymentState::Starting:
        return 3;
    case wire::DeploymentState::Draining:
        return 2;
    case wire::DeploymentState::Healthy:
        return 1;
    case wire::DeploymentState::AtZero:
        return 0;
    }
    return 0;
}

} // namespace

FunctionsModel::FunctionsModel(Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session), m_sparks(session.client())
{
    connect(&session.functions(), &CollectionBase::changed, this, &FunctionsModel::functionsChanged);
    connect(&session.deployments(), &CollectionBase::changed, this, &FunctionsModel::deploymentsChanged);
    connect(&session.stats(), &LiveStats::updated, this, &FunctionsModel::statsUpdated);
    connect(&m_sparks, &SparkHistory::loaded, this,
            [this](const std::string &function) { refresh({function}, Requests, Requests); });
    auto &deployments = session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        const auto key = Collection<wire::Deployment>::keyOf(deployments.at(i));
        m_deploymentsOf[functionOf(key)].insert(key);
    }
    syncRows(false);
}

FunctionsModel::~FunctionsModel() = default;

int FunctionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FunctionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

int FunctionsModel::rowOf(const std::string &function) const
{
    const auto found = std::ranges::lower_bound(
        m_rows, function, {}, [](const auto &row) -> const std::string & { return row->name; });
    return found != m_rows.end() && (*found)->name == function ? static_cast<int>(found - m_rows.begin())
                                                               : -1;
}

void FunctionsModel::setScope(const Scope &scope)
{
    if (m_scope == scope) {
        return;
    }
    m_scope = scope;
    m_sparks.clear();
    syncRows(true);
    std::set<std::string> all;
    for (const auto &row : m_rows) {
        all.insert(row->name);
    }
    refresh(all, Name, ColumnCount - 1);
}

void FunctionsModel::setFilter(const QString &filter)
{
    if (m_filter != filter) {
        m_filter = filter;
        syncRows(true);
    }
}

void FunctionsModel::setRange(std::chrono::seconds range)
{
    if (m_sparks.range() == range) {
        return;
    }
    m_sparks.setRange(range);
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, Requests), index(rowCount() - 1, Requests), {Qt::DisplayRole, CellRole});
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, Requests, Requests);
}

bool FunctionsModel::isShown(const wire::Function &function) const
{
    if (!m_scope.isAll()) {
        const auto keys = m_deploymentsOf.find(function.name);
        const bool isInScope = keys != m_deploymentsOf.end() &&
                               std::ranges::any_of(keys->second, [this](const std::string &key) {
                                   const auto *deployment = m_session.deployments().find(key);
                                   return deployment != nullptr && m_scope.contains(*deployment);
                               });
        if (!isInScope) {
            return false;
        }
    }
    const auto has = [](const std::string &field, const QString &word) {
        return toText(field).contains(word, Qt::CaseInsensitive);
    };
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString &word) {
        const QString key = word.section(u':', 0, 0);
        const QString value = word.section(u':', 1);
        if (key == "runtime"_L1) {
            return has(function.runtime, value);
        }
        if (key == "owner"_L1) {
            return has(function.owner, value);
        }
        if (key == "service"_L1) {
            return has(function.service, value);
        }
        return has(function.name, word) || has(function.runtime, word) || has(function.owner, word) ||
               has(function.service, word) || has(function.description, word);
    });
}

std::unique_ptr<FunctionsModel::Row> FunctionsModel::makeRow(const std::string &name) const
{
    auto row = std::make_unique<Row>();
    row->name = name;
    const auto keys = m_deploymentsOf.find(name);
    if (keys == m_deploymentsOf.end()) {
        return row;
    }
    std::vector<const wire::Deployment *> deployments;
    for (const std::string &key : keys->second) {
        const auto *deployment = m_session.deployments().find(key);
        if (deployment != nullptr && m_scope.contains(*deployment)) {
            deployments.push_back(deployment);
        }
    }
    std::ranges::sort(deployments, {}, homeFirst);
    double weightedSuccess = 0;
    double successWeight = 0;
    for (const auto *deployment : deployments) {
        row->groups.push_back({deployment->set, deployment->lane, deployment->region});
        QList<wire::VersionWeight> weights(deployment->weights.begin(), deployment->weights.end());
        std::ranges::sort(weights, {}, &wire::VersionWeight::version);
        const auto same = std::ranges::find(row->weights.parts, weights, &GroupWeights::weights);
        if (same == row->weights.parts.end()) {
            row->weights.parts.append({weights, {row->groups.back()}});
        } else {
            same->groups.append(row->groups.back());
        }
        const auto *stats = m_session.stats().deployment(Collection<wire::Deployment>::keyOf(*deployment));
        const auto add = [](auto &sum, auto value) {
            sum = sum.value_or(0) + value;
        };
        if (const auto &status = deployment->status) {
            add(row->ready.ready, stats != nullptr ? stats->ready : status->ready);
            add(row->ready.desired, stats != nullptr ? stats->desired : status->desired);
            if (!row->state || gravity(status->state) > gravity(*row->state)) {
                row->state = status->state;
                row->reason = status->reason;
            }
        }
        if (stats != nullptr) {
            add(row->requestsPerSecond, stats->requestsPerSecond);
            if (stats->p99Ms) {
                row->p99Ms = std::max(row->p99Ms.value_or(0), *stats->p99Ms);
            }
            if (stats->successPercent) {
                // A group that is quiet this second still has its last minute: it counts a little.
                const double weight = std::max(stats->requestsPerSecond, 0.01);
                weightedSuccess += *stats->successPercent * weight;
                successWeight += weight;
            }
        }
    }
    std::ranges::stable_sort(row->weights.parts, std::greater(),
                             [](const GroupWeights &part) { return part.groups.size(); });
    if (successWeight > 0) {
        row->successPercent = weightedSuccess / successWeight;
    }
    return row;
}

void FunctionsModel::functionsChanged(const CollectionDelta &delta)
{
    for (const auto &name : delta.removed) {
        m_sparks.forget(name);
    }
    // An update may move a row in or out of the filter.
    if (!delta.inserted.empty() || !delta.removed.empty() || !m_filter.isEmpty()) {
        syncRows(false);
    }
    refresh({delta.updated.begin(), delta.updated.end()}, Name, Runtime);
}

void FunctionsModel::deploymentsChanged(const CollectionDelta &delta)
{
    std::set<std::string> names;
    for (const auto &key : delta.removed) {
        m_deploymentsOf[functionOf(key)].erase(key);
        names.insert(functionOf(key));
    }
    for (const auto &key : delta.inserted) {
        m_deploymentsOf[functionOf(key)].insert(key);
        names.insert(functionOf(key));
    }
    if (!m_scope.isAll() && !names.empty()) {
        syncRows(false);
    }
    for (const auto &key : delta.updated) {
        names.insert(functionOf(key));
    }
    refresh(names, Name, ColumnCount - 1);
}

void FunctionsModel::statsUpdated()
{
    // Also those that the new event says nothing about any more.
    std::set<std::string> names = std::exchange(m_withStats, {});
    for (const auto &[key, stats] : m_session.stats().deployments()) {
        m_withStats.insert(stats.function);
    }
    names.insert(m_withStats.begin(), m_withStats.end());
    const auto time = m_session.stats().time();
    refresh(names, Requests, ReadyDesired);
    for (const auto &name : m_withStats) {
        const int row = rowOf(name);
        if (row >= 0 && time) {
            if (const auto rate = m_rows[static_cast<std::size_t>(row)]->requestsPerSecond) {
                m_sparks.extend(name, *rate, *time);
            }
        }
    }
}

void FunctionsModel::refresh(const std::set<std::string> &names, int firstColumn, int lastColumn)
{
    static const QList<int> roles{Qt::DisplayRole, SortRole, CellRole};
    int lowest = rowCount();
    int highest = -1;
    const bool asOneRange = names.size() * 2 > m_rows.size();
    for (const auto &name : names) {
        const int row = rowOf(name);
        if (row < 0) {
            continue;
        }
        m_rows[static_cast<std::size_t>(row)] = makeRow(name);
        if (asOneRange) {
            lowest = std::min(lowest, row);
            highest = std::max(highest, row);
        } else {
            Q_EMIT dataChanged(index(row, firstColumn), index(row, lastColumn), roles);
        }
    }
    if (highest >= 0) {
        Q_EMIT dataChanged(index(lowest, firstColumn), index(highest, lastColumn), roles);
    }
}

void FunctionsModel::syncRows(bool mayReset)
{
    std::vector<std::string> wanted;
    const auto &functions = m_session.functions();
    for (std::size_t i = 0; i < functions.size(); ++i) {
        if (isShown(functions.at(i))) {
            wanted.push_back(functions.at(i).name);
        }
    }
    std::ranges::sort(wanted);

    // Pieces to remove, as [first, last] of the present rows, and afterwards pieces to insert.
    std::vector<std::pair<std::size_t, std::size_t>> pieces;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (!std::ranges::binary_search(wanted, m_rows[i]->name)) {
            if (!pieces.empty() && pieces.back().second + 1 == i) {
                pieces.back().second = i;
            } else {
                pieces.emplace_back(i, i);
            }
        }
    }
    const bool turnsOver =
        pieces.size() + (wanted.size() > m_rows.size() ? wanted.size() - m_rows.size() : 0) >
        piecesBeforeReset;
    if (mayReset && turnsOver && !m_rows.empty()) {
        beginResetModel();
        m_rows.clear();
        for (const auto &name : wanted) {
            m_rows.push_back(makeRow(name));
        }
        endResetModel();
        return;
    }
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        beginRemoveRows({}, static_cast<int>(piece->first), static_cast<int>(piece->second));
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(piece->first),
                     m_rows.begin() + static_cast<std::ptrdiff_t>(piece->second) + 1);
        endRemoveRows();
    }
    for (std::size_t at = 0; at < wanted.size();) {
        if (at < m_rows.size() && m_rows[at]->name == wanted[at]) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < wanted.size() && (at >= m_rows.size() || wanted[end] != m_rows[at]->name)) {
            ++end;
        }
        Rows inserted;
        for (std::size_t i = at; i < end; ++i) {
            inserted.push_back(makeRow(wanted[i]));
        }
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(end) - 1);
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(at),
                      std::make_move_iterator(inserted.begin()), std::make_move_iterator(inserted.end()));
        endInsertRows();
        at = end;
    }
}

} // namespace nest::models
