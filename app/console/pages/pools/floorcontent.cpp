// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/floorcontent.h"

#include "app/console/look.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using chart::FloorSegment;
using chart::FloorTint;

namespace {

struct Floors
{
    Q_DECLARE_TR_FUNCTIONS(Floors)
};

qint64 milliseconds(wire::Time time)
{
    return time.time_since_epoch().count();
}

/// A change may remove a rule, or name it otherwise: then it is of the base's colour.
FloorTint tintNamed(const wire::FloorPlan &plan, const std::optional<std::string> &rule)
{
    const auto found =
        rule ? std::ranges::find(plan.rules, *rule, &wire::PlannedRule::name) : plan.rules.end();
    return found == plan.rules.end() ? FloorTint::Base
                                     : tintOf(static_cast<std::size_t>(found - plan.rules.begin()));
}

QList<FloorSegment> segments(const wire::FloorPlan &plan, qint64 fromMs, qint64 toMs)
{
    QList<FloorSegment> result;
    for (const wire::FloorStep &step : plan.steps) {
        result.append({milliseconds(step.from), milliseconds(step.to), step.floor, tintNamed(plan, step.rule),
                       step.rule ? toText(*step.rule) : Floors::tr("base")});
    }
    if (!result.isEmpty()) { // two plans are some seconds apart
        result.first().fromMs = fromMs;
        result.last().toMs = toMs;
    }
    return result;
}

QString endText(const wire::FloorPlan &plan)
{
    return plan.steps.empty() ? QString()
                              : Floors::tr("Floor %1").arg(QLocale().toString(plan.steps.back().floor));
}

} // namespace

FloorTint tintOf(std::size_t rule)
{
    constexpr std::array tints{FloorTint::First, FloorTint::Second, FloorTint::Third};
    return tints[rule % tints.size()];
}

chart::FloorContent floorContent(const wire::FloorPlan &plan, const wire::FloorPlan *whatIf)
{
    chart::FloorContent content{.fromMs = milliseconds(plan.from), .toMs = milliseconds(plan.to)};
    content.unit = Floors::tr("instances");
    content.now =
        Floors::tr("now %1").arg(QDateTime::fromMSecsSinceEpoch(content.fromMs).toString(u"HH:mm"_s));
    content.steps = segments(plan, content.fromMs, content.toMs);
    content.end = endText(plan);
    for (std::size_t i = 0; i < plan.rules.size(); ++i) {
        QList<FloorSegment> own;
        for (const wire::FloorSpan &span : plan.rules[i].spans) {
            own.append({milliseconds(span.from), milliseconds(span.to), plan.rules[i].floor, tintOf(i),
                        toText(plan.rules[i].name)});
        }
        if (!own.isEmpty()) {
            content.rules.append(own);
        }
    }
    if (whatIf != nullptr && !whatIf->steps.empty()) {
        content.whatIf = segments(*whatIf, content.fromMs, content.toMs);
        content.whatIfEnd = Floors::tr("What if %1").arg(QLocale().toString(whatIf->steps.back().floor));
    }
    return content;
}

} // namespace nest::console
