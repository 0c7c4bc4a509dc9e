// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Paints what is dense in one chart: areas, steps, hatches, bands, changes and the words inside. Called
// once per update, into the pixmap of the stack. Free functions without state; UI thread only.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/chartvalues.h"
#include "widgets/chart/plotgeometry.h"

#include <QFont>

class QLocale;
class QPainter;

namespace nest::chart {

struct PaintScene
{
    const Chart &chart;
    const QList<Band> &bands;
    const QList<Change> &changes;
    const ChartColours &colours;
    PlotGeometry geometry;
    qint64 untilMs = 0; // steps are known up to here
    double pixelRatio = 1.0;
    bool isFirst = true; // the highest chart carries the words of bands and changes
};

/// True for a plain line that Qt Charts draws: no area, no steps, no gap, and few points.
bool isSparseLine(const Series &series);

void paintDense(QPainter &painter, const PaintScene &scene, const QFont &font);

/// Name and last value at the right of the plot; `width` is the room there.
void paintEndLabels(QPainter &painter, const PaintScene &scene, const QFont &font, const QLocale &locale,
                    double width);

/// The room that the end labels of a chart need at the right of the plot.
double endLabelWidth(const Chart &chart, qint64 fromMs, qint64 untilMs, const QFont &font,
                     const QLocale &locale);

} // namespace nest::chart
