// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rows of the palette: heads of sections and entries, and how they are painted.
//
// Thread: GUI.

#include "widgets/shell/palette.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace nest::widgets {

class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaletteModel)

public:
    using QAbstractListModel::QAbstractListModel;

    /// Sorted by section already; a head is put before each.
    void setEntries(const QList<PaletteEntry> &entries, const QString &query);
    /// Null for a head.
    [[nodiscard]] const PaletteEntry *entry(int row) const;
    [[nodiscard]] QString head(int row) const { return m_rows.at(row).head; }
    [[nodiscard]] const QString &query() const { return m_query; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        QString head;
        int entry = -1;
    };
    QList<PaletteEntry> m_entries;
    QList<Row> m_rows;
    QString m_query;
};

class PaletteDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaletteDelegate)

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace nest::widgets
