// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/chartcontent.h"

#include "app/console/pages/scaling/decisionlook.h"
#include "app/console/pages/scaling/rulechange.h"
#include "models/explain.h"
#include "models/scalingmodel.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nest::console {

using namespace Qt::StringLiterals;
using chart::Role;
using models::ScalingModel;
using models::ScalingSeries;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr qint64 leastGapMs = 3000; // less is a late second, not a gap worth a word
constexpr qint64 afterDecisionMs = 1'000;

struct Charts
{
    Q_DECLARE_TR_FUNCTIONS(Charts)
};

wire::ScalingMetric metricOf(const ScalingModel &model)
{
    const auto *deployment = model.deployment();
    return deployment == nullptr ? wire::ScalingMetric::RequestsPerSecond : deployment->scaling.metric;
}

/// Capacity is in the metric of the rule; load is shown beside it where the platform has a line of it.
bool isOfRequestsAtOnce(const ScalingModel &model)
{
    return metricOf(model) == wire::ScalingMetric::Concurrency;
}

bool hasCapacityLine(const ScalingModel &model)
{
    return metricOf(model) == wire::ScalingMetric::RequestsPerSecond || isOfRequestsAtOnce(model);
}

std::string loadName(const ScalingModel &model)
{
    return isOfRequestsAtOnce(model) ? "concurrency" : "requestsPerSecond";
}

QString loadUnit(const ScalingModel &model)
{
    return isOfRequestsAtOnce(model) ? Charts::tr("requests")
                                     : models::explain::metricUnit(wire::ScalingMetric::RequestsPerSecond);
}

chart::Series pointSeries(const ScalingModel &model, const std::string &name, chart::Series look)
{
    const ScalingSeries *series = model.series(name);
    if (series != nullptr) {
        look.spacingMs = series->spacingMs;
        look.points.reserve(qsizetype(series->points.size()));
        for (const models::SeriesPoint &point : series->points) {
            look.points.append({point.unixMs, point.value});
        }
    }
    return look;
}

chart::Series stepSeries(const ScalingModel &model, const std::string &name, chart::Series look)
{
    const ScalingSeries *series = model.series(name);
    if (series != nullptr) {
        look.spacingMs = series->spacingMs;
        for (const models::SeriesPoint &point : series->points) {
            const bool isSame =
                !look.steps.isEmpty() && (look.steps.last().value == point.value ||
                                          (std::isnan(look.steps.last().value) && std::isnan(point.value)));
            if (!isSame) {
                look.steps.append({point.unixMs, point.value});
            }
        }
    }
    return look;
}

QString spanText(qint64 spanMs)
{
    const qint64 seconds = (spanMs + 500) / 1000;
    return seconds < 120 ? Charts::tr("%1 s").arg(seconds) : Charts::tr("%1 min").arg((seconds + 30) / 60);
}

/// Stretches between two known seconds in which the platform kept nothing.
QList<chart::Band> gaps(const ScalingModel &model)
{
    QList<chart::Band> bands;
    const ScalingSeries *series = model.series("ready");
    if (series == nullptr) {
        return bands;
    }
    std::optional<qint64> begin;
    bool wasKnown = false;
    for (const models::SeriesPoint &point : series->points) {
        if (std::isnan(point.value)) {
            if (wasKnown && !begin) {
                begin = point.unixMs;
            }
            continue;
        }
        if (begin && point.unixMs - *begin >= std::max<qint64>(leastGapMs, 2 * series->spacingMs)) {
            bands.append({*begin, point.unixMs,
                          Charts::tr("no data, %1").arg(spanText(point.unixMs - *begin)),
                          Charts::tr("%1 to %2").arg(clockText(*begin), clockText(point.unixMs))});
        }
        begin.reset();
        wasKnown = true;
    }
    return bands;
}

/// Decisions of the range, oldest first.
std::vector<const wire::Decision *> decisionsInRange(ScalingModel &model)
{
    std::vector<const wire::Decision *> all;
    for (const wire::Decision &decision : model.decisions().decisions()) {
        if (decision.time < model.from()) {
            break;
        }
        if (decision.time <= model.to()) {
            all.push_back(&decision);
        }
    }
    std::ranges::reverse(all);
    return all;
}

