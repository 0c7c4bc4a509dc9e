// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/testcell.h"

#include "widgets/table/cellpainter.h"

#include <QPainter>

namespace nest::console {

TestCell::TestCell(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void TestCell::setCell(const widgets::Cell &cell)
{
    m_cell = cell;
    setAccessibleName(text());
    updateGeometry();
    update();
}

QSize TestCell::sizeHint() const
{
    const widgets::Theme &theme = widgets::themeOf(this);
    return {widgets::widthOf(m_cell, theme) + 2, theme.size.pill + 2};
}

void TestCell::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    widgets::paintCell(painter, widgets::themeOf(this), rect(), m_cell);
}

} // namespace nest::console
