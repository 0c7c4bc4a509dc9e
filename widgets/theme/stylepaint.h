// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What NestStyle draws, one function a control, and the strokes that other painters of the console share.
//
// Thread: GUI. Nothing here keeps state.

#include "widgets/theme/theme.h"

#include <QRectF>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionToolButton;

namespace nest::widgets {

/// A filled box with a border on whole device pixels; an invalid colour leaves that part out.
void paintBox(QPainter &painter, const QRectF &box, qreal radius, const QColor &fill, const QColor &border,
              qreal stroke = 1);
/// The 2 px accent ring, just inside the box.
void paintFocusRing(QPainter &painter, const Theme &theme, const QRectF &box, qreal radius);

namespace stylepaint {
void buttonBevel(QPainter &painter, const Theme &theme, const QStyleOptionButton &option,
                 const QWidget *widget);
void buttonLabel(QPainter &painter, const Theme &theme, const QStyleOptionButton &option,
                 const QWidget *widget);
void toolButton(QPainter &painter, const Theme &theme, const QStyleOptionToolButton &option,
                const QWidget *widget);
void lineEdit(QPainter &painter, const Theme &theme, const QStyleOption &option);
void comboBox(QPainter &painter, const Theme &theme, const QStyleOptionComboBox &option);
void checkBox(QPainter &painter, const Theme &theme, const QStyleOption &option, bool isRound);
void header(QPainter &painter, const Theme &theme, const QStyleOptionHeader &option);
void menuItem(QPainter &painter, const Theme &theme, const QStyleOptionMenuItem &option);
void progressBar(QPainter &painter, const Theme &theme, const QStyleOptionProgressBar &option);
void scrollBar(QPainter &painter, const Theme &theme, const QStyleOptionSlider &option, const QRect &handle);
void slider(QPainter &painter, const Theme &theme, const QStyleOptionSlider &option, const QRect &groove,
            const QRect &handle);
} // namespace stylepaint

} // namespace nest::widgets
