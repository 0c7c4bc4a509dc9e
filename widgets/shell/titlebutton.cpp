// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/titlebutton.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int arrow = 12;
constexpr int pad = 4;
constexpr int leastName = 60; // what is left of a long name in a narrow window
} // namespace

TitleButton::TitleButton(QMenu *menu, QWidget *parent) : QAbstractButton(parent), m_menu(menu)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &TitleButton::openMenu);
}

void TitleButton::setTitle(const QString &title)
{
    if (title != text()) {
        setText(title);
        setToolTip(title);
        updateGeometry();
    }
}

void TitleButton::openMenu()
{
    m_menu->popup(mapToGlobal(QPoint(0, height())));
}

QSize TitleButton::sizeHint() const
{
    const Theme &theme = themeOf(this);
    const int name = QFontMetrics(theme.font(TextStyle::Title)).horizontalAdvance(text()) + 1;
    return {name + arrow + 3 * pad, theme.size.button};
}

QSize TitleButton::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), leastName), sizeHint().height()};
}

void TitleButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    const bool isLit = underMouse() || m_menu->isVisible();
    if (isLit) {
        paintBox(painter, rect(), theme.size.radiusControl, theme.surface.rowHover, {});
    }
    const QRect name = rect().adjusted(pad, 0, -arrow - 2 * pad, 0);
    painter.setFont(theme.font(TextStyle::Title));
    painter.setPen(theme.text.primary);
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, name.width()));
    const QRect mark(name.right() + pad, 0, arrow, height());
    paintIcon(painter, mark, u"chevron-down"_s, arrow, isLit ? theme.text.primary : theme.text.dim);
    if (hasFocus()) {
        paintFocusRing(painter, theme, rect(), theme.size.radiusControl);
    }
}

void TitleButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        openMenu();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void TitleButton::enterEvent(QEnterEvent *)
{
    update();
}

void TitleButton::leaveEvent(QEvent *)
{
    update();
}

} // namespace nest::widgets
