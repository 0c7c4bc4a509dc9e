// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Order and filter of a table. Rows change place only when nobody points at them: while frozen, changes are
// counted and wait for sortNow().
//
// Invariants: equal rows keep the model's order; what is not known (an invalid SortRole) is last in both
// directions. Thread: GUI. Owner: TableView.

#include <QPersistentModelIndex>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QTimer>

#include <functional>
#include <vector>

namespace nest::widgets {

struct SortKey
{
    int column = -1; // -1: the model's order
    Qt::SortOrder order = Qt::AscendingOrder;
    bool operator==(const SortKey &) const = default;
};

class TableProxy final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableProxy)

public:
    explicit TableProxy(QObject *parent = nullptr);

    void setSourceModel(QAbstractItemModel *model) override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setSortKeys(SortKey first, SortKey second = {});
    [[nodiscard]] SortKey firstKey() const { return m_first; }
    [[nodiscard]] SortKey secondKey() const { return m_second; }
    /// True for the rows that stay; null shows all. Called again for every row.
    void setRowFilter(std::function<bool(const QAbstractItemModel &model, int row)> filter);
    /// Rows of the model that the filter hides.
    [[nodiscard]] int hiddenRows() const;

    void setFrozen(bool isFrozen);
    [[nodiscard]] bool isFrozen() const { return m_isFrozen; }
    [[nodiscard]] int pendingChanges() const { return static_cast<int>(m_pending.size()); }
    void sortNow();

Q_SIGNALS:
    void pendingChangesChanged(int count);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    /// One value to sort by, read from the model once a sort instead of once a comparison.
    struct Key
    {
        enum class Kind { Unknown, Number, Text, Other };
        Kind kind = Kind::Unknown;
        double number = 0;
        QString text;
        QVariant other;
    };

    [[nodiscard]] static Key keyOf(const QVariant &value);
    [[nodiscard]] static int compare(const Key &left, const Key &right);
    [[nodiscard]] bool comesBefore(const Key &left, const Key &right, SortKey by, bool &isDecided) const;
    [[nodiscard]] std::vector<Key> readKeys(int column) const;
    void noteChanged(int firstSourceRow, int lastSourceRow);
    void notePending(const QModelIndex &source);
    [[nodiscard]] bool isInPlace(const QModelIndex &proxyIndex) const;

    SortKey m_first, m_second;
    std::function<bool(const QAbstractItemModel &, int)> m_filter;
    bool m_isFrozen = false;
    QSet<QPersistentModelIndex> m_pending; // of the source, column 0
    QTimer m_settle;
    std::vector<Key> m_firstKeys, m_secondKeys; // by row of the model; filled only while sortNow runs
};

} // namespace nest::widgets
