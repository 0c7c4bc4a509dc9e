// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/clampgauge.h"

#include "widgets/explain/explainmetrics.h"
#include "widgets/explain/gaugelayout.h"
#include "widgets/explain/numbertext.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::explain {
namespace {

constexpr double inset = 7.0; // room for half a dot at both ends
constexpr double trackHeight = 4.0;
constexpr double tickHeight = 14.0;
constexpr double dotRadius = 4.5;
constexpr double captionRow = 15.0;
constexpr double captionGap = 8.0;
constexpr double fromTrack = 8.0; // middle of the track to the nearer edge of a caption

void paintCut(QPainter &painter, const QRectF &area, const QColor &colour)
{
    painter.save();
    painter.setClipRect(area);
    painter.setPen(QPen(colour, metrics::hatchStroke, Qt::SolidLine, Qt::FlatCap));
    const double step = metrics::hatchStep * std::sqrt(2.0);
    for (double x = area.left() - area.height(); x < area.right(); x += step) {
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    }
    painter.restore();
}

} // namespace

struct ClampGauge::Caption
{
    QString text;
    QColor colour;
    double centre = 0.0;
    bool isAbove = false;
    bool isStrong = false;
    QRectF box = {};
};

struct ClampGauge::Layout
{
    QList<Caption> captions;
    double trackY = 0.0;
    double height = 0.0;
};

