// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The inner layer against the table of vectors: one data row per vector, several groups. A further file of
// the same form can be named in NEST_VECTORS; its unknown groups are counted and named, not failed.

#include "scaling/evaluate.h"
#include "tests/scaling/vectorfile.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

namespace json = boost::json;
using namespace nest::scaling;
using namespace nest::scalingtest;

namespace {

KpaSpec specFrom(const json::object &object, KpaSpec spec = {})
{
    spec.target = number(object, "target", spec.target);
    spec.total = number(object, "total", spec.total);
    spec.targetBurstCapacity = number(object, "target_burst_capacity", spec.targetBurstCapacity);
    spec.panicThreshold = number(object, "panic_threshold", spec.panicThreshold);
    spec.maxScaleUpRate = number(object, "max_scale_up_rate", spec.maxScaleUpRate);
    spec.maxScaleDownRate = number(object, "max_scale_down_rate", spec.maxScaleDownRate);
    spec.activationScale = int(number(object, "activation_scale", spec.activationScale));
    if (object.contains("stable_window_s")) {
        spec.stableWindow = milliseconds(number(object, "stable_window_s", 0));
    }
    if (object.contains("scale_down_delay_s")) {
        spec.scaleDownDelay = milliseconds(number(object, "scale_down_delay_s", 0));
    }
    if (const json::value *reachable = object.if_contains("reachable")) {
        spec.reachable = reachable->as_bool();
    }
    return spec;
}

QString said(const char *what, qsizetype step, double got, double wanted)
{
    return QStringLiteral("step %1: %2 is %3, wanted %4")
        .arg(step)
        .arg(QLatin1StringView(what))
        .arg(got)
        .arg(wanted);
}

} // namespace

class ScalingVectors final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyKnownGroupIsThere();
    void scalesAsUpstream_data() { rows("autoscaler.scale"); }
    void scalesAsUpstream();
    void startsInPanicWithMoreThanOne_data() { rows("autoscaler.create"); }
    void startsInPanicWithMoreThanOne();
    void resolvesTheTarget_data() { rows("decider.target"); }
    void resolvesTheTarget();
    void derivesThePanicWindow_data() { rows("metric.panic_window"); }
    void derivesThePanicWindow();
    void keepsTheSlidingMaximum_data() { rows("window.max"); }
    void keepsTheSlidingMaximum();
    void keepsTheMaximumByTime_data() { rows("window.time_max"); }
    void keepsTheMaximumByTime();
    void averagesOverBuckets_data() { rows("window.buckets"); }
    void averagesOverBuckets();
    void refusesWhatUpstreamRefuses_data();
    void refusesWhatUpstreamRefuses();
    void pokesAtOnce_data() { rows("multiscaler.poke"); }
    void pokesAtOnce();

private:
    void rows(const char *group);
    const json::object &vector() const;

    VectorGroups m_groups;
};

void ScalingVectors::initTestCase()
{
    QTest::failOnWarning();
    QCOMPARE(readVectors(m_groups), QString());
}

void ScalingVectors::everyKnownGroupIsThere()
{
    std::size_t count = 0;
    std::size_t ignored = 0;
    for (const auto &[group, vectors] : m_groups) {
        const bool isChecked = checkedGroups.contains(group);
        // A group of the file that came with us has a test or a reason not to have one.
        QVERIFY2(isChecked || groupsWithoutMeaning.contains(group) ||
                     qEnvironmentVariableIsSet("NEST_VECTORS"),
                 group.c_str());
        (isChecked ? count : ignored) += vectors.size();
    }
    qInfo("%zu vectors of %zu groups are checked, %zu of %zu other groups are not ours", count,
          checkedGroups.size(), ignored, m_groups.size() - checkedGroups.size());
    for (const std::string &group : checkedGroups) {
        QVERIFY2(m_groups.contains(group), group.c_str());
    }
    QVERIFY(count >= 88);
}

void ScalingVectors::rows(const char *group)
{
    QTest::addColumn<const void *>("vector");
    int index = 0;
    for (const json::object &vector : m_groups[group]) {
        QTest::addRow("%d %s", ++index, text(vector, "id").c_str()) << static_cast<const void *>(&vector);
    }
}

