// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/chartframe.h"

#include "widgets/chart/chartmetrics.h"

#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QLocale>
#include <QPainter>

#include <optional>

namespace nest::chart {
namespace {

/// Qt Charts stacks its grid at 2, the axes at 3 and the series from 4 on.
constexpr double betweenGridAndSeries = 3.5;

class DenseItem final : public QGraphicsItem
{
public:
    using QGraphicsItem::QGraphicsItem;

    void setContent(const QRectF &bounds, std::function<void(QPainter &)> paintDense)
    {
        prepareGeometryChange();
        m_bounds = bounds;
        m_paint = std::move(paintDense);
    }

    QRectF boundingRect() const override { return m_bounds; }

    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override
    {
        if (m_paint) {
            m_paint(*painter);
        }
    }

private:
    QRectF m_bounds;
    std::function<void(QPainter &)> m_paint;
};

void clearCategories(QCategoryAxis &axis)
{
    for (const QString &label : axis.categoriesLabels()) {
        axis.remove(label);
    }
}

} // namespace

struct ChartFrame::Parts
{
    QGraphicsScene scene;
    QChart *chart = new QChart; // the scene owns it
    QCategoryAxis *times = new QCategoryAxis(chart);
    QCategoryAxis *values = new QCategoryAxis(chart);
    DenseItem *dense = new DenseItem(chart);
    QLocale locale;
    QSizeF size;
    QList<TimeTick> timeTicks;
    std::optional<ValueTicks> valueTicks;
    bool hasTimeLabels = true;
};

ChartFrame::ChartFrame() : m_parts(std::make_unique<Parts>())
{
    Parts &parts = *m_parts;
    parts.scene.setItemIndexMethod(QGraphicsScene::NoIndex);
    parts.scene.addItem(parts.chart);
    parts.chart->legend()->hide();
    parts.chart->setBackgroundVisible(false);
    // With a fixed plot area Qt Charts moves its axes only if the area has a background; this one is clear.
    parts.chart->setPlotAreaBackgroundVisible(true);
    parts.chart->setPlotAreaBackgroundBrush(Qt::NoBrush);
    parts.chart->setPlotAreaBackgroundPen(Qt::NoPen);
    parts.chart->setMargins({});
    parts.chart->layout()->setContentsMargins(0, 0, 0, 0);
    parts.chart->setAnimationOptions(QChart::NoAnimation);
    parts.chart->addAxis(parts.times, Qt::AlignBottom);
    parts.chart->addAxis(parts.values, Qt::AlignLeft);
    for (QCategoryAxis *axis : {parts.times, parts.values}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setTruncateLabels(false);
    }
    // The tick strokes belong to the axis line and are not wanted; the foot of the plot is painted as dense.
    parts.times->setLineVisible(false);
    parts.values->setLineVisible(false);
    parts.dense->setZValue(betweenGridAndSeries);
}

ChartFrame::~ChartFrame() = default;

void ChartFrame::setLook(const ChartColours &colours, const QFont &font, const QLocale &locale)
{
    QFont ticks = font;
    ticks.setPixelSize(metrics::microSize);
    for (QCategoryAxis *axis : {m_parts->times, m_parts->values}) {
        axis->setLabelsFont(ticks);
        axis->setLabelsColor(colours.textDim);
        axis->setGridLinePen(QPen(colours.grid, 1.0));
    }
    m_parts->locale = locale;
    m_parts->valueTicks.reset(); // written again in the new language
}

void ChartFrame::setContent(FrameContent content, const QList<SparseLine> &lines)
{
    Parts &parts = *m_parts;
    if (parts.valueTicks != content.valueTicks) {
        clearCategories(*parts.values);
        parts.values->setRange(0.0, content.valueTicks.maximum());
        parts.values->setStartValue(-content.valueTicks.step); // so that zero is a category too
        for (int i = 0; i <= content.valueTicks.intervals; ++i) {
            const double value = content.valueTicks.step * i;
            parts.values->append(tickText(value, parts.locale), value);
        }
        parts.valueTicks = content.valueTicks;
    }
    parts.times->setLabelsVisible(content.hasTimeLabels);
    if (parts.timeTicks != content.timeTicks) {
        clearCategories(*parts.times);
        if (!content.timeTicks.isEmpty()) {
            parts.times->setStartValue(double(content.timeTicks.first().unixMs) - 1.0);
        }
        for (const TimeTick &tick : std::as_const(content.timeTicks)) {
            // Categories are told apart by their words, and a day has each time twice.
            QString text = tick.text;
            while (parts.times->categoriesLabels().contains(text)) {
                text += QChar(0x200b);
            }
            parts.times->append(text, double(tick.unixMs));
        }
        parts.timeTicks = content.timeTicks;
    }
    parts.times->setRange(double(content.geometry.fromMs), double(content.geometry.toMs));
    parts.size = content.size;
    parts.chart->resize(content.size);
    parts.chart->setPlotArea(content.geometry.plot);
    parts.chart->layout()->invalidate();
    parts.chart->layout()->activate(); // now: the request for it would come after the rendering
    parts.dense->setContent(QRectF(QPointF(), content.size), std::move(content.dense));

    parts.chart->removeAllSeries();
    for (const SparseLine &line : lines) {
        auto *series = new QLineSeries; // the chart owns it
        series->setPen(line.pen);
        series->replace(line.points);
        parts.chart->addSeries(series);
        series->attachAxis(parts.times);
        series->attachAxis(parts.values);
    }
}

void ChartFrame::render(QPainter &painter)
{
    const QRectF area(QPointF(), m_parts->size);
    m_parts->scene.setSceneRect(area);
    m_parts->scene.render(&painter, area, area, Qt::IgnoreAspectRatio);
}

} // namespace nest::chart
