// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The floor of reserved instances over the hours to come: a step line, filled in the colour of the rule that
// wins, each rule's own floor dashed below it, the names of the winners in a strip at the foot, and a second
// line for what a change would make of it. Axes and grid are those of the chart stack.
//
// The owner hands over values and colours; nothing here asks a clock, a network or a theme. Painted once per
// update into a pixmap. Keys: Left and Right go from step to step and say it. Thread: UI. Owner: the page.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/chartframe.h"
#include "widgets/chart/chartvalues.h"

#include <QPixmap>
#include <QTimeZone>
#include <QWidget>

namespace nest::chart {

/// Which colour a rule has; base is the number that always holds.
enum class FloorTint { Base, First, Second, Third };

/// Line, fill and the colour of words on it.
struct FloorTintStyle
{
    QColor line;
    QColor fill;
};
[[nodiscard]] FloorTintStyle floorTint(FloorTint tint, const ChartColours &colours);

struct FloorSegment
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    int floor = 0;
    FloorTint tint = FloorTint::Base;
    QString name = {}; // of the rule that wins
    bool operator==(const FloorSegment &) const = default;
};

struct FloorContent
{
    qint64 fromMs = 0;
    qint64 toMs = 0;                       // as fromMs: nothing is known
    QList<FloorSegment> steps = {};        // without holes
    QList<QList<FloorSegment>> rules = {}; // of each rule when it holds
    QList<FloorSegment> whatIf = {};       // empty: no change
    QString unit = {};                     // at the top left
    QString now = {};                      // at its mark
    QString end = {};                      // at the right of the line: "Floor 4"
    QString whatIfEnd = {};
    bool operator==(const FloorContent &) const = default;
};

class FloorChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FloorChart)

public:
    explicit FloorChart(QWidget *parent = nullptr);
    ~FloorChart() override;

    void setContent(const FloorContent &content);
    [[nodiscard]] const FloorContent &content() const { return m_content; }
    void setColours(const ChartColours &colours);
    void setTimeZone(const QTimeZone &zone);
    /// Where the pointer or the keys are: which step, -1 for none.
    [[nodiscard]] int currentStep() const { return m_current; }
    /// "11:30 to 13:30: 8, lunch".
    [[nodiscard]] QString stepText(int step) const;
    [[nodiscard]] QRectF plotRect() const;

    QSize sizeHint() const override { return {720, 190}; }
    QSize minimumSizeHint() const override { return {320, 150}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void changed();
    void paintCanvas();
    void paintDense(QPainter &painter, const PlotGeometry &plot) const;
    void paintStrip(QPainter &painter, const PlotGeometry &plot) const;
    void paintEnds(QPainter &painter, const PlotGeometry &plot) const;
    void setCurrent(int step);
    [[nodiscard]] PlotGeometry geometry() const;
    [[nodiscard]] ValueTicks ticks() const;

    FloorContent m_content;
    ChartColours m_colours;
    QTimeZone m_zone{QTimeZone::LocalTime};
    ChartFrame m_frame;
    QPixmap m_canvas;
    bool m_isCanvasOld = true;
    int m_current = -1;
};

} // namespace nest::chart
