// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One cell of a table standing alone: a pill, a group chip. With a tint it is seen on a panel. Thread: UI.

#include "widgets/table/cells.h"

#include <QWidget>

namespace nest::console {

class TestCell final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TestCell)

public:
    explicit TestCell(QWidget *parent = nullptr);

    void setCell(const widgets::Cell &cell);
    [[nodiscard]] QString text() const { return widgets::textOf(m_cell); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Cell m_cell;
};

} // namespace nest::console
