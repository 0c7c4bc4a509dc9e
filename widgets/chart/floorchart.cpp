// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/floorchart.h"

#include "widgets/chart/chartmetrics.h"
#include "widgets/chart/endlabels.h"
#include "widgets/chart/rolestyle.h"

#include <QAccessible>
#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace nest::chart {

using namespace Qt::StringLiterals;

namespace {

constexpr double stripHeight = 14;
constexpr double stripGap = 2;
constexpr int timeLabels = 20; // below the strip

QPen dashed(const QColor &colour)
{
    QPen pen(colour, metrics::thinWidth, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
    pen.setDashPattern({3 / metrics::thinWidth, 3 / metrics::thinWidth});
    return pen;
}

QFont sized(QFont font, int pixels, bool isStrong = false)
{
    font.setPixelSize(pixels);
    font.setWeight(isStrong ? QFont::DemiBold : QFont::Normal);
    return font;
}

/// The middle of a line of `width`, on whole pixels.
double crisp(double at)
{
    return std::floor(at) + 0.5;
}

QPainterPath stepPath(const QList<FloorSegment> &steps, const PlotGeometry &plot)
{
    QPainterPath path;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const FloorSegment &step = steps.at(i);
        const QPointF begin(plot.x(step.fromMs), crisp(plot.y(step.floor)));
        i == 0 ? path.moveTo(begin) : path.lineTo(begin);
        path.lineTo(plot.x(step.toMs), begin.y());
    }
    return path;
}

} // namespace

FloorTintStyle floorTint(FloorTint tint, const ChartColours &colours)
{
    switch (tint) {
    case FloorTint::Base:
        return {colours.textSecondary, colours.pressed};
    case FloorTint::First:
        return {colours.accentText, colours.accentTint};
    case FloorTint::Second:
        return {colours.infoText, colours.infoFill};
    case FloorTint::Third:
        return {colours.ready, colours.readyFill};
    }
    return {};
}

FloorChart::FloorChart(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

FloorChart::~FloorChart() = default;

void FloorChart::changed()
{
    m_isCanvasOld = true;
    update();
}

void FloorChart::setContent(const FloorContent &content)
{
    if (content != m_content) {
        m_content = content;
        setCurrent(-1);
        QStringList said;
        for (int step = 0; step < m_content.steps.size(); ++step) {
            said.append(stepText(step));
        }
        setAccessibleDescription(said.join(u"; "_s));
        changed();
    }
}

void FloorChart::setColours(const ChartColours &colours)
{
    if (colours != m_colours) {
        m_colours = colours;
        changed();
    }
}

void FloorChart::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    changed();
}

QString FloorChart::stepText(int step) const
{
    if (step < 0 || step >= m_content.steps.size()) {
        return {};
    }
    const FloorSegment &shown = m_content.steps.at(step);
    const auto clock = [this](qint64 unixMs) {
        return QDateTime::fromMSecsSinceEpoch(unixMs, m_zone).toString(u"HH:mm"_s);
    };
    return tr("%1 to %2: %3, %4", "from, to, floor, rule")
        .arg(clock(shown.fromMs), clock(shown.toMs), locale().toString(shown.floor), shown.name);
}

ValueTicks FloorChart::ticks() const
{
    int most = 1;
    const auto look = [&most](const QList<FloorSegment> &steps) {
        for (const FloorSegment &step : steps) {
            most = std::max(most, step.floor);
        }
    };
    look(m_content.steps);
    look(m_content.whatIf);
    for (const auto &rule : m_content.rules) {
        look(rule);
    }
    return valueTicks(most + 0.5, true); // the line is never at the edge
}

PlotGeometry FloorChart::geometry() const
{
    QFontMetricsF words(sized(font(), metrics::captionSize, true));
    const double right = std::clamp(
        std::max(words.horizontalAdvance(m_content.end), words.horizontalAdvance(m_content.whatIfEnd)) +
            2 * metrics::endLabelGap,
        24.0, double(metrics::padRightMost));
    return {QRectF(metrics::padLeft, metrics::padTop, std::max(40.0, width() - metrics::padLeft - right),
                   std::max(20.0, height() - metrics::padTop - stripHeight - stripGap - timeLabels)),
            m_content.fromMs, std::max(m_content.toMs, m_content.fromMs + 1), ticks().maximum()};
}

