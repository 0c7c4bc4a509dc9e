// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What would have happened: runs evaluate() over a recorded (or drawn) load, second by second as nestd does,
// with instances that take a while to start. There is no second algorithm here; only the time between the
// evaluations, the instances and the queue are imitated.
//
// As in nestd an evaluation sees whole seconds: what came in second 10 is known at the beginning of second
// 11, which is evaluated when 10 is a multiple of the tick, and the answer shows in second 11. A request that
// finds nothing running is evaluated at once. Pure: no clock; any thread. A day takes milliseconds.

#include "scaling/evaluate.h"

#include <vector>

namespace nest::scaling {

/// One value a second. NaN: not known (the platform did not run). A series that is empty is not known at all,
/// except concurrency, which then follows from requests and service time.
struct Samples
{
    TimePoint start; // of the first second; whole seconds
    std::vector<double> requestsPerSecond;
    std::vector<double> concurrency = {}; // requests at once, over all instances
    std::vector<double> cpu = {};         // percent of one core, over all instances
    std::vector<double> memory = {};      // MB, over all instances
    /// Instances that were ready at the end of each second. When it is there, decisions see these instead of
    /// the imitated ones: what the algorithm alone would have done, however long starts took.
    std::vector<double> ready = {};
};

struct SimulationOptions
{
    std::chrono::milliseconds coldStart{500};
    std::chrono::milliseconds serviceTime{50}; // of one request
    int concurrencyLimit = 100;                // of one instance
    int initialInstances = 0;                  // ready at the start
    int tickSeconds = 2;
};

/// A change of what is desired.
struct SimulatedStep
{
    TimePoint time;
    int from = 0;
    int desired = 0;
    int wished = 0;
    int ready = 0;
    Mode mode = Mode::Stable;
    Cause cause = Cause::Stable;
    Limit limit = Limit::None;
    Metric metric = Metric::RequestsPerSecond;
    Averages load; // of that metric
    bool operator==(const SimulatedStep &) const = default;
};

/// At the end of a second; the next one follows when something has changed.
struct SimulatedLevel
{
    TimePoint time; // begin of that second
    int desired = 0;
    int ready = 0;
    int starting = 0;
    bool operator==(const SimulatedLevel &) const = default;
};

struct Simulation
{
    std::vector<SimulatedStep> steps;
    std::vector<SimulatedLevel> levels;
    double instanceHours = 0; // starting ones included
    double requests = 0;
    double requestsAtRisk = 0;      // found no room in a ready instance: they wait, or fail when too long
    double longestWaitSeconds = 0;  // first come, first served
    int coldStarts = 0;             // instances that were started
    int peak = 0;                   // most that were desired
    double capacityPerInstance = 0; // requests a second that were taken as possible
    std::int64_t evaluations = 0;
};

/// Requests a second that one instance carries before others wait: the policy's threshold where it says so,
/// else what its concurrency limit allows at the service time.
[[nodiscard]] double capacityOf(const Policy &policy, const SimulationOptions &options);

/// The policy is taken as it is: validate() it first.
[[nodiscard]] Simulation simulate(const Policy &policy, const Samples &samples,
                                  const SimulationOptions &options);

} // namespace nest::scaling
