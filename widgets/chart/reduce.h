// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Thins a series to what the pixels can show, without losing an extreme or closing a gap: of each pixel
// column the first, least, greatest and last value (M4, Jugel and others, VLDB 2014). One pass over the
// points of the range; a day of seconds costs about half a millisecond. Pure functions.

#include "widgets/chart/chartvalues.h"
#include "widgets/chart/plotgeometry.h"

#include <QPolygonF>

namespace nest::chart {

/// One polygon for each stretch without a gap; at most four points a column. columnsPerPixel is the
/// device pixel ratio. One point outside each edge is kept so that lines run off the plot.
QList<QPolygonF> reducePoints(const QList<Point> &points, qint64 spacingMs, const PlotGeometry &geometry,
                              double columnsPerPixel);

/// The same for steps, as the corners of the staircase; the last step holds until untilMs.
QList<QPolygonF> reduceSteps(const QList<StepPoint> &steps, qint64 untilMs, const PlotGeometry &geometry,
                             double columnsPerPixel);

/// The greatest known value that is seen in the range, 0 if there is none.
double maximumInRange(const Series &series, qint64 fromMs, qint64 toMs);

/// The value at an instant; NaN in a gap. untilMs as for reduceSteps.
double valueAt(const Series &series, qint64 unixMs, qint64 untilMs);

/// The last known value in the range, for the label at the end of the line; NaN if there is none.
double lastValue(const Series &series, qint64 fromMs, qint64 untilMs);

} // namespace nest::chart
