// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/decisionlook.h"

#include "models/explain.h"
#include "models/roles.h"

#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;
using wire::DecisionCause;
using wire::DecisionLimit;

bool isCut(const wire::Decision &decision)
{
    return decision.desired < decision.wished;
}

widgets::PillCell causePill(const wire::Decision &decision)
{
    using widgets::Tone;
    if (isCut(decision) && decision.limit != DecisionLimit::None) {
        return {.text = models::explain::limitName(decision.limit), .icon = u"stop"_s, .tone = Tone::Bad};
    }
    const QString text = models::explain::cause(decision);
    switch (decision.cause) {
    case DecisionCause::Panic:
        return {.text = text, .icon = u"panic"_s, .tone = Tone::Warn};
    case DecisionCause::Manual:
        return {.text = text, .icon = u"user"_s, .tone = Tone::Accent};
    case DecisionCause::PolicyChange:
        return {.text = text, .icon = u"sliders"_s, .tone = Tone::Info};
    case DecisionCause::Schedule:
        return {.text = text, .icon = u"cron"_s, .tone = Tone::Info};
    case DecisionCause::Poke:
        return {.text = text, .icon = u"play"_s};
    case DecisionCause::ScaleToZero:
        return {.text = text, .icon = u"ring"_s};
    case DecisionCause::Stable:
        break;
    }
    return {.text = text, .icon = u"scaling"_s};
}

chart::Mark::Kind markKind(const wire::Decision &decision)
{
    using Kind = chart::Mark::Kind;
    if (isCut(decision) && decision.limit != DecisionLimit::None) {
        return Kind::Limit;
    }
    switch (decision.cause) {
    case DecisionCause::Panic:
        return Kind::Panic;
    case DecisionCause::Manual:
    case DecisionCause::PolicyChange:
        return Kind::Manual; // a person did it
    case DecisionCause::Schedule:
        return Kind::Schedule;
    default:
        return Kind::Stable;
    }
}

QString changeText(const wire::Decision &decision)
{
    return u"%1 → %2"_s.arg(decision.from).arg(decision.desired);
}

qint64 unixMs(const wire::Decision &decision)
{
    return decision.time.time_since_epoch().count();
}

QString clockText(qint64 unixMs)
{
    return QDateTime::fromMSecsSinceEpoch(unixMs).toString(u"HH:mm:ss"_s);
}

QString figureText(double value)
{
    if (std::isnan(value)) {
        return models::dash();
    }
    const bool isWhole = std::abs(value - std::round(value)) < 0.05;
    return QLocale().toString(value, 'f', isWhole || std::abs(value) >= 1000 ? 0 : 1);
}

} // namespace nest::console
