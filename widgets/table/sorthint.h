// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// "12 changes, press R to sort", at the foot of a table whose order is frozen.
//
// Thread: GUI. Owner: the table's viewport.

#include "widgets/table/tableview.h"

#include <QWidget>

namespace nest::widgets {

class TableView::SortHint final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SortHint)

public:
    explicit SortHint(QWidget *viewport);

    /// 0 hides it.
    void setCount(int count);
    void place();
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace nest::widgets
