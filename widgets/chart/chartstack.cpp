// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/chartstack.h"

#include "widgets/chart/chartmetrics.h"
#include "widgets/chart/chartoverlay.h"
#include "widgets/chart/chartpanel.h"
#include "widgets/chart/reduce.h"
#include "widgets/chart/rolestyle.h"
#include "widgets/chart/seriespainter.h"

#include <QDateTime>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::chart {
namespace {

bool isShown(const Chart &chart, const TimeRange &range)
{
    if (!chart.isHiddenAtZero) {
        return true;
    }
    return std::any_of(chart.series.cbegin(), chart.series.cend(), [&](const Series &series) {
        return maximumInRange(series, range.fromMs, range.toMs) > 0.0;
    });
}

constexpr double markHeadroom = 1.05; // or a mark at the greatest value would stand across the edge

double greatestValue(const Chart &chart, const TimeRange &range)
{
    double greatest = 0.0;
    for (const Series &series : chart.series) {
        greatest = std::max(greatest, maximumInRange(series, range.fromMs, range.toMs));
    }
    for (const Mark &mark : chart.marks) {
        if (mark.unixMs >= range.fromMs && mark.unixMs <= range.toMs) {
            greatest = std::max(greatest, mark.value * markHeadroom);
        }
    }
    return greatest;
}

bool hasDot(Role role)
{
    return role == Role::Requests || role == Role::Capacity || role == Role::Waiting ||
           role == Role::OldVersion || role == Role::NewVersion;
}

} // namespace

ChartStack::ChartStack(QWidget *parent) : QWidget(parent), m_overlay(new ChartOverlay(this))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Charts of load and instances"));
}

ChartStack::~ChartStack() = default;

void ChartStack::setContent(const ChartStackContent &content)
{
    m_content = content; // comparing a day of seconds would cost more than painting it
    changed();
}

void ChartStack::setColours(const ChartColours &colours)
{
    if (m_colours == colours) {
        return;
    }
    m_colours = colours;
    changed();
}

void ChartStack::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    changed();
}

void ChartStack::setOffsets(bool areOffsets)
{
    m_hasOffsets = areOffsets;
    m_zone = QTimeZone(QTimeZone::UTC);
    changed();
}

void ChartStack::setLookup(Lookup lookup)
{
    m_lookup = std::move(lookup);
    changed();
}

void ChartStack::changed()
{
    m_isGeometryOld = true;
    m_isCanvasOld = true;
    update();
}

void ChartStack::changeWindow(const std::function<void(TimeWindow &)> &change)
{
    const TimeRange range = m_window.range();
    const bool wasFollowing = isFollowing();
    const bool wasZoomed = isZoomed();
    change(m_window);
    if (range != m_window.range()) {
        changed();
    }
    if (wasFollowing != isFollowing()) {
        Q_EMIT followingChanged(isFollowing());
    }
    if (wasZoomed != isZoomed()) {
        Q_EMIT zoomedChanged(isZoomed());
    }
}

void ChartStack::follow(qint64 spanMs)
{
    changeWindow([spanMs](TimeWindow &window) { window.follow(spanMs); });
}

void ChartStack::setRange(qint64 fromMs, qint64 toMs)
{
    if (toMs > fromMs) {
        changeWindow([&](TimeWindow &window) { window.pin({fromMs, toMs}); });
    }
}

void ChartStack::setNow(qint64 nowMs)
{
    changeWindow([nowMs](TimeWindow &window) { window.setNow(nowMs); });
}

void ChartStack::setPaused(bool isPaused)
{
    changeWindow([isPaused](TimeWindow &window) { window.setPaused(isPaused); });
}

void ChartStack::zoomTo(qint64 fromMs, qint64 toMs)
{
    if (toMs > fromMs) {
        changeWindow([&](TimeWindow &window) { window.zoom({fromMs, toMs}); });
    }
}

void ChartStack::leaveZoom()
{
    changeWindow([](TimeWindow &window) { window.leaveZoom(); });
}

