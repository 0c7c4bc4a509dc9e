// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a wish is followed, against the table of vectors of the Kubernetes autoscaler, and the same rules
// inside an evaluation.

#include "scaling/evaluate.h"
#include "tests/scaling/vectorfile.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

namespace json = boost::json;
using namespace nest::scaling;
using namespace nest::scalingtest;
using namespace std::chrono_literals;

namespace {

const TimePoint now = at(10'000);

/// [instances, period, percent, period, stabilisation, select]; what is 0 is no rule.
Direction directionFrom(const json::value &value, Direction whenNull)
{
    if (value.is_null()) {
        return whenNull;
    }
    const json::array &rules = value.as_array();
    const auto whole = [&](std::size_t index) {
        return rules[index].to_number<int>();
    };
    Direction direction;
    if (whole(0) > 0) {
        direction.policies.push_back({RateRule::Type::Instances, whole(0), whole(1)});
    }
    if (whole(2) > 0) {
        direction.policies.push_back({RateRule::Type::Percent, whole(2), whole(3)});
    }
    direction.stabilisationWindowSeconds = whole(4);
    if (rules.size() > 5 && rules[5].as_string() == "Min") {
        direction.select = Direction::Select::Min;
    }
    return direction;
}

const Direction defaultUp{
    .policies = {{RateRule::Type::Instances, 4, 15}, {RateRule::Type::Percent, 100, 15}}};
const Direction defaultDown{.policies = {{RateRule::Type::Percent, 100, 15}}};

/// Oldest first, as they are remembered.
std::vector<std::pair<int, double>> byAge(const json::value &list)
{
    std::vector<std::pair<int, double>> entries;
    for (const json::value &entry : list.as_array()) {
        entries.emplace_back(entry.at(0).to_number<int>(), entry.at(1).to_number<double>());
    }
    std::ranges::sort(entries, std::greater{}, &std::pair<int, double>::second);
    return entries;
}

void addChanges(std::vector<InstanceChange> &changes, const json::value &list, int sign)
{
    for (const auto &[change, age] : byAge(list)) {
        changes.push_back({now - milliseconds(age), sign * change});
    }
}

BehaviourState wishes(const json::object &input, const Behaviour &behaviour)
{
    BehaviourState state;
    for (const auto &[wish, age] : byAge(input.at("recommendations"))) {
        recordWish(state, behaviour, wish, now - milliseconds(age));
    }
    recordWish(state, behaviour, int(number(input, "desired", 0)), now);
    return state;
}

Policy policyWith(const Behaviour &behaviour)
{
    Policy policy;
    policy.maximum = 1000;
    policy.stableWindowSeconds = 6;
    policy.panicWindowSeconds = 1;
    policy.scaleDownDelaySeconds = 0;
    policy.threshold = 100;
    policy.utilisation = 1;
    policy.panicRatio = 10;
    policy.behaviour = behaviour;
    return policy;
}

Evaluation step(const Policy &policy, double load, int ready, const State &state, TimePoint time)
{
    Inputs inputs;
    inputs.stableAverage = load;
    inputs.panicAverage = load;
    inputs.ready = ready;
    inputs.secondsSinceLastRequest = 0;
    return evaluate(policy, inputs, state, time);
}

State running(int count)
{
    State state;
    state.lastDesired = count;
    return state;
}

bool hasStep(const Decision &decision, std::string_view name)
{
    return std::ranges::contains(decision.steps, name, &Step::name);
}

} // namespace

class ScalingBehaviour final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning();
        QCOMPARE(readVectors(m_groups), QString());
    }
    void limitsOverAPeriod_data() { rows("hpa.behavior"); }
    void limitsOverAPeriod();
    void selectsTheSmallestChange_data() { rows("hpa.limit"); }
    void selectsTheSmallestChange();
    void keepsTheHighestOfTheWindow_data() { rows("hpa.stabilize_default"); }
    void keepsTheHighestOfTheWindow();
    void stabilisesEitherWay_data() { rows("hpa.stabilize_behavior"); }
    void stabilisesEitherWay();
    void toleratesSmallDifferences_data() { rows("hpa.tolerance"); }
    void toleratesSmallDifferences();

    void growsByTheRuleOnlyAndNamesIt();
    void shrinksByTheRuleOnlyAndNamesIt();
    void disabledNeverShrinksNotEvenToZero();
    void theMostCarefulWishOfTheWindowCounts();
    void toleranceKeepsTheNumberInItsDirectionOnly();
    void aShareOfNothingStillWakes();
    void withoutBehaviourNothingIsRemembered();

