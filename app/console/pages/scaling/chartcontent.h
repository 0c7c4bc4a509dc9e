// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the model knows as the values of the chart stack: load with capacity, instances with decisions, and
// waiting requests; what the tooltip says at an instant.
//
// Pure functions of the model, made anew for each live second: each reads the points of the range once.
// Thread: UI, as the model.

#include "widgets/chart/chartlegend.h"
#include "widgets/chart/chartvalues.h"

namespace nest::models {
class ScalingModel;
}

namespace nest::console {

[[nodiscard]] chart::ChartStackContent chartContent(models::ScalingModel &model);
[[nodiscard]] QList<chart::LegendEntry> chartLegend(models::ScalingModel &model);
[[nodiscard]] chart::ReadingList readingsAt(models::ScalingModel &model, qint64 unixMs, qint64 stepMs,
                                            const QStringList &selected);
/// "no instance since 02:58", "no request in this time"; empty when there was traffic.
[[nodiscard]] QString quietText(models::ScalingModel &model);

} // namespace nest::console
