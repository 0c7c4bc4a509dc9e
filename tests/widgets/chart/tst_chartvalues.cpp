// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The pure parts of the charts: ticks, reduction, merging of marks, end labels, layout, tooltip side and
// the window of time.

#include "widgets/chart/columnspans.h"
#include "widgets/chart/endlabels.h"
#include "widgets/chart/markgroups.h"
#include "widgets/chart/reduce.h"
#include "widgets/chart/stacklayout.h"
#include "widgets/chart/ticks.h"
#include "widgets/chart/timewindow.h"
#include "widgets/chart/tooltipbox.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>
#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace nest::chart;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr qint64 minuteMs = 60'000;

PlotGeometry secondsPerPixel(double secondsAPixel, double width = 800, double maximum = 100)
{
    return {QRectF(44, 10, width, 200), 0, qint64(width * secondsAPixel * 1000), maximum};
}

qint64 utc(const QString &text)
{
    return QDateTime::fromString(text + u'Z', Qt::ISODate).toMSecsSinceEpoch();
}

} // namespace

class ChartValuesTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offsetsAreWrittenSinceTheStart();
    void initTestCase() { QTest::failOnWarning(); }
    void valueTicksAreRound_data();
    void valueTicksAreRound();
    void timeTicksAreRoundByRange_data();
    void timeTicksAreRoundByRange();
    void timeTicksFollowTheWallClock();
    void writesTicks_data();
    void writesTicks();
    void reductionKeepsExtremes();
    void reductionKeepsFourPointsAColumn();
    void gapsStayGaps_data();
    void gapsStayGaps();
    void stepsHoldAndStop();
    void valueAtKnowsGaps();
    void columnsCoverTheLine();
    void shortfallIsOnlyWhereBothAreKnown();
    void mergesMarks_data();
    void mergesMarks();
    void mergedMarkTakesTheWeightiestShape();
    void manyMarksNeverCoverEachOther();
    void endLabelsDoNotOverlap_data();
    void endLabelsDoNotOverlap();
    void stackSharesHeight();
    void tooltipSitsOnTheSideWithRoom_data();
    void tooltipSitsOnTheSideWithRoom();
    void windowFollowsUnlessPausedOrZoomed();
};