/// What was wished while a limit cut, and the limit itself; both empty when nothing was cut.
void addLimits(const std::vector<const wire::Decision *> &decisions, chart::Chart &chart)
{
    if (std::ranges::none_of(decisions, [](const auto *decision) { return isCut(*decision); })) {
        return;
    }
    chart::Series maximum{
        .role = Role::Maximum, .name = Charts::tr("Maximum"), .hasEndLabel = false, .isInReadings = false};
    chart::Series wish{
        .role = Role::Wish, .name = Charts::tr("Wish"), .hasEndLabel = false, .isInReadings = false};
    int highest = 0;
    for (const wire::Decision *decision : decisions) {
        maximum.steps.append({unixMs(*decision), double(decision->policy.maximum)});
        wish.steps.append({unixMs(*decision), isCut(*decision) ? double(decision->wished) : unknown});
        highest = isCut(*decision) ? std::max(highest, decision->wished) : highest;
    }
    maximum.note = Charts::tr("max %1").arg(decisions.back()->policy.maximum);
    wish.note = Charts::tr("wish %1").arg(highest);
    chart.series.append(maximum);
    chart.series.append(wish);
}

QString peakText(const ScalingModel &model)
{
    const ScalingSeries *load = model.series(loadName(model));
    double peak = 0;
    if (load != nullptr) {
        for (const models::SeriesPoint &point : load->points) {
            peak = std::isnan(point.value) ? peak : std::max(peak, point.value);
        }
    }
    return peak > 0 ? Charts::tr("peak %1 %2").arg(figureText(peak), loadUnit(model)) : QString();
}

double valueAt(const ScalingModel &model, const std::string &name, qint64 unixMs)
{
    const ScalingSeries *series = model.series(name);
    if (series == nullptr || series->points.empty()) {
        return unknown;
    }
    const auto after = std::ranges::upper_bound(series->points, unixMs, {}, &models::SeriesPoint::unixMs);
    if (after == series->points.begin()) {
        return unknown;
    }
    const models::SeriesPoint &point = *std::prev(after);
    // The last known second holds a little: the next one is on its way.
    return unixMs - point.unixMs > 3 * series->spacingMs ? unknown : point.value;
}

/// On the line of all versions: a decision is about one, and its second is drawn when it is over.
double markValue(ScalingModel &model, const wire::Decision &decision)
{
    const double total = model.decisions().hasSeveralVersions()
                             ? valueAt(model, "desired", unixMs(decision) + afterDecisionMs)
                             : unknown;
    return std::isnan(total) ? double(decision.desired) : total;
}

QList<chart::Mark> marks(ScalingModel &model, const std::vector<const wire::Decision *> &decisions)
{
    QList<chart::Mark> all;
    for (const wire::Decision *decision : decisions) {
        all.append({.unixMs = unixMs(*decision),
                    .kind = markKind(*decision),
                    .id = QString::fromStdString(decision->id),
                    .value = markValue(model, *decision),
                    .text = u"%1  %2  %3, %4"_s.arg(clockText(unixMs(*decision)), changeText(*decision),
                                                    models::explain::cause(*decision),
                                                    models::explain::reason(*decision))});
    }
    return all;
}

/// The decision that was made in the step around the instant, if any.
const wire::Decision *decisionAt(ScalingModel &model, qint64 at, qint64 stepMs, const QStringList &selected)
{
    const wire::Decision *best = nullptr;
    qint64 distance = std::max<qint64>(stepMs, 1000);
    for (const wire::Decision &decision : model.decisions().decisions()) {
        const qint64 apart = std::abs(unixMs(decision) - at);
        if (apart <= stepMs && selected.contains(QString::fromStdString(decision.id))) {
            return &decision;
        }
        if (apart < distance) {
            distance = apart;
            best = &decision;
        }
        if (unixMs(decision) < at - stepMs - 1000) {
            break;
        }
    }
    return best;
}

} // namespace

QString quietText(ScalingModel &model)
{
    const ScalingSeries *load = model.series("requestsPerSecond");
    const bool isQuiet = load == nullptr || std::ranges::none_of(load->points, [](const auto &point) {
                             return point.value > 0; // NaN is not
                         });
    if (!isQuiet || model.state() != ScalingModel::State::Ready) {
        return {};
    }
    const auto &decisions = model.decisions().decisions();
    const auto *deployment = model.deployment();
    const bool isAtZero =
        deployment != nullptr && deployment->status && deployment->status->desired == 0 && model.isLive();
    if (isAtZero && !decisions.empty() && decisions.front().desired == 0) {
        return Charts::tr("scaled to zero since %1").arg(clockText(unixMs(decisions.front())));
    }
    return isAtZero && decisions.empty() ? Charts::tr("at zero until the first request")
                                         : Charts::tr("no request in this time");
}

