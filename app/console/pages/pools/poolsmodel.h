// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The pools as rows of cells, in the order of the platform's list.
//
// Invariants: a row's figures change in place, so that selection and order survive. Thread: UI. Owner: the
// page; the collection outlives it.

#include "models/collection.h"
#include "widgets/table/cells.h"

#include <QAbstractTableModel>

#include <optional>

namespace nest::console {

class PoolsModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PoolsModel)

public:
    enum Column { Name, Kind, Runtime, Idle, Warming, Claimed, HitRate, Specialise, Memory, Serves, Columns };

    explicit PoolsModel(models::Collection<wire::Pool> &pools, QObject *parent = nullptr);

    /// Only these; nothing: all.
    void setKind(std::optional<wire::PoolKind> kind);
    [[nodiscard]] const wire::Pool *find(const std::string &name) const;
    [[nodiscard]] int rowOf(const std::string &name) const;
    /// "4 idle, 12 claimed in 1 h, hit rate 92.3 %" of all.
    [[nodiscard]] QString summary() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void take(const models::CollectionDelta &delta);
    void fill();
    [[nodiscard]] bool accepts(const wire::Pool &pool) const { return !m_kind || pool.kind == *m_kind; }
    [[nodiscard]] widgets::Cell cell(const wire::Pool &pool, int column) const;
    [[nodiscard]] QVariant sortValue(const wire::Pool &pool, int column) const;

    models::Collection<wire::Pool> &m_pools;
    std::optional<wire::PoolKind> m_kind;
    std::vector<std::string> m_rows; // names
};

/// How a pool does, and the sentence that says it.
[[nodiscard]] widgets::PillCell poolPill(const wire::Pool &pool);
[[nodiscard]] QString poolSentence(const wire::Pool &pool);

} // namespace nest::console
