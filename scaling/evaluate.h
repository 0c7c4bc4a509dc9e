// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How many instances a deployment should have now, and why.
//
// Pure: everything it knows comes in, everything it remembers goes out with the answer. Call it every
// two seconds while there is traffic or anything is running, and at once when a request had to be queued
// (a poke). Given the same arguments it gives the same answer, which is what simulation rests on.

#include "scaling/behaviour.h"
#include "scaling/decision.h"
#include "scaling/kpa.h"

namespace nest::scaling {

/// What one evaluation hands to the next. A default one is a deployment that has never run.
struct State
{
    KpaState kpa;                       // panic since, most in panic, delay window
    BehaviourState behaviour;           // wishes and changes, for a policy that limits them
    std::optional<TimePoint> idleSince; // no request since then
    int lastDesired = 0;
    std::optional<FloorStep> floor;   // that held last time
    std::optional<Policy> lastPolicy; // to tell a change of policy from a change of load
    bool operator==(const State &) const = default;
};

struct Evaluation
{
    Decision decision;
    State state;
    bool operator==(const Evaluation &) const = default;
};

/// The state to begin with when so many instances run already (a restarted platform): they are held until the
/// windows have filled again.
[[nodiscard]] State startState(int ready, TimePoint now);

[[nodiscard]] Evaluation evaluate(const Policy &policy, const Inputs &inputs, State state, TimePoint now);

} // namespace nest::scaling
