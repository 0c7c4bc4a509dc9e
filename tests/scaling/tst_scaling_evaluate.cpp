// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Our own rules around the inner layer, as timelines: load in, decisions out, by a clock that the test moves.

#include "scaling/evaluate.h"

#include <QtTest>

#include <chrono>
#include <cmath>
#include <limits>

using namespace nest::scaling;
using namespace std::chrono_literals;

namespace {

const TimePoint epoch(std::chrono::days(20'000));

Policy quickPolicy()
{
    Policy policy;
    policy.stableWindowSeconds = 6;
    policy.panicWindowSeconds = 1;
    policy.scaleDownDelaySeconds = 0;
    policy.scaleToZeroAfterSeconds = 60;
    return policy;
}

Inputs load(double stable, double panic, int ready, double idleSeconds = 0)
{
    return {.stableAverage = stable,
            .panicAverage = panic,
            .ready = ready,
            .starting = 0,
            .queued = 0,
            .secondsSinceLastRequest = idleSeconds};
}

/// A deployment whose instances are ready one evaluation after they were asked for.
struct Timeline
{
    Policy policy;
    State state;
    TimePoint now = epoch;
    MetricWindow window{policy.stableWindowSeconds, policy.panicWindowSeconds};
    int ready = 0;
    double lastRequest = std::numeric_limits<double>::infinity(); // seconds ago
    std::vector<Decision> decisions;

    explicit Timeline(const Policy &given) : policy(given) {}

    const Decision &last() const { return decisions.back(); }

    /// `rate` requests a second for `seconds`, an evaluation every two; at zero they are queued.
    void run(double rate, int seconds)
    {
        for (int second = 0; second < seconds; ++second) {
            lastRequest = rate > 0 ? 0 : lastRequest + 1;
            window.record(now, rate);
            if (second % 2 == 0) {
                step(rate > 0 && ready == 0 ? int(std::ceil(rate)) : 0);
            }
            now += 1s;
        }
    }

    void step(int queued)
    {
        Inputs inputs = load(0, 0, ready, lastRequest);
        inputs.stableAverage = window.stable(now);
        inputs.panicAverage = window.panic(now);
        inputs.queued = queued;
        const Evaluation evaluation = evaluate(policy, inputs, state, now);
        state = evaluation.state;
        ready = evaluation.decision.desired;
        decisions.push_back(evaluation.decision);
    }
};

const Step *find(const Decision &decision, const char *name)
{
    const auto step = std::ranges::find(decision.steps, name, &Step::name);
    return step == decision.steps.end() ? nullptr : &*step;
}

} // namespace

class ScalingEvaluate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void growsFromZeroAndReturnsThere();
    void pokeStartsOneAtOnce();
    void pokeCannotPassTheMaximum();
    void pokeDoesNotRepeatWhileOneStarts();
    void surgeIsAPanicThatOnlyGrows();
    void delayShrinksLate();
    void maximumCutsAndSaysSo();
    void reservedIsTheFloor();
    void lastInstanceGoesAtExactlyTheLimit_data();
    void lastInstanceGoesAtExactlyTheLimit();
    void lastInstanceIsKeptUntilIdle();
    void zeroIsNotLeftForWhatTheWindowsRemember();
    void neverMeansNever();
    void missingDataNeverShrinks_data();
    void missingDataNeverShrinks();
    void missingDataStillObeysThePolicy();
    void downRateIsNamed();
    void restartHoldsWhatRuns();
    void changedPolicyIsTheCause();
    void stepsLeadToTheNumber();
    void sameArgumentsSameAnswer();
    void storesOnlyWhatChanged();
    void aGoodPolicyHasNoProblems();
    void problemsNameTheField_data();
    void problemsNameTheField();
};

void ScalingEvaluate::growsFromZeroAndReturnsThere()
{
    Timeline timeline(quickPolicy());
    timeline.step(0);
    QCOMPARE(timeline.last().desired, 0);
    timeline.run(350, 20); // 350 / 70
    QCOMPARE(timeline.last().desired, 5);
    QCOMPARE(timeline.last().target, 70.0);
    timeline.run(0, 30);
    QCOMPARE(timeline.last().desired, 1);
    QCOMPARE(timeline.last().limit, Limit::KeptUntilIdle);
    timeline.run(0, 40);
    QCOMPARE(timeline.last().desired, 0);
    const auto zero = std::ranges::find(timeline.decisions, Cause::ScaleToZero, &Decision::cause);
    QVERIFY(zero != timeline.decisions.end());
    QCOMPARE(zero->from, 1);
    QCOMPARE(std::ranges::count(timeline.decisions, Cause::ScaleToZero, &Decision::cause), 1);
    QCOMPARE(std::ranges::count(timeline.decisions, Cause::Poke, &Decision::cause), 1);
}

void ScalingEvaluate::pokeStartsOneAtOnce()
{
    Inputs inputs; // no data at all: the first request ever
    inputs.queued = 1;
    inputs.secondsSinceLastRequest = 0;
    const Decision decision = evaluate(Policy(), inputs, State(), epoch).decision;
    QCOMPARE(decision.from, 0);
    QCOMPARE(decision.desired, 1);
    QCOMPARE(decision.wished, 1);
    QCOMPARE(decision.cause, Cause::Poke);
    QCOMPARE(decision.limit, Limit::Activation);
    QVERIFY(find(decision, "poke"));
}

void ScalingEvaluate::pokeCannotPassTheMaximum()
{
    Policy policy;
    policy.maximum = 0; // refused by validate(), and still no reason to start anything
    Inputs inputs;
    inputs.queued = 5;
    const Decision decision = evaluate(policy, inputs, State(), epoch).decision;
    QCOMPARE(decision.desired, 0);
    QCOMPARE(decision.limit, Limit::Maximum);
}

void ScalingEvaluate::pokeDoesNotRepeatWhileOneStarts()
{
    Inputs inputs;
    inputs.queued = 1;
    inputs.secondsSinceLastRequest = 0;
    Evaluation evaluation = evaluate(Policy(), inputs, State(), epoch);
    inputs.starting = 1;
    inputs.stableAverage = inputs.panicAverage = 0.0;
    evaluation = evaluate(Policy(), inputs, evaluation.state, epoch + 2s);
    QCOMPARE(evaluation.decision.desired, 1);
    QCOMPARE(evaluation.decision.cause, Cause::Stable);
    QVERIFY(!find(evaluation.decision, "poke"));
}

void ScalingEvaluate::surgeIsAPanicThatOnlyGrows()
{
    Policy policy = quickPolicy();
    policy.maximum = 100;
    State state;
    state.lastDesired = 2;
    Evaluation evaluation = evaluate(policy, load(140, 700, 2), state, epoch);
    QCOMPARE(evaluation.decision.mode, Mode::Panic);
    QCOMPARE(evaluation.decision.cause, Cause::Panic);
    QCOMPARE(evaluation.decision.desired, 10);
    QCOMPARE(evaluation.decision.limit, Limit::None);

    evaluation =
        evaluate(policy, load(300, 200, 10), evaluation.state, epoch + 6s); // exactly the window: still held
    QCOMPARE(evaluation.decision.mode, Mode::Panic);
    QCOMPARE(evaluation.decision.wished, 5);
    QCOMPARE(evaluation.decision.desired, 10);
    QCOMPARE(evaluation.decision.limit, Limit::PanicHold);

    evaluation = evaluate(policy, load(300, 200, 10), evaluation.state, epoch + 6001ms);
    QCOMPARE(evaluation.decision.mode, Mode::Stable);
    QCOMPARE(evaluation.decision.desired, 5);
    QCOMPARE(evaluation.decision.limit, Limit::None);
}

void ScalingEvaluate::delayShrinksLate()
{
    Policy policy = quickPolicy();
    policy.scaleDownDelaySeconds = 30;
    State state;
    Evaluation evaluation = evaluate(policy, load(280, 280, 4), state, epoch);
    QCOMPARE(evaluation.decision.desired, 4);
    for (int second = 2; second < 30; second += 2) {
        evaluation =
            evaluate(policy, load(140, 140, 4), evaluation.state, epoch + std::chrono::seconds(second));
        QCOMPARE(evaluation.decision.desired, 4);
        QCOMPARE(evaluation.decision.wished, 2);
        QCOMPARE(evaluation.decision.limit, Limit::ScaleDownDelay);
    }
    evaluation = evaluate(policy, load(140, 140, 4), evaluation.state, epoch + 30s);
    QCOMPARE(evaluation.decision.desired, 2);
    QCOMPARE(evaluation.decision.limit, Limit::None);
    evaluation =
        evaluate(policy, load(280, 280, 3), evaluation.state, epoch + 32s); // growing waits for nothing
    QCOMPARE(evaluation.decision.desired, 4);
}

void ScalingEvaluate::maximumCutsAndSaysSo()
{
    const Decision decision = evaluate(Policy(), load(1500, 1500, 8), State(), epoch).decision;
    QCOMPARE(decision.wished, 22);
    QCOMPARE(decision.desired, 10);
    QCOMPARE(decision.limit, Limit::Maximum);
}

void ScalingEvaluate::reservedIsTheFloor()
{
    Timeline timeline(quickPolicy());
    timeline.policy.reserved = 4;
    timeline.step(0);
    QCOMPARE(timeline.last().desired, 4);
    QCOMPARE(timeline.last().limit, Limit::Reserved);
    timeline.run(0, 200);
    QCOMPARE(timeline.last().desired, 4);
    QCOMPARE(timeline.last().limit, Limit::Reserved);
    timeline.run(700, 20);
    QCOMPARE(timeline.last().desired, 10);
    QCOMPARE(timeline.last().limit, Limit::None);
}

void ScalingEvaluate::lastInstanceGoesAtExactlyTheLimit_data()
{
    QTest::addColumn<int>("limitSeconds");
    QTest::addColumn<double>("stable");
    QTest::addRow("longer than the windows") << 600 << 0.0;
    QTest::addRow("shorter than the windows, which still remember traffic") << 5 << 12.0;
}

void ScalingEvaluate::lastInstanceGoesAtExactlyTheLimit()
{
    QFETCH(int, limitSeconds);
    QFETCH(double, stable);
    Policy policy;
    policy.scaleToZeroAfterSeconds = limitSeconds;
    State state = startState(1, epoch);
    Evaluation evaluation = evaluate(policy, load(stable, 0, 1, limitSeconds - 0.001), state, epoch);
    QCOMPARE(evaluation.decision.desired, 1);
    evaluation = evaluate(policy, load(stable, 0, 1, limitSeconds), evaluation.state, epoch + 1ms);
    QCOMPARE(evaluation.decision.desired, 0);
    QCOMPARE(evaluation.decision.cause, Cause::ScaleToZero);
}

void ScalingEvaluate::lastInstanceIsKeptUntilIdle()
{
    State state = startState(1, epoch);
    const Decision decision = evaluate(Policy(), load(0, 0, 1, 300), state, epoch).decision;
    QCOMPARE(decision.wished, 0);
    QCOMPARE(decision.desired, 1);
    QCOMPARE(decision.limit, Limit::KeptUntilIdle);
    const Step *step = find(decision, "scaleToZero");
    QVERIFY(step);
    QCOMPARE(step->value, 300.0);
    QCOMPARE(step->border, 600.0);
}

void ScalingEvaluate::zeroIsNotLeftForWhatTheWindowsRemember()
{
    Policy policy;
    policy.scaleToZeroAfterSeconds = 5;
    Evaluation evaluation = evaluate(policy, load(50, 0, 1, 4), startState(1, epoch), epoch);
    QCOMPARE(evaluation.decision.desired, 1);
    for (int second = 5; second < 60; second += 2) {
        const TimePoint now = epoch + std::chrono::seconds(second);
        evaluation = evaluate(policy, load(40, 0, 0, second), evaluation.state, now);
        QCOMPARE(evaluation.decision.desired, 0);
    }
}

void ScalingEvaluate::neverMeansNever()
{
    Policy policy = quickPolicy();
    policy.scaleToZeroAfterSeconds = 0;
    const Decision kept = evaluate(policy, load(0, 0, 1, 1e6), startState(1, epoch), epoch).decision;
    QCOMPARE(kept.desired, 1);
    QCOMPARE(kept.limit, Limit::KeptUntilIdle);
    const Decision unused = evaluate(policy, load(0, 0, 0, 1e6), State(), epoch).decision;
    QCOMPARE(unused.desired, 0); // kept is what ran once, not what never did
}

void ScalingEvaluate::missingDataNeverShrinks_data()
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    QTest::addColumn<std::optional<double>>("stable");
    QTest::addColumn<std::optional<double>>("panic");
    QTest::addRow("both") << std::optional<double>() << std::optional<double>();
    QTest::addRow("stable") << std::optional<double>() << std::optional(0.0);
    QTest::addRow("panic") << std::optional(0.0) << std::optional<double>();
    QTest::addRow("not a number") << std::optional(nan) << std::optional(nan);
}