private:
    void rows(const char *group)
    {
        QTest::addColumn<const void *>("vector");
        for (const json::object &vector : m_groups[group]) {
            QTest::addRow("%s", text(vector, "id").c_str()) << static_cast<const void *>(&vector);
        }
    }
    [[nodiscard]] const json::object &vector() const
    {
        return *static_cast<const json::object *>(
            *static_cast<const void *const *>(QTest::qData("vector", qMetaTypeId<const void *>())));
    }
    [[nodiscard]] const json::object &input() const { return vector().at("input").as_object(); }

    VectorGroups m_groups;
};

void ScalingBehaviour::limitsOverAPeriod()
{
    const int current = int(number(input(), "current", 0));
    const int wished = int(number(input(), "desired", 0));
    const int least = int(number(input(), "min", 0));
    const int most = int(number(input(), "max", 0));
    std::vector<InstanceChange> changes;
    addChanges(changes, input().at("up_events"), 1);
    addChanges(changes, input().at("down_events"), -1);
    int desired = wished;
    const char *condition = "DesiredWithinRange";
    if (wished > current) {
        const auto direction = directionFrom(input().at("scale_up"), defaultUp);
        const int limit = growthLimit(direction, current, changes, now);
        desired = std::min({wished, limit, most});
        condition = desired == wished ? condition : (limit < most ? "ScaleUpLimit" : "TooManyReplicas");
    } else if (wished < current) {
        const auto direction = directionFrom(input().at("scale_down"), defaultDown);
        const int limit = shrinkLimit(direction, current, changes, now);
        desired = std::max({wished, limit, least});
        condition = desired == wished ? condition : (limit > least ? "ScaleDownLimit" : "TooFewReplicas");
    }
    QCOMPARE(desired, vector().at("expect").at("replicas").to_number<int>());
    QCOMPARE(condition, vector().at("expect").at("condition").as_string().c_str());
}

void ScalingBehaviour::selectsTheSmallestChange()
{
    const auto direction = directionFrom(input().at("scale_up"), {});
    QCOMPARE(growthLimit(direction, int(number(input(), "current", 0)), {}, now),
             vector().at("expect").to_number<int>());
}

void ScalingBehaviour::keepsTheHighestOfTheWindow()
{
    Behaviour behaviour;
    behaviour.scaleDown = Direction{.stabilisationWindowSeconds = int(number(input(), "window_s", 0))};
    const auto state = wishes(input(), behaviour);
    QCOMPARE(state.highest.current().value_or(-1), vector().at("expect").to_number<int>());
}

void ScalingBehaviour::stabilisesEitherWay()
{
    Behaviour behaviour;
    behaviour.scaleUp = Direction{.stabilisationWindowSeconds = int(number(input(), "up_window_s", 0))};
    behaviour.scaleDown = Direction{.stabilisationWindowSeconds = int(number(input(), "down_window_s", 0))};
    const auto state = wishes(input(), behaviour);
    QCOMPARE(stabilised(int(number(input(), "current", 0)), state), vector().at("expect").to_number<int>());
}

void ScalingBehaviour::toleratesSmallDifferences()
{
    const int current = int(number(input(), "current", 0));
    const double ratio = number(input(), "ratio", 0);
    const bool isKept = isTolerated(ratio, number(input(), "tolerance", 0));
    QCOMPARE(isKept ? current : int(std::ceil(current * ratio)), vector().at("expect").to_number<int>());

    // The same through an evaluation.
    const Direction direction{.tolerance = number(input(), "tolerance", 0)};
    const auto policy = policyWith({direction, direction});
    const auto decision = step(policy, ratio * current * 100, current, running(current), now).decision;
    QCOMPARE(decision.desired, vector().at("expect").to_number<int>());
}

