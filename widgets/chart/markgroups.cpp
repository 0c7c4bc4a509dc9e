// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/markgroups.h"

#include "widgets/chart/chartmetrics.h"

#include <QString>

#include <algorithm>

namespace nest::chart {
namespace {

QPointF position(const Mark &mark, const PlotGeometry &geometry)
{
    return {geometry.x(mark.unixMs), geometry.y(std::clamp(mark.value, 0.0, geometry.maximum))};
}

MarkGroup makeGroup(QList<qsizetype> members, const QList<Mark> &marks, const PlotGeometry &geometry)
{
    MarkGroup group;
    group.members = std::move(members);
    const auto worst =
        std::max_element(group.members.cbegin(), group.members.cend(), [&](qsizetype a, qsizetype b) {
            return weight(marks.at(a).kind) < weight(marks.at(b).kind);
        });
    group.kind = marks.at(*worst).kind;
    group.centre = position(marks.at(*worst), geometry);
    double width = metrics::markSize;
    double height = metrics::markSize;
    if (group.isMerged()) {
        const auto digits = QString::number(group.members.size()).size();
        width = metrics::mergedWidth + 7.0 * double(digits - 1);
        height = metrics::mergedHeight;
        // A box stays inside the plot; a single mark sits on its instant even at the edge.
        group.centre.setX(
            std::clamp(group.centre.x(), geometry.plot.left() + width / 2,
                       std::max(geometry.plot.left() + width / 2, geometry.plot.right() - width / 2)));
        group.centre.setY(
            std::clamp(group.centre.y(), geometry.plot.top() + height / 2,
                       std::max(geometry.plot.top() + height / 2, geometry.plot.bottom() - height / 2)));
    }
    group.box = QRectF(group.centre.x() - width / 2, group.centre.y() - height / 2, width, height);
    return group;
}

/// Joins the first pair of which one is a box that covers the other; false when there is none.
bool joinCovered(QList<MarkGroup> &groups, const QList<Mark> &marks, const PlotGeometry &geometry)
{
    for (qsizetype i = 0; i < groups.size(); ++i) {
        for (qsizetype j = i + 1; j < groups.size(); ++j) {
            const bool hasBox = groups.at(i).isMerged() || groups.at(j).isMerged();
            if (hasBox && groups.at(i).box.intersects(groups.at(j).box)) {
                QList<qsizetype> members = groups.at(i).members + groups.at(j).members;
                std::sort(members.begin(), members.end());
                groups[i] = makeGroup(std::move(members), marks, geometry);
                groups.removeAt(j);
                return true;
            }
            if (groups.at(j).centre.x() - groups.at(i).centre.x() > 2 * metrics::mergedWidth) {
                break; // everything after this is further right still
            }
        }
    }
    return false;
}

} // namespace

int weight(Mark::Kind kind)
{
    switch (kind) {
    case Mark::Kind::Stable:
        return 0;
    case Mark::Kind::Manual:
        return 1;
    case Mark::Kind::Schedule:
        return 2;
    case Mark::Kind::Panic:
        return 3;
    case Mark::Kind::Limit:
    case Mark::Kind::Failure:
        return 4;
    }
    return 0;
}

QList<MarkGroup> groupMarks(const QList<Mark> &marks, const PlotGeometry &geometry)
{
    QList<MarkGroup> groups;
    QList<qsizetype> members;
    double anchor = 0.0; // x of the first member: a long row of marks makes several boxes, not one
    bool hasOnlyCircles = true;
    const auto close = [&] {
        if (!members.isEmpty()) {
            groups.append(makeGroup(std::move(members), marks, geometry));
            members = {};
        }
        hasOnlyCircles = true;
    };
    for (qsizetype i = 0; i < marks.size(); ++i) {
        const Mark &mark = marks.at(i);
        if (mark.unixMs < geometry.fromMs || mark.unixMs > geometry.toMs) {
            continue;
        }
        const double x = geometry.x(mark.unixMs);
        const bool areCircles = hasOnlyCircles && mark.kind == Mark::Kind::Stable;
        const double least = areCircles ? metrics::mergeCirclesBelow : metrics::mergeBelow;
        if (!members.isEmpty() && x - anchor >= least) {
            close();
        }
        if (members.isEmpty()) {
            anchor = x;
        }
        hasOnlyCircles = hasOnlyCircles && mark.kind == Mark::Kind::Stable;
        members.append(i);
    }
    close();
    while (joinCovered(groups, marks, geometry)) {
    }
    return groups;
}

qsizetype groupAt(const QList<MarkGroup> &groups, QPointF point)
{
    // From the end: what is painted later lies on top.
    for (qsizetype i = groups.size() - 1; i >= 0; --i) {
        if (groups.at(i).box.adjusted(-2, -2, 2, 2).contains(point)) {
            return i;
        }
    }
    return -1;
}

} // namespace nest::chart
