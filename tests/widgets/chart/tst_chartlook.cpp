// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the charts as a person sees them. With NEST_LOOK_DIR set the pictures are kept there for
// the eye; without it the test only sees that each look draws every series in its colour.

#include "chartsamples.h"

#include "widgets/chart/chartlegend.h"
#include "widgets/chart/chartstack.h"
#include "widgets/chart/markgroups.h"

#include <QDir>
#include <QPainter>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace nest::chart;

class ChartLookTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void drawsEverySeriesInItsColour_data();
    void drawsEverySeriesInItsColour();
    void drawsLegendAndStackInChinese();

private:
    void keep(QWidget &widget, const QString &name) const;
};

void ChartLookTest::initTestCase()
{
    QTest::failOnWarning();
    samples::useProductFont();
}

void ChartLookTest::keep(QWidget &widget, const QString &name) const
{
    const QString directory = qEnvironmentVariable("NEST_LOOK_DIR");
    if (!directory.isEmpty()) {
        QVERIFY(widget.grab().save(QDir(directory).filePath(name + u".png"_s)));
    }
}

void ChartLookTest::drawsEverySeriesInItsColour_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<bool>("isLimited");
    for (const QString &theme : {u"dark"_s, u"light"_s}) {
        QTest::addRow("burst hour, %s", qPrintable(theme)) << theme << false;
        QTest::addRow("limited quarter, %s", qPrintable(theme)) << theme << true;
    }
}

void ChartLookTest::drawsEverySeriesInItsColour()
{
    QFETCH(QString, theme);
    QFETCH(bool, isLimited);
    const ChartColours colours = samples::colours(theme);
    ChartStack stack;
    stack.resize(927, isLimited ? 570 : 490);
    stack.setColours(colours);
    stack.setTimeZone(QTimeZone::UTC);
    stack.setContent(isLimited ? samples::limitedQuarter() : samples::burstHour());
    if (isLimited) {
        stack.setRange(samples::limitedFromMs, samples::limitedToMs);
        stack.setSelectedMarks({u"dec-%1"_s.arg((samples::limitedFromMs + 9 * 60'000 + 3000) / 1000)});
    } else {
        stack.setRange(samples::hourFromMs, samples::hourToMs);
        stack.setCrosshair(samples::burstMs);
        stack.setLookup([](qint64) {
            return ReadingList{u"panic"_s,
                               Mark::Kind::Panic,
                               {{Role::Requests, u"Requests now"_s, u"786"_s, u"req/s"_s},
                                {Role::Capacity, u"Capacity"_s, u"280"_s, u"req/s"_s},
                                {Role::Desired, u"Desired"_s, u"4 → 9"_s, {}},
                                {Role::Ready, u"Ready"_s, u"4"_s, {}},
                                {{}, u"In activator"_s, u"1,272"_s, u"max 1.4 s"_s}}};
        });
        const QList<MarkGroup> groups = stack.markGroups(1);
        for (const MarkGroup &group : groups) {
            if (group.kind == Mark::Kind::Panic) {
                stack.setSelectedMarks({stack.content().charts.at(1).marks.at(group.members.first()).id});
            }
        }
    }
    QImage image = stack.grab().toImage();
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            seen.insert(image.pixel(x, y));
        }
    }
    const QList<QColor> expected = {colours.requestsFill, colours.capacity, colours.readyFill,
                                    colours.desired, isLimited ? colours.warnFill : colours.tooltip};
    for (const QColor &colour : expected) {
        QVERIFY2(seen.contains(colour.rgb()), qPrintable(colour.name()));
    }
    keep(stack, u"chart-%1-%2"_s.arg(isLimited ? u"limited"_s : u"burst"_s, theme));
}

void ChartLookTest::drawsLegendAndStackInChinese()
{
    const ChartColours colours = samples::colours(u"dark"_s);
    QWidget panel;
    QPalette palette = panel.palette();
    palette.setColor(QPalette::Window, colours.page);
    panel.setPalette(palette);
    auto *layout = new QVBoxLayout(&panel);
    layout->setContentsMargins(0, 12, 0, 0);
    auto *legend = new ChartLegend;
    auto *stack = new ChartStack;
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 0, 16, 0);
    head->addWidget(legend);
    head->addStretch();
    layout->addLayout(head);
    layout->addWidget(stack, 1);
    legend->setColours(colours);
    legend->setEntries({{Role::Requests, u"请求"_s, u"次/秒"_s},
                        {Role::Capacity, u"容量 = 就绪 × 100 × 0.7"_s},
                        {Role::WhatIf, u"推演"_s},
                        {Role::Wish, u"需求值"_s},
                        {Role::Desired, u"期望而未就绪"_s, {}, true}});
    ChartStackContent content = samples::burstHour();
    const QStringList names{u"请求"_s, u"推演"_s, u"容量"_s, u"就绪"_s, u"预留"_s, u"推演"_s, u"期望"_s};
    qsizetype next = 0;
    for (Chart &chart : content.charts) {
        for (Series &series : chart.series) {
            series.name = names.at(next++);
            series.unit = series.unit.isEmpty() ? QString() : u"次/秒"_s;
        }
    }
    content.charts[0].unit = u"次/秒"_s;
    content.charts[0].note = u"峰值 1,639 次/秒 · 成功率 100.00 %"_s;
    content.charts[1].unit = u"实例数"_s;
    stack->setColours(colours);
    stack->setTimeZone(QTimeZone::UTC);
    stack->setContent(content);
    stack->setRange(samples::hourFromMs, samples::hourToMs);
    stack->setCrosshair(samples::hourToMs - 600'000);
    panel.resize(927, 526);
    const QImage image = panel.grab().toImage();
    QCOMPARE(legend->toolTip(), QString()); // all entries fit
    int swatch = 0;
    for (int y = legend->y(); y < legend->y() + legend->height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            swatch += pixel.red() > 100 && pixel.blue() < 80 && pixel.red() > pixel.green() + 25 ? 1 : 0;
        }
    }
    keep(panel, u"chart-zh-dark"_s);
    QVERIFY(swatch > 0); // the hatch of what is desired and not ready
}

QTEST_MAIN(ChartLookTest)
#include "tst_chartlook.moc"
