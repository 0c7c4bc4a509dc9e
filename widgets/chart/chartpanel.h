// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One visible chart of a stack, after layout. Private to the stack.

#include "widgets/chart/chartframe.h"
#include "widgets/chart/chartstack.h"
#include "widgets/chart/markgroups.h"
#include "widgets/chart/plotgeometry.h"
#include "widgets/chart/stacklayout.h"
#include "widgets/chart/ticks.h"

namespace nest::chart {

struct ChartStack::Panel
{
    Chart chart;
    StackSlot slot;
    PlotGeometry geometry; // in the stack's coordinates
    ValueTicks valueTicks;
    QList<TimeTick> timeTicks;
    QList<MarkGroup> marks;
    ChartFrame frame;
};

} // namespace nest::chart
