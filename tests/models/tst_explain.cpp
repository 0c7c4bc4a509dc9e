// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/explain.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

using namespace nest;
using namespace nest::models;
using namespace Qt::StringLiterals;

namespace {

/// 840 req/s over a minute with 100 x 0.7 wants 12.
wire::Decision stableDecision()
{
    wire::Decision decision;
    decision.from = 8;
    decision.desired = 12;
    decision.wished = 12;
    decision.target = 70;
    decision.inputs = {.stableAverage = 840,
                       .panicAverage = 900,
                       .ready = 8,
                       .starting = 0,
                       .queued = 0,
                       .secondsSinceLastRequest = 0};
    decision.policy.maximum = 60;
    decision.steps = {{"target", 70, 100, 100, 70},       {"stableWish", 840, 70, 8, 12},
                      {"panicWish", 900, 70, 8, 13},      {"panic", 1.6, 2, 0, 0},
                      {"scaleDownRate", 12, 4, 12, 12},   {"scaleUpRate", 8, 8000, 12, 12},
                      {"scaleDownDelay", 30, 12, 12, 12}, {"reserved", 0, 0, 12, 12},
                      {"maximum", 60, 60, 12, 12}};
    return decision;
}

QString allOf(const wire::Decision &decision)
{
    return explain::sentences(decision).join(u'\n');
}

} // namespace

class ExplainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { QTest::failOnWarning(); }
    void wordsAStableDecision();
    void wordsWhatTheMaximumCut();
    void wordsAReservedStart();
    void namesTheRuleThatReserves();
    void saysWhatDoesNotFit();
    void writesSmallFiguresSoThatTheSumIsRight();
    void saysHowMuchOfAYoungWindowItSaw();
    void wordsPanic();
    void wordsAFirstRequest();
    void wordsScalingToZero();
    void saysWhatWasNotRecorded();
    void namesTheMetricThatWon();
    void pairsEachWindowWithItsOwnLeader();
    void leavesATieToTheLongWindow();
    void namesEveryLimitThatWasLookedAt();
    void leavesNoPlaceUnfilled();
};

void ExplainTest::wordsAStableDecision()
{
    const auto decision = stableDecision();
    const auto formula = explain::formula(decision);
    QCOMPARE(formula.load.value(), 840.0);
    QCOMPARE(formula.windowSeconds, 60);
    QCOMPARE(formula.quotient.value(), 12.0);
    QCOMPARE(formula.result, 12);
    QCOMPARE(allOf(decision),
             u"Requests averaged <b>840 req/s</b> over 60 s. One instance is meant to carry 100 × 0.7 = "
             "70 req/s, which asks for <b>12 instances</b>.\nNo limit changed that."_s);
    const auto inputs = explain::inputs(decision);
    QCOMPARE(inputs.at(0).value, u"840 req/s");
    QCOMPARE(inputs.at(0).askedFor, u"12 instances");
    QVERIFY(inputs.at(0).isWinner);
    QCOMPARE(inputs.at(1).askedFor, u"13 instances");
    QVERIFY(!inputs.at(1).isWinner);
    QCOMPARE(explain::reason(decision), u"840 req/s");
}

void ExplainTest::wordsWhatTheMaximumCut()
{
    auto decision = stableDecision();
    decision.inputs.stableAverage = 3'640;
    decision.wished = 52;
    decision.desired = 40;
    decision.policy.maximum = 40;
    decision.limit = wire::DecisionLimit::Maximum;
    decision.steps.back() = {"maximum", 40, 40, 52, 40};
    QVERIFY(allOf(decision).contains(u"The maximum is <b>40</b>, so it became 40 instances instead of 52."));
    const auto limits = explain::limits(decision);
    QCOMPARE(limits.last().tookAway.value(), 12.0);
    QVERIFY(limits.last().held);
    QCOMPARE(limits.first().tookAway.value(), 0.0);    // also those that took nothing
    QCOMPARE(explain::reason(decision), u"wish 52"_s); // the pill beside it names the limit
}

void ExplainTest::wordsAReservedStart()
{
    auto decision = stableDecision();
    decision.inputs.stableAverage.reset();
    decision.from = 0;
    decision.wished = 0;
    decision.desired = 2;
    decision.policy.reserved = 2;
    decision.limit = wire::DecisionLimit::Reserved;
    decision.steps = {{"target", 70, 100, 100, 70}, {"missingData", 0, 0, 0, 0}, {"reserved", 2, 2, 0, 2}};
    QCOMPARE(explain::reason(decision), u"2 reserved"_s);
    QVERIFY(!allOf(decision).contains(u"was kept"));
    QVERIFY(allOf(decision).contains(u"At least <b>2</b> are reserved, so there are 2 instances."));
}

