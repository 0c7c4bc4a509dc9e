// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a person chose in the dialog Deploy, and what is wrong with it.
#include "models/deploy/deployplan.h"
#include "models/deploy/deploytexts.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest;
using namespace nest::models;

namespace {

wire::Group group(const std::string &lane, const std::string &region)
{
    wire::Group made;
    made.lane = lane;
    made.region = region;
    return made;
}

wire::Deployment deployment(const std::string &region, std::vector<wire::VersionWeight> weights,
                            const std::string &etag = "1")
{
    wire::Deployment made;
    made.function = "hello";
    made.region = region;
    made.weights = std::move(weights);
    made.scaling.reserved = 1;
    made.etag = etag;
    auto &status = made.status.emplace();
    status.ready = 3;
    for (const auto &weight : made.weights) {
        status.revisions.push_back({.version = weight.version, .desired = 3, .ready = 3, .starting = 0});
    }
    return made;
}

/// Lane groups come before main by name: 0 = lane-1/a, 1 = main/a, 2 = main/b.
DeployPlan planOf(std::vector<wire::VersionWeight> a, std::vector<wire::VersionWeight> b)
{
    DeployPlan plan;
    plan.setFunction("hello");
    plan.setState({group("main", "a"), group("main", "b"), group("lane-1", "a")},
                  {deployment("a", std::move(a)), deployment("b", std::move(b))});
    plan.setVersion(3);
    return plan;
}

QString sentences(const DeployPlan &plan)
{
    QStringList all;
    for (const auto &line : summaryOf(plan)) {
        all.append(line.sentence);
    }
    return all.join(u'|');
}

} // namespace

class TestDeployPlan final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void offersEveryGroupButEqualOnes();
    void sharesAddUpToAHundred_data();
    void sharesAddUpToAHundred();
    void keepsEditsThroughUpdates();
    void leavesAGroupThatSomebodyElseChanged();
    void saysWhatIsWrong();
    void writesTheWholeDocument();
    void saysWhatWillHappen();
};

void TestDeployPlan::offersEveryGroupButEqualOnes()
{
    DeployPlan plan = planOf({{1, 100}}, {{3, 100}});
    QCOMPARE(plan.rows().size(), std::size_t{3});
    QVERIFY(plan.rows()[0].isNew());
    QVERIFY(plan.canChoose(0));
    QVERIFY(plan.canChoose(1));
    QVERIFY(!plan.canChoose(2)); // v3 is there already
    plan.choose(2, true);
    QCOMPARE(plan.chosenCount(), std::size_t{0});
    plan.choose(1, true);
    plan.setVersion(1);
    QCOMPARE(plan.chosenCount(), std::size_t{0}); // equal now
}

void TestDeployPlan::sharesAddUpToAHundred_data()
{
    QTest::addColumn<QString>("present");
    QTest::addColumn<int>("share");
    QTest::addColumn<QString>("weights");
    QTest::newRow("all") << u"2:100"_s << 100 << u"v3"_s;
    QTest::newRow("a fifth") << u"2:100"_s << 20 << u"v2 80 % · v3 20 %"_s;
    QTest::newRow("two before") << u"1:50,2:50"_s << 20 << u"v1 40 % · v2 40 % · v3 20 %"_s;
    QTest::newRow("odd") << u"1:33,2:67"_s << 50 << u"v1 17 % · v2 33 % · v3 50 %"_s;
    QTest::newRow("more of it") << u"2:80,3:20"_s << 50 << u"v2 50 % · v3 50 %"_s;
    QTest::newRow("tiny rest") << u"1:50,2:50"_s << 99 << u"v1 1 % · v3 99 %"_s;
}

void TestDeployPlan::sharesAddUpToAHundred()
{
    QFETCH(QString, present);
    QFETCH(int, share);
    QFETCH(QString, weights);
    std::vector<wire::VersionWeight> before;
    for (const QString &part : present.split(u',')) {
        before.push_back({part.section(u':', 0, 0).toInt(), part.section(u':', 1, 1).toInt()});
    }
    DeployPlan plan = planOf(before, {{1, 100}});
    plan.choose(1, true);
    plan.setShare(1, share);
    const auto after = plan.weights(plan.rows()[1]);
    QCOMPARE(weightsText(after), weights);
    int sum = 0;
    for (const auto &weight : after) {
        sum += weight.weight;
    }
    QCOMPARE(sum, 100);
}

void TestDeployPlan::keepsEditsThroughUpdates()
{
    DeployPlan plan = planOf({{1, 100}}, {{1, 100}});
    plan.choose(1, true);
    plan.setScaling(1, ScalingField::Reserved, 2);
    auto moved = deployment("a", {{1, 100}}); // only its status moved
    moved.status->ready = 9;
    plan.setState({group("main", "a"), group("main", "b")}, {moved, deployment("b", {{1, 100}})});
    QCOMPARE(plan.rows().size(), std::size_t{2});
    QVERIFY(plan.rows()[0].isChosen);
    QCOMPARE(plan.rows()[0].scaling.reserved, 2);
    plan.setScaling(0, ScalingField::Reserved, 1); // as it was: no edit any more
    QVERIFY(plan.rows()[0].edited.isEmpty());
}

