// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/seriespainter.h"

#include "widgets/chart/chartmetrics.h"
#include "widgets/chart/columnspans.h"
#include "widgets/chart/endlabels.h"
#include "widgets/chart/reduce.h"
#include "widgets/chart/rolestyle.h"
#include "widgets/chart/ticks.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::chart {
namespace {

QFont sized(QFont font, int pixelSize)
{
    font.setPixelSize(pixelSize);
    return font;
}

QList<QPolygonF> reduce(const Series &series, const PaintScene &scene)
{
    return series.points.isEmpty()
               ? reduceSteps(series.steps, scene.untilMs, scene.geometry, scene.pixelRatio)
               : reducePoints(series.points, series.spacingMs, scene.geometry, scene.pixelRatio);
}

/// A scene with the runs of its series, each read once.
struct Reduced : PaintScene
{
    explicit Reduced(const PaintScene &scene) : PaintScene(scene)
    {
        for (const Series &series : scene.chart.series) {
            m_runs.append(reduce(series, scene));
        }
    }
    const QList<QPolygonF> &runsOf(const Series &series) const
    {
        return m_runs.at(&series - chart.series.constData());
    }

private:
    QList<QList<QPolygonF>> m_runs;
};

/// Above this many corners a run is painted by columns. Below, a stroke follows slopes and dashes better.
constexpr qsizetype mostStrokedPoints = 400;

QRectF rectOf(const ColumnSpan &span, double grow)
{
    return {span.left, span.top - grow, span.right - span.left, span.bottom - span.top + 2 * grow};
}

/// The area between a line and the foot of the plot.
void paintArea(QPainter &painter, const QPolygonF &run, const PaintScene &scene)
{
    const double foot = scene.geometry.plot.bottom();
    if (run.size() <= mostStrokedPoints) {
        QPolygonF area = run;
        area.append({run.last().x(), foot});
        area.append({run.first().x(), foot});
        painter.drawPolygon(area);
        return;
    }
    QList<QRectF> columns;
    for (const ColumnSpan &span : columnSpans(run, scene.pixelRatio)) {
        columns.append({span.left, span.top, span.right - span.left, foot - span.top});
    }
    painter.drawRects(columns);
}

void paintFills(QPainter &painter, const Reduced &scene)
{
    painter.setPen(Qt::NoPen);
    for (const Series &series : scene.chart.series) {
        const RoleStyle style = roleStyle(series.role, scene.colours);
        if (style.fill.isValid()) {
            painter.setBrush(style.fill);
            const QList<QPolygonF> &runs = scene.runsOf(series);
            for (const QPolygonF &run : runs) {
                paintArea(painter, run, scene);
            }
        }
    }
    painter.setBrush(Qt::NoBrush);
}

void paintLines(QPainter &painter, const Reduced &scene)
{
    for (const Series &series : scene.chart.series) {
        if (isSparseLine(series)) {
            continue;
        }
        const QPen pen = roleStyle(series.role, scene.colours).pen;
        const QList<QPolygonF> &runs = scene.runsOf(series);
        for (const QPolygonF &run : runs) {
            if (run.size() <= mostStrokedPoints) {
                painter.setPen(pen);
                painter.drawPolyline(run);
                continue;
            }
            QList<QRectF> columns;
            for (const ColumnSpan &span : columnSpans(run, scene.pixelRatio)) {
                QRectF column = rectOf(span, pen.widthF() / 2);
                if (span.bottom - span.top > pen.widthF()) {
                    const double grow = std::max(0.0, (pen.widthF() - column.width()) / 2);
                    column.adjust(-grow, 0, grow, 0); // a steep line is as wide as a level one is high
                }
                columns.append(column);
            }
            painter.setPen(Qt::NoPen);
            painter.setBrush(pen.color());
            painter.drawRects(columns);
            painter.setBrush(Qt::NoBrush);
        }
    }
}

const Series *findRole(const Chart &chart, Role role)
{
    for (const Series &series : chart.series) {
        if (series.role == role) {
            return &series;
        }
    }
    return nullptr;
}

/// The widest stretch without a hole; slivers of a second each are hatched and not named.
QRectF widestPiece(const QList<ColumnSpan> &spans)
{
    QRectF widest;
    QRectF piece;
    for (const ColumnSpan &span : spans) {
        const QRectF rect = rectOf(span, 0.0);
        piece = !piece.isNull() && span.left - piece.right() < 1.0 ? piece.united(rect) : rect;
        widest = piece.width() > widest.width() ? piece : widest;
    }
    return widest;
}

/// Hatches amber what is desired and not ready, where both are known.
void paintShortfall(QPainter &painter, const Reduced &scene, const QFont &font)
{
    const Series *desired = findRole(scene.chart, Role::Desired);
    const Series *ready = findRole(scene.chart, Role::Ready);
    if (!scene.chart.hasShortfall || !desired || !ready) {
        return;
    }
    const QList<ColumnSpan> spans =
        spansBetween(scene.runsOf(*desired), scene.runsOf(*ready), scene.pixelRatio);
    if (spans.isEmpty()) {
        return;
    }
    QPainterPath missing;
    for (const ColumnSpan &span : spans) {
        missing.addRect(rectOf(span, 0.0));
    }
    painter.save();
    painter.setClipPath(missing, Qt::IntersectClip);
    paintHatch(painter, missing.boundingRect(), scene.colours.warnText, 1.0);
    painter.restore();
    const QRectF area = widestPiece(spans);
    if (scene.chart.shortfallNote.isEmpty() || area.width() < metrics::hatchStep) {
        return;
    }
    const QFontMetricsF fontMetrics(font);
    const double width = fontMetrics.horizontalAdvance(scene.chart.shortfallNote);
    const double x = std::min(area.left() + area.width() * 0.4, scene.geometry.plot.right() - width - 4);
    const double y = std::min(area.bottom() + fontMetrics.ascent(), scene.geometry.plot.bottom() - 4);
    painter.setFont(font);
    painter.setPen(scene.colours.warnText);
    painter.drawText(QPointF(std::max(x, scene.geometry.plot.left() + 4), y), scene.chart.shortfallNote);
}

/// The words of a line sit at its highest level stretch.
void paintNote(QPainter &painter, const Reduced &scene, const Series &series, const QFont &font)
{
    const QList<QPolygonF> &runs = scene.runsOf(series);
    QPointF from;
    QPointF to;
    for (const QPolygonF &run : runs) {
        for (qsizetype i = 1; i < run.size(); ++i) {
            const QPointF a = run.at(i - 1);
            const QPointF b = run.at(i);
            const bool isLevel = std::abs(a.y() - b.y()) < 0.5;
            const bool isBetter = from.isNull() || a.y() < from.y() - 0.5 ||
                                  (a.y() < from.y() + 0.5 && b.x() - a.x() > to.x() - from.x());
            if (isLevel && isBetter) {
                from = a;
                to = b;
            }
        }
    }
    if (from.isNull()) {
        return;
    }
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(series.note);
    const double x =
        std::clamp((from.x() + to.x() - width) / 2, scene.geometry.plot.left() + 4,
                   std::max(scene.geometry.plot.left() + 4, scene.geometry.plot.right() - width - 4));
    const double y = series.isNoteBelow ? from.y() + metrics.ascent() + 4 : from.y() - 4;
    painter.setFont(font);
    painter.setPen(roleStyle(series.role, scene.colours).label);
    painter.drawText(QPointF(x, y), series.note);
}

/// Hatched grey over whatever lies there; lines stop at its edges.
void paintBand(QPainter &painter, const PaintScene &scene, const Band &band, const QFont &font)
{
    const QRectF &plot = scene.geometry.plot;
    QRectF area(QPointF(scene.geometry.x(band.fromMs), plot.top()),
                QPointF(scene.geometry.x(band.toMs), plot.bottom()));
    area = area.intersected(plot);
    if (area.width() <= 0.0) {
        return;
    }
    painter.fillRect(area, scene.colours.page);
    paintHatch(painter, area, scene.colours.borderSubtle, metrics::hatchStroke);
    painter.setPen(QPen(scene.colours.borderControl, 1.0));
    painter.drawLine(area.topLeft(), area.bottomLeft());
    painter.drawLine(area.topRight(), area.bottomRight());
    if (!scene.isFirst || band.title.isEmpty()) {
        return;
    }
    const QFont small = sized(font, metrics::microSize);
    const double width = std::max(QFontMetricsF(font).horizontalAdvance(band.title),
                                  QFontMetricsF(small).horizontalAdvance(band.detail)) +
                         10;
    QRectF box(0, 0, width, 34);
    box.moveCenter(area.center());
    // Whole, also beside a gap at the edge.
    box.moveLeft(
        std::clamp(box.left(), plot.left() + 1, std::max(plot.left() + 1, plot.right() - width - 1)));
    painter.setPen(QPen(scene.colours.borderControl, 1.0));
    painter.setBrush(scene.colours.page);
    painter.drawRoundedRect(box, metrics::radius, metrics::radius);
    painter.setBrush(Qt::NoBrush);
    painter.setFont(font);
    painter.setPen(scene.colours.textSecondary);
    painter.drawText(box.adjusted(0, 3, 0, -16), Qt::AlignCenter, band.title);
    painter.setFont(small);
    painter.setPen(scene.colours.textDim);
    painter.drawText(box.adjusted(0, 16, 0, -3), Qt::AlignCenter, band.detail);
}

void paintChange(QPainter &painter, const PaintScene &scene, const Change &change, const QFont &font)
{
    const QRectF &plot = scene.geometry.plot;
    const double x = scene.geometry.x(change.unixMs);
    if (x < plot.left() || x > plot.right()) {
        return;
    }
    QPen pen(scene.colours.infoText, 1.0, Qt::SolidLine, Qt::FlatCap);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    if (!scene.isFirst || change.text.isEmpty()) {
        return;
    }
    const double width = QFontMetricsF(font).horizontalAdvance(change.text) + 14;
    QRectF box(x, plot.top() + 2, width, 18);
    if (box.right() > plot.right()) {
        box.moveRight(x);
    }
    painter.setPen(QPen(scene.colours.infoBorder, 1.0));
    painter.setBrush(scene.colours.infoFill);
    painter.drawRoundedRect(box, metrics::radius, metrics::radius);
    painter.setBrush(Qt::NoBrush);
    painter.setFont(font);
    painter.setPen(scene.colours.infoText);
    painter.drawText(box, Qt::AlignCenter, change.text);
}

QString endText(const Series &series, double value, const QLocale &locale)
{
    return series.name + u' ' + valueText(value, locale);
}

} // namespace

