// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The console's line icons, drawn in any colour. Each is an SVG in resources/icons with currentColor; a
// tinted pixmap is kept in QPixmapCache by name, size, colour and device pixel ratio.
//
// Thread: GUI.

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

class QPainter;
class QRectF;

namespace nest::widgets {

/// The icon "name" (file name without .svg); null when there is none of that name.
[[nodiscard]] QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal devicePixelRatio);

/// Centred in the rectangle, size x size logical pixels, on the painter's device pixels.
void paintIcon(QPainter &painter, const QRectF &in, const QString &name, int size, const QColor &color);

/// For QAction, buttons and menus: takes the colour of the text beside it, also after a switch of the theme.
/// QIcon::name() is "nest:" + name; NestStyle knows it by that.
[[nodiscard]] QIcon themedIcon(const QString &name);

/// The name behind a themedIcon, empty for other icons.
[[nodiscard]] QString themedIconName(const QIcon &icon);

} // namespace nest::widgets