QRectF FloorChart::plotRect() const
{
    return geometry().plot;
}

void FloorChart::paintDense(QPainter &painter, const PlotGeometry &plot) const
{
    const double foot = plot.plot.bottom();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    for (const FloorSegment &step : m_content.steps) {
        painter.setBrush(floorTint(step.tint, m_colours).fill);
        const double top = plot.y(step.floor);
        painter.drawRect(
            QRectF(plot.x(step.fromMs), top, plot.x(step.toMs) - plot.x(step.fromMs), foot - top));
    }
    painter.setBrush(Qt::NoBrush);
    for (const auto &rule : m_content.rules) {
        for (const FloorSegment &span : rule) {
            painter.setPen(dashed(floorTint(span.tint, m_colours).line));
            const double top = crisp(plot.y(span.floor));
            painter.drawPolyline(
                QPolygonF{QPointF(crisp(plot.x(span.fromMs)), foot), QPointF(crisp(plot.x(span.fromMs)), top),
                          QPointF(crisp(plot.x(span.toMs)), top), QPointF(crisp(plot.x(span.toMs)), foot)});
        }
    }
    painter.setPen(
        QPen(m_colours.textPrimary, metrics::mainWidth, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawPath(stepPath(m_content.steps, plot));
    if (!m_content.whatIf.isEmpty()) {
        QPen pen = roleStyle(Role::WhatIf, m_colours).pen;
        pen.setWidthF(2);
        painter.setPen(pen);
        painter.drawPath(stepPath(m_content.whatIf, plot));
    }
    painter.setPen(QPen(m_colours.borderStrong, 1));
    painter.drawLine(QPointF(plot.plot.left(), crisp(foot)), QPointF(plot.plot.right(), crisp(foot)));
}

/// Who wins, below the plot.
void FloorChart::paintStrip(QPainter &painter, const PlotGeometry &plot) const
{
    const QFont words = sized(font(), metrics::microSize);
    const QFontMetricsF measure(words);
    painter.setFont(words);
    for (const FloorSegment &step : m_content.steps) {
        const FloorTintStyle style = floorTint(step.tint, m_colours);
        const QRectF box(plot.x(step.fromMs) + 1, plot.plot.bottom() + stripGap,
                         plot.x(step.toMs) - plot.x(step.fromMs) - 2, stripHeight);
        if (box.width() <= 0) {
            continue;
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.fill);
        painter.drawRoundedRect(box, 2, 2);
        const QString text = measure.elidedText(step.name, Qt::ElideRight, box.width() - 4);
        if (box.width() > measure.averageCharWidth() * 3) {
            painter.setPen(style.line);
            painter.drawText(box, Qt::AlignCenter, text);
        }
    }
}

void FloorChart::paintEnds(QPainter &painter, const PlotGeometry &plot) const
{
    const QFont words = sized(font(), metrics::captionSize, true);
    painter.setFont(words);
    const bool hasWhatIf = !m_content.whatIf.isEmpty();
    QList<double> wished{plot.y(m_content.steps.last().floor)};
    if (hasWhatIf) {
        wished.append(plot.y(m_content.whatIf.last().floor));
    }
    const QList<double> at = placeEndLabels(wished, metrics::endLabelLine, 0, plot.plot.bottom());
    const double left = plot.plot.right() + metrics::endLabelGap;
    const auto write = [&](double middle, const QString &text, const QColor &colour) {
        const QRectF box(left, middle - metrics::endLabelLine / 2, width() - left, metrics::endLabelLine);
        painter.setPen(colour);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(words).elidedText(text, Qt::ElideRight, box.width()));
    };
    write(at.first(), m_content.end, m_colours.textPrimary);
    if (hasWhatIf) {
        write(at.last(), m_content.whatIfEnd, m_colours.whatIf);
    }
    // "now" and the unit share the top line of the plot.
    painter.setPen(m_colours.accentText);
    const double now = crisp(plot.x(m_content.fromMs));
    painter.drawLine(QPointF(now, plot.plot.top() - 4), QPointF(now, plot.plot.bottom()));
    QRectF line(now + 4, plot.plot.top() - 4, plot.plot.width() / 2, metrics::endLabelLine);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_content.now);
    line.translate(QFontMetricsF(words).horizontalAdvance(m_content.now) + 12, 0);
    painter.setFont(sized(font(), metrics::microSize));
    painter.setPen(m_colours.textDim);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_content.unit);
}

