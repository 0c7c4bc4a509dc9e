// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a line covers in each pixel column, from its least to its greatest height there. A dense line is
// painted as these rectangles: stroking three thousand antialiased corners costs a hundred times as much
// and looks the same. Pure functions.

#include <QList>
#include <QPolygonF>

namespace nest::chart {

struct ColumnSpan
{
    double left = 0.0;
    double right = 0.0;
    double top = 0.0;
    double bottom = 0.0;
    bool operator==(const ColumnSpan &) const = default;
};

/// From left to right without a hole between the first and the last point of the run; neighbours with the
/// same heights are one span. The run goes on in x.
QList<ColumnSpan> columnSpans(const QPolygonF &run, double columnsPerPixel);

/// Where the upper line is above the lower one by more than a pixel: spans from one to the other.
QList<ColumnSpan> spansBetween(const QList<QPolygonF> &upper, const QList<QPolygonF> &lower,
                               double columnsPerPixel);

} // namespace nest::chart
