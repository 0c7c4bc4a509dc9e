// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What would have happened: whole seconds in, the instance curve out, and the sums that a person asks for.

#include "scaling/simulate.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <limits>

using namespace nest::scaling;
using namespace std::chrono_literals;

namespace {

const TimePoint start(std::chrono::days(20'000));

Samples constant(double rate, std::size_t seconds)
{
    return {.start = start, .requestsPerSecond = std::vector<double>(seconds, rate)};
}

void append(Samples &samples, double rate, std::size_t seconds)
{
    samples.requestsPerSecond.insert(samples.requestsPerSecond.end(), seconds, rate);
}

SimulationOptions quick(int initial = 0)
{
    return {.coldStart = 500ms, .serviceTime = 20ms, .initialInstances = initial};
}

double threadSeconds()
{
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return double(used.tv_sec) + double(used.tv_nsec) / 1e9;
}

SimulatedLevel levelAt(const Simulation &simulation, int second)
{
    SimulatedLevel found;
    for (const auto &level : simulation.levels) {
        if (level.time <= start + std::chrono::seconds(second)) {
            found = level;
        }
    }
    return found;
}

} // namespace

class ScalingSimulate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void theClassicCase();
    void wakesAtOnceAndSleepsWhenIdle();
    void aHoleIsNotSilence();
    void queuesWhatFindsNoRoom();
    void aLongQueueCostsNoMoreASecond();
    void severalMetricsAreReplayed();
    void nothingGivesNothing();
    void sameArgumentsSameAnswer();
};

void ScalingSimulate::theClassicCase()
{
    Policy policy;
    policy.reserved = 4;
    policy.maximum = 40;
    auto samples = constant(250, 120);
    append(samples, 1600, 120);
    append(samples, 300, 240);
    const auto made = simulate(policy, samples, quick(4));
    QCOMPARE(levelAt(made, 119).desired, 4);
    QCOMPARE(levelAt(made, 239).desired, 23); // 1,600 / 70
    QCOMPARE(levelAt(made, 479).desired, 5);  // 300 / 70
    QCOMPARE(made.peak, 23);
    QCOMPARE(made.coldStarts, 19);
    QCOMPARE(made.requests, 250 * 120 + 1600 * 120 + 300 * 240.0);
    QCOMPARE(made.capacityPerInstance, 100.0);
    // The peak is there 3 s after the first second above: known at its end, evaluated at an even second.
    const auto high = std::ranges::find_if(made.steps, [](const auto &step) { return step.desired > 4; });
    QVERIFY(high != made.steps.end());
    QCOMPARE(high->mode, Mode::Panic);
    QVERIFY(high->time <= start + 123s);
    QVERIFY(made.requestsAtRisk > 0 && made.requestsAtRisk < 1600 * 12);
    QVERIFY(made.instanceHours > 480 * 4 / 3600.0 && made.instanceHours < 480 * 23 / 3600.0);
}

void ScalingSimulate::wakesAtOnceAndSleepsWhenIdle()
{
    Policy policy;
    policy.scaleToZeroAfterSeconds = 60;
    auto samples = constant(0, 31);
    append(samples, 5, 1);
    append(samples, 0, 200);
    const auto made = simulate(policy, samples, quick());
    QCOMPARE(made.steps.size(), 2);
    QCOMPARE(made.steps[0].time, start + 31s); // an odd second: not the tick
    QCOMPARE(made.steps[0].cause, Cause::Poke);
    QCOMPARE(made.steps[1].cause, Cause::ScaleToZero);
    QVERIFY(made.steps[1].time >= start + 92s && made.steps[1].time <= start + 94s);
    QCOMPARE(made.coldStarts, 1);
    QCOMPARE(made.longestWaitSeconds, 0.5);
    QVERIFY2(made.evaluations < 60, "asleep: nothing is evaluated");
}

void ScalingSimulate::aHoleIsNotSilence()
{
    Policy policy;
    policy.scaleDownDelaySeconds = 0;
    auto samples = constant(700, 60);
    append(samples, std::numeric_limits<double>::quiet_NaN(), 300);
    const auto made = simulate(policy, samples, quick(10));
    QCOMPARE(levelAt(made, 359).desired, levelAt(made, 59).desired);
    QCOMPARE(made.requests, 700 * 60.0);
}

void ScalingSimulate::queuesWhatFindsNoRoom()
{
    Policy policy;
    policy.maximum = 2;
    auto samples = constant(300, 10); // 200 of them find room
    append(samples, 0, 20);
    const auto made = simulate(policy, samples, quick(2));
    QCOMPARE(made.requestsAtRisk, 2700.0); // 100, 200, then all: those before them are not through yet
    QVERIFY(std::abs(made.longestWaitSeconds - 5) < 0.5); // the last: 1,000 before it, 200 a second
}

void ScalingSimulate::aLongQueueCostsNoMoreASecond()
{
    Policy policy;
    policy.maximum = 2;
    constexpr std::size_t hour = 3'600;
    const auto few = constant(300, 2 * hour);
    const auto many = constant(300, 16 * hour);
    double waited = 0;
    const auto cost = [&](const Samples &samples) { // of this thread alone, the best of some runs
        double best = std::numeric_limits<double>::max();
        for (int run = 0; run < 5; ++run) {
            const double began = threadSeconds();
            waited = simulate(policy, samples, quick(2)).longestWaitSeconds;
            best = std::min(best, threadSeconds() - began);
        }
        return best;
    };
    const double ratio = 1 / cost(few) * cost(many);
    QVERIFY2(ratio < 20, qPrintable(QString::number(ratio))); // eight times the seconds
    QVERIFY(std::abs(waited - 16 * hour / 3.0) < 1);          // a third finds no room
}

void ScalingSimulate::severalMetricsAreReplayed()
{
    Policy policy;
    policy.maximum = 30;
    policy.metrics = {{Metric::Concurrency, 10, 0.5}, {Metric::Cpu, 80, 0.5}};
    auto samples = constant(100, 60);
    samples.cpu.assign(60, 400);
    auto made = simulate(policy, samples, {.serviceTime = 300ms, .initialInstances = 4});
    QCOMPARE(levelAt(made, 59).desired, 10); // cpu; 100 x 0.3 s = 30 at once ask for 6
    QCOMPARE(made.steps.front().metric, Metric::Cpu);
    samples.cpu.clear();
    made = simulate(policy, samples, {.serviceTime = 300ms, .initialInstances = 9});
    QCOMPARE(levelAt(made, 59).desired, 9); // not known: it may grow but not shrink
}

void ScalingSimulate::nothingGivesNothing()
{
    const auto made = simulate(Policy{}, constant(0, 0), quick());
    QVERIFY(made.steps.empty() && made.levels.empty());
    QCOMPARE(made.requests, 0.0);
    Policy policy;
    policy.reserved = 3;
    QCOMPARE(simulate(policy, constant(0, 10), quick()).peak, 3);
}

void ScalingSimulate::sameArgumentsSameAnswer()
{
    Samples samples = constant(0, 0);
    for (int i = 0; i < 3600; ++i) {
        samples.requestsPerSecond.push_back(std::floor(500 + 450 * std::sin(i / 200.0)));
    }
    const auto first = simulate(Policy{}, samples, quick());
    const auto second = simulate(Policy{}, samples, quick());
    QCOMPARE(first.steps, second.steps);
    QCOMPARE(first.levels, second.levels);
    QVERIFY(first.steps.size() > 4);
}

QTEST_APPLESS_MAIN(ScalingSimulate)
#include "tst_scaling_simulate.moc"
