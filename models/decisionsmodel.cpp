// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/decisionsmodel.h"

#include "models/explain.h"

#include <QCoroTask>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

/// Newest first; the id, which grows with time, orders those of one instant.
bool isNewer(const wire::Decision &left, const wire::Decision &right)
{
    return left.time != right.time ? left.time > right.time : left.id > right.id;
}

} // namespace

DecisionsModel::DecisionsModel(Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session.watch(), &client::Watch::changed, this, &DecisionsModel::takeChanges);
    // After a new list of everything, decisions of the time between may be missing.
    connect(&session.functions(), &CollectionBase::listed, this, &DecisionsModel::reload);
    if (session.functions().isListed()) {
        reload();
    }
}

DecisionsModel::~DecisionsModel()
{
    m_stop.request_stop();
}

int DecisionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DecisionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DecisionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const wire::Decision &decision = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(decision, index.column());
    case Qt::ToolTipRole:
        return explain::sentences(decision).join(u"<br>"_s);
    case SortRole:
        switch (index.column()) {
        case Time:
            return QVariant::fromValue<qlonglong>(decision.time.time_since_epoch().count());
        case Instances:
            return decision.desired;
        case Difference:
            return decision.desired - decision.from;
        default:
            return text(decision, index.column());
        }
    case CellRole:
        return index.column() == Instances || index.column() == Difference
                   ? QVariant::fromValue(ChangeCell{decision.from, decision.desired, decision.wished})
                   : QVariant(text(decision, index.column()));
    case KeyRole:
        return QString::fromStdString(decision.id);
    default:
        return {};
    }
}

QString DecisionsModel::text(const wire::Decision &decision, int column) const
{
    switch (column) {
    case Time:
        return QDateTime::fromMSecsSinceEpoch(decision.time.time_since_epoch().count())
            .toString(u"HH:mm:ss"_s);
    case Instances:
        return u"%1 → %2"_s.arg(decision.from).arg(decision.desired);
    case Difference: {
        const int difference = decision.desired - decision.from;
        return difference == 0  ? u"0"_s
               : difference > 0 ? u"+%1"_s.arg(difference)
                                : u"\u2212%1"_s.arg(-difference);
    }
    case Cause:
        return explain::cause(decision);
    case Reason:
        return m_hasSeveralVersions ? u"v%1 · %2"_s.arg(decision.version).arg(explain::reason(decision))
                                    : explain::reason(decision);
    default:
        return {};
    }
}

QVariant DecisionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Time:
        return tr("Time");
    case Instances:
        return tr("Instances");
    case Difference:
        return u"±"_s;
    case Cause:
        return tr("Cause");
    case Reason:
        return tr("Reason");
    default:
        return {};
    }
}

int DecisionsModel::rowOf(const std::string &id) const
{
    const auto found = std::ranges::find(m_rows, id, &wire::Decision::id);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void DecisionsModel::setFilter(const Filter &filter)
{
    if (m_filter == filter) {
        return;
    }
    beginResetModel();
    m_filter = filter;
    m_rows.clear();
    m_ids.clear();
    m_nextCursor.clear();
    m_isListed = false;
    m_hasSeveralVersions = false;
    endResetModel();
    if (m_session.functions().isListed()) {
        reload();
    }
}

bool DecisionsModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isLoading && !m_nextCursor.empty();
}

void DecisionsModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        ask(m_nextCursor);
    }
}

void DecisionsModel::reload()
{
    ask({});
}

void DecisionsModel::ask(std::string cursor)
{
    m_stop.request_stop();
    m_stop = {};
    m_isLoading = true;
    Q_EMIT loadingChanged();
    client::DecisionQuery query;
    query.function = m_filter.function;
    query.group = m_filter.group;
    query.version = m_filter.version;
    query.cursor = cursor;
    QCoro::connect(m_session.client().decisions(query, m_stop.get_token()), this,
                   [this, stop = m_stop.get_token(),
                    isFirstPage = cursor.empty()](Result<client::Page<wire::Decision>> &&page) {
                       if (!stop.stop_requested()) {
                           take(std::move(page), isFirstPage);
                       }
                   });
}

void DecisionsModel::take(Result<client::Page<wire::Decision>> page, bool isFirstPage)
{
    m_isLoading = false;
    if (!page) {
        m_error = std::move(page.error());
    } else {
        m_error = {};
        // A first page that is read again must not forget how far down the older ones were read.
        if (!isFirstPage || !m_isListed) {
            m_nextCursor = page->nextCursor.value_or(std::string());
        }
        m_isListed = true;
        merge(std::move(page->items));
    }
    Q_EMIT loadingChanged();
}

void DecisionsModel::takeChanges(const client::WatchChanges &changes)
{
    std::vector<wire::Decision> added;
    for (const auto &change : *changes) {
        const auto *decision = std::get_if<wire::Decision>(&change.object);
        if (decision != nullptr && accepts(*decision)) {
            added.push_back(*decision);
        }
    }
    if (!added.empty()) {
        merge(std::move(added));
    }
}

bool DecisionsModel::accepts(const wire::Decision &decision) const
{
    const wire::GroupName group{decision.set, decision.lane, decision.region};
    return (m_filter.function.empty() || m_filter.function == decision.function) &&
           (!m_filter.group || *m_filter.group == group) &&
           (!m_filter.version || *m_filter.version == decision.version);
}

void DecisionsModel::merge(std::vector<wire::Decision> decisions)
{
    std::erase_if(decisions,
                  [this](const wire::Decision &decision) { return !m_ids.insert(decision.id).second; });
    std::ranges::sort(decisions, isNewer);
    // Runs that belong between the same two rows go in as one range.
    std::size_t next = 0;
    while (next < decisions.size()) {
        const auto at = std::ranges::upper_bound(m_rows, decisions[next], isNewer);
        std::size_t end = next + 1;
        while (end < decisions.size() && (at == m_rows.end() || isNewer(decisions[end], *at))) {
            ++end;
        }
        const int row = static_cast<int>(at - m_rows.begin());
        beginInsertRows({}, row, row + static_cast<int>(end - next) - 1);
        m_rows.insert(at, std::make_move_iterator(decisions.begin() + static_cast<std::ptrdiff_t>(next)),
                      std::make_move_iterator(decisions.begin() + static_cast<std::ptrdiff_t>(end)));
        endInsertRows();
        next = end;
    }
    const bool hasSeveral = std::ranges::any_of(m_rows, [this](const wire::Decision &decision) {
        return decision.function == m_rows.front().function && decision.version != m_rows.front().version;
    });
    if (hasSeveral != m_hasSeveralVersions) {
        m_hasSeveralVersions = hasSeveral;
        Q_EMIT dataChanged(index(0, Reason), index(rowCount() - 1, Reason));
    }
}

} // namespace nest::models
