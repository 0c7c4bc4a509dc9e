// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which marks of a chart become one: marks that would cover each other are shown as a box with the
// shape of the weightiest and the count. Pure functions.
//
// Invariants: each mark is in exactly one group; groups are in the order of time; no box covers another
// box or a single mark.

#include "widgets/chart/chartvalues.h"
#include "widgets/chart/plotgeometry.h"

#include <QList>
#include <QPointF>
#include <QRectF>

namespace nest::chart {

struct MarkGroup
{
    QList<qsizetype> members;             // indices into the chart's marks
    Mark::Kind kind = Mark::Kind::Stable; // of the weightiest
    QPointF centre;
    QRectF box; // what is painted, and what a click hits
    bool isMerged() const { return members.size() > 1; }
    bool operator==(const MarkGroup &) const = default;
};

/// Limit and failure weigh most, then panic, schedule, manual, stable.
int weight(Mark::Kind kind);

/// Marks outside the range are left out. `marks` is sorted by time.
QList<MarkGroup> groupMarks(const QList<Mark> &marks, const PlotGeometry &geometry);

/// The group under a point, with 2 px of grace; -1 if there is none.
qsizetype groupAt(const QList<MarkGroup> &groups, QPointF point);

} // namespace nest::chart