void ScalingEvaluate::missingDataNeverShrinks()
{
    QFETCH(std::optional<double>, stable);
    QFETCH(std::optional<double>, panic);
    State state = startState(6, epoch);
    Inputs inputs;
    inputs.stableAverage = stable;
    inputs.panicAverage = panic;
    inputs.ready = 6;
    inputs.secondsSinceLastRequest = 1e6;
    for (int minute = 0; minute < 30; ++minute) {
        const Evaluation evaluation = evaluate(Policy(), inputs, state, epoch + std::chrono::minutes(minute));
        QCOMPARE(evaluation.decision.desired, 6);
        QCOMPARE(evaluation.decision.limit, Limit::None);
        QVERIFY(find(evaluation.decision, "missingData"));
        QCOMPARE(evaluation.state.kpa, state.kpa);
        state = evaluation.state;
    }
}

void ScalingEvaluate::missingDataStillObeysThePolicy()
{
    Policy policy;
    policy.maximum = 4;
    Inputs inputs;
    inputs.ready = 6;
    QCOMPARE(evaluate(policy, inputs, startState(6, epoch), epoch).decision.desired, 4);
    policy.maximum = 10;
    policy.reserved = 8;
    QCOMPARE(evaluate(policy, inputs, startState(6, epoch), epoch).decision.desired, 8);
}

