// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/evaluate.h"

#include <algorithm>
#include <cmath>

namespace nest::scaling {

namespace {

// Usual values of the Knative autoscaler; as limits they appear in decisions, they are no settings.
constexpr double maxScaleUpRate = 1000;
constexpr double maxScaleDownRate = 2;

bool isKnown(const std::optional<double> &average)
{
    return average && !std::isnan(*average);
}

/// The number on its way from the windows' wish to the answer, writing down each step.
class Reckoning final
{
public:
    explicit Reckoning(std::vector<Step> &steps) : m_steps(steps) {}

    [[nodiscard]] int desired() const { return m_desired; }
    [[nodiscard]] Limit limit() const { return m_limit; }

    void begin(int wished) { m_desired = wished; }

    void note(Step step) { m_steps.push_back(std::move(step)); }

    /// The rule `name` was looked at and wants `desired`; when that changes the number, `limit` is what holds
    /// now.
    void apply(std::string name, int desired, Limit limit, double value, double border)
    {
        m_steps.push_back(
            {std::move(name), value, border, static_cast<double>(m_desired), static_cast<double>(desired)});
        if (desired != m_desired) {
            m_desired = desired;
            m_limit = limit;
        }
    }

private:
    std::vector<Step> &m_steps;
    int m_desired = 0;
    Limit m_limit = Limit::None;
};

KpaSpec specOf(const Policy &policy)
{
    return {.target = targetOf(policy),
            .total = policy.threshold,
            .targetBurstCapacity = 0, // whether requests pass the queue is the gateway's business
            .panicThreshold = policy.panicRatio,
            .maxScaleUpRate = maxScaleUpRate,
            .maxScaleDownRate = maxScaleDownRate,
            .stableWindow = std::chrono::seconds(policy.stableWindowSeconds),
            .scaleDownDelay = std::chrono::seconds(policy.scaleDownDelaySeconds),
            .activationScale = 0,
            .reachable = true};
}

/// The windows' part: wish, rates, panic, delay.
void applyWindows(const KpaResult &kpa, bool wasPanic, Decision &decision, Reckoning &reckoning)
{
    const Inputs &inputs = decision.inputs;
    const Policy &policy = decision.policy;
    const double counted = kpa.counted;
    reckoning.note({"stableWish", *inputs.stableAverage, decision.target, counted, double(kpa.stableWish)});
    reckoning.note({"panicWish", *inputs.panicAverage, decision.target, counted, double(kpa.panicWish)});
    reckoning.note({"panic", kpa.panicLoad, policy.panicRatio, wasPanic ? 1.0 : 0.0, kpa.panic ? 1.0 : 0.0});

    decision.mode = kpa.panic ? Mode::Panic : Mode::Stable;
    decision.wished = kpa.panic ? std::max(kpa.stableWish, kpa.panicWish) : kpa.stableWish;
    reckoning.begin(decision.wished);
    reckoning.apply("scaleDownRate", std::max(decision.wished, kpa.downLimit), Limit::ScaleDownRate, counted,
                    kpa.downLimit);
    reckoning.apply("scaleUpRate", kpa.beforeHold, Limit::ScaleUpRate, counted, kpa.upLimit);
    if (kpa.panic) {
        reckoning.apply("panicHold", kpa.beforeDelay, Limit::PanicHold, kpa.state.maxPanic,
                        kpa.state.maxPanic);
    }
    if (policy.scaleDownDelaySeconds > 0) {
        reckoning.apply("scaleDownDelay", kpa.desired, Limit::ScaleDownDelay, policy.scaleDownDelaySeconds,
                        kpa.desired);
    }
}

/// Between one instance and none the windows do not decide alone: the last one stays until nothing has come
/// for scaleToZeroAfterSeconds, and then goes at once, whatever the windows still remember.
void applyZero(double idleSeconds, Decision &decision, State &state, Reckoning &reckoning)
{
    const int limitSeconds = decision.policy.scaleToZeroAfterSeconds;
    const bool isIdle = limitSeconds > 0 && idleSeconds >= limitSeconds && decision.inputs.queued == 0;
    if (isIdle && decision.from <= 1) {
        reckoning.apply("scaleToZero", 0, Limit::None, idleSeconds, limitSeconds);
        state.kpa.panicSince.reset(); // a fresh start next time
        state.kpa.maxPanic = 0;
        state.kpa.delay.clear();
    } else if (!isIdle && decision.from > 0) {
        reckoning.apply("scaleToZero", std::max(1, reckoning.desired()), Limit::KeptUntilIdle, idleSeconds,
                        limitSeconds);
    }
}

Cause causeOf(const Decision &decision, bool wasPoked, const std::optional<Policy> &lastPolicy)
{
    if (wasPoked) {
        return Cause::Poke;
    }
    if (decision.desired == 0 && decision.from > 0) {
        return Cause::ScaleToZero;
    }
    if (lastPolicy && *lastPolicy != decision.policy && decision.desired != decision.from) {
        return Cause::PolicyChange;
    }
    return decision.mode == Mode::Panic ? Cause::Panic : Cause::Stable;
}

} // namespace

State startState(int ready, TimePoint now)
{
    State state;
    state.kpa = startKpa(ready, now);
    state.lastDesired = ready;
    return state;
}

Evaluation evaluate(const Policy &policy, const Inputs &inputs, const State &state, TimePoint now)
{
    Evaluation evaluation{.decision = {}, .state = state};
    Decision &decision = evaluation.decision;
    State &next = evaluation.state;
    decision.time = now;
    decision.from = state.lastDesired;
    decision.inputs = inputs;
    decision.policy = policy;
    decision.target = targetOf(policy);

    Reckoning reckoning(decision.steps);
    reckoning.note({"target", decision.target, policy.threshold, policy.threshold, decision.target});

    // A deployment that has had no request yet is idle since it was first looked at.
    double idleSeconds = inputs.secondsSinceLastRequest;
    if (std::isfinite(idleSeconds)) {
        next.idleSince = now - std::chrono::milliseconds(std::llround(idleSeconds * 1000));
    } else {
        next.idleSince = state.idleSince.value_or(now);
        idleSeconds = std::chrono::duration<double>(now - *next.idleSince).count();
    }

    if (isKnown(inputs.stableAverage) && isKnown(inputs.panicAverage)) {
        const KpaInputs load{*inputs.stableAverage, *inputs.panicAverage, inputs.ready};
        const KpaResult kpa = stepKpa(specOf(policy), load, state.kpa, now);
        applyWindows(kpa, state.kpa.panicSince.has_value(), decision, reckoning);
        next.kpa = kpa.state;
        if (policy.reserved == 0) {
            applyZero(idleSeconds, decision, next, reckoning);
        }
    } else {
        // Nothing known is not nothing there: the number is kept, and so is the memory of panic and delay.
        decision.mode = state.kpa.panicSince ? Mode::Panic : Mode::Stable;
        decision.wished = state.lastDesired;
        reckoning.begin(state.lastDesired);
        reckoning.apply("missingData", state.lastDesired, Limit::None, 0, 0);
    }

    bool wasPoked = false;
    if (inputs.queued > 0 && inputs.ready + inputs.starting == 0) {
        wasPoked = decision.from < 1 || reckoning.desired() < 1;
        decision.wished = std::max(1, decision.wished);
        reckoning.apply("poke", std::max(1, reckoning.desired()), Limit::Activation, inputs.queued, 1);
    }
    reckoning.apply("reserved", std::max(policy.reserved, reckoning.desired()), Limit::Reserved,
                    policy.reserved, policy.reserved);
    reckoning.apply("maximum", std::min(policy.maximum, reckoning.desired()), Limit::Maximum, policy.maximum,
                    policy.maximum);

    decision.desired = reckoning.desired();
    decision.limit = reckoning.limit();
    decision.cause = causeOf(decision, wasPoked, state.lastPolicy);
    if (decision.desired == 0) {
        decision.mode = next.kpa.panicSince ? Mode::Panic : Mode::Stable;
    }
    next.lastDesired = decision.desired;
    next.lastPolicy = policy;
    return evaluation;
}

bool worthStoring(const Decision &previous, const Decision &next)
{
    return previous.desired != next.desired || previous.mode != next.mode || previous.limit != next.limit;
}

} // namespace nest::scaling