const json::object &ScalingVectors::vector() const
{
    return *static_cast<const json::object *>(
        *static_cast<const void *const *>(QTest::qData("vector", qMetaTypeId<const void *>())));
}

void ScalingVectors::scalesAsUpstream()
{
    const json::object &vector = this->vector();
    KpaSpec spec = specFrom(vector.at("spec").as_object());
    KpaState state = startKpa(int(number(vector, "ready_pods_at_create", 0)), at(0));
    if (const json::value *initial = vector.if_contains("initial_state")) {
        state.panicSince = at(number(initial->as_object(), "panic_since", 0));
        state.maxPanic = int(number(initial->as_object(), "max_panic_pods", 0));
    }
    qsizetype index = 0;
    for (const json::value &entry : vector.at("steps").as_array()) {
        const json::object &step = entry.as_object();
        const json::object &expect = step.at("expect").as_object();
        ++index;
        if (const json::value *update = step.if_contains("update_spec")) {
            spec = specFrom(update->as_object(), spec);
        }
        // Without inputs there is no evaluation: the caller keeps number and state.
        QCOMPARE(step.contains("input_error"), !expect.at("valid").as_bool());
        if (step.contains("input_error")) {
            continue;
        }
        const KpaInputs inputs{number(step, "stable", 0), number(step, "panic", 0),
                               int(number(step, "ready_pods", 0))};
        const KpaResult result = stepKpa(spec, inputs, state, at(number(step, "t", 0)));
        const double desired = number(expect, "desired", -1);
        QVERIFY2(result.desired == int(desired), qPrintable(said("desired", index, result.desired, desired)));
        const double burst = number(expect, "excess_burst_capacity", 0);
        QVERIFY2(std::abs(result.excessBurstCapacity - burst) <= 1,
                 qPrintable(said("burst capacity", index, result.excessBurstCapacity, burst)));
        if (const json::value *panic = expect.if_contains("panic_mode")) {
            QVERIFY2(result.panic == panic->as_bool(),
                     qPrintable(said("panic", index, result.panic, panic->as_bool())));
        }
        if (expect.contains("panic_since_t")) {
            QVERIFY(result.state.panicSince.has_value());
            QCOMPARE(*result.state.panicSince, at(number(expect, "panic_since_t", 0)));
        }
        state = result.state;
    }
    QVERIFY(index > 0);
}

void ScalingVectors::startsInPanicWithMoreThanOne()
{
    const json::object &expect = vector().at("expect").as_object();
    const KpaState state = startKpa(int(number(vector(), "ready_pods_at_create", 0)), at(1000));
    QCOMPARE(state.panicSince.has_value(), expect.at("panic_mode").as_bool());
    QCOMPARE(state.maxPanic, int(number(expect, "max_panic_pods", -1)));
}

void ScalingVectors::resolvesTheTarget()
{
    const json::object &input = vector().at("input").as_object();
    TargetInputs inputs;
    inputs.metric = text(input, "metric") == "rps" ? Metric::RequestsPerSecond : Metric::Concurrency;
    inputs.hardLimit = number(input, "container_concurrency", 0);
    inputs.concurrencyDefault = number(input, "concurrency_default", inputs.concurrencyDefault);
    inputs.concurrencyUtilisation = number(input, "concurrency_fraction", inputs.concurrencyUtilisation);
    inputs.requestsDefault = number(input, "rps_default", inputs.requestsDefault);
    inputs.requestsUtilisation = number(input, "rps_utilization", inputs.requestsUtilisation);
    if (input.contains("target_annotation")) {
        inputs.wanted = number(input, "target_annotation", 0);
    }
    if (input.contains("utilization_annotation")) {
        inputs.wantedUtilisation = number(input, "utilization_annotation", 0) / 100;
    }
    const Target target = resolveTarget(inputs);
    const json::object &expect = vector().at("expect").as_object();
    QVERIFY2(std::abs(target.target - number(expect, "target", -1)) < 1e-6,
             qPrintable(said("target", 1, target.target, number(expect, "target", -1))));
    QVERIFY2(std::abs(target.total - number(expect, "total", -1)) < 1e-6,
             qPrintable(said("total", 1, target.total, number(expect, "total", -1))));
}

void ScalingVectors::derivesThePanicWindow()
{
    const json::object &input = vector().at("input").as_object();
    QCOMPARE(
        panicWindowSeconds(int(number(input, "stable_window_s", 0)), number(input, "panic_window_pct", 0)),
        int(number(vector().at("expect").as_object(), "panic_window_s", -1)));
}