void ChartStack::setSelectedMarks(const QStringList &ids)
{
    if (m_selectedMarks == ids) {
        return;
    }
    m_selectedMarks = ids;
    build();
    showMarks();
}

qint64 ChartStack::untilMs() const
{
    const qint64 end = range().toMs;
    return m_content.knownUntilMs > 0 ? std::min(m_content.knownUntilMs, end) : end;
}

void ChartStack::build()
{
    if (!m_isGeometryOld) {
        return;
    }
    m_isGeometryOld = false;
    m_isCanvasOld = true;
    buildPanels();
    showMarks();
    showCrosshair();
}

void ChartStack::buildPanels()
{
    const TimeRange range = m_window.range();
    if (range.spanMs() <= 0) {
        m_panels.clear();
        return;
    }
    QList<Chart> shown;
    QList<double> shares;
    double padRight = metrics::padRight;
    for (const Chart &chart : std::as_const(m_content.charts)) {
        if (isShown(chart, range)) {
            shown.append(chart);
            shares.append(std::max(0.05, chart.heightShare));
            padRight = std::max(padRight, endLabelWidth(chart, range.fromMs, untilMs(), font(), locale()));
        }
    }
    const QList<StackSlot> places =
        layOutStack(size(), shares, std::min<double>(padRight, metrics::padRightMost));
    while (m_panels.size() > size_t(shown.size())) {
        m_panels.pop_back();
    }
    while (m_panels.size() < size_t(shown.size())) {
        m_panels.push_back(std::make_unique<Panel>());
    }
    for (qsizetype i = 0; i < shown.size(); ++i) {
        Panel &panel = *m_panels.at(size_t(i));
        panel.chart = shown.at(i);
        panel.slot = places.at(i);
        panel.valueTicks = valueTicks(greatestValue(panel.chart, range), panel.chart.isWhole);
        panel.geometry = {panel.slot.plot, range.fromMs, range.toMs, panel.valueTicks.maximum()};
        panel.timeTicks =
            timeTicks(range.fromMs, range.toMs, m_zone, panel.slot.plot.width(), metrics::timeTickLeast);
        for (TimeTick &tick : panel.timeTicks) {
            tick.text = m_hasOffsets ? offsetText(tick.unixMs) : tick.text;
        }
        panel.marks = groupMarks(panel.chart.marks, panel.geometry);
    }
}

void ChartStack::showMarks()
{
    OverlayScene scene;
    scene.colours = m_colours;
    for (const auto &panel : m_panels) {
        scene.slots.append(panel->slot);
        for (const MarkGroup &group : std::as_const(panel->marks)) {
            const bool isSelected =
                std::any_of(group.members.cbegin(), group.members.cend(), [&](qsizetype member) {
                    return m_selectedMarks.contains(panel->chart.marks.at(member).id);
                });
            scene.marks.append({group, isSelected});
        }
    }
    if (!m_panels.empty()) {
        const Panel &last = *m_panels.back();
        QFont ticks = font();
        ticks.setPixelSize(metrics::microSize);
        const QFontMetricsF fontMetrics(ticks);
        for (const TimeTick &tick : last.timeTicks) {
            const double width = fontMetrics.horizontalAdvance(tick.text) + 6;
            scene.timeLabels.append({last.geometry.x(tick.unixMs) - width / 2, last.slot.plot.bottom() + 2,
                                     width, double(metrics::padBottom) - 2});
        }
    }
    m_overlay->setScene(std::move(scene));
}

