// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A scaling decision as `nest decisions` writes it.

#include "app/nest/formula.h"
#include "app/nest/table.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest;
using namespace nest::cli;

namespace {

wire::DecisionStep step(std::string name, double value, double border, double before, double after)
{
    return {std::move(name), value, border, before, after};
}

} // namespace

class CliFormulaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void formulaTellsWhereTheNumberCameFrom_data();
    void formulaTellsWhereTheNumberCameFrom();
    void stepsAreOfTheirMetric();
};

void CliFormulaTest::formulaTellsWhereTheNumberCameFrom_data()
{
    QTest::addColumn<wire::Decision>("decision");
    QTest::addColumn<QString>("line");

    wire::Decision decision;
    decision.desired = 9;
    decision.steps = {step("target", 70, 100, 100, 70), step("stableWish", 612, 70, 3, 9),
                      step("panicWish", 840, 70, 3, 12)};
    QTest::newRow("stable") << decision << u"⌈612 ÷ (100 × 0.7)⌉ = 9"_s;
    decision.mode = wire::DecisionMode::Panic;
    QTest::newRow("panic, the short window wants more") << decision << u"⌈840 ÷ (100 × 0.7)⌉ = 12"_s;
    decision.steps[2].after = 9;
    QTest::newRow("panic, both want the same") << decision << u"⌈612 ÷ (100 × 0.7)⌉ = 9"_s;
    decision.steps[2].after = 2;
    QTest::newRow("panic, the long window wants more") << decision << u"⌈612 ÷ (100 × 0.7)⌉ = 9"_s;

    auto several = decision;
    several.policy.metrics = std::vector<wire::MetricTarget>{{wire::ScalingMetric::Cpu, 80, 0.5}};
    several.metric = wire::ScalingMetric::Cpu;
    several.mode = wire::DecisionMode::Stable;
    several.steps = {step("target", 40, 80, 80, 40), step("requestsPerSecondWish", 612, 70, 3, 9),
                     step("cpuWish", 600, 40, 3, 15), step("stableWish", 600, 40, 3, 15)};
    QTest::newRow("several metrics") << several << u"⌈cpu 600 ÷ (80 × 0.5)⌉ = 15"_s;

    wire::Decision poke;
    poke.cause = wire::DecisionCause::Poke;
    poke.desired = 1;
    poke.steps = {step("stableWish", 0, 70, 0, 0), step("poke", 3, 1, 0, 1)};
    QTest::newRow("poke") << poke << u"3 waiting, nothing running → 1"_s;

    wire::Decision idle;
    idle.from = 1;
    idle.cause = wire::DecisionCause::ScaleToZero;
    idle.steps = {step("stableWish", 0.2, 70, 1, 1), step("scaleToZero", 600.4, 600, 1, 0)};
    QTest::newRow("idle") << idle << u"idle 600.4 s ≥ 600 s → 0"_s;

    wire::Decision blind;
    blind.wished = 4;
    blind.steps = {step("missingData", 0, 0, 4, 4)};
    QTest::newRow("no data") << blind << u"no data, 4 kept"_s;
    QTest::newRow("nothing recorded") << wire::Decision() << QString::fromUtf8(unknown);
}

void CliFormulaTest::formulaTellsWhereTheNumberCameFrom()
{
    QFETCH(wire::Decision, decision);
    QTEST(QString::fromStdString(formulaLine(decision)), "line");
}

void CliFormulaTest::stepsAreOfTheirMetric()
{
    // In panic the short window's requests ask for most, in the long one cpu does.
    wire::Decision decision;
    decision.mode = wire::DecisionMode::Panic;
    decision.metric = wire::ScalingMetric::RequestsPerSecond;
    decision.policy.metrics = std::vector<wire::MetricTarget>{{wire::ScalingMetric::Cpu, 80, 0.5}};
    decision.inputs.metrics = std::vector<wire::MetricAverages>{
        {wire::ScalingMetric::RequestsPerSecond, 140.0, 840.0}, {wire::ScalingMetric::Cpu, 200.0, 200.0}};
    const auto text = [&](const wire::DecisionStep &of) {
        return QString::fromStdString(stepText(of, decision));
    };
    QCOMPARE(text(step("target", 70, 100, 100, 70)), u"100 × 0.7 = 70 req/s for each instance"_s);
    QCOMPARE(text(step("stableWish", 200, 40, 2, 5)), u"200 % over 60 s ÷ 40"_s);
    QCOMPARE(text(step("panicWish", 840, 70, 2, 12)), u"840 req/s over 6 s ÷ 70"_s);
    QCOMPARE(text(step("requestsPerSecondWish", 840, 70, 2, 12)), u"840 req/s ÷ 70, asks for most"_s);
    QCOMPARE(text(step("cpuWish", 200, 40, 2, 5)), u"200 % ÷ 40"_s);
    QCOMPARE(text(step("tolerance", 1.05, 0.1, 2, 2)), u"load ÷ aim = 1.05, no change within 1 ± 0.1"_s);
    QCOMPARE(text(step("tolerance", 1234.5, 0.05, 2, 40)),
             u"load ÷ aim = 1234.5, no change within 1 ± 0.05"_s);
    QCOMPARE(text(step("tolerance", 0.00002, 0.15, 2, 1)),
             u"load ÷ aim = 0.00002, no change within 1 ± 0.15"_s);
    QCOMPARE(text(step("stabilisation", 300, 4, 2, 4)), u"4 is the most careful wish of the last 300 s"_s);
    QCOMPARE(text(step("scaleUpPolicy", 2, 4, 12, 4)), u"not above 4 at one time"_s);
    QCOMPARE(text(step("capacity", 256, 4, 6, 4)), u"4 of 256 MB each fit on the machine"_s);
    QCOMPARE(text(step("reserved", 2, 2, 1, 2)), u"2"_s);
    decision.rule = "office-hours";
    QCOMPARE(text(step("reserved", 2, 8, 1, 8)), u"8 by office-hours"_s);
    auto unknownUse = step("cpuWish", 0, 40, 2, 2);
    unknownUse.value.reset();
    QCOMPARE(text(unknownUse), u"not measured"_s);
}

QTEST_GUILESS_MAIN(CliFormulaTest)
#include "tst_cliformula.moc"
