// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of the hours to come as a person uses it: pointer, keys, what a change would make of it, and
// nothing at all.

#include "chartsamples.h"

#include "widgets/chart/floorchart.h"

#include <QTest>
#include <QToolTip>

#include <memory>

using namespace Qt::StringLiterals;
using namespace nest::chart;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 fromMs = samples::dayMs + 8 * hourMs;

FloorContent lunchDay()
{
    const FloorSegment before{.fromMs = fromMs, .toMs = fromMs + 4 * hourMs, .floor = 1, .name = u"base"_s};
    const FloorSegment lunch{.fromMs = before.toMs,
                             .toMs = before.toMs + 2 * hourMs,
                             .floor = 4,
                             .tint = FloorTint::First,
                             .name = u"lunch"_s};
    const FloorSegment after{
        .fromMs = lunch.toMs, .toMs = fromMs + 24 * hourMs, .floor = 1, .name = u"base"_s};
    return {.fromMs = fromMs,
            .toMs = fromMs + 24 * hourMs,
            .steps = {before, lunch, after},
            .rules = {{lunch}},
            .unit = u"instances"_s,
            .now = u"now"_s,
            .end = u"Floor 1"_s};
}

} // namespace

class FloorChartTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void thePointerFindsTheStep();
    void keysGoFromStepToStepAndEscapeLeaves();
    void escapeIsOfTheOwnerWhenNothingIsChosen();
    void showsWhatAChangeWouldMakeOfIt();
    void isQuietWithoutAPlan();

private:
    static std::unique_ptr<FloorChart> shown(const FloorContent &content);
    /// The middle of the step in the plot.
    static QPoint middleOf(const FloorChart &chart, int step);
};

void FloorChartTest::initTestCase()
{
    QTest::failOnWarning();
    samples::useProductFont();
}

std::unique_ptr<FloorChart> FloorChartTest::shown(const FloorContent &content)
{
    auto chart = std::make_unique<FloorChart>();
    chart->setLocale(QLocale(QLocale::English));
    chart->setColours(samples::colours(u"dark"_s));
    chart->setTimeZone(QTimeZone::UTC);
    chart->resize(900, 220);
    chart->setContent(content);
    chart->show();
    chart->setFocus();
    (void)QTest::qWaitForWindowExposed(chart.get());
    return chart;
}

QPoint FloorChartTest::middleOf(const FloorChart &chart, int step)
{
    const FloorContent &content = chart.content();
    const FloorSegment &of = content.steps.at(step);
    const double share = (double(of.fromMs) / 2 + double(of.toMs) / 2 - double(content.fromMs)) /
                         double(content.toMs - content.fromMs);
    const QRectF plot = chart.plotRect();
    return QPointF(plot.left() + share * plot.width(), plot.center().y()).toPoint();
}

void FloorChartTest::thePointerFindsTheStep()
{
    const auto chart = shown(lunchDay());
    QCOMPARE(chart->currentStep(), -1);
    for (int step = 0; step < 3; ++step) {
        QTest::mouseMove(chart.get(), middleOf(*chart, step));
        QTRY_COMPARE(chart->currentStep(), step);
    }
    QCOMPARE(chart->stepText(1), u"12:00 to 14:00: 4, lunch"_s);
    QTest::mouseMove(chart.get(), QPoint(1, 5)); // beside the plot
    QTRY_COMPARE(chart->currentStep(), -1);
    QTest::mouseMove(chart.get(), middleOf(*chart, 1));
    QTRY_COMPARE(chart->currentStep(), 1);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(chart.get(), &leave);
    QCOMPARE(chart->currentStep(), -1);
}

void FloorChartTest::keysGoFromStepToStepAndEscapeLeaves()
{
    const auto chart = shown(lunchDay());
    QCOMPARE(chart->accessibleDescription(),
             u"08:00 to 12:00: 1, base; 12:00 to 14:00: 4, lunch; 14:00 to 08:00: 1, base"_s);
    const QImage before = chart->grab().toImage();
    for (const int step : {0, 1, 2, 2}) { // and stays at the last
        QTest::keyClick(chart.get(), Qt::Key_Right);
        QCOMPARE(chart->currentStep(), step);
        QTRY_COMPARE(QToolTip::text(), chart->stepText(step));
    }
    QTest::keyClick(chart.get(), Qt::Key_Left);
    QCOMPARE(chart->currentStep(), 1);
    QVERIFY(chart->grab().toImage() != before);
    QTest::keyClick(chart.get(), Qt::Key_Escape);
    QCOMPARE(chart->currentStep(), -1);
    QCOMPARE(chart->grab().toImage(), before);
}

void FloorChartTest::escapeIsOfTheOwnerWhenNothingIsChosen()
{
    struct Owner final : QWidget
    {
        int escapes = 0;
        void keyPressEvent(QKeyEvent *event) override { escapes += event->key() == Qt::Key_Escape ? 1 : 0; }
    } owner;
    FloorChart chart(&owner);
    chart.setContent(lunchDay());
    owner.show();
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Escape);
    QCOMPARE(owner.escapes, 0);
    QTest::keyClick(&chart, Qt::Key_Escape);
    QCOMPARE(owner.escapes, 1);
}

void FloorChartTest::showsWhatAChangeWouldMakeOfIt()
{
    const FloorContent plain = lunchDay();
    const auto chart = shown(plain);
    ChartColours colours = samples::colours(u"dark"_s);
    colours.whatIf = Qt::magenta; // nothing else has it
    chart->setColours(colours);
    const QImage before = chart->grab().toImage();
    const auto countOf = [](const QImage &image, const QColor &colour) {
        int found = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                found += image.pixelColor(x, y) == colour ? 1 : 0;
            }
        }
        return found;
    };
    QCOMPARE(countOf(before, colours.whatIf), 0);
    FloorContent content = plain;
    content.whatIf = plain.steps;
    content.whatIf[1].floor = 9; // higher than all that is there: the axis makes room
    content.whatIfEnd = u"What if 1"_s;
    QTest::keyClick(chart.get(), Qt::Key_Right);
    chart->setContent(content);
    QCOMPARE(chart->currentStep(), -1); // of what was there before
    const QImage after = chart->grab().toImage();
    QVERIFY(countOf(after, colours.whatIf) > 100);
    chart->setContent(plain);
    QCOMPARE(chart->grab().toImage(), before);
}

void FloorChartTest::isQuietWithoutAPlan()
{
    const auto chart = shown({});
    const QImage image = chart->grab().toImage();
    QTest::keyClick(chart.get(), Qt::Key_Right);
    QTest::mouseMove(chart.get(), chart->plotRect().center().toPoint());
    QTest::mouseMove(chart.get(), chart->plotRect().center().toPoint() + QPoint(5, 5));
    QCOMPARE(chart->currentStep(), -1);
    QCOMPARE(chart->stepText(0), QString());
    QCOMPARE(chart->accessibleDescription(), QString());
    QCOMPARE(image.pixelColor(450, 100), samples::colours(u"dark"_s).page);
}

QTEST_MAIN(FloorChartTest)
#include "tst_floorchart.moc"
