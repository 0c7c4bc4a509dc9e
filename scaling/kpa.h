// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inner layer: one evaluation of the Knative pod autoscaler's rules, with every intermediate number
// kept. It knows no floor, no ceiling, no zero; evaluate() adds those around it.
//
// Source of the rules: knative/serving, pkg/autoscaler/scaling (behaviour only); tests/scaling/vectors
// states them as data.

#include "scaling/window.h"

#include <chrono>
#include <optional>

namespace nest::scaling {

struct KpaSpec
{
    double target = 70;               // load aimed at per instance
    double total = 100;               // load an instance can carry at most
    double targetBurstCapacity = 211; // load that may arrive at once; 0: none kept free, -1: without limit
    double panicThreshold = 2;        // wished / ready from which on it is a panic
    double maxScaleUpRate = 1000;     // times the ready instances, in one evaluation
    double maxScaleDownRate = 2;      // at most ready / this are left after one evaluation
    std::chrono::milliseconds stableWindow{60'000};
    std::chrono::milliseconds scaleDownDelay{0};
    int activationScale = 0; // 2 or more: a deployment that wakes gets so many at once
    bool reachable = true;   // no route leads to it otherwise: it may shrink at once
};

struct KpaState
{
    std::optional<TimePoint> panicSince;
    int maxPanic = 0; // most instances wanted in this panic
    TimeMaximum delay{std::chrono::seconds(0), std::chrono::seconds(2)};
    bool operator==(const KpaState &) const = default;
};

struct KpaInputs
{
    double stable = 0; // sum over all instances, averaged over the window
    double panic = 0;
    int ready = 0;
};

struct KpaResult
{
    int counted = 1; // the ready instances, at least one
    int upLimit = 0;
    int downLimit = 0;
    int stableWish = 0;
    int panicWish = 0;
    int stableLimited = 0; // between the limits, activation included
    int panicLimited = 0;
    double panicLoad = 0; // panicWish / counted, compared with the threshold
    bool panic = false;
    int beforeHold = 0;  // the wish of this evaluation alone
    int beforeDelay = 0; // after the panic's "never fewer"
    int desired = 0;
    int excessBurstCapacity = 0; // negative: requests should pass a queue
    KpaState state;
};

/// The state after a (re)start with so many ready instances. History is lost then, so that more than one
/// are held as in a panic until the windows are full again.
[[nodiscard]] KpaState startKpa(int ready, TimePoint now);

[[nodiscard]] KpaResult stepKpa(const KpaSpec &spec, const KpaInputs &inputs, KpaState state, TimePoint now);

struct TargetInputs
{
    Metric metric = Metric::Concurrency;
    double hardLimit = 0; // concurrency an instance refuses to exceed; 0: none
    double concurrencyDefault = 100;
    double concurrencyUtilisation = 0.7;
    double requestsDefault = 200;
    double requestsUtilisation = 0.7;
    std::optional<double> wanted;            // an explicit threshold
    std::optional<double> wantedUtilisation; // an explicit share
};

struct Target
{
    double target = 0;
    double total = 0;
    bool operator==(const Target &) const = default;
};

/// An explicit threshold replaces the default but never exceeds the hard limit.
[[nodiscard]] Target resolveTarget(const TargetInputs &inputs);

} // namespace nest::scaling
