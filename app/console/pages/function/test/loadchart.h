// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A load run as charts: what was sent each second against what the ready instances can take, the instances,
// and the decisions as marks. Times are offsets from the start.
//
// Pure functions. Thread: UI.

#include "widgets/chart/chartvalues.h"

namespace nest::console {

class LoadJob;

[[nodiscard]] chart::ChartStackContent loadChart(const LoadJob &job);
/// "capacity = ready × 100 × 0.7"; empty when the rule is not about requests.
[[nodiscard]] QString capacityText(const LoadJob &job);

} // namespace nest::console
