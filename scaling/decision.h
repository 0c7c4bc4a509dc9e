// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The answer of one evaluation, with all that led to it: what was measured, what was wished, which limit
// held, and each step as numbers. Nothing here is a sentence; the console and the command line word it.

#include "scaling/policy.h"

#include <limits>
#include <optional>
#include <string_view>
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
    MissingData, // one of several metrics is not known, so nothing shrinks
    Tolerance,   // so near to the aim that it is not worth a change
    Stabilised,  // a more careful wish within the stabilisation window
    Capacity,    // no more fit on the machine
};

enum class Cause { Stable, Panic, Poke, ScaleToZero, PolicyChange, Manual, Schedule };

/// A metric's sum over all instances, averaged over the two windows. Nothing (or NaN): no data, which never
/// shrinks anything. No load is 0 and has to be recorded as such.
struct Averages
{
    std::optional<double> stable;
    std::optional<double> panic;
    bool operator==(const Averages &) const = default;
};

struct Inputs
{
    std::optional<double> stableAverage; // of the policy's own metric
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
    std::vector<Averages> others = {}; // of Policy::metrics, in their order; a shorter one lacks the rest
    std::optional<int> room = {}; // most instances that fit, those there are among them; absent: no limit
    double instanceMegabytes = 0; // that each of them takes of it
    bool operator==(const Inputs &) const = default;
};

/// One link of the chain. `value` is the number the step is about, `border` what it was compared with or cut
/// at; `before` and `after` are instances. Names, in order, each only when its rule was looked at:
///   target         value = target, border = threshold: the load aimed at per instance, of what won
///   missingData    before = after = the number kept; no metric is known
///   requestsPerSecondWish, concurrencyWish, cpuWish, memoryWish
///                  only with several metrics, one each: value = stable average (in panic the average that
///                  asks for more), border = target, after = instances wished; of one not known value = NaN
///   stableWish     value = stable average, border = target of the metric that wants most, after = instances
///   panicWish      value = panic average, likewise
///   panic          value = wished / ready, border = panicRatio; before and after 1 in panic, else 0
///   scaleDownRate  border = fewest allowed
///   scaleUpRate    border = most allowed
///   panicHold      border = most wanted in this panic
///   scaleDownDelay value = delay in seconds, border = most wanted within it
///   tolerance      value = load / aim of what there is, border = tolerance
///   stabilisation  value = window in seconds of the direction that held, border = wish of it that counts
///   scaleUpPolicy, scaleDownPolicy   border = most (fewest) allowed by the behaviour's rules
///   missingMetric  value = metrics not known: nothing shrinks; border = the number kept
///   scaleToZero    value = idle seconds, border = scaleToZeroAfterSeconds
///   poke           value = queued requests
///   reserved       value = reserved, border = the floor that holds: of reserved and the rules the largest
///   maximum        border = maximum
///   capacity       value = MB that an instance takes, border = most that fit; nothing that runs is ended
struct Step
{
    std::string_view name; // of a literal
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
    Metric metric = Metric::RequestsPerSecond; // the one that won
    double target = 0;                         // its threshold x utilisation
    Averages load;                             // and its averages; empty when none is known
    int floor = 0;                             // that holds now
    int floorRule = -1;                        // which of policy.floors it is of; -1: policy.reserved
    std::vector<Step> steps;
    bool operator==(const Decision &) const = default;
};

/// A decision is kept when desired, mode or limit changed; the caller adds one a minute while there is
/// traffic.
[[nodiscard]] bool worthStoring(const Decision &previous, const Decision &next);

} // namespace nest::scaling