void ExplainTest::namesTheRuleThatReserves()
{
    auto decision = stableDecision();
    decision.wished = 2;
    decision.desired = 8;
    decision.cause = wire::DecisionCause::Schedule;
    decision.limit = wire::DecisionLimit::Reserved;
    decision.floor = 8;
    decision.rule = "office-hours";
    QVERIFY2(allOf(decision).contains(
                 u"The reservation <b>office-hours</b> holds at least 8, so there are 8 instances."),
             qPrintable(allOf(decision)));
    QCOMPARE(explain::reason(decision), u"8 by office-hours"_s);
    QCOMPARE(explain::cause(decision), u"schedule"_s);
}

void ExplainTest::saysWhatDoesNotFit()
{
    auto decision = stableDecision();
    decision.wished = 12;
    decision.desired = 4;
    decision.limit = wire::DecisionLimit::Capacity;
    decision.inputs.room = 4;
    decision.steps.push_back({"capacity", 256, 4, 12, 4});
    QVERIFY2(allOf(decision).contains(u"No more than <b>4</b> of 256 MB each fit on the machine, so it "
                                      u"became 4 instances instead of 12."),
             qPrintable(allOf(decision)));
    QCOMPARE(explain::limits(decision).last().limit, wire::DecisionLimit::Capacity);
    QVERIFY(explain::limits(decision).last().held);

    // Nothing is wished for, five are reserved, three have room: five is what was cut.
    decision.wished = 0;
    decision.desired = 3;
    decision.floor = 5;
    decision.inputs.room = 3;
    decision.steps.back() = {"capacity", 256, 3, 5, 3};
    QVERIFY2(allOf(decision).contains(u"became 3 instances instead of 5."), qPrintable(allOf(decision)));
    decision.steps.back().value.reset();
    QVERIFY2(allOf(decision).contains(u"became <b>3 instances</b> instead of 5."),
             qPrintable(allOf(decision)));
    decision.limit = wire::DecisionLimit::Maximum;
    decision.policy.maximum = 3;
    decision.steps = {{"reserved", 0, 5, 0, 5}, {"maximum", 3, 3, 5, 3}};
    QVERIFY2(allOf(decision).contains(u"became 3 instances instead of 5."), qPrintable(allOf(decision)));
}

void ExplainTest::writesSmallFiguresSoThatTheSumIsRight()
{
    auto decision = stableDecision();
    decision.policy.threshold = 1;
    decision.policy.utilisation = 0.75;
    decision.target = 0.75;
    decision.inputs.stableAverage = 0.07;
    QVERIFY(allOf(decision).contains(u"1 × 0.75 = 0.75 req/s"));
    QVERIFY(allOf(decision).contains(u"<b>0.07 req/s</b>"));
}

void ExplainTest::saysHowMuchOfAYoungWindowItSaw()
{
    auto decision = stableDecision();
    decision.inputs.stableSeconds = 18;
    decision.inputs.panicSeconds = 6;
    const auto inputs = explain::inputs(decision);
    QCOMPARE(inputs.at(0).name, u"Average of the last 18 s (window 60 s, the group is younger)"_s);
    QCOMPARE(inputs.at(1).name, u"Average of 6 s (short window)"_s);
    QVERIFY(allOf(decision).startsWith(u"Requests averaged <b>840 req/s</b> over 18 s."_s));
    decision.inputs.stableSeconds = 60;
    QCOMPARE(explain::inputs(decision).at(0).name, u"Average of 60 s"_s);
}