void TestDeployPlan::leavesAGroupThatSomebodyElseChanged()
{
    DeployPlan plan = planOf({{1, 100}}, {{1, 100}});
    plan.choose(1, true);
    plan.choose(2, true);
    plan.setState({group("main", "a"), group("main", "b")},
                  {deployment("a", {{2, 100}}, "7"), deployment("b", {{1, 100}})});
    QVERIFY(!plan.rows()[0].isChosen);
    QVERIFY(plan.rows()[0].isChangedMeanwhile);
    QVERIFY(plan.rows()[1].isChosen);
    plan.choose(0, true);
    QVERIFY(!plan.rows()[0].isChangedMeanwhile);
    QCOMPARE(plan.wanted(0, "").etag.value_or(""), std::string("7"));
}

void TestDeployPlan::saysWhatIsWrong()
{
    DeployPlan plan = planOf({{1, 100}}, {{1, 100}});
    plan.setScaling(1, ScalingField::Reserved, 99);
    QVERIFY(plan.problems().empty()); // not chosen
    plan.choose(1, true);
    QCOMPARE(plan.problems().front().sentence, u"Reserved 99 is more than the maximum of 10."_s);
    plan.setScaling(1, ScalingField::Reserved, -1);
    QCOMPARE(plan.problems().front().sentence, u"Reserved must be 0 or more."_s);
    plan.setScaling(1, ScalingField::Reserved, 0);
    plan.setScaling(1, ScalingField::Maximum, 0);
    QCOMPARE(plan.problems().front().sentence, u"The maximum must lie between 1 and 10,000."_s);
    plan.setScaling(1, ScalingField::Maximum, 1);
    plan.setShare(1, 20);
    QVERIFY(plan.problems().front().sentence.startsWith(u"The maximum must be at least 2"_s));
    plan.setScaling(1, ScalingField::Maximum, 4);
    plan.setScaling(1, ScalingField::Threshold, 0);
    QCOMPARE(plan.problems().front().sentence, u"The threshold must be above 0."_s);
    plan.setScaling(1, ScalingField::Threshold, 100);
    for (const double wrong : {0.04, 1.01}) {
        plan.setScaling(1, ScalingField::Utilisation, wrong);
        QCOMPARE(plan.problems().front().sentence, u"The utilisation must lie between 0.05 and 1."_s);
    }
    plan.setScaling(1, ScalingField::Utilisation, 0.05);
    QVERIFY(plan.problems().empty());
    for (const int wrong : {0, 101, -5}) {
        plan.setShare(1, wrong);
        QCOMPARE(plan.problems().front().sentence, u"The share must lie between 1 and 100 %."_s);
    }
}

void TestDeployPlan::writesTheWholeDocument()
{
    auto before = deployment("a", {{1, 100}}, "42");
    before.environment = {{"KEY", "kept"}};
    before.concurrencyLimit = 7;
    DeployPlan plan;
    plan.setFunction("hello");
    plan.setState({group("main", "a"), group("main", "b")}, {before});
    plan.setVersion(3);
    plan.choose(0, true);
    plan.choose(1, true);
    const wire::Deployment wanted = plan.wanted(0, "because");
    QCOMPARE(wanted.etag.value_or(""), std::string("42"));
    QCOMPARE(wanted.environment.at("KEY"), std::string("kept"));
    QCOMPARE(wanted.concurrencyLimit, 7);
    QCOMPARE(wanted.reason, std::string("because"));
    QVERIFY(!wanted.status);
    const wire::Deployment fresh = plan.wanted(1, "");
    QVERIFY(!fresh.etag);
    QCOMPARE(fresh.region, std::string("b"));
    QCOMPARE(fresh.scaling.reserved, 0); // a new place keeps nothing ready by itself
}

void TestDeployPlan::saysWhatWillHappen()
{
    DeployPlan plan = planOf({{1, 100}}, {{2, 100}});
    QVERIFY(summaryOf(plan).empty());
    plan.choose(1, true);
    plan.choose(0, true);
    QCOMPARE(replacedInstances(plan), 3);
    plan.setScaling(1, ScalingField::Reserved, 2);
    plan.choose(2, true);
    plan.setShare(2, 20);
    const QString words = sentences(plan);
    QVERIFY2(words.contains(u"3 instances are replaced"_s), qPrintable(words));
    QVERIFY2(words.contains(u"v3 is new in default/lane-1/a"_s), qPrintable(words));
    QVERIFY2(words.contains(u"Reserved 1 → 2 in default/main/a"_s), qPrintable(words));
    QVERIFY2(words.contains(u"v2 stays for 80 % in default/main/b"_s), qPrintable(words));
}

QTEST_GUILESS_MAIN(TestDeployPlan)
#include "tst_deployplan.moc"