ClampGauge::ClampGauge(QWidget *parent) : QWidget(parent)
{
    // Not Fixed: the height depends on the width, and a fixed one would be that of the size hint.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ClampGauge::setGauge(const Gauge &gauge)
{
    if (m_gauge == gauge) {
        return;
    }
    m_gauge = gauge;
    describe();
    updateGeometry();
    update();
}

void ClampGauge::setColours(const ExplainColours &colours)
{
    m_colours = colours;
    update();
}

void ClampGauge::describe()
{
    QStringList words{tr("result %1").arg(numberText(m_gauge.result, locale()))};
    for (const auto &place : {m_gauge.reserved, m_gauge.maximum, m_gauge.panic, m_gauge.ready, m_gauge.wish,
                              m_gauge.formerMaximum}) {
        if (place && !place->caption.isEmpty()) {
            words.append(place->caption);
        }
    }
    setAccessibleName(words.join(u", "_s));
}

double ClampGauge::end() const
{
    double greatest = m_gauge.result.value_or(0.0);
    for (const auto &place : {m_gauge.reserved, m_gauge.maximum, m_gauge.panic, m_gauge.ready, m_gauge.wish,
                              m_gauge.formerMaximum}) {
        greatest = std::max(greatest, place ? place->value : 0.0);
    }
    return greatest > 0.0 ? greatest * 1.1 : 1.0;
}

double ClampGauge::xAt(double value, int width) const
{
    return inset + std::clamp(value / end(), 0.0, 1.0) * std::max(1.0, width - 2 * inset);
}

double ClampGauge::xAt(double value) const
{
    return xAt(value, width());
}

ClampGauge::Layout ClampGauge::layOut(int width) const
{
    Layout layout;
    const QFont plain = sized(font(), metrics::microSize);
    const QFont strong = sized(font(), metrics::captionSize, true);
    const auto widthOf = [&](const Caption &caption) {
        return std::ceil(QFontMetricsF(caption.isStrong ? strong : plain).horizontalAdvance(caption.text));
    };
    const auto add = [&](Caption caption) {
        if (!caption.text.isEmpty()) {
            layout.captions.append(std::move(caption));
        }
    };
    const auto addPlace = [&](const std::optional<GaugePlace> &place, const QColor &colour, bool isAbove) {
        if (place) {
            add({place->caption, colour, xAt(place->value, width), isAbove});
        }
    };
    const bool isCut = m_gauge.isCut();
    // The important ones first: the last get another row when there is no room.
    if (m_gauge.result) {
        add({numberText(m_gauge.result, locale()), m_colours.textPrimary, xAt(*m_gauge.result, width), false,
             true});
    }
    if (isCut && m_gauge.maximum) {
        Caption caption{m_gauge.maximum->caption, m_colours.badText, xAt(m_gauge.maximum->value, width),
                        true};
        caption.centre -= widthOf(caption) / 2 - 4; // ends at its tick: what was cut begins there
        add(std::move(caption));
    } else {
        addPlace(m_gauge.maximum, m_colours.textDim, false);
    }
    addPlace(m_gauge.reserved, m_colours.textDim, false);
    if (isCut) {
        addPlace(m_gauge.wish, m_colours.textSecondary, false);
        const double middle = (xAt(m_gauge.wish->value, width) + xAt(*m_gauge.result, width)) / 2;
        add({m_gauge.cutCaption, m_colours.badText, middle, true});
    }
    if (m_gauge.panic) {
        Caption caption{m_gauge.panic->caption, m_colours.warnText, xAt(m_gauge.panic->value, width), true};
        caption.centre += widthOf(caption) / 2 - 4; // begins at its tick
        add(std::move(caption));
    }
    addPlace(m_gauge.ready, m_colours.ready, false);
    addPlace(m_gauge.formerMaximum, m_colours.textDim, true);
    if (!isCut && m_gauge.maximum) {
        Caption caption{m_gauge.rangeCaption, m_colours.textDim, xAt(m_gauge.maximum->value, width), true};
        caption.centre -= widthOf(caption) / 2; // ends at the maximum
        add(std::move(caption));
    }

    QList<CaptionWish> above;
    QList<CaptionWish> below;
    for (const Caption &caption : std::as_const(layout.captions)) {
        (caption.isAbove ? above : below).append({caption.centre, widthOf(caption)});
    }
    const QList<CaptionPlace> abovePlaces = placeCaptions(above, 0, width, captionGap);
    const QList<CaptionPlace> belowPlaces = placeCaptions(below, 0, width, captionGap);
    layout.trackY = rowCount(abovePlaces) * captionRow + fromTrack;
    layout.height = layout.trackY + fromTrack + 2 + std::max(1, rowCount(belowPlaces)) * captionRow;
    qsizetype nextAbove = 0;
    qsizetype nextBelow = 0;
    for (Caption &caption : layout.captions) {
        const CaptionPlace place =
            caption.isAbove ? abovePlaces.at(nextAbove++) : belowPlaces.at(nextBelow++);
        const double top = caption.isAbove ? layout.trackY - fromTrack - captionRow * (place.row + 1)
                                           : layout.trackY + fromTrack + 2 + captionRow * place.row;
        caption.box = QRectF(place.left, top, std::min<double>(widthOf(caption), width), captionRow);
    }
    return layout;
}

QList<QPair<QString, QRectF>> ClampGauge::captions() const
{
    QList<QPair<QString, QRectF>> result;
    const Layout layout = layOut(width());
    for (const Caption &caption : layout.captions) {
        result.append({caption.text, caption.box});
    }
    return result;
}

int ClampGauge::heightForWidth(int width) const
{
    return int(std::ceil(layOut(width).height));
}

QSize ClampGauge::sizeHint() const
{
    return {360, heightForWidth(360)};
}

QSize ClampGauge::minimumSizeHint() const
{
    return {160, 2 * int(captionRow + fromTrack) + 2};
}

void ClampGauge::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LocaleChange ||
        event->type() == QEvent::LanguageChange) {
        describe();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

void ClampGauge::paintTrack(QPainter &painter, double y) const
{
    const auto bar = [&](double from, double to, const QColor &colour) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(QRectF(from, y - trackHeight / 2, to - from, trackHeight), 2, 2);
    };
    const auto tick = [&](const std::optional<GaugePlace> &place, const QPen &pen) {
        if (place) {
            const double x = xAt(place->value);
            painter.setPen(pen);
            painter.drawLine(QPointF(x, y - tickHeight / 2), QPointF(x, y + tickHeight / 2));
        }
    };
    bar(inset, width() - inset, m_colours.pressed);
    if (m_gauge.maximum) {
        const double from = m_gauge.reserved ? m_gauge.reserved->value : 0.0;
        bar(xAt(from), xAt(m_gauge.maximum->value), m_colours.readyFill);
    }
    if (m_gauge.isCut()) {
        const double from = xAt(*m_gauge.result);
        const double to = xAt(m_gauge.wish->value);
        painter.fillRect(QRectF(from, y - 2, to - from, 4), m_colours.page);
        paintCut(painter, QRectF(from, y - tickHeight / 2 + 1, to - from, tickHeight - 2), m_colours.badText);
    }
    const auto solid = [](const QColor &colour, double stroke) {
        return QPen(colour, stroke, Qt::SolidLine, Qt::FlatCap);
    };
    QPen former = solid(m_colours.textDim, 1.0);
    former.setDashPattern({2, 2});
    tick(m_gauge.formerMaximum, former);
    tick(m_gauge.reserved, solid(m_colours.textDim, 1.5));
    tick(m_gauge.ready, solid(m_colours.ready, 1.5));
    tick(m_gauge.maximum, solid(m_gauge.isCut() ? m_colours.badText : m_colours.textDim, 1.5));
    tick(m_gauge.panic, solid(m_colours.warnText, 1.5));
    if (m_gauge.isCut()) {
        painter.setPen(QPen(m_colours.textSecondary, 1.5));
        painter.setBrush(m_colours.page);
        painter.drawEllipse(QPointF(xAt(m_gauge.wish->value), y), dotRadius, dotRadius);
    }
    if (m_gauge.result) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_colours.textPrimary);
        painter.drawEllipse(QPointF(xAt(*m_gauge.result), y), dotRadius, dotRadius);
    }
}

void ClampGauge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Layout layout = layOut(width());
    paintTrack(painter, layout.trackY);
    for (const Caption &caption : layout.captions) {
        const QFont captionFont =
            sized(font(), caption.isStrong ? metrics::captionSize : metrics::microSize, caption.isStrong);
        painter.setFont(captionFont);
        painter.setPen(caption.colour);
        painter.drawText(
            caption.box, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(captionFont).elidedText(caption.text, Qt::ElideRight, caption.box.width() + 1));
    }
}

} // namespace nest::explain