void ScalingBehaviour::growsByTheRuleOnlyAndNamesIt()
{
    const auto policy = policyWith({Direction{.policies = {{RateRule::Type::Instances, 4, 10}}}, {}});
    auto made = step(policy, 5000, 10, running(10), now);
    QCOMPARE(made.decision.desired, 14);
    QCOMPARE(made.decision.wished, 50);
    QCOMPARE(made.decision.limit, Limit::ScaleUpRate);
    QVERIFY(hasStep(made.decision, "scaleUpPolicy"));
    made = step(policy, 5000, 14, made.state, now + 2s); // within the period: all of it is used up
    QCOMPARE(made.decision.desired, 14);
    made = step(policy, 5000, 14, made.state, now + 10s);
    QCOMPARE(made.decision.desired, 18);
    QCOMPARE(made.state.behaviour.changes.size(), 1);
}

void ScalingBehaviour::shrinksByTheRuleOnlyAndNamesIt()
{
    const auto policy = policyWith({{}, Direction{.policies = {{RateRule::Type::Percent, 10, 60}}}});
    auto made = step(policy, 100, 100, running(100), now);
    QCOMPARE(made.decision.desired, 90);
    QCOMPARE(made.decision.limit, Limit::ScaleDownRate);
    made = step(policy, 100, 90, made.state, now + 30s);
    QCOMPARE(made.decision.desired, 90);
    made = step(policy, 100, 90, made.state, now + 60s);
    QCOMPARE(made.decision.desired, 81);
}

void ScalingBehaviour::disabledNeverShrinksNotEvenToZero()
{
    auto policy = policyWith({{}, Direction{.select = Direction::Select::Disabled}});
    policy.scaleToZeroAfterSeconds = 5;
    QCOMPARE(step(policy, 100, 8, running(8), now).decision.desired, 8);
    Inputs inputs;
    inputs.stableAverage = 0;
    inputs.panicAverage = 0;
    inputs.ready = 1;
    inputs.secondsSinceLastRequest = 60;
    QCOMPARE(evaluate(policy, inputs, running(1), now).decision.desired, 1);
}

void ScalingBehaviour::theMostCarefulWishOfTheWindowCounts()
{
    const auto policy = policyWith(
        {Direction{.stabilisationWindowSeconds = 10}, Direction{.stabilisationWindowSeconds = 60}});
    auto made = step(policy, 400, 4, running(4), now);
    made = step(policy, 900, 4, made.state, now + 2s); // a short burst: 4 were enough just now
    QCOMPARE(made.decision.desired, 4);
    QCOMPARE(made.decision.limit, Limit::Stabilised);
    for (int second = 4; second <= 12; second += 2) {
        made = step(policy, 900, 4, made.state, now + std::chrono::seconds(second));
    }
    QCOMPARE(made.decision.desired, 9);
    made = step(policy, 500, 9, made.state, now + 30s);
    QCOMPARE(made.decision.desired, 9);
    QCOMPARE(made.decision.limit, Limit::Stabilised);
    made = step(policy, 500, 9, made.state, now + 100s);
    QCOMPARE(made.decision.desired, 5);
    QCOMPARE(made.decision.limit, Limit::None);
}

void ScalingBehaviour::toleranceKeepsTheNumberInItsDirectionOnly()
{
    const auto policy = policyWith({Direction{.tolerance = 0.1}, {}});
    const auto kept = step(policy, 1050, 10, running(10), now).decision;
    QCOMPARE(kept.desired, 10);
    QCOMPARE(kept.wished, 11);
    QCOMPARE(kept.limit, Limit::Tolerance);
    QCOMPARE(step(policy, 1150, 10, running(10), now).decision.desired, 12);
    QCOMPARE(step(policy, 850, 10, running(10), now).decision.desired, 9);
}

void ScalingBehaviour::aShareOfNothingStillWakes()
{
    const auto policy = policyWith({Direction{.policies = {{RateRule::Type::Percent, 50, 60}}}, {}});
    QCOMPARE(step(policy, 500, 0, running(0), now).decision.desired, 1);
}

void ScalingBehaviour::withoutBehaviourNothingIsRemembered()
{
    const auto made = step(policyWith({}), 900, 4, running(4), now);
    QCOMPARE(made.state.behaviour, BehaviourState{});
    QVERIFY(!hasStep(made.decision, "tolerance") && !hasStep(made.decision, "stabilisation"));
}

QTEST_APPLESS_MAIN(ScalingBehaviour)
#include "tst_scaling_behaviour.moc"
