// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/evaluate.h"

#include "scaling/loads.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nest::scaling {

namespace {

// Usual values of the Knative autoscaler; as limits they appear in decisions, they are no settings.
constexpr double maxScaleUpRate = 1000;
constexpr double maxScaleDownRate = 2;
constexpr std::size_t usualSteps = 16; // one piece of memory for all of them

/// The number on its way from the windows' wish to the answer, writing down each step.
class Reckoning final
{
public:
    explicit Reckoning(std::vector<Step> &steps) : m_steps(steps) {}

    [[nodiscard]] int desired() const { return m_desired; }
    [[nodiscard]] Limit limit() const { return m_limit; }

    void begin(int wished) { m_desired = wished; }

    void note(Step step) { m_steps.push_back(step); }

    /// The rule `name` was looked at and wants `desired`; when that changes the number, `limit` is what holds
    /// now.
    void apply(std::string_view name, int desired, Limit limit, double value, double border)
    {
        m_steps.push_back(
            {name, value, border, static_cast<double>(m_desired), static_cast<double>(desired)});
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
    return {.target = 1, // loads come as multiples of their targets: the largest of several metrics wins
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
void applyWindows(const Loads &loads, const KpaResult &kpa, bool wasPanic, Decision &decision,
                  Reckoning &reckoning)
{
    const Policy &policy = decision.policy;
    const double counted = kpa.counted;
    const auto &won = kpa.panic && kpa.panicWish > kpa.stableWish ? loads.panic : loads.stable;
    decision.metric = won.metric.metric;
    decision.target = won.target;
    decision.load = won.averages;
    reckoning.note({"target", won.target, won.metric.threshold, won.metric.threshold, won.target});
    if (!policy.metrics.empty()) {
        for (std::size_t i = 0; i <= policy.metrics.size(); ++i) {
            reckoning.note(wishStep(policy, decision.inputs, i, kpa.panic, counted));
        }
    }
    reckoning.note(
        {"stableWish", loads.stable.average, loads.stable.target, counted, double(kpa.stableWish)});
    reckoning.note({"panicWish", loads.panic.average, loads.panic.target, counted, double(kpa.panicWish)});
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

/// What the owner says about the speed of either direction: tolerance, stabilisation, rules over a period.
void applyBehaviour(const Loads &loads, Decision &decision, BehaviourState &state, Reckoning &reckoning)
{
    const Behaviour &behaviour = decision.policy.behaviour;
    const int current = decision.from;
    const auto &direction = reckoning.desired() > current ? behaviour.scaleUp : behaviour.scaleDown;
    if (direction && direction->tolerance > 0 && current > 0 && reckoning.desired() != current) {
        const double load = decision.mode == Mode::Panic ? std::max(loads.stable.share, loads.panic.share)
                                                         : loads.stable.share;
        const double ratio = load / current;
        reckoning.apply("tolerance", isTolerated(ratio, direction->tolerance) ? current : reckoning.desired(),
                        Limit::Tolerance, ratio, direction->tolerance);
    }
    recordWish(state, behaviour, reckoning.desired(), decision.time);
    const auto &moving = reckoning.desired() > current ? behaviour.scaleUp : behaviour.scaleDown;
    if (moving && moving->stabilisationWindowSeconds > 0) {
        const int stable = stabilised(current, state);
        reckoning.apply("stabilisation", stable, Limit::Stabilised, moving->stabilisationWindowSeconds,
                        stable);
    }
    if (const auto &up = behaviour.scaleUp; up && hasRules(*up) && reckoning.desired() > current) {
        const int most = growthLimit(*up, current, state.changes, decision.time);
        reckoning.apply("scaleUpPolicy", std::min(reckoning.desired(), most), Limit::ScaleUpRate, current,
                        most);
    }
    if (const auto &down = behaviour.scaleDown; down && hasRules(*down) && reckoning.desired() < current) {
        const int fewest = shrinkLimit(*down, current, state.changes, decision.time);
        reckoning.apply("scaleDownPolicy", std::max(reckoning.desired(), fewest), Limit::ScaleDownRate,
                        current, fewest);
    }
}

bool mayNeverShrink(const Policy &policy)
{
    return policy.behaviour.scaleDown && policy.behaviour.scaleDown->select == Direction::Select::Disabled;
}

/// Between one instance and none the windows do not decide alone: the last one stays until nothing has come
/// for scaleToZeroAfterSeconds, and then goes at once, whatever the windows still remember.
void applyZero(bool isIdle, double idleSeconds, Decision &decision, State &state, Reckoning &reckoning)
{
    const int limitSeconds = decision.policy.scaleToZeroAfterSeconds;
    if (isIdle && decision.from <= 1 && !mayNeverShrink(decision.policy)) {
        reckoning.apply("scaleToZero", 0, Limit::None, idleSeconds, limitSeconds);
        state.kpa.panicSince.reset(); // a fresh start next time
        state.kpa.maxPanic = 0;
        state.kpa.delay.clear();
        state.behaviour = {};
    } else if (!isIdle && decision.from > 0) {
        reckoning.apply("scaleToZero", std::max(1, reckoning.desired()), Limit::KeptUntilIdle, idleSeconds,
                        limitSeconds);
    }
}

/// What a clock, a person and the load have in common: they may all change the number at once.
struct Occasion
{
    bool isPoke = false;
    bool isOtherPolicy = false;
    bool isOtherFloor = false; // by the rules, not by a person
};

Cause causeOf(const Decision &decision, const Occasion &occasion)
{
    if (occasion.isPoke) {
        return Cause::Poke;
    }
    if (occasion.isOtherFloor && !occasion.isOtherPolicy && decision.limit == Limit::Reserved &&
        decision.desired != decision.from) {
        return Cause::Schedule;
    }
    if (decision.desired == 0 && decision.from > 0) {
        return Cause::ScaleToZero;
    }
    if (occasion.isOtherPolicy && decision.desired != decision.from) {
        return Cause::PolicyChange;
    }
    return decision.mode == Mode::Panic ? Cause::Panic : Cause::Stable;
}

/// A deployment that has had no request yet is idle since it was first looked at.
double idleSecondsOf(const Inputs &inputs, State &state, TimePoint now)
{
    if (std::isfinite(inputs.secondsSinceLastRequest)) {
        state.idleSince =
            now - std::chrono::milliseconds(std::llround(inputs.secondsSinceLastRequest * 1000));
        return inputs.secondsSinceLastRequest;
    }
    state.idleSince = state.idleSince.value_or(now);
    return std::chrono::duration<double>(now - *state.idleSince).count();
}

} // namespace

State startState(int ready, TimePoint now)
{
    State state;
    state.kpa = startKpa(ready, now);
    state.lastDesired = ready;
    return state;
}

Evaluation evaluate(const Policy &policy, const Inputs &inputs, State state, TimePoint now)
{
    Evaluation evaluation{.decision = {}, .state = std::move(state)};
    Decision &decision = evaluation.decision;
    State &next = evaluation.state;
    decision.time = now;
    decision.from = next.lastDesired;
    decision.inputs = inputs;
    decision.policy = policy;
    decision.metric = policy.metric;
    decision.target = targetOf(policy);
    Occasion occasion;
    occasion.isOtherPolicy = next.lastPolicy && *next.lastPolicy != policy;
    const FloorStep floor = floorAt(policy.floors.all(), policy.reserved, now,
                                    occasion.isOtherPolicy ? std::nullopt : next.floor);
    occasion.isOtherFloor =
        next.floor && (next.floor->floor != floor.floor || next.floor->rule != floor.rule);
    decision.floor = floor.floor;
    decision.floorRule = floor.rule;
    next.floor = floor;
    decision.steps.reserve(usualSteps);
    Reckoning reckoning(decision.steps);

    const double idleSeconds = idleSecondsOf(inputs, next, now);
    const int idleLimit = policy.scaleToZeroAfterSeconds;
    const bool isIdle = idleLimit > 0 && idleSeconds >= idleLimit && inputs.queued == 0;
    const Loads loads = loadsOf(policy, inputs, isIdle);
    if (loads.known > 0) {
        const bool wasPanic = next.kpa.panicSince.has_value();
        KpaResult kpa = stepKpa(specOf(policy), {loads.stable.share, loads.panic.share, inputs.ready},
                                std::move(next.kpa), now);
        applyWindows(loads, kpa, wasPanic, decision, reckoning);
        next.kpa = std::move(kpa.state);
        if (policy.behaviour.scaleUp || policy.behaviour.scaleDown) {
            applyBehaviour(loads, decision, next.behaviour, reckoning);
        }
        if (loads.missing > 0) {
            reckoning.apply("missingMetric", std::max(decision.from, reckoning.desired()), Limit::MissingData,
                            loads.missing, decision.from);
        }
        if (floor.floor == 0) {
            applyZero(isIdle, idleSeconds, decision, next, reckoning);
        }
    } else {
        // Nothing known is not nothing there: the number is kept, and so is the memory of panic and delay.
        reckoning.note({"target", decision.target, policy.threshold, policy.threshold, decision.target});
        decision.mode = next.kpa.panicSince ? Mode::Panic : Mode::Stable;
        decision.wished = decision.from;
        reckoning.begin(decision.from);
        reckoning.apply("missingData", decision.from, Limit::None, 0, 0);
    }

    if (inputs.queued > 0 && inputs.ready + inputs.starting == 0) {
        occasion.isPoke = decision.from < 1 || reckoning.desired() < 1;
        decision.wished = std::max(1, decision.wished);
        reckoning.apply("poke", std::max(1, reckoning.desired()), Limit::Activation, inputs.queued, 1);
    }
    reckoning.apply("reserved", std::max(floor.floor, reckoning.desired()), Limit::Reserved, policy.reserved,
                    floor.floor);
    reckoning.apply("maximum", std::min(policy.maximum, reckoning.desired()), Limit::Maximum, policy.maximum,
                    policy.maximum);
    if (inputs.room) {
        const int most = std::max(*inputs.room, inputs.ready + inputs.starting);
        reckoning.apply("capacity", std::min(most, reckoning.desired()), Limit::Capacity,
                        inputs.instanceMegabytes, most);
    }

    decision.desired = reckoning.desired();
    decision.limit = reckoning.limit();
    decision.cause = causeOf(decision, occasion);
    if (decision.desired == 0) {
        decision.mode = next.kpa.panicSince ? Mode::Panic : Mode::Stable;
    }
    if (policy.behaviour.scaleUp || policy.behaviour.scaleDown) {
        recordChange(next.behaviour, policy.behaviour, decision.desired - decision.from, now);
    }
    next.lastDesired = decision.desired;
    if (!next.lastPolicy || occasion.isOtherPolicy) {
        next.lastPolicy = policy;
    }
    return evaluation;
}

bool worthStoring(const Decision &previous, const Decision &next)
{
    return previous.desired != next.desired || previous.mode != next.mode || previous.limit != next.limit ||
           previous.floorRule != next.floorRule;
}

} // namespace nest::scaling
