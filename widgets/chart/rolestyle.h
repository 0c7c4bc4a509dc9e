// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How each role and each kind of mark is drawn. The one table for charts, legend and tooltip.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/chartvalues.h"

#include <QPen>

class QPainter;

namespace nest::chart {

struct RoleStyle
{
    QPen pen;     // flat caps, dashes in pixels
    QColor fill;  // not valid: no area
    QColor label; // of the end label
};

RoleStyle roleStyle(Role role, const ChartColours &colours);

QColor markColour(Mark::Kind kind, const ChartColours &colours);

/// Circle, triangle, diamond, square, person or cross, 7 px, around the centre.
void paintMark(QPainter &painter, Mark::Kind kind, QPointF centre, const ChartColours &colours);

/// Lines at 45°, 6 px apart, inside the painter's clip and the rectangle.
void paintHatch(QPainter &painter, const QRectF &area, const QColor &colour, double stroke);

} // namespace nest::chart
