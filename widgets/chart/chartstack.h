// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Charts above each other with one time axis and one crosshair: load, instances and, when something
// waited, requests waiting.
//
// The owner hands over values (ChartStackContent), tells the present (setNow) and decides what the
// tooltip says (setLookup). Nothing here asks a clock, a network or a theme.
//
// Invariants: axes, grid, areas and steps are painted once per update into one pixmap; the pointer
// repaints only strips of the overlay. A gap stays a gap. The axis follows the present unless paused,
// zoomed or set to a fixed range.
// Cost: with 86,400 points a series an update reads each point of the range once; hovering reads none
// but the ones at the crosshair. Thread: the UI thread only. Owner: the page.
//
// Keys: [ and ] move the crosshair one step, with Shift ten; + and - zoom; Esc leaves the crosshair,
// then the zoom. A drag selects a range and shows it, a double click goes back.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/chartvalues.h"
#include "widgets/chart/timewindow.h"

#include <QPixmap>
#include <QTimeZone>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace nest::chart {

class ChartOverlay;
struct Crosshair;
struct MarkGroup;

class ChartStack final : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(bool following READ isFollowing NOTIFY followingChanged)
    Q_PROPERTY(bool zoomed READ isZoomed NOTIFY zoomedChanged)
public:
    /// The values at an instant, for the tooltip and the screen reader. Called on each move of the
    /// crosshair: it must look up, not compute.
    using Lookup = std::function<ReadingList(qint64 unixMs)>;

    explicit ChartStack(QWidget *parent = nullptr);
    ~ChartStack() override;
    Q_DISABLE_COPY_MOVE(ChartStack)

    /// Everything that is shown. Cheap when nothing changed; else the charts are painted again at the
    /// next paint event, however often this was called before it.
    void setContent(const ChartStackContent &content);
    const ChartStackContent &content() const { return m_content; }
    void setColours(const ChartColours &colours);
    void setTimeZone(const QTimeZone &zone);
    /// The times of the content are milliseconds since the start of something, and are written so: "0:30".
    void setOffsets(bool areOffsets);
    /// Without one the tooltip lists the series that are in the readings.
    void setLookup(Lookup lookup);

    /// The axis ends at the present and is this long.
    void follow(qint64 spanMs);
    /// A fixed range; the present no longer moves the axis.
    void setRange(qint64 fromMs, qint64 toMs);
    void setNow(qint64 nowMs);
    void setPaused(bool isPaused);
    void zoomTo(qint64 fromMs, qint64 toMs);
    void leaveZoom();
    TimeRange range() const { return m_window.range(); }
    bool isFollowing() const { return m_window.isFollowing(); }
    bool isZoomed() const { return m_window.isZoomed(); }

    /// Puts the crosshair at an instant, where it stays when the pointer leaves. Outside the range it is
    /// not drawn. Emits nothing: the caller knows.
    void setCrosshair(qint64 unixMs);
    void leaveCrosshair();
    std::optional<qint64> crosshair() const;
    /// How far [ and ] go: one second, or a round number of them when a pixel is longer.
    qint64 crosshairStepMs() const;
    /// What the keys do, for a page whose keys work wherever the focus is. They tell as the keys do.
    void stepCrosshair(int steps);
    void zoomBy(double factor);

    void setSelectedMarks(const QStringList &ids);
    QStringList selectedMarks() const { return m_selectedMarks; }

    /// Geometry of the last update, in this widget's coordinates: for popups and for tests.
    qsizetype visibleCharts() const;
    QRectF plotRect(qsizetype visibleChart) const;
    double xAt(qint64 unixMs) const;
    QList<MarkGroup> markGroups(qsizetype visibleChart) const;
    QRectF tooltipBox() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The person moved the crosshair with pointer or keys.
    void crosshairMoved(qint64 unixMs);
    void crosshairLeft();
    /// The person clicked a mark; all ids of a merged one.
    void markSelected(const QStringList &ids);
    /// The person dragged or zoomed to a range; it is shown already.
    void rangeSelected(qint64 fromMs, qint64 toMs);
    void followingChanged(bool isFollowing);
    void zoomedChanged(bool isZoomed);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Panel;

    void changed();
    void changeWindow(const std::function<void(TimeWindow &)> &change);
    void build();
    void buildPanels();
    void showMarks();
    void paintCanvas();
    void showCrosshair();
    Crosshair crosshairAt(qint64 unixMs) const;
    ReadingList readingsAt(qint64 unixMs) const;
    void listMarks(Crosshair &crosshair, QPointF pointer) const;
    qint64 untilMs() const;
    qint64 snapped(double x) const;
    QRectF plotsRect() const;
    void moveByPointer(QPointF position);
    QString timeText(qint64 unixMs) const;

    ChartStackContent m_content;
    ChartColours m_colours;
    QTimeZone m_zone{QTimeZone::LocalTime};
    bool m_hasOffsets = false;
    Lookup m_lookup;
    TimeWindow m_window;
    QStringList m_selectedMarks;
    std::optional<qint64> m_pinned;  // set by keys, a click or the owner
    std::optional<qint64> m_hovered; // where the pointer is
    std::optional<QPointF> m_pointer;
    std::optional<double> m_pressX;
    bool m_isDragging = false;
    bool m_isGeometryOld = true;
    bool m_isCanvasOld = true;
    std::vector<std::unique_ptr<Panel>> m_panels; // the visible charts, from the top
    QPixmap m_canvas;
    ChartOverlay *m_overlay;
};

} // namespace nest::chart