void ScalingEvaluate::downRateIsNamed()
{
    State state;
    state.lastDesired = 9;
    const Decision decision = evaluate(quickPolicy(), load(1, 1, 9), state, epoch).decision;
    QCOMPARE(decision.wished, 1);
    QCOMPARE(decision.desired, 4);
    QCOMPARE(decision.limit, Limit::ScaleDownRate);
}

void ScalingEvaluate::restartHoldsWhatRuns()
{
    Policy policy;
    policy.scaleDownDelaySeconds = 0;
    Evaluation evaluation = evaluate(policy, load(1, 1, 8), startState(8, epoch), epoch + 60s);
    QCOMPARE(evaluation.decision.desired, 8);
    QCOMPARE(evaluation.decision.limit, Limit::PanicHold);
    evaluation = evaluate(policy, load(1, 1, 8), evaluation.state, epoch + 62s);
    QCOMPARE(evaluation.decision.desired, 4);
}

void ScalingEvaluate::changedPolicyIsTheCause()
{
    Policy policy = quickPolicy();
    Evaluation evaluation = evaluate(policy, load(140, 140, 2), startState(2, epoch), epoch);
    QCOMPARE(evaluation.decision.cause, Cause::Panic); // just restarted
    policy.reserved = 5;
    evaluation = evaluate(policy, load(140, 140, 2), evaluation.state, epoch + 2s);
    QCOMPARE(evaluation.decision.cause, Cause::PolicyChange);
    QCOMPARE(evaluation.decision.limit, Limit::Reserved);
    evaluation = evaluate(policy, load(140, 140, 5), evaluation.state, epoch + 20s);
    QCOMPARE(evaluation.decision.cause, Cause::Stable);
}

