// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one delegate of all tables: asks for CellDataRole and has paintCell draw it. Row backgrounds are
// TableView's.
//
// Thread: GUI. Owner: TableView.

#include <QStyledItemDelegate>

namespace nest::widgets {

class TableView;

class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CellDelegate)

public:
    explicit CellDelegate(TableView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

    /// Where the words of a NameCell are.
    [[nodiscard]] QRect nameRect(const QRect &cell, const QModelIndex &index) const;

private:
    [[nodiscard]] QRect content(const QRect &cell, const QModelIndex &index) const;

    TableView *m_view;
};

} // namespace nest::widgets