void ExplainTest::wordsPanic()
{
    auto decision = stableDecision();
    decision.mode = wire::DecisionMode::Panic;
    decision.cause = wire::DecisionCause::Panic;
    decision.inputs.panicAverage = 1'680;
    decision.wished = 24;
    decision.desired = 24;
    decision.steps[2] = {"panicWish", 1'680, 70, 8, 24};
    decision.steps[3] = {"panic", 3, 2, 0, 1};
    QVERIFY(explain::formula(decision).isPanic);
    QCOMPARE(explain::formula(decision).windowSeconds, 6);
    QVERIFY(allOf(decision).contains(
        u"The last 6 s asked for <b>3 times</b> the instances that were ready, and from 2 "
        "times on the short window decides (<b>panic</b>)."_s));
    QVERIFY(explain::inputs(decision).at(1).isWinner);
    decision.steps[3].before = 1;
    QVERIFY(allOf(decision).contains(u"still in <b>panic</b>"));
    decision.steps.erase(decision.steps.begin() + 3);
    QVERIFY(allOf(decision).contains(u"What set it off was not recorded."));
}

void ExplainTest::wordsAFirstRequest()
{
    wire::Decision decision;
    decision.desired = 1;
    decision.wished = 1;
    decision.cause = wire::DecisionCause::Poke;
    decision.limit = wire::DecisionLimit::Activation;
    decision.inputs.queued = 3;
    decision.steps = {{"missingData", 0, 0, 0, 0}, {"poke", 3, 1, 0, 1}};
    QCOMPARE(allOf(decision),
             u"<b>3 requests</b> waited and no instance was there to take it.\nNothing was running and a "
             "request was waiting, so <b>one instance</b> was started at once."_s);
    QCOMPARE(explain::cause(decision), u"first request");
}

void ExplainTest::wordsScalingToZero()
{
    wire::Decision decision;
    decision.from = 1;
    decision.cause = wire::DecisionCause::ScaleToZero;
    decision.steps = {{"scaleToZero", 612, 600, 1, 0}};
    QCOMPARE(allOf(decision),
             u"No request came for <b>612 s</b>. After 600 s without any, the last instance goes."_s);
    decision.steps.clear();
    QVERIFY(allOf(decision).contains(u"<b>was not recorded</b>"));
}

void ExplainTest::saysWhatWasNotRecorded()
{
    auto decision = stableDecision();
    decision.inputs.stableAverage.reset();
    decision.steps = {{"target", 70, 100, 100, 70}, {"missingData", 0, 0, 8, 8}};
    QVERIFY(!explain::formula(decision).load);
    QVERIFY(!explain::formula(decision).quotient);
    decision.from = decision.desired;
    QVERIFY(allOf(decision).contains(u"<b>is measured</b>"));
    QVERIFY(allOf(decision).contains(u"the number of instances was kept"));
    QVERIFY(explain::inputs(decision).at(0).isMissing);
    QCOMPARE(explain::inputs(decision).at(0).value, u"not measured"_s);
    QCOMPARE(explain::inputs(decision).at(0).askedFor, u"\u2013");
}

void ExplainTest::namesTheMetricThatWon()
{
    auto decision = stableDecision();
    decision.policy.metrics = std::vector<wire::MetricTarget>{{wire::ScalingMetric::Cpu, 80, 0.5},
                                                              {wire::ScalingMetric::Memory, 128, 0.9}};
    decision.metric = wire::ScalingMetric::Cpu;
    decision.target = 40;
    decision.wished = decision.desired = 15;
    decision.inputs.stableAverage = 600;
    decision.inputs.panicAverage = 620;
    decision.inputs.metrics =
        std::vector<wire::MetricAverages>{{wire::ScalingMetric::RequestsPerSecond, 840.0, 900.0},
                                          {wire::ScalingMetric::Cpu, 600.0, 620.0},
                                          {wire::ScalingMetric::Memory, std::nullopt, std::nullopt}};
    decision.steps = {{"target", 40, 80, 80, 40},     {"requestsPerSecondWish", 840, 70, 8, 12},
                      {"cpuWish", 600, 40, 8, 15},    {"memoryWish", std::nullopt, 115.2, 8, 8},
                      {"stableWish", 600, 40, 8, 15}, {"panicWish", 620, 40, 8, 16}};
    const auto formula = explain::formula(decision);
    QCOMPARE(formula.loadUnit, u"%"_s);
    QCOMPARE(formula.threshold, 80.0);
    QCOMPARE(formula.utilisation, 0.5);
    QCOMPARE(formula.quotient.value(), 15.0);
    QCOMPARE(
        allOf(decision),
        u"CPU averaged <b>600 %</b> over 60 s. One instance is meant to carry 80 × 0.5 = 40 %, which asks "
        "for <b>15 instances</b>.\nOf the 2 metrics that are measured, <b>CPU</b> asks for most.\nNo limit "
        "changed that."_s);
    const auto inputs = explain::inputs(decision);
    QCOMPARE(inputs.at(0).value, u"600 %"_s);
    QCOMPARE(inputs.at(2).name, u"Requests"_s);
    QCOMPARE(inputs.at(2).value, u"840 req/s"_s);
    QCOMPARE(inputs.at(2).askedFor, u"12 instances"_s);
    QVERIFY(!inputs.at(2).isWinner);
    QCOMPARE(inputs.at(3).value, u"600 %"_s);
    QVERIFY(inputs.at(3).isWinner);
    QCOMPARE(inputs.at(4).value, u"not measured"_s);
    QVERIFY(inputs.at(4).isMissing);
    QCOMPARE(explain::reason(decision), u"600 %"_s);
}

/// A burst of requests that the processor has not felt yet: the minute is led by the one, the last seconds by
/// the other.
void ExplainTest::pairsEachWindowWithItsOwnLeader()
{
    auto decision = stableDecision();
    decision.policy.metrics = std::vector<wire::MetricTarget>{{wire::ScalingMetric::Cpu, 80, 0.5}};
    decision.metric = wire::ScalingMetric::Cpu;
    decision.target = 40;
    decision.wished = decision.desired = 15;
    decision.inputs.stableAverage = 600;
    decision.inputs.panicAverage = 620;
    decision.inputs.metrics = std::vector<wire::MetricAverages>{
        {wire::ScalingMetric::RequestsPerSecond, 840.0, 1'260.0}, {wire::ScalingMetric::Cpu, 600.0, 620.0}};
    decision.steps = {{"target", 40, 80, 80, 40},
                      {"requestsPerSecondWish", 840, 70, 8, 12},
                      {"cpuWish", 600, 40, 8, 15},
                      {"stableWish", 600, 40, 8, 15},
                      {"panicWish", 1'260, 70, 8, 18}};
    const auto inputs = explain::inputs(decision);
    QCOMPARE(inputs.at(0).value, u"600 %"_s);
    QCOMPARE(inputs.at(0).askedFor, u"15 instances"_s);
    QVERIFY(inputs.at(0).isWinner);
    QCOMPARE(inputs.at(1).value,
             QLocale::c().toString(1260) + u" req/s"_s); // not the 620 % that asked for 16
    QCOMPARE(inputs.at(1).askedFor, u"18 instances"_s);
    QVERIFY(!inputs.at(1).isWinner);
}

void ExplainTest::leavesATieToTheLongWindow()
{
    auto decision = stableDecision();
    decision.mode = wire::DecisionMode::Panic;
    decision.steps[2] = {"panicWish", 800, 70, 8, 12};
    QVERIFY(!explain::formula(decision).isPanic);
    QCOMPARE(explain::formula(decision).windowSeconds, 60);
    QVERIFY(explain::inputs(decision).at(0).isWinner);
    QVERIFY(!explain::inputs(decision).at(1).isWinner);
    decision.steps[2].after = 13;
    QVERIFY(explain::formula(decision).isPanic);
}

void ExplainTest::namesEveryLimitThatWasLookedAt()
{
    auto decision = stableDecision();
    decision.limit = wire::DecisionLimit::Stabilised;
    decision.steps = {{"tolerance", 1.3, 0.1, 12, 12},
                      {"stabilisation", 300, 14, 12, 14},
                      {"scaleUpPolicy", 8, 16, 14, 14},
                      {"scaleDownPolicy", 8, 4, 14, 14},
                      {"missingMetric", 1, 8, 14, 14}};
    const auto limits = explain::limits(decision);
    QCOMPARE(limits.size(), 5);
    QCOMPARE(limits.at(0).limit, wire::DecisionLimit::Tolerance);
    QVERIFY(limits.at(1).held);
    QCOMPARE(limits.at(1).tookAway.value(), -2.0);
    QCOMPARE(limits.at(2).limit, wire::DecisionLimit::ScaleUpRate);
    QCOMPARE(limits.at(3).limit, wire::DecisionLimit::ScaleDownRate);
    QCOMPARE(limits.at(4).limit, wire::DecisionLimit::MissingData);
}

void ExplainTest::leavesNoPlaceUnfilled()
{
    for (int limit = 0; limit <= static_cast<int>(wire::DecisionLimit::Capacity); ++limit) {
        for (int cause = 0; cause <= static_cast<int>(wire::DecisionCause::Schedule); ++cause) {
            for (int metric = 0; metric <= static_cast<int>(wire::ScalingMetric::Memory); ++metric) {
                auto decision = stableDecision();
                decision.limit = static_cast<wire::DecisionLimit>(limit);
                decision.cause = static_cast<wire::DecisionCause>(cause);
                decision.policy.metric = static_cast<wire::ScalingMetric>(metric);
                decision.mode = cause == 1 ? wire::DecisionMode::Panic : wire::DecisionMode::Stable;
                const QString text = allOf(decision) + explain::reason(decision) + explain::cause(decision);
                static const QRegularExpression place(u"%[0-9n]"_s);
                QVERIFY2(!text.contains(place), qPrintable(text));
                QVERIFY(!explain::sentences(decision).isEmpty());
            }
        }
    }
}

QTEST_GUILESS_MAIN(ExplainTest)
#include "tst_explain.moc"