bool isSparseLine(const Series &series)
{
    const bool isPlain = series.role == Role::OldVersion || series.role == Role::NewVersion;
    if (!isPlain || series.points.isEmpty() || series.points.size() > metrics::sparsePoints) {
        return false;
    }
    for (qsizetype i = 0; i < series.points.size(); ++i) {
        const bool isLate = i > 0 && series.points.at(i).unixMs - series.points.at(i - 1).unixMs >
                                         series.spacingMs + series.spacingMs / 2;
        if (isLate || std::isnan(series.points.at(i).value)) {
            return false;
        }
    }
    return true;
}

void paintDense(QPainter &painter, const PaintScene &scene, const QFont &font)
{
    const QFont caption = sized(font, metrics::captionSize);
    const QRectF &plot = scene.geometry.plot;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // Half a line of room above: a line at the very top keeps its width.
    painter.setClipRect(plot.adjusted(0, -1, 0, 1));
    const Reduced reduced(scene);
    paintFills(painter, reduced);
    paintShortfall(painter, reduced, caption);
    paintLines(painter, reduced);
    for (const Band &band : scene.bands) {
        paintBand(painter, scene, band, caption);
    }
    for (const Series &series : scene.chart.series) {
        if (!series.note.isEmpty()) {
            paintNote(painter, reduced, series, caption);
        }
    }
    painter.setPen(QPen(scene.colours.borderControl, 1.0));
    painter.drawLine(QPointF(plot.left(), plot.bottom() + 0.5), QPointF(plot.right(), plot.bottom() + 0.5));
    painter.setFont(sized(font, metrics::microSize));
    painter.setPen(scene.colours.textDim);
    painter.drawText(plot.topLeft() + QPointF(4, 9), scene.chart.unit);
    painter.setFont(caption);
    painter.setPen(scene.colours.textSecondary);
    painter.drawText(QRectF(plot.left(), plot.top() + 7, plot.width(), 16), Qt::AlignCenter,
                     scene.chart.note);
    painter.setClipping(false);
    for (const Change &change : scene.changes) {
        paintChange(painter, scene, change, caption);
    }
    painter.restore();
}

