// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Several metrics as one: each as a multiple of what one instance is aimed at, so that the largest is the
// largest wish in instances. A part of evaluate(); pure.

#include "scaling/decision.h"

namespace nest::scaling {

/// The metric that asks for most, seen through one window.
struct LargestLoad
{
    MetricTarget metric;
    double target = 1;
    double average = 0;
    double share = 0; // average / target: instances, not rounded
    Averages averages;
};

struct Loads
{
    LargestLoad stable;
    LargestLoad panic;
    int known = 0;
    int missing = 0;
};

/// `isIdle`: no request for so long that the last instance may go. What the instances use by themselves then
/// is no load: without requests, cpu and memory count as 0.
[[nodiscard]] Loads loadsOf(const Policy &policy, const Inputs &inputs, bool isIdle);

/// What one of several metrics asks for, as a step.
[[nodiscard]] Step wishStep(const Policy &policy, const Inputs &inputs, std::size_t index, bool isPanic,
                            double counted);

[[nodiscard]] Averages averagesAt(const Inputs &inputs, std::size_t index);

} // namespace nest::scaling
