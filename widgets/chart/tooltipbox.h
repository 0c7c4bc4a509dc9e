// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The box beside the crosshair: the time first, then a line for each value. It is painted by the overlay,
// not a window: it never takes the focus and follows the crosshair without delay. UI thread only.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/chartvalues.h"

#include <QFont>
#include <QRectF>
#include <QSizeF>

#include <optional>

class QPainter;

namespace nest::chart {

struct TooltipLine
{
    QColor swatch; // not valid: none
    bool isHollow = false;
    std::optional<Mark::Kind> mark; // a shape instead of the swatch
    QString name;
    QString value;
    QString unit;
};

struct Tooltip
{
    QString time = {};
    QString cause;
    std::optional<Mark::Kind> causeKind;
    QList<TooltipLine> lines;
    bool isEmpty() const { return lines.isEmpty(); }
};

QSizeF tooltipSize(const Tooltip &tooltip, const QFont &font);

/// At the left of the crosshair if there is room inside the bounds, else at the right, else on the side
/// with more of it, moved inside.
QRectF tooltipRect(QSizeF size, double crosshairX, double top, const QRectF &bounds);

void paintTooltip(QPainter &painter, const Tooltip &tooltip, const QRectF &box, const ChartColours &colours,
                  const QFont &font);

} // namespace nest::chart
