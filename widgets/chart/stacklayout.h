// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the charts of a stack lie. A pure function: size and shares in, rectangles out.

#include <QList>
#include <QRectF>
#include <QSizeF>

namespace nest::chart {

struct StackSlot
{
    QRectF area; // of the chart with its labels, in the stack's coordinates
    QRectF plot; // of its plot area, in the stack's coordinates
    bool operator==(const StackSlot &) const = default;
};

/// One slot for each share, from the top; all plots have the same left and right edge.
QList<StackSlot> layOutStack(QSizeF size, const QList<double> &shares, double padRight);

} // namespace nest::chart
