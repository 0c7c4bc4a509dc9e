// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/statusbutton.h"

#include "widgets/theme/icons.h"

#include <QPainter>

namespace nest::widgets {

StatusButton::StatusButton(const QString &name, QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(name);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

void StatusButton::set(const QString &icon, Ink iconInk, const QString &words, Ink ink)
{
    m_icon = icon;
    m_iconInk = iconInk;
    m_ink = ink;
    setText(words);
    setAccessibleName(words);
    updateGeometry();
    update();
}

QSize StatusButton::sizeHint() const
{
    return {textLeft() + QFontMetrics(wordsFont()).horizontalAdvance(text()) + 4,
            themeOf(this).size.statusBar - 1};
}

QSize StatusButton::minimumSizeHint() const
{
    return {textLeft() + 24, sizeHint().height()};
}

void StatusButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    if (!m_icon.isEmpty()) {
        paintIcon(painter, QRect(0, 0, 14, height()), m_icon, 12, theme.ink(m_iconInk));
    }
    painter.setFont(wordsFont());
    painter.setPen(underMouse() ? theme.text.primary : theme.ink(m_ink));
    const QRect words = rect().adjusted(textLeft(), 0, 0, 0);
    painter.drawText(words, Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    if (hasFocus()) {
        paintFocusRing(painter, theme, rect(), theme.size.radiusSmall);
    }
}

QFont StatusButton::wordsFont() const
{
    QFont font = themeOf(this).font(TextStyle::Caption);
    font.setWeight(m_ink == Ink::Secondary || m_ink == Ink::Dim ? QFont::Normal : QFont::Medium);
    return font;
}

} // namespace nest::widgets
