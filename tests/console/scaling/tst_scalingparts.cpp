// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the Scaling page makes of a decision: pill, mark, formula, gauge, sentences, limits, change of the
// rule.

#include "app/console/pages/scaling/decisionlook.h"
#include "app/console/pages/scaling/rulechange.h"
#include "app/console/pages/scaling/whycontent.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest;
using namespace nest::console;

namespace {

wire::Decision panicDecision()
{
    wire::Decision decision;
    decision.id = "dec-01";
    decision.from = 4;
    decision.desired = 9;
    decision.wished = 9;
    decision.mode = wire::DecisionMode::Panic;
    decision.cause = wire::DecisionCause::Panic;
    decision.target = 70;
    decision.inputs = {.stableAverage = 261,
                       .panicAverage = 612,
                       .ready = 4,
                       .starting = 0,
                       .queued = 0,
                       .secondsSinceLastRequest = 0};
    decision.policy.reserved = 4;
    decision.policy.maximum = 40;
    decision.steps = {{"stableWish", 261, 70, 4, 4}, {"panicWish", 612, 70, 4, 9}, {"panic", 2.25, 2, 0, 1}};
    return decision;
}

wire::Decision cutDecision()
{
    wire::Decision decision = panicDecision();
    decision.from = 26;
    decision.desired = 40;
    decision.wished = 52;
    decision.limit = wire::DecisionLimit::Maximum;
    decision.steps.push_back({"maximum", {}, 40, 52, 40});
    return decision;
}

} // namespace

class ScalingPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void titleNamesWhatWasCut();
    void formulaHasTheRecordedNumbers();
    void formulaOfUnrecordedLoadHasNone();
    void gaugeMarksTheCut();
    void sentencesKeepEmphasisAndText();
    void limitsSayWhatTheyTook();
    void ruleChangeNamesTheDifference();
};

void ScalingPartsTest::titleNamesWhatWasCut()
{
    QCOMPARE(whyTitle(panicDecision()), u"Why 4 → 9"_s);
    QCOMPARE(whyTitle(cutDecision()), u"Why 40, not 52"_s);
    QCOMPARE(markKind(panicDecision()), chart::Mark::Kind::Panic);
    QCOMPARE(markKind(cutDecision()), chart::Mark::Kind::Limit);
    QCOMPARE(causePill(panicDecision()).text, u"panic"_s);
    QCOMPARE(causePill(cutDecision()).text, u"maximum"_s);
}

void ScalingPartsTest::formulaHasTheRecordedNumbers()
{
    const explain::Formula formula = whyFormula(panicDecision());
    QCOMPARE(formula.load, std::optional<double>(612));
    QCOMPARE(formula.result, std::optional<double>(9));
    QVERIFY(!formula.isCut());
    QVERIFY(whyFormula(cutDecision()).isCut());
}

void ScalingPartsTest::formulaOfUnrecordedLoadHasNone()
{
    wire::Decision decision = panicDecision();
    decision.mode = wire::DecisionMode::Stable;
    decision.inputs.stableAverage.reset();
    const explain::Formula formula = whyFormula(decision);
    QCOMPARE(formula.load, std::optional<double>());
    QCOMPARE(formula.quotient, std::optional<double>());
    QCOMPARE(formula.wish, std::optional<double>());
}

void ScalingPartsTest::gaugeMarksTheCut()
{
    QCOMPARE(whyGauge(panicDecision()).panic->value, 8.0);
    QVERIFY(!whyGauge(panicDecision()).isCut());
    const explain::Gauge gauge = whyGauge(cutDecision());
    QVERIFY(gauge.isCut());
    QCOMPARE(gauge.cutCaption, u"\u221212"_s);
    QVERIFY(gauge.rangeCaption.isEmpty());
}

void ScalingPartsTest::sentencesKeepEmphasisAndText()
{
    const auto parts = partsOf(u"a <b>1 &lt; 2</b> b"_s);
    QCOMPARE(parts.size(), 3);
    QCOMPARE(parts.at(1).text, u"1 < 2"_s);
    QCOMPARE(parts.at(1).emphasis, explain::SentencePart::Emphasis::Strong);
    QCOMPARE(partsOf(u"<b>open"_s).first().text, u"<b>open"_s); // no markup: shown as it is
    QString all;
    for (const auto &part : whySentences(panicDecision())) {
        all += part.text;
    }
    QVERIFY2(all.contains(u"612"_s), qPrintable(all));
    QVERIFY2(!all.contains(u'<'), qPrintable(all));
}

void ScalingPartsTest::limitsSayWhatTheyTook()
{
    QVERIFY(whyLimits(panicDecision()).isEmpty());
    const auto limits = whyLimits(cutDecision());
    QCOMPARE(limits.size(), 1);
    QCOMPARE(limits.first().value, u"40"_s);
    QCOMPARE(limits.first().askedText, u"12"_s);
}

void ScalingPartsTest::ruleChangeNamesTheDifference()
{
    const wire::Decision before = panicDecision();
    wire::Decision after = panicDecision();
    after.policyNumber = 2;
    after.policy.maximum = 20;
    after.policy.threshold = 80;
    const auto changes = ruleChanges({&before, &before, &after, &after});
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.first().text, u"rule revision 2: max 40 → 20, threshold 100 → 80"_s);
    QVERIFY(ruleChanges({&after, &after}).isEmpty());
    QCOMPARE(ruleText(before.policy), u"requests/s, 100 × 0.7, 4 to 40"_s);
}

QTEST_GUILESS_MAIN(ScalingPartsTest)
#include "tst_scalingparts.moc"
