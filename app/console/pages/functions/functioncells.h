// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FunctionsModel in the table's terms: its plain values become cells with colour, icon and unit.
//
// Rows and columns are the model's. A value gets a status colour only from the platform's own verdict or from
// the two limits in the .cpp. Thread: UI. Owner: the page; the model outlives it.

#include "models/functionsmodel.h"
#include "widgets/table/cells.h"

#include <QIdentityProxyModel>

namespace nest::console {

class FunctionCells final : public QIdentityProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FunctionCells)

public:
    explicit FunctionCells(models::FunctionsModel &model, QObject *parent = nullptr);

    /// "03:12:02": the values are from then and say "was". Empty: they are current.
    void setAsOf(const QString &time);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] widgets::Cell cell(const QModelIndex &source) const;
    [[nodiscard]] widgets::Cell nameCell(const models::NameCell &name) const;
    [[nodiscard]] widgets::Cell sparkCell(const QModelIndex &source, const models::SparkCell &spark) const;
    [[nodiscard]] QString toolTip(const QModelIndex &source) const;

    QString m_asOf;
};

} // namespace nest::console
