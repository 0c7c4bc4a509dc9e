// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What moves over the charts: crosshair, marks, tooltip and the range that is being dragged. Hovering
// repaints only the strips that changed here; the charts below are a pixmap that is copied. It takes no
// mouse events. UI thread only; child of the stack, which tells it everything.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/markgroups.h"
#include "widgets/chart/stacklayout.h"
#include "widgets/chart/tooltipbox.h"

#include <QWidget>

#include <optional>

namespace nest::chart {

struct OverlayMark
{
    MarkGroup group;
    bool isSelected = false;
};

struct OverlayScene
{
    QList<StackSlot> slots;
    QList<OverlayMark> marks;
    QList<QRectF> timeLabels; // hidden while the time tag covers them
    ChartColours colours;
};

struct CrosshairDot
{
    QPointF centre;
    QColor colour;
};

struct Crosshair
{
    double x = 0.0;
    QString time;
    QList<CrosshairDot> dots;
    Tooltip tooltip;
};

class ChartOverlay final : public QWidget
{
    Q_OBJECT
public:
    explicit ChartOverlay(QWidget *parent);
    Q_DISABLE_COPY_MOVE(ChartOverlay)

    void setScene(OverlayScene scene);
    void setCrosshair(std::optional<Crosshair> crosshair);
    void setDrag(std::optional<QRectF> area);

    const std::optional<Crosshair> &crosshair() const { return m_crosshair; }
    QRectF tooltipBox() const { return m_tooltipBox; }
    QRectF timeTag() const { return m_timeTag; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintCrosshair(QPainter &painter) const;
    void paintMarks(QPainter &painter, const QRectF &dirty) const;
    void paintTimeTag(QPainter &painter) const;
    void place();
    QRegion crosshairRegion() const;

    OverlayScene m_scene;
    std::optional<Crosshair> m_crosshair;
    std::optional<QRectF> m_drag;
    QRectF m_tooltipBox;
    QRectF m_timeTag;
};

} // namespace nest::chart
