// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Time and value to pixels and back, for one plot area. A value type; all charts of a stack share the
// times and the left and right edge.

#include <QRectF>

namespace nest::chart {

struct PlotGeometry
{
    QRectF plot;
    qint64 fromMs = 0;
    qint64 toMs = 1;
    double maximum = 1.0; // the value at the top; the foot is zero

    double x(qint64 unixMs) const
    {
        return plot.left() + double(unixMs - fromMs) * plot.width() / double(toMs - fromMs);
    }
    double y(double value) const { return plot.bottom() - value * plot.height() / maximum; }
    qint64 unixMs(double x) const
    {
        return fromMs + qRound64((x - plot.left()) * double(toMs - fromMs) / plot.width());
    }
    bool operator==(const PlotGeometry &) const = default;
};

} // namespace nest::chart