void ScalingVectors::keepsTheSlidingMaximum()
{
    const json::object &input = vector().at("input").as_object();
    const json::array &indices = input.at("index").as_array();
    const json::array &values = input.at("values").as_array();
    const json::array &expect = vector().at("expect").as_array();
    QCOMPARE(indices.size(), expect.size());
    SlidingMaximum window(input.at("size").to_number<std::int64_t>());
    QVERIFY(!window.current());
    for (std::size_t i = 0; i < indices.size(); ++i) {
        window.record(indices[i].to_number<std::int64_t>(), values[i].to_number<int>());
        QCOMPARE(window.current(), std::optional(expect[i].to_number<int>()));
    }
}

void ScalingVectors::keepsTheMaximumByTime()
{
    TimeMaximum window(std::chrono::seconds(5), std::chrono::seconds(1));
    for (const json::value &entry : vector().at("input").as_array()) {
        window.record(at(number(entry.as_object(), "t", 0)), int(number(entry.as_object(), "value", 0)));
    }
    QCOMPARE(window.current(), std::optional(vector().at("expect").to_number<int>()));
}

void ScalingVectors::averagesOverBuckets()
{
    AverageWindow window(std::chrono::seconds(std::llround(number(vector(), "window_s", 0))),
                         std::chrono::seconds(std::llround(number(vector(), "granularity_s", 1))));
    qsizetype index = 0;
    for (const json::value &entry : vector().at("ops").as_array()) {
        const json::object &operation = entry.as_object();
        const TimePoint time = at(number(operation, "t", 0));
        const std::string name = text(operation, "op");
        ++index;
        if (name == "record") {
            window.record(time, number(operation, "value", 0));
        } else if (name == "average") {
            const double expect = number(operation, "expect", -1);
            QVERIFY2(std::abs(window.average(time) - expect) <= 1e-6,
                     qPrintable(said("average", index, window.average(time), expect)));
        } else if (name == "is_empty" || name == "empty") {
            QCOMPARE(window.isEmpty(time), operation.at("expect").as_bool());
        } else {
            QFAIL(qPrintable(QStringLiteral("unknown operation ") + QString::fromStdString(name)));
        }
    }
    QVERIFY(index > 0);
}

/// Only what is a setting here: the others are constants, have another form, or do not exist.
void ScalingVectors::refusesWhatUpstreamRefuses_data()
{
    static const std::set<std::string_view> known{"stable-window", "container-concurrency-target-percentage",
                                                  "container-concurrency-target-default"};
    QTest::addColumn<const void *>("vector");
    for (const json::object &vector : m_groups["config.validate"]) {
        if (std::ranges::all_of(vector.at("input").as_object(),
                                [](const auto &entry) { return known.contains(entry.key()); })) {
            QTest::addRow("%s", text(vector, "id").c_str()) << static_cast<const void *>(&vector);
        }
    }
}

void ScalingVectors::refusesWhatUpstreamRefuses()
{
    Policy policy;
    for (const auto &[key, value] : vector().at("input").as_object()) {
        const double setting = QByteArray(value.as_string().c_str()).replace("s", "").toDouble();
        if (key == "stable-window") {
            policy.stableWindowSeconds = int(setting);
            policy.panicWindowSeconds = 1;
        } else if (key == "container-concurrency-target-percentage") {
            policy.utilisation = setting / 100;
        } else {
            policy.threshold = setting;
        }
    }
    QCOMPARE(validate(policy).empty(), vector().at("expect").at("valid").as_bool());
}

void ScalingVectors::pokesAtOnce()
{
    const json::object &input = vector().at("input").as_object();
    State state;
    state.lastDesired = int(number(input, "latest_desired", 0));
    Inputs inputs;
    inputs.queued = int(number(input, "stat_average_concurrency", 0));
    const Decision decision = evaluate(Policy{}, inputs, state, at(1000)).decision;
    QCOMPARE(decision.desired >= 1 && decision.cause == Cause::Poke,
             vector().at("expect").at("evaluate_immediately").as_bool());
}

QTEST_APPLESS_MAIN(ScalingVectors)
#include "tst_scaling_vectors.moc"