void ScalingEvaluate::stepsLeadToTheNumber()
{
    Policy policy;
    policy.maximum = 6;
    const Decision decision = evaluate(policy, load(350, 700, 4), State(), epoch).decision;
    QStringList names;
    for (const Step &step : decision.steps) {
        names << QLatin1StringView(step.name);
    }
    QCOMPARE(
        names.join(QLatin1Char(' ')),
        QStringLiteral("target stableWish panicWish panic scaleDownRate scaleUpRate panicHold scaleDownDelay "
                       "reserved maximum"));
    QCOMPARE(find(decision, "target")->value, 70.0);
    QCOMPARE(find(decision, "stableWish")->after, 5.0);
    QCOMPARE(find(decision, "panicWish")->after, 10.0);
    QCOMPARE(find(decision, "panic")->value, 2.5);
    QCOMPARE(find(decision, "panic")->border, 2.0);
    QVERIFY(find(decision, "maximum")->changed());
    QCOMPARE(find(decision, "maximum")->before, 10.0);
    QCOMPARE(find(decision, "maximum")->after, double(decision.desired));
}

void ScalingEvaluate::sameArgumentsSameAnswer()
{
    Timeline one(quickPolicy());
    Timeline two(quickPolicy());
    for (Timeline *timeline : {&one, &two}) {
        timeline->run(500, 11);
        timeline->run(20, 30);
    }
    QCOMPARE(one.state, two.state);
    QVERIFY(one.decisions == two.decisions);
}

