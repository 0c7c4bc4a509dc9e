// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/chartoverlay.h"

#include "widgets/chart/chartmetrics.h"
#include "widgets/chart/rolestyle.h"

#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nest::chart {
namespace {

constexpr double tagHeight = 16.0;
constexpr double tagPad = 5.0;
constexpr double tooltipBelowTop = 16.0;

QFont tagFont(QFont font)
{
    font.setPixelSize(metrics::captionSize);
    font.setWeight(QFont::DemiBold);
    return font;
}

void paintMergedMark(QPainter &painter, const OverlayMark &mark, const ChartColours &colours,
                     const QFont &font)
{
    const bool isBad = markColour(mark.group.kind, colours) == colours.badText;
    const QColor border =
        mark.isSelected ? colours.accentText : (isBad ? colours.badBorder : colours.borderControl);
    painter.setPen(QPen(border, mark.isSelected ? 1.5 : 1.0));
    painter.setBrush(colours.page);
    const QRectF box = mark.group.box;
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    paintMark(painter, mark.group.kind, {box.left() + 7.5, box.center().y()}, colours);
    painter.setFont(tagFont(font));
    painter.setPen(colours.textPrimary);
    painter.drawText(box.adjusted(13, 0, -2, 0), Qt::AlignCenter, QString::number(mark.group.members.size()));
}

} // namespace

ChartOverlay::ChartOverlay(QWidget *parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
}

void ChartOverlay::setScene(OverlayScene scene)
{
    m_scene = std::move(scene);
    place();
    update();
}

void ChartOverlay::setCrosshair(std::optional<Crosshair> crosshair)
{
    QRegion dirty = crosshairRegion();
    m_crosshair = std::move(crosshair);
    place();
    update(dirty | crosshairRegion());
}

void ChartOverlay::setDrag(std::optional<QRectF> area)
{
    if (m_drag) {
        update(m_drag->toAlignedRect().adjusted(-2, -2, 2, 2));
    }
    m_drag = area;
    if (m_drag) {
        update(m_drag->toAlignedRect().adjusted(-2, -2, 2, 2));
    }
}

void ChartOverlay::place()
{
    m_tooltipBox = {};
    m_timeTag = {};
    if (!m_crosshair || m_scene.slots.isEmpty()) {
        return;
    }
    const QRectF first = m_scene.slots.first().plot;
    if (!m_crosshair->tooltip.isEmpty()) {
        const QSizeF size = tooltipSize(m_crosshair->tooltip, font());
        m_tooltipBox = tooltipRect(size, m_crosshair->x, first.top() + tooltipBelowTop,
                                   QRectF(first.left(), 0, first.width(), height()));
    }
    const double width = QFontMetricsF(tagFont(font())).horizontalAdvance(m_crosshair->time) + 2 * tagPad;
    const double left = std::clamp(m_crosshair->x - width / 2, 0.0, std::max(0.0, this->width() - width));
    m_timeTag = QRectF(std::round(left), m_scene.slots.last().plot.bottom() + 2, std::ceil(width), tagHeight);
}

QRegion ChartOverlay::crosshairRegion() const
{
    if (!m_crosshair) {
        return {};
    }
    QRegion region(QRectF(m_crosshair->x - 5, 0, 10, height()).toAlignedRect());
    region |= m_tooltipBox.toAlignedRect();
    region |= m_timeTag.toAlignedRect();
    for (const QRectF &label : m_scene.timeLabels) {
        if (label.intersects(m_timeTag)) {
            region |= label.toAlignedRect();
        }
    }
    return region;
}

void ChartOverlay::paintEvent(QPaintEvent *event)
{
    if (m_scene.slots.isEmpty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_crosshair) {
        paintCrosshair(painter);
    }
    paintMarks(painter, event->rect());
    if (m_drag) {
        QColor tint = m_scene.colours.accentText;
        tint.setAlphaF(0.16F);
        painter.fillRect(*m_drag, tint);
        painter.setPen(QPen(m_scene.colours.accentText, 1.0));
        painter.drawLine(m_drag->topLeft(), m_drag->bottomLeft());
        painter.drawLine(m_drag->topRight(), m_drag->bottomRight());
    }
    if (m_crosshair) {
        paintTimeTag(painter);
        if (!m_tooltipBox.isEmpty()) {
            paintTooltip(painter, m_crosshair->tooltip, m_tooltipBox, m_scene.colours, font());
        }
    }
}

void ChartOverlay::paintCrosshair(QPainter &painter) const
{
    QPen pen(m_scene.colours.textDim, 1.0, Qt::SolidLine, Qt::FlatCap);
    pen.setDashPattern({2, 2});
    painter.setPen(pen);
    const double x = std::floor(m_crosshair->x) + 0.5; // one device pixel wide, not two half ones
    for (const StackSlot &slot : m_scene.slots) {
        painter.drawLine(QPointF(x, slot.plot.top()), QPointF(x, slot.plot.bottom()));
    }
    painter.setPen(QPen(m_scene.colours.page, 1.0));
    for (const CrosshairDot &dot : m_crosshair->dots) {
        painter.setBrush(dot.colour);
        painter.drawEllipse(dot.centre, metrics::circleRadius + 0.5, metrics::circleRadius + 0.5);
    }
}

void ChartOverlay::paintMarks(QPainter &painter, const QRectF &dirty) const
{
    const QRectF reach = dirty.adjusted(-10, -10, 10, 10);
    for (const OverlayMark &mark : m_scene.marks) {
        if (!reach.intersects(mark.group.box)) {
            continue;
        }
        if (mark.group.isMerged()) {
            paintMergedMark(painter, mark, m_scene.colours, font());
            continue;
        }
        if (mark.isSelected) {
            painter.setPen(QPen(m_scene.colours.accentText, 1.5));
            painter.setBrush(m_scene.colours.page);
            painter.drawEllipse(mark.group.centre, metrics::selectedRadius, metrics::selectedRadius);
        }
        paintMark(painter, mark.group.kind, mark.group.centre, m_scene.colours);
    }
}

void ChartOverlay::paintTimeTag(QPainter &painter) const
{
    for (const QRectF &label : m_scene.timeLabels) {
        if (label.intersects(m_timeTag)) {
            painter.fillRect(label, m_scene.colours.page); // no half of a label beside the tag
        }
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_scene.colours.pressed);
    painter.drawRoundedRect(m_timeTag, metrics::radius, metrics::radius);
    painter.setFont(tagFont(font()));
    painter.setPen(m_scene.colours.textPrimary);
    painter.drawText(m_timeTag, Qt::AlignCenter, m_crosshair->time);
}

} // namespace nest::chart