chart::ChartStackContent chartContent(ScalingModel &model)
{
    const auto decisions = decisionsInRange(model);
    chart::Chart load{.unit = loadUnit(model), .note = peakText(model), .heightShare = 1.06};
    load.series.append(
        pointSeries(model, loadName(model),
                    {.role = Role::Requests,
                     .name = isOfRequestsAtOnce(model) ? Charts::tr("At once") : Charts::tr("Requests"),
                     .unit = loadUnit(model)}));
    if (hasCapacityLine(model)) {
        load.series.append(
            stepSeries(model, "capacity",
                       {.role = Role::Capacity, .name = Charts::tr("Capacity"), .unit = loadUnit(model)}));
    }

    chart::Chart instances{.unit = Charts::tr("instances"),
                           .note = quietText(model),
                           .marks = marks(model, decisions),
                           .isWhole = true,
                           .hasShortfall = true};
    instances.series.append(stepSeries(model, "ready", {.role = Role::Ready, .name = Charts::tr("Ready")}));
    chart::Series reserved =
        stepSeries(model, "reserved", {.role = Role::Reserved, .name = Charts::tr("Reserved")});
    if (std::ranges::any_of(reserved.steps, [](const chart::StepPoint &step) { return step.value > 0; })) {
        instances.series.append(reserved); // a rule that reserves nothing has no line
    }
    instances.series.append(
        stepSeries(model, "desired", {.role = Role::Desired, .name = Charts::tr("Desired")}));
    if (!model.decisions().hasSeveralVersions()) { // a decision has the share of its version only
        addLimits(decisions, instances);
    }

    chart::Chart waiting{.unit = Charts::tr("requests in the activator"),
                         .heightShare = 0.5,
                         .isWhole = true,
                         .isHiddenAtZero = true};
    waiting.series.append(
        pointSeries(model, "queued", {.role = Role::Waiting, .name = Charts::tr("Waiting")}));

    chart::ChartStackContent content{.charts = {load, instances, waiting}, .bands = gaps(model)};
    content.changes = ruleChanges(decisions);
    // Steps end where knowledge ends: at the last second that came.
    if (const ScalingSeries *ready = model.series("ready"); ready != nullptr && !ready->points.empty()) {
        content.knownUntilMs = ready->points.back().unixMs;
    }
    return content;
}

QList<chart::LegendEntry> chartLegend(ScalingModel &model)
{
    QList<chart::LegendEntry> entries;
    entries.append({.role = Role::Requests,
                    .name = isOfRequestsAtOnce(model) ? Charts::tr("At once") : Charts::tr("Requests"),
                    .unit = loadUnit(model)});
    if (const auto *deployment = model.deployment(); deployment != nullptr && hasCapacityLine(model)) {
        entries.append({.role = Role::Capacity,
                        .name = Charts::tr("Capacity = ready × %1 × %2")
                                    .arg(figureText(deployment->scaling.threshold),
                                         QLocale().toString(deployment->scaling.utilisation, 'g', 3))});
    }
    entries.append({.role = Role::Desired, .name = Charts::tr("Desired")});
    entries.append({.role = Role::Ready, .name = Charts::tr("Ready")});
    entries.append({.name = Charts::tr("Desired, not ready"), .isShortfall = true});
    return entries;
}

chart::ReadingList readingsAt(ScalingModel &model, qint64 at, qint64 stepMs, const QStringList &selected)
{
    chart::ReadingList readings;
    const wire::Decision *decision = decisionAt(model, at, stepMs, selected);
    const bool isOfOneVersion = decision != nullptr && model.decisions().hasSeveralVersions();
    if (decision != nullptr) {
        readings.cause = causePill(*decision).text;
        readings.causeKind = markKind(*decision);
    }
    const auto value = [&](const char *name) {
        return figureText(valueAt(model, name, at));
    };
    readings.lines.append({Role::Requests, Charts::tr("Requests now"), value("requestsPerSecond"),
                           models::explain::metricUnit(wire::ScalingMetric::RequestsPerSecond)});
    if (isOfRequestsAtOnce(model)) {
        readings.lines.append({Role::Requests, Charts::tr("At once"), value("concurrency"), {}});
    }
    if (hasCapacityLine(model)) {
        readings.lines.append({Role::Capacity, Charts::tr("Capacity"), value("capacity"), loadUnit(model)});
    }
    readings.lines.append({Role::Desired,
                           Charts::tr("Desired"),
                           decision != nullptr && !isOfOneVersion ? changeText(*decision) : value("desired"),
                           {}});
    readings.lines.append({Role::Ready, Charts::tr("Ready"), value("ready"), {}});
    if (isOfOneVersion) {
        readings.lines.append({{}, u"v%1"_s.arg(decision->version), changeText(*decision), {}});
    }
    const double queued = valueAt(model, "queued", at);
    if (queued > 0) {
        readings.lines.append({{}, Charts::tr("In activator"), figureText(queued), {}});
    }
    return readings;
}

} // namespace nest::console
