// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/tooltipbox.h"

#include "widgets/chart/chartmetrics.h"
#include "widgets/chart/rolestyle.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nest::chart {
namespace {

constexpr double pad = 11.0;
constexpr double lineHeight = 18.0;
constexpr double headHeight = 24.0;
constexpr double swatchSize = 8.0;
constexpr double swatchRoom = 14.0;
constexpr double columnGap = 24.0;
constexpr double unitGap = 2.0;
constexpr double leastWidth = 120.0;
constexpr double crosshairGap = 7.0;

struct Fonts
{
    explicit Fonts(const QFont &base) : regular(base), strong(base)
    {
        regular.setPixelSize(metrics::bodySize);
        strong.setPixelSize(metrics::bodySize);
        strong.setWeight(QFont::DemiBold);
    }
    QFont regular;
    QFont strong;
};

double valueWidth(const TooltipLine &line, const Fonts &fonts)
{
    const double unit =
        line.unit.isEmpty() ? 0.0 : unitGap + QFontMetricsF(fonts.regular).horizontalAdvance(line.unit);
    return QFontMetricsF(fonts.strong).horizontalAdvance(line.value) + unit;
}

void paintSwatch(QPainter &painter, const TooltipLine &line, QPointF centre, const ChartColours &colours)
{
    if (line.mark) {
        paintMark(painter, *line.mark, centre, colours);
        return;
    }
    if (!line.swatch.isValid()) {
        return;
    }
    QRectF swatch(0, 0, swatchSize, swatchSize);
    swatch.moveCenter(centre);
    if (line.isHollow) {
        painter.setPen(QPen(line.swatch, 1.25));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(swatch.adjusted(0.6, 0.6, -0.6, -0.6), 1.5, 1.5);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(line.swatch);
        painter.drawRoundedRect(swatch, 2, 2);
    }
}

} // namespace

QSizeF tooltipSize(const Tooltip &tooltip, const QFont &font)
{
    const Fonts fonts(font);
    const QFontMetricsF regular(fonts.regular);
    double width = QFontMetricsF(fonts.strong).horizontalAdvance(tooltip.time);
    if (!tooltip.cause.isEmpty()) {
        width += columnGap + swatchRoom + regular.horizontalAdvance(tooltip.cause);
    }
    for (const TooltipLine &line : tooltip.lines) {
        const double value = valueWidth(line, fonts);
        width = std::max(width, swatchRoom + regular.horizontalAdvance(line.name) + value +
                                    (value > 0.0 ? columnGap : 0.0));
    }
    return {std::ceil(std::max(width, leastWidth) + 2 * pad),
            2 * pad + headHeight - 7 + lineHeight * double(tooltip.lines.size())};
}

QRectF tooltipRect(QSizeF size, double crosshairX, double top, const QRectF &bounds)
{
    const double leftRoom = crosshairX - crosshairGap - bounds.left();
    const double rightRoom = bounds.right() - crosshairX - crosshairGap;
    const bool isLeft = size.width() <= leftRoom || (size.width() > rightRoom && leftRoom >= rightRoom);
    double x = isLeft ? crosshairX - crosshairGap - size.width() : crosshairX + crosshairGap;
    x = std::max(bounds.left(), std::min(x, bounds.right() - size.width()));
    const double y = std::max(bounds.top(), std::min(top, bounds.bottom() - size.height()));
    return QRectF(QPointF(std::round(x), std::round(y)), size);
}

void paintTooltip(QPainter &painter, const Tooltip &tooltip, const QRectF &box, const ChartColours &colours,
                  const QFont &font)
{
    const Fonts fonts(font);
    const QFontMetricsF regular(fonts.regular);
    painter.setPen(QPen(colours.borderStrong, 1.0));
    painter.setBrush(colours.tooltip);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), metrics::tooltipRadius,
                            metrics::tooltipRadius);

    const double left = box.left() + pad;
    const double right = box.right() - pad;
    QRectF row(left, box.top() + pad - 3, right - left, lineHeight);
    painter.setFont(fonts.strong);
    painter.setPen(colours.textPrimary);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, tooltip.time);
    if (!tooltip.cause.isEmpty()) {
        const double width = regular.horizontalAdvance(tooltip.cause);
        if (tooltip.causeKind) {
            paintMark(painter, *tooltip.causeKind, {right - width - 9, row.center().y()}, colours);
        }
        painter.setFont(fonts.regular);
        painter.setPen(tooltip.causeKind ? markColour(*tooltip.causeKind, colours) : colours.textSecondary);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, tooltip.cause);
    }
    row.translate(0, headHeight - 1);
    for (const TooltipLine &line : tooltip.lines) {
        paintSwatch(painter, line, {left + swatchSize / 2, row.center().y()}, colours);
        painter.setFont(fonts.regular);
        painter.setPen(colours.textSecondary);
        painter.drawText(row.adjusted(swatchRoom, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, line.name);
        double valueRight = right;
        if (!line.unit.isEmpty()) {
            painter.setPen(colours.textDim);
            painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, line.unit);
            valueRight -= regular.horizontalAdvance(line.unit) + unitGap;
        }
        painter.setFont(fonts.strong);
        painter.setPen(colours.textPrimary);
        painter.drawText(QRectF(left, row.top(), valueRight - left, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, line.value);
        row.translate(0, lineHeight);
    }
}

} // namespace nest::chart
