// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The last hour of a pool in its editor: before there is anything, with values, with a platform that answers
// with an error, and with one that is away; and what its values are at a time. A real platform.
#include "app/console/pages/pools/poolcurve.h"
#include "app/console/pages/pools/poolsmodel.h"
#include "tests/console/pools/doorway.h"
#include "tests/console/pools/poolsbench.h"
#include "widgets/chart/chartstack.h"

#include <QLabel>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace nest;
using nest::chart::ChartStack;
using nest::testsupport::answerLimit;
using nest::testsupport::Doorway;
using nest::testsupport::PoolsConsole;
using nest::testsupport::PoolsPlatform;
using nest::testsupport::TestPlatform;

namespace {

constexpr int pointLimit = 30'000; // one is there each ten seconds, and is asked for each ten seconds

wire::MetricsAnswer history(std::vector<std::int64_t> times, std::vector<std::optional<double>> idle)
{
    wire::MetricsAnswer answer;
    answer.to = wire::Time(std::chrono::milliseconds(3'600'000));
    answer.from = wire::Time(std::chrono::milliseconds(0));
    answer.resolutionSeconds = 10;
    answer.series = {{"idle", "runtimes", std::move(times), std::move(idle)}};
    return answer;
}

} // namespace

class TestPoolCurve final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesHolesWhereNothingIsKnown();
    void showsTheLastHourAndStaysReadable();
    void saysWhyThereIsNone();
    void saysThatDemandIsHigher();
};

void TestPoolCurve::leavesHolesWhereNothingIsKnown()
{
    const auto answer = history({600'000, 610'000, 620'000, 700'000}, {4.0, std::nullopt, 0.0, 3.0});
    const auto content = console::poolChart(answer);
    QCOMPARE(content.charts.size(), 1);
    const auto &points = content.charts[0].series[0].points;
    QCOMPARE(points.size(), 4);
    QVERIFY(std::isnan(points[1].value));
    QCOMPARE(points[2].value, 0.0); // zero is zero
    QCOMPARE(content.bands.size(), 2);
    QCOMPARE(content.bands[0].fromMs, 0); // before it began
    QCOMPARE(content.bands[0].toMs, 600'000);
    QCOMPARE(content.bands[1].fromMs, 620'000);
    QCOMPARE(content.knownUntilMs, 700'000);
    const auto at = [&](qint64 ms) {
        return console::poolReadings(answer, ms).lines[0].value;
    };
    QCOMPARE(at(605'000), u"4"_s);
    QCOMPARE(at(612'000), u"–"_s);
    QCOMPARE(at(621'000), u"0"_s);
    QCOMPARE(at(660'000), u"–"_s); // nothing was kept there
    QCOMPARE(at(10'000), u"–"_s);
    QCOMPARE(console::poolReadings(answer, 605'000).lines[1].value, u"–"_s); // a series that is not there
    QVERIFY(console::poolChart(history({}, {})).charts[0].series[0].points.isEmpty());
}

void TestPoolCurve::showsTheLastHourAndStaysReadable()
{
    PoolsPlatform platform;
    QVERIFY2(platform->start(), qPrintable(platform->error()));
    QVERIFY(platform.put("mine", R"({"idle":1,"mostIdle":1})"));
    PoolsConsole console(platform->socket(), platform.settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.find<QLabel>(u"poolChartNote"_s));
    QVERIFY(console.find<ChartStack>(u"poolChart"_s) == nullptr); // nothing yet, said in words
    QTRY_VERIFY_WITH_TIMEOUT(console.find<ChartStack>(u"poolChart"_s), pointLimit);
    auto *chart = console.find<ChartStack>(u"poolChart"_s);
    const auto points = [chart] {
        return chart->content().charts[0].series[0].points;
    };
    QTRY_VERIFY_WITH_TIMEOUT(points().size() > 1 && points().last().value == 1.0, pointLimit);
    QVERIFY(console.find<QLabel>(u"poolChartNote"_s) == nullptr);
    QCOMPARE(chart->range().spanMs(), 3'600'000);
    // The value under the pointer, until Escape.
    const QPoint at(static_cast<int>(chart->xAt(points().last().unixMs)), chart->height() / 2);
    QTest::mouseMove(chart, at - QPoint(2, 0));
    QTest::mouseMove(chart, at);
    QTRY_VERIFY(chart->crosshair());
    console.picture(u"pools-curve"_s);
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_Escape);
    QVERIFY(!chart->crosshair());
    QCOMPARE(console.text(u"poolTitle"_s), u"mine"_s);
    // Away: it stays, with its age.
    platform->kill();
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QLabel>(u"poolChartNote"_s), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"poolChartNote"_s).startsWith(u"As it was"_s), answerLimit);
    QVERIFY(chart->isVisible());
    console.picture(u"pools-curve-offline"_s);
}

void TestPoolCurve::saysWhyThereIsNone()
{
    PoolsPlatform platform;
    QVERIFY2(platform->start(), qPrintable(platform->error()));
    QVERIFY(platform.put("mine", R"({"idle":0})"));
    Doorway door(platform->socket(), false);
    door.refuse("/history");
    PoolsConsole console(door.socket(), platform.settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QLabel>(u"poolChartNote"_s) &&
                                 console.text(u"poolChartNote"_s).contains(u"too busy"_s),
                             answerLimit);
    console.setNumber(u"poolMostIdle"_s, u"6"_s); // the fields are of use all the same
    QVERIFY(console.canReview());
    door.refuse({});
    QTRY_VERIFY_WITH_TIMEOUT(console.find<ChartStack>(u"poolChart"_s), pointLimit);
    QCOMPARE(console.numberIn(u"poolMostIdle"_s), 6);
    console.click(u"newPool"_s);
    QVERIFY(console.find<ChartStack>(u"poolChart"_s) == nullptr); // of what is not there yet
}

/// In words, of figures of the platform alone.
void TestPoolCurve::saysThatDemandIsHigher()
{
    wire::Pool pool;
    pool.idle = 4;
    pool.status.emplace();
    pool.status->wanted = 8;
    pool.status->idle = 2;
    pool.status->claimedLastHour = 71;
    pool.status->missedLastHour = 29;
    QVERIFY(!console::poolSentence(pool).contains(u" s."_s)); // how long that takes is not known
    pool.status->bootMs = 4800;
    QCOMPARE(
        console::poolSentence(pool),
        u"Demand is higher than the 8 that it keeps ready: 29 % of the starts of the last hour found none "
        "idle and booted their runtime, which takes 4.8 s."_s);
    pool.status->idle = 8; // it has caught up
    QVERIFY(!console::poolSentence(pool).contains(u"Demand"_s));
    pool.status->rule = "lunch";
    pool.status->scheduled = 8;
    QVERIFY(console::poolSentence(pool).contains(u"(lunch)"_s));
}

QTEST_MAIN(TestPoolCurve)
#include "tst_poolcurve.moc"
