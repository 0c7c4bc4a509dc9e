// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the stack that a person moves: pointer, keys, crosshair and zoom.
#include "widgets/chart/chartstack.h"

#include "widgets/chart/chartoverlay.h"
#include "widgets/chart/chartpanel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::chart {
namespace {

constexpr qint64 leastRangeMs = 10'000; // ten values: less shows nothing more
constexpr qsizetype mostListedMarks = 8;

} // namespace

qsizetype ChartStack::visibleCharts() const
{
    const_cast<ChartStack *>(this)->build();
    return qsizetype(m_panels.size());
}

QRectF ChartStack::plotRect(qsizetype visibleChart) const
{
    return visibleChart < visibleCharts() ? m_panels.at(size_t(visibleChart))->slot.plot : QRectF();
}

double ChartStack::xAt(qint64 unixMs) const
{
    return visibleCharts() > 0 ? m_panels.front()->geometry.x(unixMs) : 0.0;
}

QList<MarkGroup> ChartStack::markGroups(qsizetype visibleChart) const
{
    return visibleChart < visibleCharts() ? m_panels.at(size_t(visibleChart))->marks : QList<MarkGroup>();
}

QRectF ChartStack::tooltipBox() const
{
    return visibleCharts() > 0 ? m_overlay->tooltipBox() : QRectF();
}

std::optional<qint64> ChartStack::crosshair() const
{
    return m_hovered ? m_hovered : m_pinned;
}

void ChartStack::setCrosshair(qint64 unixMs)
{
    m_pinned = unixMs;
    m_hovered.reset();
    build();
    showCrosshair();
}

void ChartStack::leaveCrosshair()
{
    m_pinned.reset();
    m_hovered.reset();
    build();
    showCrosshair();
}

void ChartStack::showCrosshair()
{
    const std::optional<qint64> at = crosshair();
    if (m_panels.empty() || !at || *at < range().fromMs || *at > range().toMs) {
        m_overlay->setCrosshair({});
        setAccessibleDescription({});
        return;
    }
    Crosshair shown = crosshairAt(*at);
    QStringList words{shown.time};
    for (const TooltipLine &line : std::as_const(shown.tooltip.lines)) {
        words.append((line.name + u' ' + line.value + u' ' + line.unit).trimmed());
    }
    setAccessibleDescription(words.join(u", "_s));
    if (m_pointer && m_hovered) {
        listMarks(shown, *m_pointer);
    }
    m_overlay->setCrosshair(std::move(shown));
}

void ChartStack::listMarks(Crosshair &crosshair, QPointF pointer) const
{
    for (const auto &panel : m_panels) {
        const qsizetype hit = groupAt(panel->marks, pointer);
        if (hit < 0) {
            continue;
        }
        const MarkGroup &group = panel->marks.at(hit);
        crosshair.tooltip.lines.clear();
        crosshair.tooltip.cause.clear();
        for (const qsizetype member : group.members) {
            if (crosshair.tooltip.lines.size() == mostListedMarks) {
                const int more = int(group.members.size() - mostListedMarks);
                crosshair.tooltip.lines.append({{}, false, {}, tr("and %n more", nullptr, more), {}, {}});
                break;
            }
            const Mark &mark = panel->chart.marks.at(member);
            crosshair.tooltip.lines.append({{}, false, mark.kind, mark.text, {}, {}});
        }
        return;
    }
}

QRectF ChartStack::plotsRect() const
{
    return visibleCharts() > 0 ? m_panels.front()->slot.plot.united(m_panels.back()->slot.plot) : QRectF();
}

qint64 ChartStack::crosshairStepMs() const
{
    const double width = plotsRect().width();
    const double msPerPixel = width > 0 ? double(range().spanMs()) / width : 0.0;
    constexpr std::array<qint64, 9> steps{1000, 2000, 5000, 10'000, 15'000, 30'000, 60'000, 120'000, 300'000};
    const auto step = std::find_if(steps.cbegin(), steps.cend(),
                                   [&](qint64 candidate) { return double(candidate) >= msPerPixel; });
    return step == steps.cend() ? steps.back() : *step;
}

qint64 ChartStack::snapped(double x) const
{
    constexpr qint64 second = 1000; // values are kept by the second
    const qint64 at = m_panels.front()->geometry.unixMs(x);
    const qint64 rounded = (at + second / 2) / second * second;
    return std::clamp(rounded, range().fromMs, range().toMs);
}

void ChartStack::moveByPointer(QPointF position)
{
    if (m_panels.empty() || !plotsRect().contains(position)) {
        if (m_hovered) {
            m_hovered.reset();
            m_pointer.reset();
            showCrosshair();
            Q_EMIT crosshairLeft();
        }
        return;
    }
    const qint64 at = snapped(position.x());
    const bool hasMoved = m_hovered != at;
    m_pointer = position;
    m_hovered = at;
    showCrosshair();
    if (hasMoved) {
        Q_EMIT crosshairMoved(at);
    }
}

