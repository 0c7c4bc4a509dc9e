// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/cellwidget.h"

#include "widgets/table/cellpainter.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QMenu>
#include <QPainter>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int chevron = 16;
constexpr int focusMargin = 3;
} // namespace

CellWidget::CellWidget(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &CellWidget::openMenu);
}

void CellWidget::setCell(const Cell &cell)
{
    const QString words = textOf(cell);
    m_cell = cell;
    setAccessibleName(words);
    updateGeometry();
    update();
}

void CellWidget::setStale(bool isStale)
{
    if (isStale != m_isStale) {
        m_isStale = isStale;
        update();
    }
}

void CellWidget::setMenu(QMenu *menu)
{
    m_menu = menu;
    setFocusPolicy(menu != nullptr ? Qt::TabFocus : Qt::NoFocus);
    updateGeometry();
    update();
}

void CellWidget::openMenu()
{
    if (m_menu != nullptr) {
        m_menu->popup(mapToGlobal(QPoint(0, height())));
    }
}

QSize CellWidget::sizeHint() const
{
    const Theme &theme = themeOf(this);
    const int width = widthOf(m_cell, theme) + (m_menu != nullptr ? chevron : 0);
    return {width + 2 * focusMargin, theme.size.button};
}

void CellWidget::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    QRect in = rect().adjusted(focusMargin, 0, -focusMargin, 0);
    if (m_menu != nullptr) {
        const QRect at(in.right() - chevron + 3, in.top(), chevron - 2, in.height());
        paintIcon(painter, at, u"chevron-down"_s, 12, underMouse() ? theme.text.primary : theme.text.dim);
        in.setRight(in.right() - chevron);
    }
    paintCell(painter, theme, in, m_cell, {.isStale = m_isStale});
    if (hasFocus()) {
        paintFocusRing(painter, theme, rect(), theme.size.radiusSmall);
    }
}

} // namespace nest::widgets
