// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The frame of one chart: axes, labels, grid and plain sparse lines by Qt Charts, and between the grid
// and those lines one item that paints everything dense. It is rendered once per update into the pixmap
// of the stack and never repainted by the pointer. UI thread only; owned by the stack.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/plotgeometry.h"
#include "widgets/chart/ticks.h"

#include <QFont>
#include <QList>
#include <QPen>
#include <QPointF>
#include <QSizeF>

#include <functional>
#include <memory>

class QLocale;
class QPainter;

namespace nest::chart {

struct FrameContent
{
    QSizeF size;           // of the whole chart with its labels
    PlotGeometry geometry; // the plot area inside it
    ValueTicks valueTicks;
    QList<TimeTick> timeTicks;
    bool hasTimeLabels = true;             // only the lowest chart of a stack names the times
    std::function<void(QPainter &)> dense; // paints into the plot area, in the chart's coordinates
};

struct SparseLine
{
    QList<QPointF> points; // milliseconds, value
    QPen pen;
};

class ChartFrame final
{
public:
    ChartFrame();
    ~ChartFrame();
    Q_DISABLE_COPY_MOVE(ChartFrame)

    void setLook(const ChartColours &colours, const QFont &font, const QLocale &locale);
    void setContent(FrameContent content, const QList<SparseLine> &lines);
    /// Paints the chart with its top left corner at the painter's origin.
    void render(QPainter &painter);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace nest::chart
