// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Paints one line of the log: time, the tick and the end of the instance's id, level, message, and what the
// search found in it.
//
// Thread: UI. Owner: the view.

#include <QStyledItemDelegate>

namespace nest::console {

class LogModel;

class LogDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogDelegate)

public:
    LogDelegate(const LogModel &model, QObject *parent);

    /// Marked wherever a message has it; empty: nothing is.
    void setSearch(const QString &text) { m_search = text; }
    /// The hit that one stands at; -1: none.
    void setCurrentRow(int row) { m_currentRow = row; }
    void setStale(bool isStale) { m_isStale = isStale; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const LogModel &m_model;
    QString m_search;
    int m_currentRow = -1;
    bool m_isStale = false;
};

} // namespace nest::console
