// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Several metrics at once: the one that wants the most instances wins, one that is not known never shrinks
// anything, and the decision tells all of their wishes.

#include "scaling/evaluate.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nest::scaling;

namespace {

const TimePoint now(std::chrono::days(20'000));

/// 100 requests/s, 10 at once, 80 % of a core, 200 MB; all at 0.5.
Policy fourMetrics()
{
    Policy policy;
    policy.maximum = 50;
    policy.utilisation = 0.5;
    policy.scaleDownDelaySeconds = 0;
    policy.metrics = {{Metric::Concurrency, 10, 0.5}, {Metric::Cpu, 80, 0.5}, {Metric::Memory, 200, 0.5}};
    return policy;
}

Averages both(double value)
{
    return {value, value};
}

Inputs loads(double requests, double atOnce, double cpu, double memory, int ready)
{
    Inputs inputs;
    inputs.stableAverage = requests;
    inputs.panicAverage = requests;
    inputs.others = {both(atOnce), both(cpu), both(memory)};
    inputs.ready = ready;
    inputs.secondsSinceLastRequest = 0;
    return inputs;
}

State running(int count)
{
    State state;
    state.lastDesired = count;
    return state;
}

const Step *find(const Decision &decision, std::string_view name)
{
    const auto step = std::ranges::find(decision.steps, name, &Step::name);
    return step == decision.steps.end() ? nullptr : &*step;
}

} // namespace

class ScalingMetrics final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void theLargestWins_data();
    void theLargestWins();
    void inAPanicTheShortWindowNamesTheWinner();
    void anUnknownOneNeverShrinks_data();
    void anUnknownOneNeverShrinks();
    void anUnknownOneDoesNotKeepFromGrowing();
    void allUnknownKeepsTheNumber();
    void whatIsUsedByItselfKeepsNothingAwake();
    void oneMetricHasNoStepsOfItsOwn();
    void problemsNameTheMetric();
};

void ScalingMetrics::theLargestWins_data()
{
    QTest::addColumn<double>("requests");
    QTest::addColumn<double>("atOnce");
    QTest::addColumn<double>("cpu");
    QTest::addColumn<double>("memory");
    QTest::addColumn<int>("desired");
    QTest::addColumn<int>("winner");
    QTest::newRow("requests") << 480.0 << 20.0 << 100.0 << 300.0 << 10 << int(Metric::RequestsPerSecond);
    QTest::newRow("concurrency") << 100.0 << 56.0 << 100.0 << 300.0 << 12 << int(Metric::Concurrency);
    QTest::newRow("cpu") << 100.0 << 20.0 << 361.0 << 300.0 << 10 << int(Metric::Cpu);
    QTest::newRow("memory") << 100.0 << 20.0 << 100.0 << 900.0 << 9 << int(Metric::Memory);
    QTest::newRow("a tie: the first")
        << 400.0 << 40.0 << 320.0 << 800.0 << 8 << int(Metric::RequestsPerSecond);
}

void ScalingMetrics::theLargestWins()
{
    QFETCH(double, requests);
    QFETCH(double, atOnce);
    QFETCH(double, cpu);
    QFETCH(double, memory);
    QFETCH(int, desired);
    QFETCH(int, winner);
    const auto decision =
        evaluate(fourMetrics(), loads(requests, atOnce, cpu, memory, 8), running(8), now).decision;
    QCOMPARE(decision.desired, desired);
    QCOMPARE(int(decision.metric), winner);
    QCOMPARE(find(decision, "requestsPerSecondWish")->after, std::ceil(requests / 50));
    QCOMPARE(find(decision, "concurrencyWish")->after, std::ceil(atOnce / 5));
    QCOMPARE(find(decision, "cpuWish")->after, std::ceil(cpu / 40));
    QCOMPARE(find(decision, "memoryWish")->after, std::ceil(memory / 100));
    const auto *wish = find(decision, "stableWish");
    QCOMPARE(wish->after, double(desired));
    QCOMPARE(wish->border, decision.target);
    QCOMPARE(decision.load.stable, std::optional(wish->value));
}

void ScalingMetrics::inAPanicTheShortWindowNamesTheWinner()
{
    auto inputs = loads(300, 10, 40, 100, 4);
    inputs.others[0].panic = 60; // 12 wanted of 4 ready
    const auto decision = evaluate(fourMetrics(), inputs, running(4), now).decision;
    QCOMPARE(decision.mode, Mode::Panic);
    QCOMPARE(decision.metric, Metric::Concurrency);
    QCOMPARE(decision.desired, 12);
    QCOMPARE(find(decision, "concurrencyWish")->after, 12.0);
    QCOMPARE(find(decision, "stableWish")->after, 6.0); // of requests
}

void ScalingMetrics::anUnknownOneNeverShrinks_data()
{
    QTest::addColumn<int>("index");
    for (int index = 0; index < 4; ++index) {
        QTest::addRow("%d", index) << index;
    }
}

void ScalingMetrics::anUnknownOneNeverShrinks()
{
    QFETCH(int, index);
    auto inputs = loads(10, 1, 10, 50, 8);
    if (index == 0) {
        inputs.stableAverage = std::numeric_limits<double>::quiet_NaN();
    } else {
        inputs.others[std::size_t(index - 1)] = {};
    }
    const auto decision = evaluate(fourMetrics(), inputs, running(8), now).decision;
    QCOMPARE(decision.desired, 8);
    QCOMPARE(decision.limit, Limit::MissingData);
    QCOMPARE(find(decision, "missingMetric")->value, 1.0);
    QVERIFY(find(decision, "missingData") == nullptr);
    const char *const names[] = {"requestsPerSecondWish", "concurrencyWish", "cpuWish", "memoryWish"};
    QVERIFY(std::isnan(find(decision, names[index])->value));
}

void ScalingMetrics::anUnknownOneDoesNotKeepFromGrowing()
{
    auto inputs = loads(100, 1, 0, 0, 2);
    inputs.others = {both(70)}; // cpu and memory are not there at all
    const auto decision = evaluate(fourMetrics(), inputs, running(2), now).decision;
    QCOMPARE(decision.desired, 14);
    QCOMPARE(decision.metric, Metric::Concurrency);
}

void ScalingMetrics::allUnknownKeepsTheNumber()
{
    Inputs inputs;
    inputs.ready = 5;
    const auto decision = evaluate(fourMetrics(), inputs, running(5), now).decision;
    QCOMPARE(decision.desired, 5);
    QVERIFY(find(decision, "missingData") != nullptr);
    QVERIFY(!decision.load.stable);
}

void ScalingMetrics::whatIsUsedByItselfKeepsNothingAwake()
{
    auto policy = fourMetrics();
    policy.scaleToZeroAfterSeconds = 60;
    auto inputs = loads(0, 0, 5, 150, 2); // memory alone asks for two
    inputs.secondsSinceLastRequest = 30;
    QCOMPARE(evaluate(policy, inputs, running(2), now).decision.desired, 2);
    inputs.secondsSinceLastRequest = 60;
    auto made = evaluate(policy, inputs, running(2), now);
    QVERIFY(made.decision.desired < 2);
    inputs.ready = made.decision.desired;
    made = evaluate(policy, inputs, made.state, now + std::chrono::seconds(2));
    QCOMPARE(made.decision.desired, 0);
}

void ScalingMetrics::oneMetricHasNoStepsOfItsOwn()
{
    Policy policy;
    const auto decision = evaluate(policy, loads(210, 0, 0, 0, 3), running(3), now).decision;
    QVERIFY(find(decision, "requestsPerSecondWish") == nullptr);
    QCOMPARE(decision.metric, Metric::RequestsPerSecond);
    QCOMPARE(decision.load.stable, std::optional(210.0));
}

void ScalingMetrics::problemsNameTheMetric()
{
    auto policy = fourMetrics();
    QVERIFY(validate(policy).empty());
    policy.metrics[1].threshold = -1;
    policy.metrics[2].metric = Metric::Concurrency;
    policy.behaviour.scaleUp = Direction{.policies = {{RateRule::Type::Instances, 0, 15}}, .tolerance = 2};
    QStringList fields;
    for (const auto &problem : validate(policy)) {
        fields << QString::fromStdString(problem.field);
    }
    QCOMPARE(fields, (QStringList{QStringLiteral("metrics/1/threshold"), QStringLiteral("metrics/2/metric"),
                                  QStringLiteral("behaviour/scaleUp/tolerance"),
                                  QStringLiteral("behaviour/scaleUp/policies/0/value")}));
}

QTEST_APPLESS_MAIN(ScalingMetrics)
#include "tst_scaling_metrics.moc"
