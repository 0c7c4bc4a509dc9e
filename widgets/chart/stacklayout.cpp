// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/stacklayout.h"

#include "widgets/chart/chartmetrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nest::chart {

QList<StackSlot> layOutStack(QSizeF size, const QList<double> &shares, double padRight)
{
    QList<StackSlot> slots;
    const double total = std::accumulate(shares.cbegin(), shares.cend(), 0.0);
    const double between = metrics::betweenCharts * double(std::max<qsizetype>(0, shares.size() - 1));
    const double heights = std::max(1.0, size.height() - metrics::padTop - metrics::padBottom - between);
    const double width = std::max(1.0, size.width() - metrics::padLeft - padRight);
    double top = metrics::padTop;
    for (qsizetype i = 0; i < shares.size(); ++i) {
        // On whole pixels: grid lines and edges stay sharp.
        const double height = std::max(1.0, std::round(heights * shares.at(i) / total));
        const QRectF plot(metrics::padLeft, top, width, height);
        const double padAbove = i == 0 ? metrics::padTop : metrics::betweenCharts / 2.0;
        const double padBelow = i == shares.size() - 1 ? metrics::padBottom : metrics::betweenCharts / 2.0;
        slots.append({QRectF(0, top - padAbove, size.width(), padAbove + height + padBelow), plot});
        top += height + metrics::betweenCharts;
    }
    return slots;
}

} // namespace nest::chart
