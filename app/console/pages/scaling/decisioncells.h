// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DecisionsModel in the table's terms: rows and columns are the model's, cells have colour and icon.
//
// Thread: UI. Owner: the decisions panel; the model outlives it.

#include "models/decisionsmodel.h"
#include "widgets/table/cells.h"

#include <QIdentityProxyModel>

namespace nest::console {

class DecisionCells final : public QIdentityProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DecisionCells)

public:
    explicit DecisionCells(models::DecisionsModel &model, QObject *parent = nullptr);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] widgets::Cell cell(int row, int column) const;

    models::DecisionsModel &m_model;
};

} // namespace nest::console
