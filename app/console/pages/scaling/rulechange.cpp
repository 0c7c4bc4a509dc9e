// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/rulechange.h"

#include "app/console/pages/scaling/decisionlook.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

struct Rule
{
    Q_DECLARE_TR_FUNCTIONS(Rule)
};

QString ratio(double value)
{
    return QLocale().toString(value, 'g', 3);
}

QString metricText(wire::ScalingMetric metric)
{
    switch (metric) {
    case wire::ScalingMetric::RequestsPerSecond:
        return Rule::tr("requests/s");
    case wire::ScalingMetric::Concurrency:
        return Rule::tr("requests at once");
    case wire::ScalingMetric::Cpu:
        return Rule::tr("CPU %");
    case wire::ScalingMetric::Memory:
        return Rule::tr("memory MB");
    }
    return {};
}

} // namespace

QString ruleDifference(const wire::ScalingPolicy &before, const wire::ScalingPolicy &after)
{
    QStringList parts;
    const auto add = [&parts](const QString &name, const QString &old, const QString &now) {
        if (old != now) {
            parts.append(Rule::tr("%1 %2 → %3", "name, old value, new value").arg(name, old, now));
        }
    };
    const auto count = [](int value) {
        return QLocale().toString(value);
    };
    const auto seconds = [](int value) {
        return Rule::tr("%1 s").arg(QLocale().toString(value));
    };
    add(Rule::tr("min"), count(before.reserved), count(after.reserved));
    add(Rule::tr("max"), count(before.maximum), count(after.maximum));
    add(Rule::tr("metric"), metricText(before.metric), metricText(after.metric));
    add(Rule::tr("threshold"), figureText(before.threshold), figureText(after.threshold));
    add(Rule::tr("utilisation"), ratio(before.utilisation), ratio(after.utilisation));
    add(Rule::tr("stable window"), seconds(before.stableWindowSeconds), seconds(after.stableWindowSeconds));
    add(Rule::tr("panic window"), seconds(before.panicWindowSeconds), seconds(after.panicWindowSeconds));
    add(Rule::tr("panic at"), ratio(before.panicRatio), ratio(after.panicRatio));
    add(Rule::tr("scale-down delay"), seconds(before.scaleDownDelaySeconds),
        seconds(after.scaleDownDelaySeconds));
    add(Rule::tr("to zero after"), seconds(before.scaleToZeroAfterSeconds),
        seconds(after.scaleToZeroAfterSeconds));
    return parts.join(u", "_s);
}

QList<chart::Change> ruleChanges(const std::vector<const wire::Decision *> &decisions)
{
    QList<chart::Change> changes;
    const wire::Decision *before = nullptr; // the first one with the newest rule
    for (const wire::Decision *decision : decisions) {
        if (before != nullptr && before->policyNumber >= decision->policyNumber) {
            continue;
        }
        if (before != nullptr) {
            const QString rule = Rule::tr("rule revision %1").arg(decision->policyNumber);
            // Versions have shares of the rule, by weight: those of two do not tell how it changed.
            const QString what = before->version == decision->version
                                     ? ruleDifference(before->policy, decision->policy)
                                     : QString();
            changes.append({unixMs(*decision), what.isEmpty() ? rule : rule + u": "_s + what});
        }
        before = decision;
    }
    return changes;
}

QString ruleText(const wire::ScalingPolicy &policy)
{
    return Rule::tr("%1, %2 × %3, %4 to %5", "metric, threshold, utilisation, least and most instances")
        .arg(metricText(policy.metric), figureText(policy.threshold), ratio(policy.utilisation))
        .arg(policy.reserved)
        .arg(policy.maximum);
}

} // namespace nest::console
