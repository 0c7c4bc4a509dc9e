// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadchart.h"

#include "app/console/pages/function/test/loadjob.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using chart::Mark;
using chart::Role;

namespace {

struct LoadCharts
{
    Q_DECLARE_TR_FUNCTIONS(LoadCharts)
};

Mark::Kind kindOf(const wire::Decision &decision)
{
    if (decision.limit == wire::DecisionLimit::Maximum ||
        decision.limit == wire::DecisionLimit::ScaleUpRate) {
        return Mark::Kind::Limit;
    }
    return decision.mode == wire::DecisionMode::Panic ? Mark::Kind::Panic : Mark::Kind::Stable;
}

QString textOf(const wire::Decision &decision)
{
    const QString change = u"%1 → %2"_s.arg(decision.from).arg(decision.desired);
    return decision.mode == wire::DecisionMode::Panic ? LoadCharts::tr("%1, panic mode").arg(change) : change;
}

/// Only what changed the count: with a decision every two seconds the others would cover the line.
QList<Mark> marksOf(const LoadJob &job, bool hasCapacity)
{
    QList<Mark> marks;
    for (const wire::Decision &decision : job.decisions()) {
        if (decision.from != decision.desired) {
            const double value = hasCapacity ? decision.desired * decision.target : decision.desired;
            marks.append({.unixMs = decision.time.time_since_epoch().count() - job.startedAtMs(),
                          .kind = kindOf(decision),
                          .id = QString::fromStdString(decision.id),
                          .value = value,
                          .text = textOf(decision)});
        }
    }
    return marks;
}

} // namespace

QString capacityText(const LoadJob &job)
{
    const auto policy = job.policy();
    if (!policy || policy->metric != wire::ScalingMetric::RequestsPerSecond) {
        return {};
    }
    const QLocale locale;
    return LoadCharts::tr("capacity = ready × %1 × %2")
        .arg(locale.toString(policy->threshold, 'g', 6), locale.toString(policy->utilisation, 'g', 3));
}

chart::ChartStackContent loadChart(const LoadJob &job)
{
    chart::Series rate{
        .role = Role::Requests, .name = LoadCharts::tr("Rate"), .unit = LoadCharts::tr("req/s")};
    rate.spacingMs = 1'500; // a report may be late by some milliseconds; that is no gap
    for (const LoadPoint &point : job.rate()) {
        rate.points.append({point.atMs, point.perSecond});
    }
    chart::Series capacity{
        .role = Role::Capacity, .name = LoadCharts::tr("Capacity"), .unit = LoadCharts::tr("req/s")};
    chart::Series ready{.role = Role::Ready, .name = LoadCharts::tr("Ready")};
    bool hasCapacity = false;
    for (const LoadReady &step : job.ready()) {
        capacity.steps.append({step.atMs, step.capacityPerSecond});
        ready.steps.append({step.atMs, static_cast<double>(step.ready)});
        hasCapacity = hasCapacity || step.capacityPerSecond > 0;
    }
    chart::Chart load{.unit = LoadCharts::tr("req/s"), .note = capacityText(job), .series = {rate}};
    chart::Chart instances{
        .unit = LoadCharts::tr("instances"), .series = {ready}, .heightShare = 0.6, .isWhole = true};
    if (hasCapacity) {
        load.series.append(capacity);
        load.marks = marksOf(job, true);
    } else {
        instances.marks = marksOf(job, false);
    }
    chart::ChartStackContent content{.charts = {load}};
    if (!hasCapacity) {
        content.charts.append(instances);
    }
    content.knownUntilMs = std::max<qint64>(1, job.report().elapsed.count());
    return content;
}

} // namespace nest::console
