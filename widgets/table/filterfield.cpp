// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/filterfield.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int iconRoom = 26;
constexpr int keyRoom = 26;
} // namespace

FilterField::FilterField(QWidget *parent) : QLineEdit(parent)
{
    setTextMargins(iconRoom - 6, 0, keyRoom, 0);
    QEvent polished(QEvent::StyleChange);
    FilterField::changeEvent(&polished);
}

void FilterField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange && !m_isApplying) {
        m_isApplying = true;
        setFixedHeight(themeOf(this).size.filterBar);
        setFont(themeOf(this).font(TextStyle::Log));
        m_isApplying = false;
    }
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (!text().isEmpty()) {
            clear();
            return;
        }
        [[fallthrough]];
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT leaveRequested();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void FilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    paintIcon(painter, QRect(8, 0, 16, height()), u"filter"_s, theme.size.iconTable, theme.text.dim);
    if (!hasFocus()) {
        const QRect key(width() - keyRoom + 4, (height() - 16) / 2, 14, 16);
        paintBox(painter, key, theme.size.radiusSmall, {}, theme.border.control);
        painter.setFont(theme.font(TextStyle::Micro));
        painter.setPen(theme.text.dim);
        painter.drawText(key, Qt::AlignCenter, u"/"_s);
    }
}

} // namespace nest::widgets