void ScalingEvaluate::storesOnlyWhatChanged()
{
    Decision previous;
    previous.desired = 3;
    Decision next = previous;
    next.time = epoch;
    next.wished = 7;
    QVERIFY(!worthStoring(previous, next));
    next.desired = 4;
    QVERIFY(worthStoring(previous, next));
    next = previous;
    next.mode = Mode::Panic;
    QVERIFY(worthStoring(previous, next));
    next = previous;
    next.limit = Limit::Maximum;
    QVERIFY(worthStoring(previous, next));
}

void ScalingEvaluate::aGoodPolicyHasNoProblems()
{
    QVERIFY(validate(Policy()).empty());
    Policy policy = quickPolicy(); // what tests use
    policy.scaleToZeroAfterSeconds = 5;
    QVERIFY(validate(policy).empty());
}

void ScalingEvaluate::problemsNameTheField_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, auto change, const char *field) {
        Policy policy;
        change(policy);
        QTest::addRow("%s", name) << policy << QString::fromLatin1(field);
    };
    row("reserved above maximum", [](Policy &p) { p.reserved = 11; }, "reserved");
    row("negative reserved", [](Policy &p) { p.reserved = -1; }, "reserved");
    row("no maximum", [](Policy &p) { p.maximum = 0; }, "maximum");
    row("utilisation above one", [](Policy &p) { p.utilisation = 1.424; }, "utilisation");
    row(
        "utilisation unknown", [](Policy &p) { p.utilisation = std::numeric_limits<double>::quiet_NaN(); },
        "utilisation");
    row("no threshold", [](Policy &p) { p.threshold = 0; }, "threshold");
    row(
        "target below a hundredth",
        [](Policy &p) {
            p.threshold = 0.1;
            p.utilisation = 0.01;
        },
        "threshold");
    row(
        "stable window of one second",
        [](Policy &p) {
            p.stableWindowSeconds = 1;
            p.panicWindowSeconds = 1;
        },
        "stableWindowSeconds");
    row(
        "panic window longer than stable", [](Policy &p) { p.panicWindowSeconds = 61; },
        "panicWindowSeconds");
    row("panic ratio one", [](Policy &p) { p.panicRatio = 1; }, "panicRatio");
    row("negative delay", [](Policy &p) { p.scaleDownDelaySeconds = -1; }, "scaleDownDelaySeconds");
    row("negative idle time", [](Policy &p) { p.scaleToZeroAfterSeconds = -1; }, "scaleToZeroAfterSeconds");
}

void ScalingEvaluate::problemsNameTheField()
{
    QFETCH(Policy, policy);
    QFETCH(QString, field);
    const std::vector<PolicyProblem> problems = validate(policy);
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(problems.front().field), field);
    QVERIFY(problems.front().message.starts_with("is ") || problems.front().message.starts_with("times "));
}

QTEST_APPLESS_MAIN(ScalingEvaluate)
#include "tst_scaling_evaluate.moc"
