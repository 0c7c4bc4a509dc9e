// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One cell of a table standing alone in a head: a pill, a group chip. With a menu it opens on click or key.
//
// Thread: UI.

#include "widgets/table/cells.h"

#include <QAbstractButton>

class QMenu;

namespace nest::widgets {

class CellWidget final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CellWidget)

public:
    explicit CellWidget(QWidget *parent = nullptr);

    void setCell(const Cell &cell);
    void setStale(bool isStale);
    /// Makes it a button. Not owned.
    void setMenu(QMenu *menu);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void openMenu();

    Cell m_cell;
    QMenu *m_menu = nullptr;
    bool m_isStale = false;
};

} // namespace nest::widgets