void ChartStack::stepCrosshair(int steps)
{
    if (visibleCharts() == 0) {
        return;
    }
    const qint64 start = crosshair().value_or(range().toMs);
    const qint64 at = std::clamp(start + steps * crosshairStepMs(), range().fromMs, range().toMs);
    setCrosshair(at);
    Q_EMIT crosshairMoved(at);
}

void ChartStack::zoomBy(double factor)
{
    const qint64 span = std::max(leastRangeMs, qRound64(double(range().spanMs()) * factor));
    const qint64 centre = crosshair().value_or(range().fromMs + range().spanMs() / 2);
    // The crosshair keeps its place on the axis.
    const double share = double(centre - range().fromMs) / double(std::max<qint64>(1, range().spanMs()));
    const qint64 from = centre - qRound64(double(span) * std::clamp(share, 0.0, 1.0));
    zoomTo(from, from + span);
    Q_EMIT rangeSelected(from, from + span);
}

void ChartStack::keyPressEvent(QKeyEvent *event)
{
    const int steps = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_BracketLeft:
    case Qt::Key_BraceLeft: // what Shift makes of it on many keyboards
        stepCrosshair(-steps);
        return;
    case Qt::Key_BracketRight:
    case Qt::Key_BraceRight:
        stepCrosshair(steps);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(0.5);
        return;
    case Qt::Key_Minus:
        zoomBy(2.0);
        return;
    case Qt::Key_Escape:
        if (crosshair()) {
            leaveCrosshair();
            Q_EMIT crosshairLeft();
            return;
        }
        if (isZoomed()) {
            leaveZoom();
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event); // not ours: the page may know it
}

void ChartStack::mousePressEvent(QMouseEvent *event)
{
    build();
    if (event->button() != Qt::LeftButton ||
        !plotsRect().adjusted(-4, -4, 4, 4).contains(event->position())) {
        QWidget::mousePressEvent(event);
        return;
    }
    for (const auto &panel : m_panels) {
        const qsizetype hit = groupAt(panel->marks, event->position());
        if (hit < 0) {
            continue;
        }
        QStringList ids;
        for (const qsizetype member : panel->marks.at(hit).members) {
            ids.append(panel->chart.marks.at(member).id);
        }
        m_pinned = panel->chart.marks.at(panel->marks.at(hit).members.first()).unixMs;
        setSelectedMarks(ids);
        Q_EMIT markSelected(ids);
        return;
    }
    m_pressX = event->position().x();
    m_isDragging = false;
}

void ChartStack::mouseMoveEvent(QMouseEvent *event)
{
    build();
    if (m_pressX && event->buttons().testFlag(Qt::LeftButton)) {
        const QRectF plots = plotsRect();
        const double x = std::clamp(event->position().x(), plots.left(), plots.right());
        m_isDragging = m_isDragging || std::abs(x - *m_pressX) >= QApplication::startDragDistance();
        if (m_isDragging) {
            m_overlay->setDrag(QRectF(QPointF(std::min(x, *m_pressX), plots.top()),
                                      QPointF(std::max(x, *m_pressX), plots.bottom())));
        }
    }
    moveByPointer(event->position());
}

void ChartStack::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressX) {
        QWidget::mouseReleaseEvent(event);
        return;
    }
    build();
    const double pressX = *m_pressX;
    const bool wasDragging = m_isDragging;
    m_pressX.reset();
    m_isDragging = false;
    m_overlay->setDrag({});
    if (m_panels.empty()) {
        return;
    }
    const QRectF plots = plotsRect();
    const double x = std::clamp(event->position().x(), plots.left(), plots.right());
    if (!wasDragging) {
        m_pinned = snapped(x);
        showCrosshair();
        return;
    }
    const qint64 from = snapped(std::min(x, pressX));
    const qint64 to = snapped(std::max(x, pressX));
    if (to - from >= leastRangeMs) {
        zoomTo(from, to);
        Q_EMIT rangeSelected(from, to);
    }
}

void ChartStack::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_pressX.reset();
        leaveZoom();
    }
}

bool ChartStack::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Leave:
        m_pointer.reset();
        if (m_hovered) {
            m_hovered.reset();
            showCrosshair();
            Q_EMIT crosshairLeft();
        }
        break;
    case QEvent::FontChange:
    case QEvent::LocaleChange:
    case QEvent::DevicePixelRatioChange:
        changed();
        break;
    case QEvent::LanguageChange:
        setAccessibleName(tr("Charts of load and instances"));
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void ChartStack::resizeEvent(QResizeEvent *)
{
    m_overlay->resize(size());
    changed();
}

} // namespace nest::chart
