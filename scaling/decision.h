// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The answer of one evaluation, with all that led to it: what was measured, what was wished, which limit
// held, and each step as numbers. Nothing here is a sentence; the console and the command line word it.

#include "scaling/policy.h"

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace nest::scaling {

enum class Mode { Stable, Panic };

/// What determined the final number. None: the windows' wish was followed as it was.
enum class Limit {
    None,
    Reserved,
    Maximum,
    ScaleUpRate,
    ScaleDownRate,
    ScaleDownDelay,
    PanicHold,
    KeptUntilIdle,
    Activation,
};

enum class Cause { Stable, Panic, Poke, ScaleToZero, PolicyChange, Manual };

struct Inputs
{
    /// The metric's sum over all instances, averaged over the window. Nothing (or NaN): no data, which never
    /// shrinks anything. No load is 0 and has to be recorded as such.
    std::optional<double> stableAverage;
    std::optional<double> panicAverage;
    int ready = 0;
    int starting = 0;
    int queued = 0; // requests that wait in the activator
    /// 0 while a request is in flight. Infinity: there has been none yet.
    double secondsSinceLastRequest = std::numeric_limits<double>::infinity();
    /// That the averages are of: fewer than the window while the records do not reach back so far. For words
    /// alone: nothing is decided by it.
    std::optional<int> stableSeconds = {};
    std::optional<int> panicSeconds = {};
    bool operator==(const Inputs &) const = default;
};

/// One link of the chain. `value` is the number the step is about, `border` what it was compared with or cut
/// at; `before` and `after` are instances. Names, in order, each only when its rule was looked at:
///   target         value = target, border = threshold: the load aimed at per instance
///   missingData    before = after = the number kept
///   stableWish     value = stable average, border = target, after = instances wished
///   panicWish      value = panic average, border = target, after = instances wished
///   panic          value = wished / ready, border = panicRatio; before and after 1 in panic, else 0
///   scaleDownRate  border = fewest allowed
///   scaleUpRate    border = most allowed
///   panicHold      border = most wanted in this panic
///   scaleDownDelay value = delay in seconds, border = most wanted within it
///   scaleToZero    value = idle seconds, border = scaleToZeroAfterSeconds
///   poke           value = queued requests
///   reserved       border = reserved
///   maximum        border = maximum
struct Step
{
    std::string name;
    double value = 0;
    double border = 0;
    double before = 0;
    double after = 0;
    [[nodiscard]] bool changed() const { return before < after || after < before; }
    bool operator==(const Step &) const = default;
};

struct Decision
{
    TimePoint time;
    int from = 0; // desired before
    int desired = 0;
    int wished = 0; // before limits
    Mode mode = Mode::Stable;
    Cause cause = Cause::Stable;
    Limit limit = Limit::None;
    Inputs inputs;
    Policy policy;
    double target = 0; // threshold x utilisation
    std::vector<Step> steps;
    bool operator==(const Decision &) const = default;
};

/// A decision is kept when desired, mode or limit changed; the caller adds one a minute while there is
/// traffic.
[[nodiscard]] bool worthStoring(const Decision &previous, const Decision &next);

} // namespace nest::scaling
