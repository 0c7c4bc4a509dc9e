// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/reduce.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nest::chart {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

template <typename T>
qsizetype firstAtOrAfter(const QList<T> &list, qint64 unixMs)
{
    const auto at = std::lower_bound(list.cbegin(), list.cend(), unixMs,
                                     [](const T &item, qint64 time) { return item.unixMs < time; });
    return at - list.cbegin();
}

/// Index of the step that holds at the instant, -1 before the first.
qsizetype stepHoldingAt(const QList<StepPoint> &steps, qint64 unixMs)
{
    return firstAtOrAfter(steps, unixMs + 1) - 1;
}

/// Collects the points of one pixel column and writes at most four of them, in the order of time.
class Column
{
public:
    void add(const QPointF &point, QPolygonF &out)
    {
        const qint64 index = qint64(std::floor(point.x() * m_columnsPerPixel));
        if (m_count > 0 && index != m_index) {
            flush(out);
        }
        m_index = index;
        if (m_count == 0) {
            m_first = m_low = m_high = point;
            m_lowOrder = m_highOrder = 0;
        } else if (point.y() < m_low.y()) {
            m_low = point;
            m_lowOrder = m_count;
        } else if (point.y() > m_high.y()) {
            m_high = point;
            m_highOrder = m_count;
        }
        m_last = point;
        ++m_count;
    }

    void flush(QPolygonF &out)
    {
        if (m_count == 0) {
            return;
        }
        out.append(m_first);
        const bool isLowFirst = m_lowOrder <= m_highOrder;
        const auto inner = [&](const QPointF &point, qint64 order) {
            if (order > 0 && order < m_count - 1) {
                out.append(point);
            }
        };
        inner(isLowFirst ? m_low : m_high, isLowFirst ? m_lowOrder : m_highOrder);
        inner(isLowFirst ? m_high : m_low, isLowFirst ? m_highOrder : m_lowOrder);
        if (m_count > 1) {
            out.append(m_last);
        }
        m_count = 0;
    }

    explicit Column(double columnsPerPixel) : m_columnsPerPixel(columnsPerPixel) {}

private:
    double m_columnsPerPixel;
    qint64 m_index = 0;
    qint64 m_count = 0;
    qint64 m_lowOrder = 0;
    qint64 m_highOrder = 0;
    QPointF m_first;
    QPointF m_low;
    QPointF m_high;
    QPointF m_last;
};

void closeRun(QList<QPolygonF> &runs, QPolygonF &run, Column &column)
{
    column.flush(run);
    if (!run.isEmpty()) {
        runs.append(std::move(run));
        run = {};
    }
}

} // namespace

QList<QPolygonF> reducePoints(const QList<Point> &points, qint64 spacingMs, const PlotGeometry &geometry,
                              double columnsPerPixel)
{
    QList<QPolygonF> runs;
    QPolygonF run;
    Column column(columnsPerPixel);
    const qint64 gapMs = spacingMs + spacingMs / 2;
    const qsizetype begin = std::max<qsizetype>(0, firstAtOrAfter(points, geometry.fromMs) - 1);
    const qsizetype end = std::min(points.size(), firstAtOrAfter(points, geometry.toMs + 1) + 1);
    qint64 previousMs = std::numeric_limits<qint64>::min() / 2;
    for (qsizetype i = begin; i < end; ++i) {
        const Point &point = points.at(i);
        if (std::isnan(point.value) || point.unixMs - previousMs > gapMs) {
            closeRun(runs, run, column);
        }
        if (std::isnan(point.value)) {
            continue;
        }
        previousMs = point.unixMs;
        column.add({geometry.x(point.unixMs), geometry.y(point.value)}, run);
    }
    closeRun(runs, run, column);
    return runs;
}

QList<QPolygonF> reduceSteps(const QList<StepPoint> &steps, qint64 untilMs, const PlotGeometry &geometry,
                             double columnsPerPixel)
{
    QList<QPolygonF> runs;
    QPolygonF run;
    Column column(columnsPerPixel);
    const qsizetype begin = std::max<qsizetype>(0, stepHoldingAt(steps, geometry.fromMs));
    double previous = unknown;
    for (qsizetype i = begin; i < steps.size() && steps.at(i).unixMs <= std::min(geometry.toMs, untilMs);
         ++i) {
        const StepPoint &step = steps.at(i);
        // A step from before the range begins at its edge: a point far outside costs the painter.
        const double x = geometry.x(std::max(step.unixMs, geometry.fromMs));
        if (!std::isnan(previous)) {
            column.add({x, geometry.y(previous)}, run);
        }
        if (std::isnan(step.value)) {
            closeRun(runs, run, column);
        } else {
            column.add({x, geometry.y(step.value)}, run);
        }
        previous = step.value;
    }
    if (!std::isnan(previous)) {
        column.add({geometry.x(std::clamp(untilMs, geometry.fromMs, geometry.toMs)), geometry.y(previous)},
                   run);
    }
    closeRun(runs, run, column);
    return runs;
}

double maximumInRange(const Series &series, qint64 fromMs, qint64 toMs)
{
    double greatest = 0.0;
    const auto take = [&](double value) {
        if (value > greatest) { // false for NaN
            greatest = value;
        }
    };
    if (!series.points.isEmpty()) {
        for (qsizetype i = firstAtOrAfter(series.points, fromMs);
             i < series.points.size() && series.points.at(i).unixMs <= toMs; ++i) {
            take(series.points.at(i).value);
        }
        return greatest;
    }
    for (qsizetype i = std::max<qsizetype>(0, stepHoldingAt(series.steps, fromMs));
         i < series.steps.size() && series.steps.at(i).unixMs <= toMs; ++i) {
        take(series.steps.at(i).value);
    }
    return greatest;
}

double valueAt(const Series &series, qint64 unixMs, qint64 untilMs)
{
    if (!series.points.isEmpty()) {
        const qsizetype next = firstAtOrAfter(series.points, unixMs + 1);
        if (next == 0) {
            return unknown;
        }
        const Point &point = series.points.at(next - 1);
        return unixMs - point.unixMs < series.spacingMs ? point.value : unknown;
    }
    const qsizetype holding = stepHoldingAt(series.steps, unixMs);
    return holding < 0 || unixMs > untilMs ? unknown : series.steps.at(holding).value;
}

double lastValue(const Series &series, qint64 fromMs, qint64 untilMs)
{
    if (series.points.isEmpty()) {
        return valueAt(series, untilMs, untilMs);
    }
    for (qsizetype i = firstAtOrAfter(series.points, untilMs + 1) - 1;
         i >= 0 && series.points.at(i).unixMs >= fromMs; --i) {
        if (!std::isnan(series.points.at(i).value)) {
            return series.points.at(i).value;
        }
    }
    return unknown;
}

} // namespace nest::chart