void FloorChart::paintCanvas()
{
    const double ratio = devicePixelRatioF();
    m_canvas = QPixmap((QSizeF(size()) * ratio).toSize());
    m_canvas.setDevicePixelRatio(ratio);
    m_canvas.fill(m_colours.page);
    m_isCanvasOld = false;
    if (m_content.steps.isEmpty()) {
        return;
    }
    const PlotGeometry plot = geometry();
    QPainter painter(&m_canvas);
    FrameContent frame;
    frame.size = size();
    frame.geometry = plot;
    frame.valueTicks = ticks();
    frame.hasTimeLabels = false; // the strip lies between the plot and its times
    frame.timeTicks = timeTicks(plot.fromMs, plot.toMs, m_zone, plot.plot.width(), metrics::timeTickLeast);
    frame.dense = [&](QPainter &into) {
        paintDense(into, plot);
    };
    m_frame.setLook(m_colours, font(), locale());
    m_frame.setContent(frame, {});
    m_frame.render(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintStrip(painter, plot);
    paintEnds(painter, plot);
    const QFont small = sized(font(), metrics::microSize);
    painter.setFont(small);
    painter.setPen(m_colours.textDim);
    const double top = plot.plot.bottom() + stripGap + stripHeight;
    for (const TimeTick &tick : std::as_const(frame.timeTicks)) {
        painter.drawText(QRectF(plot.x(tick.unixMs) - 40, top, 80, timeLabels), Qt::AlignCenter, tick.text);
    }
}

void FloorChart::paintEvent(QPaintEvent *)
{
    if (m_isCanvasOld) {
        paintCanvas();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_canvas);
    if (m_current >= 0 && m_current < m_content.steps.size()) {
        const PlotGeometry plot = geometry();
        const FloorSegment &step = m_content.steps.at(m_current);
        painter.setPen(QPen(m_colours.borderStrong, 1));
        painter.drawRect(QRectF(plot.x(step.fromMs), plot.plot.top(),
                                plot.x(step.toMs) - plot.x(step.fromMs) - 1, plot.plot.height() - 1));
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_colours.accentText, 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void FloorChart::resizeEvent(QResizeEvent *)
{
    changed();
}

bool FloorChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        m_current < 0 ? QToolTip::hideText()
                      : QToolTip::showText(help->globalPos(), stepText(m_current), this);
        return true;
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange) {
        changed();
    }
    return QWidget::event(event);
}

void FloorChart::mouseMoveEvent(QMouseEvent *event)
{
    const PlotGeometry plot = geometry();
    const double x = event->position().x();
    int found = -1;
    if (x >= plot.plot.left() && x < plot.plot.right()) {
        const qint64 at = plot.unixMs(x);
        for (int i = 0; i < m_content.steps.size(); ++i) {
            found = m_content.steps.at(i).fromMs <= at ? i : found;
        }
    }
    setCurrent(found);
}

void FloorChart::leaveEvent(QEvent *)
{
    setCurrent(-1);
}

void FloorChart::keyPressEvent(QKeyEvent *event)
{
    const int count = static_cast<int>(m_content.steps.size());
    if (count > 0 && event->key() == Qt::Key_Right) {
        setCurrent(std::min(m_current + 1, count - 1));
    } else if (count > 0 && event->key() == Qt::Key_Left) {
        setCurrent(std::max(m_current - 1, 0));
    } else if (m_current >= 0 && event->key() == Qt::Key_Escape) {
        setCurrent(-1);
    } else {
        QWidget::keyPressEvent(event);
        return;
    }
    if (m_current >= 0) {
        const PlotGeometry plot = geometry();
        const QPointF at(plot.x(m_content.steps.at(m_current).fromMs), plot.plot.top());
        QToolTip::showText(mapToGlobal(at.toPoint()), stepText(m_current), this);
        QAccessibleEvent told(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&told);
    }
}

void FloorChart::setCurrent(int step)
{
    if (step != m_current) {
        m_current = step;
        update();
    }
}

} // namespace nest::chart
