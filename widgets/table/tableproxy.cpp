// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/tableproxy.h"

#include "widgets/table/cells.h"

namespace nest::widgets {

namespace {
constexpr int settleMilliseconds = 100; // changes of one batch are sorted once

/// Negative, zero, positive. When exactly one of them is not known it counts as greater.
int compare(const QVariant &left, const QVariant &right, bool &isOneUnknown)
{
    isOneUnknown = left.isValid() != right.isValid();
    if (isOneUnknown) {
        return left.isValid() ? -1 : 1;
    }
    if (left.typeId() == QMetaType::QString && right.typeId() == QMetaType::QString) {
        return QString::compare(left.toString(), right.toString(), Qt::CaseInsensitive);
    }
    const QPartialOrdering order = QVariant::compare(left, right);
    return order == QPartialOrdering::Less ? -1 : order == QPartialOrdering::Greater ? 1 : 0;
}
} // namespace

TableProxy::TableProxy(QObject *parent) : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(false); // this class decides when rows may move
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMilliseconds);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        if (!m_isFrozen) {
            sortNow();
        }
    });
}

void TableProxy::setSourceModel(QAbstractItemModel *model)
{
    if (QAbstractItemModel *old = sourceModel()) {
        disconnect(old, nullptr, this, nullptr);
    }
    m_pending.clear();
    QSortFilterProxyModel::setSourceModel(model);
    if (!model) {
        return;
    }
    connect(
        model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last) { noteChanged(first.row(), last.row()); });
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { noteChanged(first, last); });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_pending.clear();
        sortNow();
    });
}

QVariant TableProxy::data(const QModelIndex &index, int role) const
{
    QVariant value = QSortFilterProxyModel::data(index, role);
    const bool isText = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
    if (isText && !value.isValid()) {
        return textOf(QSortFilterProxyModel::data(index, CellDataRole).value<Cell>());
    }
    return value;
}

void TableProxy::setSortKeys(SortKey first, SortKey second)
{
    m_first = first;
    m_second = second;
    sortNow();
}

void TableProxy::setRowFilter(std::function<bool(const QAbstractItemModel &, int)> filter)
{
    m_filter = std::move(filter);
    sortNow();
}

int TableProxy::hiddenRows() const
{
    return sourceModel() ? sourceModel()->rowCount() - rowCount() : 0;
}

void TableProxy::setFrozen(bool isFrozen)
{
    if (isFrozen == m_isFrozen) {
        return;
    }
    m_isFrozen = isFrozen;
    if (!isFrozen && !m_pending.isEmpty()) {
        m_settle.start();
    }
}

void TableProxy::sortNow()
{
    m_settle.stop();
    const bool hadPending = !m_pending.isEmpty();
    m_pending.clear();
    invalidateRowsFilter();
    sort(m_first.column, m_first.order);
    if (hadPending) {
        Q_EMIT pendingChangesChanged(0);
    }
}

bool TableProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto value = [this](const QModelIndex &index, int column) {
        return sourceModel()->index(index.row(), column).data(SortRole);
    };
    for (const SortKey &key : {m_first, m_second}) {
        if (key.column < 0) {
            break;
        }
        bool isOneUnknown = false;
        const int order = compare(value(left, key.column), value(right, key.column), isOneUnknown);
        if (order != 0) {
            // Qt turns the answer round for a descending order: what is to come out as it is, is turned here
            // too.
            const bool isTurned = m_first.order == Qt::DescendingOrder;
            const bool wantsTurned = !isOneUnknown && key.order == Qt::DescendingOrder;
            return isTurned == wantsTurned ? order < 0 : order > 0;
        }
    }
    return false;
}

bool TableProxy::filterAcceptsRow(int row, const QModelIndex &) const
{
    return !m_filter || m_filter(*sourceModel(), row);
}

void TableProxy::noteChanged(int firstSourceRow, int lastSourceRow)
{
    const auto before = m_pending.size();
    for (int row = firstSourceRow; row <= lastSourceRow; ++row) {
        notePending(sourceModel()->index(row, 0));
    }
    if (m_pending.size() == before) {
        return;
    }
    if (!m_isFrozen && !m_settle.isActive()) {
        m_settle.start();
    }
    Q_EMIT pendingChangesChanged(pendingChanges());
}

void TableProxy::notePending(const QModelIndex &source)
{
    const QModelIndex shown = mapFromSource(source);
    const bool isWanted = filterAcceptsRow(source.row(), {});
    if (isWanted != shown.isValid() || (shown.isValid() && !isInPlace(shown))) {
        m_pending.insert(source);
    }
}

bool TableProxy::isInPlace(const QModelIndex &proxyIndex) const
{
    if (m_first.column < 0) {
        return true;
    }
    const auto comesBefore = [this](const QModelIndex &first, const QModelIndex &second) {
        return m_first.order == Qt::AscendingOrder ? !lessThan(mapToSource(second), mapToSource(first))
                                                   : !lessThan(mapToSource(first), mapToSource(second));
    };
    const int row = proxyIndex.row();
    return (row == 0 || comesBefore(index(row - 1, 0), proxyIndex)) &&
           (row + 1 >= rowCount() || comesBefore(proxyIndex, index(row + 1, 0)));
}

} // namespace nest::widgets
