// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The instances that answered a load run, one a row: how much, how fast, how each was started.
//
// Rows keep their place: they come in the order of their first answer. Thread: UI. Owner: LoadResults.

#include "app/console/pages/function/test/loadjob.h"
#include "widgets/table/cells.h"

#include <QAbstractTableModel>

namespace nest::console {

class LoadInstances final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadInstances)

public:
    enum Column { Instance, Share, Answered, P50, P99, ColdStart, ReadyAt, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: none.
    void show(const LoadJob *job);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        client::LoadInstance answered;
        std::optional<double> coldStartMs; // when it was started in the run
        std::optional<qint64> readyAtMs;   // since the start; negative: before it
        bool operator==(const Row &) const = default;
    };

    [[nodiscard]] widgets::Cell cell(const Row &row, int column) const;
    [[nodiscard]] static QVariant sortValue(const Row &row, int column);
    [[nodiscard]] static Row rowOf(const LoadJob &job, const client::LoadInstance &answered);

    std::vector<Row> m_rows;
    std::int64_t m_most = 0;
};

} // namespace nest::console
