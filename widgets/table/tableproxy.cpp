// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/tableproxy.h"

#include "widgets/table/cells.h"

#include <utility>

namespace nest::widgets {

namespace {
constexpr int settleMilliseconds = 500; // a burst of changes is sorted once, and rows rest in between
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
    m_firstKeys = readKeys(m_first.column);
    m_secondKeys = readKeys(m_second.column);
    sort(m_first.column, m_first.order);
    m_firstKeys = {};
    m_secondKeys = {};
    if (hadPending) {
        Q_EMIT pendingChangesChanged(0);
    }
}

bool TableProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto key = [this](const QModelIndex &index, int column) {
        return keyOf(sourceModel()->index(index.row(), column).data(SortRole));
    };
    const auto row = [](const QModelIndex &index) {
        return static_cast<std::size_t>(index.row());
    };
    bool isDecided = false;
    for (const auto &[by, keys] : {std::pair{m_first, &m_firstKeys}, std::pair{m_second, &m_secondKeys}}) {
        if (by.column < 0) {
            break;
        }
        const bool isBefore = keys->empty()
                                  ? comesBefore(key(left, by.column), key(right, by.column), by, isDecided)
                                  : comesBefore((*keys)[row(left)], (*keys)[row(right)], by, isDecided);
        if (isDecided) {
            return isBefore;
        }
    }
    return false;
}

TableProxy::Key TableProxy::keyOf(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        return {};
    case QMetaType::QString:
        return {.kind = Key::Kind::Text, .text = value.toString(), .other = {}};
    case QMetaType::Double:
    case QMetaType::Float:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
        return {.kind = Key::Kind::Number, .number = value.toDouble(), .text = {}, .other = {}};
    default:
        return {.kind = Key::Kind::Other, .text = {}, .other = value};
    }
}

int TableProxy::compare(const Key &left, const Key &right)
{
    if (left.kind == Key::Kind::Number && right.kind == Key::Kind::Number) {
        return left.number < right.number ? -1 : left.number > right.number ? 1 : 0;
    }
    if (left.kind == Key::Kind::Text && right.kind == Key::Kind::Text) {
        return QString::compare(left.text, right.text, Qt::CaseInsensitive);
    }
    const QPartialOrdering order = QVariant::compare(left.other, right.other);
    return order == QPartialOrdering::Less ? -1 : order == QPartialOrdering::Greater ? 1 : 0;
}

bool TableProxy::comesBefore(const Key &left, const Key &right, SortKey by, bool &isDecided) const
{
    const bool isLeftKnown = left.kind != Key::Kind::Unknown;
    const bool isOneUnknown = isLeftKnown != (right.kind != Key::Kind::Unknown);
    const int order = isOneUnknown ? (isLeftKnown ? -1 : 1) : compare(left, right);
    isDecided = order != 0;
    // Qt turns the answer round for a descending order: what is to come out as it is, is turned here too.
    const bool isTurned = m_first.order == Qt::DescendingOrder;
    const bool wantsTurned = !isOneUnknown && by.order == Qt::DescendingOrder;
    return isTurned == wantsTurned ? order < 0 : order > 0;
}

std::vector<TableProxy::Key> TableProxy::readKeys(int column) const
{
    std::vector<Key> keys;
    if (column >= 0 && sourceModel()) {
        const int rows = sourceModel()->rowCount();
        keys.reserve(static_cast<std::size_t>(rows));
        for (int row = 0; row < rows; ++row) {
            keys.push_back(keyOf(sourceModel()->index(row, column).data(SortRole)));
        }
    }
    return keys;
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
    const auto mayStandBefore = [this](const QModelIndex &first, const QModelIndex &second) {
        return m_first.order == Qt::AscendingOrder ? !lessThan(mapToSource(second), mapToSource(first))
                                                   : !lessThan(mapToSource(first), mapToSource(second));
    };
    const int row = proxyIndex.row();
    return (row == 0 || mayStandBefore(index(row - 1, 0), proxyIndex)) &&
           (row + 1 >= rowCount() || mayStandBefore(proxyIndex, index(row + 1, 0)));
}

} // namespace nest::widgets
