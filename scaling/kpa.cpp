// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/kpa.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nest::scaling {

namespace {

constexpr double minimumTarget = 0.01;

// A load may be absurd (a counter gone wrong); the number of instances stays an int.
int whole(double value)
{
    constexpr double most = std::numeric_limits<int>::max();
    return static_cast<int>(std::clamp(value, -most, most));
}

} // namespace

KpaState startKpa(int ready, TimePoint now)
{
    KpaState state;
    state.maxPanic = ready;
    if (ready > 1) {
        state.panicSince = now;
    }
    return state;
}

KpaResult stepKpa(const KpaSpec &spec, const KpaInputs &inputs, KpaState state, TimePoint now)
{
    KpaResult result;
    result.state = std::move(state);
    result.counted = std::max(1, inputs.ready);
    result.upLimit = whole(std::ceil(spec.maxScaleUpRate * result.counted));
    result.downLimit = spec.reachable ? whole(std::floor(result.counted / spec.maxScaleDownRate)) : 0;
    result.stableWish = whole(std::ceil(inputs.stable / spec.target));
    result.panicWish = whole(std::ceil(inputs.panic / spec.target));

    // The upper limit is taken last: it wins should the two ever cross.
    const auto limited = [&](int wish) {
        return std::min(std::max(wish, result.downLimit), result.upLimit);
    };
    result.stableLimited = limited(result.stableWish);
    result.panicLimited = limited(result.panicWish);
    if (spec.activationScale > 1) {
        if (result.stableWish > 0) {
            result.stableLimited = std::max(result.stableLimited, spec.activationScale);
        }
        if (result.panicWish > 0) {
            result.panicLimited = std::max(result.panicLimited, spec.activationScale);
        }
    }

    KpaState &next = result.state;
    result.panicLoad = static_cast<double>(result.panicWish) / result.counted;
    if (result.panicLoad >= spec.panicThreshold) {
        next.panicSince = now;
    } else if (next.panicSince && *next.panicSince + spec.stableWindow < now) {
        // By now the surge has made its way into the stable window.
        next.panicSince.reset();
        next.maxPanic = 0;
    }
    result.panic = next.panicSince.has_value();

    result.beforeHold = result.stableLimited;
    result.beforeDelay = result.beforeHold;
    if (result.panic) {
        result.beforeHold = std::max(result.stableLimited, result.panicLimited);
        next.maxPanic = std::max(next.maxPanic, result.beforeHold);
        result.beforeDelay = next.maxPanic;
    }

    result.desired = result.beforeDelay;
    if (spec.reachable && spec.scaleDownDelay > std::chrono::milliseconds(0)) {
        next.delay.resize(spec.scaleDownDelay);
        next.delay.record(now, result.beforeDelay);
        result.desired = next.delay.current().value_or(result.beforeDelay);
    } else if (spec.reachable) {
        next.delay.clear(); // a delay switched on again begins anew
    }

    if (spec.targetBurstCapacity > 0) {
        result.excessBurstCapacity =
            whole(std::floor(inputs.ready * spec.total - spec.targetBurstCapacity - inputs.panic));
    } else if (spec.targetBurstCapacity < 0) {
        result.excessBurstCapacity = -1;
    }
    return result;
}

Target resolveTarget(const TargetInputs &inputs)
{
    Target result;
    double utilisation = inputs.requestsUtilisation;
    result.total = inputs.requestsDefault;
    if (inputs.metric != Metric::RequestsPerSecond) {
        utilisation = inputs.concurrencyUtilisation;
        result.total = inputs.hardLimit > 0 ? inputs.hardLimit : inputs.concurrencyDefault;
    }
    if (inputs.wanted) {
        result.total = *inputs.wanted;
        if (inputs.metric == Metric::Concurrency && inputs.hardLimit > 0) {
            result.total = std::min(result.total, inputs.hardLimit);
        }
    }
    result.target = std::max(minimumTarget, result.total * inputs.wantedUtilisation.value_or(utilisation));
    return result;
}

} // namespace nest::scaling
