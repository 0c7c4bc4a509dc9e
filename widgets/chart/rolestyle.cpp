// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/rolestyle.h"

#include "widgets/chart/chartmetrics.h"

#include <QPainter>
#include <QPolygonF>

#include <cmath>

namespace nest::chart {
namespace {

QPen pen(const QColor &colour, double width, std::initializer_list<double> dashPixels = {})
{
    QPen result(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
    if (dashPixels.size() > 0) {
        QList<qreal> pattern; // a pen counts its dashes in widths
        for (const double pixels : dashPixels) {
            pattern.append(pixels / width);
        }
        result.setDashPattern(pattern);
    }
    return result;
}

} // namespace

RoleStyle roleStyle(Role role, const ChartColours &colours)
{
    using namespace metrics;
    switch (role) {
    case Role::Requests:
        return {pen(colours.requests, lineWidth), colours.requestsFill, colours.requests};
    case Role::Capacity:
        return {pen(colours.capacity, mainWidth), {}, colours.capacity};
    case Role::Desired:
        return {pen(colours.desired, lineWidth), {}, colours.textPrimary};
    case Role::Ready:
        return {pen(colours.ready, mainWidth), colours.readyFill, colours.ready};
    case Role::Reserved:
        return {pen(colours.reserved, thinWidth, {1.5, 2.5}), {}, colours.textDim};
    case Role::Maximum:
        return {pen(colours.badText, thinWidth, {4, 3}), {}, colours.badText};
    case Role::Wish:
        return {pen(colours.textSecondary, thinWidth, {1.5, 2.5}), {}, colours.textSecondary};
    case Role::WhatIf:
        return {pen(colours.whatIf, thinWidth, {4, 3}), {}, colours.whatIf};
    case Role::Waiting:
        return {pen(colours.warnText, lineWidth), colours.warnFill, colours.textSecondary};
    case Role::OldVersion:
        return {pen(colours.oldVersion, lineWidth), {}, colours.textSecondary};
    case Role::NewVersion:
        return {pen(colours.newVersion, lineWidth), {}, colours.newVersion};
    }
    return {};
}

QColor markColour(Mark::Kind kind, const ChartColours &colours)
{
    switch (kind) {
    case Mark::Kind::Stable:
        return colours.textPrimary;
    case Mark::Kind::Panic:
        return colours.warnText;
    case Mark::Kind::Schedule:
        return colours.infoText;
    case Mark::Kind::Manual:
        return colours.accentText;
    case Mark::Kind::Limit:
    case Mark::Kind::Failure:
        return colours.badText;
    }
    return colours.textPrimary;
}

void paintMark(QPainter &painter, Mark::Kind kind, QPointF centre, const ChartColours &colours)
{
    const QColor colour = markColour(kind, colours);
    const double half = metrics::markSize / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (kind) {
    case Mark::Kind::Stable: {
        painter.setPen(QPen(colour, 1.0));
        painter.setBrush(colours.page);
        painter.drawEllipse(centre, metrics::circleRadius - 0.5, metrics::circleRadius - 0.5);
        break;
    }
    case Mark::Kind::Panic:
        painter.drawPolygon(QPolygonF{centre + QPointF(0, -half), centre + QPointF(half, half - 0.5),
                                      centre + QPointF(-half, half - 0.5)});
        break;
    case Mark::Kind::Schedule:
        painter.drawPolygon(QPolygonF{centre + QPointF(0, -half), centre + QPointF(half, 0),
                                      centre + QPointF(0, half), centre + QPointF(-half, 0)});
        break;
    case Mark::Kind::Limit:
        painter.drawRect(QRectF(centre.x() - half, centre.y() - half, metrics::markSize, metrics::markSize));
        break;
    case Mark::Kind::Manual: // head and shoulders
        painter.drawEllipse(centre + QPointF(0, -half + 1.5), 1.6, 1.6);
        painter.drawChord(QRectF(centre.x() - half, centre.y(), metrics::markSize, metrics::markSize), 0,
                          180 * 16);
        break;
    case Mark::Kind::Failure:
        painter.setPen(QPen(colour, metrics::lineWidth));
        painter.drawLine(centre + QPointF(-half + 0.5, -half + 0.5),
                         centre + QPointF(half - 0.5, half - 0.5));
        painter.drawLine(centre + QPointF(-half + 0.5, half - 0.5),
                         centre + QPointF(half - 0.5, -half + 0.5));
        break;
    }
}

void paintHatch(QPainter &painter, const QRectF &area, const QColor &colour, double stroke)
{
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setPen(QPen(colour, stroke, Qt::SolidLine, Qt::FlatCap));
    // Rising lines x + y = c. Counted from the origin, so that neighbouring areas meet without a seam.
    const double step = metrics::hatchStep * std::sqrt(2.0);
    const double last = area.right() + area.bottom();
    for (double c = std::floor((area.left() + area.top()) / step) * step; c <= last; c += step) {
        painter.drawLine(QPointF(c - area.bottom(), area.bottom()), QPointF(c - area.top(), area.top()));
    }
    painter.restore();
}

} // namespace nest::chart
