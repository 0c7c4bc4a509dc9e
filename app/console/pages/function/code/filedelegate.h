// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A row of the file tree: arrow or file, name, and at the right M, A or ! for what is not saved.
//
// Thread: UI.

#include <QStyledItemDelegate>

class QTreeView;

namespace nest::console {

class FileDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FileDelegate)

public:
    explicit FileDelegate(QTreeView *tree);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QTreeView *m_tree;
};

} // namespace nest::console