void ChartStack::paintCanvas()
{
    const double ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * ratio).toSize();
    if (m_canvas.size() != pixels || m_canvas.devicePixelRatio() != ratio) {
        m_canvas = QPixmap(pixels);
        m_canvas.setDevicePixelRatio(ratio);
    }
    m_canvas.fill(m_colours.page);
    QPainter painter(&m_canvas);
    for (size_t i = 0; i < m_panels.size(); ++i) {
        Panel &panel = *m_panels.at(i);
        PlotGeometry local = panel.geometry;
        local.plot.translate(-panel.slot.area.topLeft());
        const PaintScene scene{.chart = panel.chart,
                               .bands = m_content.bands,
                               .changes = m_content.changes,
                               .colours = m_colours,
                               .geometry = local,
                               .untilMs = untilMs(),
                               .pixelRatio = ratio,
                               .isFirst = i == 0};
        QList<SparseLine> sparse;
        for (const Series &series : std::as_const(panel.chart.series)) {
            if (isSparseLine(series)) {
                SparseLine line{{}, roleStyle(series.role, m_colours).pen};
                for (const Point &point : series.points) {
                    line.points.append({double(point.unixMs), point.value});
                }
                sparse.append(std::move(line));
            }
        }
        FrameContent frame;
        frame.size = panel.slot.area.size();
        frame.geometry = local;
        frame.valueTicks = panel.valueTicks;
        frame.timeTicks = panel.timeTicks;
        frame.hasTimeLabels = i + 1 == m_panels.size();
        frame.dense = [&](QPainter &into) {
            paintDense(into, scene, font());
        };
        panel.frame.setLook(m_colours, font(), locale());
        panel.frame.setContent(std::move(frame), sparse);
        painter.save();
        painter.translate(panel.slot.area.topLeft());
        panel.frame.render(painter);
        const double room = panel.slot.area.right() - panel.slot.plot.right() - metrics::endLabelGap;
        paintEndLabels(painter, scene, font(), locale(), room);
        painter.restore();
    }
    m_isCanvasOld = false;
}

void ChartStack::paintEvent(QPaintEvent *)
{
    build();
    if (m_isCanvasOld) {
        paintCanvas();
    }
    QPainter(this).drawPixmap(0, 0, m_canvas);
}

ReadingList ChartStack::readingsAt(qint64 unixMs) const
{
    if (m_lookup) {
        return m_lookup(unixMs);
    }
    ReadingList list;
    for (const auto &panel : m_panels) {
        for (const Series &series : std::as_const(panel->chart.series)) {
            if (series.isInReadings) {
                const double value = valueAt(series, unixMs, untilMs());
                list.lines.append({series.role, series.name, valueText(value, locale()), series.unit});
            }
        }
    }
    return list;
}

QString ChartStack::timeText(qint64 unixMs) const
{
    if (m_hasOffsets) {
        return offsetText(unixMs);
    }
    constexpr qint64 dayMs = 86'400'000;
    const bool isOld = range().toMs - unixMs > dayMs;
    return QDateTime::fromMSecsSinceEpoch(unixMs, m_zone)
        .toString(isOld ? u"MM-dd HH:mm:ss"_s : u"HH:mm:ss"_s);
}

Crosshair ChartStack::crosshairAt(qint64 unixMs) const
{
    Crosshair crosshair;
    crosshair.x = xAt(unixMs);
    crosshair.time = timeText(unixMs);
    for (const auto &panel : m_panels) {
        for (const Series &series : std::as_const(panel->chart.series)) {
            const double value = valueAt(series, unixMs, untilMs());
            if (hasDot(series.role) && !std::isnan(value)) {
                crosshair.dots.append(
                    {{crosshair.x, panel->geometry.y(value)}, roleStyle(series.role, m_colours).pen.color()});
            }
        }
    }
    const ReadingList readings = readingsAt(unixMs);
    crosshair.tooltip.time = crosshair.time;
    crosshair.tooltip.cause = readings.cause;
    crosshair.tooltip.causeKind = readings.causeKind;
    for (const Reading &reading : readings.lines) {
        const QColor colour =
            reading.role ? roleStyle(*reading.role, m_colours).pen.color() : m_colours.warnText;
        crosshair.tooltip.lines.append(
            {colour, !reading.role, {}, reading.name, reading.value, reading.unit});
    }
    return crosshair;
}

QSize ChartStack::sizeHint() const
{
    return {720, 420};
}

QSize ChartStack::minimumSizeHint() const
{
    return {320, 120 * int(std::max<qsizetype>(1, m_content.charts.size()))};
}

} // namespace nest::chart