void ChartValuesTest::offsetsAreWrittenSinceTheStart()
{
    QCOMPARE(offsetText(0), u"0:00"_s);
    QCOMPARE(offsetText(90'500), u"1:30"_s);
    QCOMPARE(offsetText(3'725'000), u"1:02:05"_s);
}

void ChartValuesTest::valueTicksAreRound_data()
{
    QTest::addColumn<double>("maximum");
    QTest::addColumn<bool>("isWhole");
    QTest::addColumn<double>("step");
    QTest::addColumn<int>("intervals");
    QTest::newRow("requests") << 1680.0 << false << 500.0 << 4;
    QTest::newRow("instances") << 24.0 << true << 10.0 << 3;
    QTest::newRow("exactly at the top") << 60.0 << true << 20.0 << 3;
    QTest::newRow("activator") << 42800.0 << true << 20000.0 << 3;
    QTest::newRow("one instance") << 1.0 << true << 1.0 << 2;
    QTest::newRow("three instances") << 3.0 << true << 1.0 << 3;
    QTest::newRow("nothing") << 0.0 << true << 1.0 << 2;
    QTest::newRow("fractions") << 0.3 << false << 0.1 << 3;
    QTest::newRow("not known") << unknown << false << 1.0 << 2;
    QTest::newRow("millions") << 7.2e6 << false << 2e6 << 4;
}

void ChartValuesTest::valueTicksAreRound()
{
    QFETCH(double, maximum);
    QFETCH(bool, isWhole);
    QFETCH(double, step);
    QFETCH(int, intervals);
    const ValueTicks ticks = valueTicks(maximum, isWhole);
    QVERIFY2(std::abs(ticks.step - step) < step * 1e-9, qPrintable(QString::number(ticks.step)));
    QCOMPARE(ticks.intervals, intervals);
    QVERIFY(!(ticks.maximum() < maximum - 1e-9));
}

void ChartValuesTest::timeTicksAreRoundByRange_data()
{
    QTest::addColumn<qint64>("rangeMs");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("5 min") << 5 * minuteMs
                           << QStringList{u"10:42"_s, u"10:43"_s, u"10:44"_s, u"10:45"_s, u"10:46"_s};
    QTest::newRow("15 min") << 15 * minuteMs << QStringList{u"10:42"_s, u"10:44"_s, u"10:46"_s, u"10:48"_s,
                                                            u"10:50"_s, u"10:52"_s, u"10:54"_s, u"10:56"_s};
    QTest::newRow("1 h") << 60 * minuteMs << QStringList{u"10:50"_s, u"11:00"_s, u"11:10"_s,
                                                         u"11:20"_s, u"11:30"_s, u"11:40"_s};
    QTest::newRow("6 h") << 360 * minuteMs << QStringList{u"11:00"_s, u"12:00"_s, u"13:00"_s,
                                                          u"14:00"_s, u"15:00"_s, u"16:00"_s};
    QTest::newRow("24 h") << 1440 * minuteMs << QStringList{u"12:00"_s, u"15:00"_s, u"18:00"_s, u"21:00"_s,
                                                            u"00:00"_s, u"03:00"_s, u"06:00"_s, u"09:00"_s};
    QTest::newRow("20 s") << qint64(20'000)
                          << QStringList{u"10:41:40"_s, u"10:41:45"_s, u"10:41:50"_s, u"10:41:55"_s,
                                         u"10:42:00"_s};
    QTest::newRow("nothing") << qint64(0) << QStringList{};
}

void ChartValuesTest::timeTicksAreRoundByRange()
{
    QFETCH(qint64, rangeMs);
    QFETCH(QStringList, texts);
    const qint64 from = utc(u"2026-03-02T10:41:40"_s);
    QStringList found;
    const QList<TimeTick> ticks = timeTicks(from, from + rangeMs, QTimeZone::UTC, 803, 90);
    for (const TimeTick &tick : ticks) {
        QVERIFY(tick.unixMs >= from && tick.unixMs <= from + rangeMs);
        found.append(tick.text);
    }
    QCOMPARE(found, texts);
}

void ChartValuesTest::timeTicksFollowTheWallClock()
{
    // Half an hour off UTC: ticks are round there, not in UTC.
    const QTimeZone kolkata("Asia/Kolkata");
    const qint64 from = utc(u"2026-03-02T00:00:00"_s);
    const QList<TimeTick> ticks = timeTicks(from, from + 6 * 60 * minuteMs, kolkata, 803, 90);
    QCOMPARE(ticks.first().text, u"06:00"_s);
    QCOMPARE(ticks.first().unixMs, from + 30 * minuteMs);

    // The night in which the clock goes from 2 to 3, and the one in which it goes from 3 back to 2.
    const QTimeZone berlin("Europe/Berlin");
    for (const QString &night : {u"2026-03-28T23:00:00"_s, u"2026-10-24T22:00:00"_s}) {
        const qint64 start = utc(night);
        qint64 previous = start - 1;
        const QList<TimeTick> nightTicks = timeTicks(start, start + 12 * 60 * minuteMs, berlin, 600, 90);
        QVERIFY(nightTicks.size() >= 4);
        for (const TimeTick &tick : nightTicks) {
            QVERIFY(tick.unixMs > previous);
            previous = tick.unixMs;
            QCOMPARE(QDateTime::fromMSecsSinceEpoch(tick.unixMs, berlin).toString(u"HH:mm"_s), tick.text);
            QVERIFY2(tick.text.endsWith(u":00"_s), qPrintable(tick.text));
        }
    }
}

void ChartValuesTest::writesTicks_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("tick");
    QTest::addColumn<QString>("value2");
    QTest::newRow("zero") << 0.0 << u"0"_s << u"0"_s;
    QTest::newRow("grouped") << 2000.0 << u"2,000"_s << u"2,000"_s;
    QTest::newRow("thousands") << 22000.0 << u"22 k"_s << u"22,000"_s;
    QTest::newRow("half") << 0.5 << u"0.5"_s << u"0.50"_s;
    QTest::newRow("millions") << 1.5e6 << u"1.5 M"_s << u"1,500,000"_s;
    QTest::newRow("measured") << 293.7 << u"293.7"_s << u"294"_s;
    QTest::newRow("small") << 12.34 << u"12.34"_s << u"12.3"_s;
}

void ChartValuesTest::writesTicks()
{
    QFETCH(double, value);
    QFETCH(QString, tick);
    QFETCH(QString, value2);
    const QLocale english(QLocale::English);
    QCOMPARE(tickText(value, english), tick);
    QCOMPARE(valueText(value, english), value2);
    QCOMPARE(valueText(unknown, english), u"–"_s);
}

void ChartValuesTest::reductionKeepsExtremes()
{
    QList<Point> points;
    for (qint64 second = 0; second < 86'400; ++second) {
        points.append({second * 1000, 50.0});
    }
    points[40'001].value = 99.0;
    points[40'003].value = 1.0;
    PlotGeometry geometry = secondsPerPixel(108);
    const QList<QPolygonF> runs = reducePoints(points, 1000, geometry, 1.0);
    QCOMPARE(runs.size(), 1);
    double top = 1e9;
    double bottom = -1e9;
    for (const QPointF &point : runs.first()) {
        top = std::min(top, point.y());
        bottom = std::max(bottom, point.y());
    }
    QCOMPARE(top, geometry.y(99.0));
    QCOMPARE(bottom, geometry.y(1.0));
}

void ChartValuesTest::reductionKeepsFourPointsAColumn()
{
    QList<Point> points;
    QList<StepPoint> steps;
    for (qint64 second = 0; second < 86'400; ++second) {
        const double value = 50 + 40 * std::sin(double(second * second) / 77.0);
        points.append({second * 1000, value});
        steps.append({second * 1000, std::round(value)});
    }
    const PlotGeometry geometry = secondsPerPixel(108);
    for (const double ratio : {1.0, 2.0}) {
        for (const QList<QPolygonF> &runs :
             {reducePoints(points, 1000, geometry, ratio), reduceSteps(steps, 86'400'000, geometry, ratio)}) {
            QCOMPARE(runs.size(), 1);
            QMap<qint64, int> columns;
            double previous = -1e9;
            for (const QPointF &point : runs.first()) {
                QVERIFY(point.x() >= previous); // in the order of time
                previous = point.x();
                ++columns[qint64(std::floor(point.x() * ratio))];
            }
            QVERIFY(double(columns.size()) >= 800 * ratio);
            QVERIFY(std::all_of(columns.cbegin(), columns.cend(), [](int count) { return count <= 4; }));
        }
    }
}

void ChartValuesTest::gapsStayGaps_data()
{
    QTest::addColumn<QList<Point>>("points");
    QTest::addColumn<int>("runs");
    QTest::newRow("none") << QList<Point>{{0, 1}, {1000, 2}, {2000, 3}} << 1;
    QTest::newRow("a missing second") << QList<Point>{{0, 1}, {1000, 2}, {3000, 3}} << 2;
    QTest::newRow("not a number") << QList<Point>{{0, 1}, {1000, unknown}, {2000, 3}} << 2;
    QTest::newRow("zero is zero") << QList<Point>{{0, 1}, {1000, 0}, {2000, 3}} << 1;
    QTest::newRow("a late second is no gap") << QList<Point>{{0, 1}, {1400, 2}, {2000, 3}} << 1;
    QTest::newRow("only unknown") << QList<Point>{{0, unknown}, {1000, unknown}} << 0;
    QTest::newRow("no points") << QList<Point>{} << 0;
}

void ChartValuesTest::gapsStayGaps()
{
    QFETCH(QList<Point>, points);
    QFETCH(int, runs);
    QCOMPARE(reducePoints(points, 1000, secondsPerPixel(0.1), 1.0).size(), runs);
    // Also when both sides of the gap are in one pixel column.
    QCOMPARE(reducePoints(points, 1000, secondsPerPixel(100), 1.0).size(), runs);
}

void ChartValuesTest::stepsHoldAndStop()
{
    const PlotGeometry geometry = secondsPerPixel(0.1); // 80 s
    const QList<StepPoint> steps{{-5000, 4}, {10'000, 9}, {20'000, unknown}, {30'000, 6}};
    const QList<QPolygonF> runs = reduceSteps(steps, 60'000, geometry, 1.0);
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs.first().first(), QPointF(geometry.x(0), geometry.y(4)));
    QCOMPARE(runs.first().last(), QPointF(geometry.x(20'000), geometry.y(9)));
    QCOMPARE(runs.last().first(), QPointF(geometry.x(30'000), geometry.y(6)));
    QCOMPARE(runs.last().last(), QPointF(geometry.x(60'000), geometry.y(6))); // not to the edge: not known
}

void ChartValuesTest::valueAtKnowsGaps()
{
    const Series line{.points = {{0, 1}, {1000, 2}, {5000, 3}}};
    QCOMPARE(valueAt(line, 1500, 80'000), 2.0);
    QVERIFY(std::isnan(valueAt(line, 2000, 80'000)));
    QVERIFY(std::isnan(valueAt(line, -1, 80'000)));
    QCOMPARE(lastValue(line, 0, 80'000), 3.0);
    const Series steps{.steps = {{0, 4}, {10'000, unknown}, {20'000, 6}}};
    QCOMPARE(valueAt(steps, 9999, 80'000), 4.0);
    QVERIFY(std::isnan(valueAt(steps, 10'000, 80'000)));
    QVERIFY(std::isnan(valueAt(steps, 70'000, 60'000)));
    QCOMPARE(maximumInRange(steps, 5000, 15'000), 4.0);
}

void ChartValuesTest::columnsCoverTheLine()
{
    // Down a slope, level for long, a jump: no hole, and each point of the line is inside its column.
    const QPolygonF run{{10.5, 0}, {14.5, 40}, {60.25, 40}, {60.25, 90}, {61, 90}};
    const QList<ColumnSpan> spans = columnSpans(run, 2.0);
    QCOMPARE(spans.first().left, 10.5);
    QVERIFY(spans.last().right > 61.0);
    for (qsizetype i = 1; i < spans.size(); ++i) {
        QCOMPARE(spans.at(i).left, spans.at(i - 1).right);
    }
    const auto covers = [&](QPointF point) {
        return std::any_of(spans.cbegin(), spans.cend(), [&](const ColumnSpan &span) {
            return point.x() >= span.left && point.x() < span.right && point.y() >= span.top - 1e-9 &&
                   point.y() <= span.bottom + 1e-9;
        });
    };
    for (const QPointF &point : run) {
        QVERIFY(covers(point));
    }
    QVERIFY(covers({12.5, 20}) && covers({40, 40}) && covers({60.25, 65}));
    QVERIFY(!covers({40, 41}));
    QVERIFY(spans.size() < 20); // the level stretch is not a span for each column
}

void ChartValuesTest::shortfallIsOnlyWhereBothAreKnown()
{
    const QList<QPolygonF> desired{QPolygonF({{0, 20}, {100, 20}})};
    const QList<QPolygonF> ready{QPolygonF({{0, 20}, {30, 20}, {30, 60}, {50, 60}}),
                                 QPolygonF({{70, 60}, {80, 60}, {80, 20}, {100, 20}})};
    const QList<ColumnSpan> spans = spansBetween(desired, ready, 1.0);
    QVERIFY(!spans.isEmpty());
    for (const ColumnSpan &span : spans) {
        QCOMPARE(span.top, 20.0);
        QCOMPARE(span.bottom, 60.0);
        QVERIFY((span.left >= 30 && span.right <= 51) || (span.left >= 70 && span.right <= 81));
    }
    QCOMPARE(spansBetween(desired, desired, 1.0).size(), 0);
    QCOMPARE(spansBetween(desired, {}, 1.0).size(), 0);
}

void ChartValuesTest::mergesMarks_data()
{
    using enum Mark::Kind;
    QTest::addColumn<QList<Mark>>("marks"); // one second is one pixel
    QTest::addColumn<QList<int>>("sizes");
    const auto at = [](qint64 pixel, Mark::Kind kind, double value = 50) {
        return Mark{.unixMs = pixel * 1000, .kind = kind, .id = QString::number(pixel), .value = value};
    };
    QTest::newRow("one") << QList<Mark>{at(100, Stable)} << QList<int>{1};
    QTest::newRow("two circles 3 px apart") << QList<Mark>{at(100, Stable), at(103, Stable)} << QList<int>{2};
    QTest::newRow("two circles 4 px apart")
        << QList<Mark>{at(100, Stable), at(104, Stable)} << QList<int>{1, 1};
    QTest::newRow("two panics 7 px apart") << QList<Mark>{at(100, Panic), at(107, Panic)} << QList<int>{2};
    QTest::newRow("two panics 8 px apart") << QList<Mark>{at(100, Panic), at(108, Panic)} << QList<int>{1, 1};
    QTest::newRow("circle and panic 7 px apart")
        << QList<Mark>{at(100, Stable), at(107, Panic)} << QList<int>{2};
    QTest::newRow("height does not part")
        << QList<Mark>{at(100, Panic, 10), at(106, Panic, 90)} << QList<int>{2};
    QTest::newRow("a box takes what it would cover")
        << QList<Mark>{at(100, Panic), at(105, Panic), at(110, Stable)} << QList<int>{3};
    QTest::newRow("a box leaves what is above it")
        << QList<Mark>{at(100, Panic), at(105, Panic), at(110, Stable, 90)} << QList<int>{2, 1};
    QTest::newRow("outside the range")
        << QList<Mark>{at(-5, Panic), at(100, Panic), at(900, Panic)} << QList<int>{1};
}

void ChartValuesTest::mergesMarks()
{
    QFETCH(QList<Mark>, marks);
    QFETCH(QList<int>, sizes);
    QList<int> found;
    const QList<MarkGroup> groups = groupMarks(marks, secondsPerPixel(1));
    for (const MarkGroup &group : groups) {
        found.append(int(group.members.size()));
        QCOMPARE(group.box.height(), group.isMerged() ? 16.0 : 7.0);
    }
    QCOMPARE(found, sizes);
}

void ChartValuesTest::mergedMarkTakesTheWeightiestShape()
{
    using enum Mark::Kind;
    const PlotGeometry geometry = secondsPerPixel(1);
    const QList<Mark> marks{{.unixMs = 100'000, .kind = Stable, .value = 20},
                            {.unixMs = 102'000, .kind = Panic, .value = 60},
                            {.unixMs = 104'000, .kind = Schedule, .value = 30}};
    const QList<MarkGroup> groups = groupMarks(marks, geometry);
    QCOMPARE(groups.size(), 1);
    QCOMPARE(groups.first().kind, Panic);
    QCOMPARE(groups.first().centre, QPointF(geometry.x(102'000), geometry.y(60)));
    QCOMPARE(groupAt(groups, groups.first().centre), 0);
    QCOMPARE(groupAt(groups, QPointF(10, 10)), -1);
    QVERIFY(weight(Limit) == weight(Failure));
    QVERIFY(weight(Limit) > weight(Panic) && weight(Panic) > weight(Schedule));
    QVERIFY(weight(Schedule) > weight(Manual) && weight(Manual) > weight(Stable));
}

void ChartValuesTest::manyMarksNeverCoverEachOther()
{
    QList<Mark> marks;
    for (int i = 0; i < 400; ++i) {
        const auto kind = Mark::Kind(i * i % 6);
        marks.append({.unixMs = i * 2000 + (i * 37 % 11) * 90, .kind = kind, .value = double(i * 29 % 100)});
    }
    const QList<MarkGroup> groups = groupMarks(marks, secondsPerPixel(1));
    qsizetype members = 0;
    for (qsizetype i = 0; i < groups.size(); ++i) {
        members += groups.at(i).members.size();
        for (qsizetype j = 0; j < i; ++j) {
            const bool hasBox = groups.at(i).isMerged() || groups.at(j).isMerged();
            QVERIFY(!hasBox || !groups.at(i).box.intersects(groups.at(j).box));
        }
    }
    QCOMPARE(members, 400);
}

void ChartValuesTest::endLabelsDoNotOverlap_data()
{
    QTest::addColumn<QList<double>>("wished");
    QTest::addColumn<QList<double>>("placed");
    QTest::newRow("far apart") << QList<double>{20, 100} << QList<double>{20, 100};
    QTest::newRow("the same") << QList<double>{50, 50, 50} << QList<double>{36, 50, 64};
    QTest::newRow("near") << QList<double>{50, 54} << QList<double>{45, 59};
    QTest::newRow("in any order") << QList<double>{54, 50} << QList<double>{59, 45};
    QTest::newRow("pushed from the foot") << QList<double>{200, 200} << QList<double>{179, 193};
    QTest::newRow("pushed from the top") << QList<double>{0, 0} << QList<double>{7, 21};
    QTest::newRow("a push reaches the next") << QList<double>{30, 50, 52} << QList<double>{30, 44, 58};
    QTest::newRow("none") << QList<double>{} << QList<double>{};
}

void ChartValuesTest::endLabelsDoNotOverlap()
{
    QFETCH(QList<double>, wished);
    QFETCH(QList<double>, placed);
    const QList<double> found = placeEndLabels(wished, 14, 0, 200);
    QCOMPARE(found, placed);
}

void ChartValuesTest::stackSharesHeight()
{
    const QList<StackSlot> places = layOutStack({927, 490}, {0.516, 0.484}, 80);
    QCOMPARE(places.size(), 2);
    QCOMPARE(places.at(0).plot, QRectF(44, 10, 803, 228));
    QCOMPARE(places.at(1).plot, QRectF(44, 256, 803, 214));
    QCOMPARE(places.at(0).area.bottom(), places.at(1).area.top());
    QCOMPARE(places.at(1).area.bottom(), 490.0);
    // Too small for anything: still no negative size.
    const QList<StackSlot> tiny = layOutStack({10, 10}, {1, 1}, 80);
    QVERIFY(tiny.at(0).plot.width() >= 1 && tiny.at(1).plot.height() >= 1);
}

void ChartValuesTest::tooltipSitsOnTheSideWithRoom_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<bool>("isLeft");
    QTest::newRow("room at the left") << 400.0 << true;
    QTest::newRow("just enough") << 251.0 << true;
    QTest::newRow("too little") << 250.0 << false;
    QTest::newRow("at the left edge") << 44.0 << false;
    QTest::newRow("at the right edge") << 844.0 << true;
}

void ChartValuesTest::tooltipSitsOnTheSideWithRoom()
{
    QFETCH(double, x);
    QFETCH(bool, isLeft);
    const QRectF bounds(44, 0, 800, 400);
    const QRectF box = tooltipRect({200, 120}, x, 26, bounds);
    QVERIFY(bounds.contains(box));
    QCOMPARE(box.right() < x, isLeft);
    QCOMPARE(box.left() > x, !isLeft);
    // No room on either side: inside, and on the side with more of it.
    const QRectF wide = tooltipRect({200, 120}, x, 26, QRectF(x - 120, 0, 200, 400));
    QVERIFY(QRectF(x - 120, 0, 200, 400).contains(wide));
}

void ChartValuesTest::windowFollowsUnlessPausedOrZoomed()
{
    TimeWindow window;
    window.follow(1000);
    window.setNow(5000);
    QCOMPARE(window.range(), (TimeRange{4000, 5000}));
    window.zoom({4200, 4400});
    window.setNow(6000);
    QCOMPARE(window.range(), (TimeRange{4200, 4400}));
    QVERIFY(!window.isFollowing());
    window.leaveZoom();
    QCOMPARE(window.range(), (TimeRange{5000, 6000})); // caught up
    window.setPaused(true);
    window.setNow(7000);
    QCOMPARE(window.range(), (TimeRange{5000, 6000}));
    window.setPaused(false);
    QCOMPARE(window.range(), (TimeRange{6000, 7000}));
    window.pin({1, 2});
    window.setNow(9000);
    QCOMPARE(window.range(), (TimeRange{1, 2}));
}

QTEST_APPLESS_MAIN(ChartValuesTest)
#include "tst_chartvalues.moc"