void paintEndLabels(QPainter &painter, const PaintScene &scene, const QFont &font, const QLocale &locale,
                    double width)
{
    QFont caption = sized(font, metrics::captionSize);
    caption.setWeight(QFont::Medium);
    const QFontMetricsF fontMetrics(caption);
    QList<double> wished;
    QStringList texts;
    QList<QColor> colours;
    const qint64 last = std::min(scene.untilMs, scene.geometry.toMs);
    QList<Series> ordered = scene.chart.series; // equal values: in the order of the roles, not of painting
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const Series &a, const Series &b) { return a.role < b.role; });
    for (const Series &series : std::as_const(ordered)) {
        const double value = lastValue(series, scene.geometry.fromMs, last);
        if (!series.hasEndLabel || std::isnan(value)) {
            continue;
        }
        wished.append(scene.geometry.y(std::clamp(value, 0.0, scene.geometry.maximum)));
        texts.append(fontMetrics.elidedText(endText(series, value, locale), Qt::ElideRight, width));
        colours.append(roleStyle(series.role, scene.colours).label);
    }
    const QRectF &plot = scene.geometry.plot;
    const double line = std::max(metrics::endLabelLine, std::ceil(fontMetrics.height()));
    const QList<double> placed =
        placeEndLabels(wished, line, plot.top() - line / 2, plot.bottom() + line / 2);
    painter.setFont(caption);
    for (qsizetype i = 0; i < placed.size(); ++i) {
        painter.setPen(colours.at(i));
        painter.drawText(QRectF(plot.right() + metrics::endLabelGap, placed.at(i) - line / 2, width, line),
                         Qt::AlignLeft | Qt::AlignVCenter, texts.at(i));
    }
}

double endLabelWidth(const Chart &chart, qint64 fromMs, qint64 untilMs, const QFont &font,
                     const QLocale &locale)
{
    QFont caption = sized(font, metrics::captionSize);
    caption.setWeight(QFont::Medium);
    double width = 0.0;
    for (const Series &series : chart.series) {
        const double value = lastValue(series, fromMs, untilMs);
        if (series.hasEndLabel && !std::isnan(value)) {
            width = std::max(width, QFontMetricsF(caption).horizontalAdvance(endText(series, value, locale)));
        }
    }
    return std::ceil(width) + metrics::endLabelGap + 2; // not at the very edge
}

} // namespace nest::chart
