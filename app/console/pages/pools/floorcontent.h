// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A floor plan of the platform as what the chart shows: the winners with their colours, each rule by itself,
// and a second plan as what a change would make of it.
//
// Pure but for translations. Thread: UI.

#include "api/wire/deployment.h"
#include "widgets/chart/floorchart.h"

namespace nest::console {

/// Colours go round in the order of the policy.
[[nodiscard]] chart::FloorTint tintOf(std::size_t rule);
[[nodiscard]] chart::FloorContent floorContent(const wire::FloorPlan &plan,
                                               const wire::FloorPlan *whatIf = nullptr);

} // namespace nest::console
