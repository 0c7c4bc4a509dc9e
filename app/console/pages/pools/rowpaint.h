// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the rows of rules are painted with: ground, texts that are cut, focus.
//
// Free functions without state. Thread: UI.

#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QPainter>

namespace nest::console {

inline void paintRowGround(QPainter &painter, const QAbstractButton &row, bool isChosen,
                           bool canChoose = true)
{
    const auto &surface = widgets::themeOf(&row).surface;
    if (isChosen) {
        painter.fillRect(row.rect(), surface.rowSelected);
    } else if (row.underMouse() && canChoose) {
        painter.fillRect(row.rect(), surface.rowHover);
    }
}

inline void paintRowText(QPainter &painter, const QRect &box, const QString &text, const QFont &font,
                         const QColor &colour, Qt::Alignment alignment = Qt::AlignLeft)
{
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(box, static_cast<int>(alignment | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
}

inline void paintRowFocus(QPainter &painter, const QAbstractButton &row)
{
    if (row.hasFocus()) {
        const auto &theme = widgets::themeOf(&row);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent.text, theme.size.focusStroke));
        painter.drawRoundedRect(QRectF(row.rect()).adjusted(1, 1, -1, -1), theme.size.radiusSmall,
                                theme.size.radiusSmall);
    }
}

} // namespace nest::console
