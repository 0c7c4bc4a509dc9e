// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/explain.h"

#include "models/roles.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nest::models::explain {

using namespace Qt::StringLiterals;
using wire::DecisionCause;
using wire::DecisionLimit;
using wire::DecisionMode;

namespace {

struct Explain
{
    Q_DECLARE_TR_FUNCTIONS(Explain)
};

/// Two decimals below ten and one from there, none that are zero: as the formula beside the sentence.
QString number(double value)
{
    int decimals = std::abs(value) < 9.995 ? 2 : 1;
    double scaled = std::round(value * std::pow(10.0, decimals));
    while (decimals > 0 && std::fmod(scaled, 10.0) == 0.0) {
        scaled /= 10.0;
        --decimals;
    }
    return QLocale().toString(value, 'f', decimals);
}

QString bold(const QString &text)
{
    return QStringLiteral("<b>") + text + QStringLiteral("</b>");
}
QString instances(int count)
{
    return Explain::tr("%n instances", "a number of running instances", count);
}

const wire::DecisionStep *step(const wire::Decision &decision, std::string_view name)
{
    const auto found = std::ranges::find(decision.steps, name, &wire::DecisionStep::name);
    return found == decision.steps.end() ? nullptr : &*found;
}

/// Whether the number came from the short window: that must ask for more, as where it was decided.
bool panicWon(const wire::Decision &decision)
{
    if (decision.mode != DecisionMode::Panic) {
        return false;
    }
    const auto *stable = step(decision, "stableWish");
    const auto *panic = step(decision, "panicWish");
    return panic != nullptr && panic->after &&
           (stable == nullptr || !stable->after || *panic->after > *stable->after);
}

QString metricName(wire::ScalingMetric metric)
{
    switch (metric) {
    case wire::ScalingMetric::RequestsPerSecond:
        return Explain::tr("Requests");
    case wire::ScalingMetric::Concurrency:
        return Explain::tr("Requests at once");
    case wire::ScalingMetric::Cpu:
        return Explain::tr("CPU");
    case wire::ScalingMetric::Memory:
        return Explain::tr("Memory");
    }
    return {};
}

QString measured(const wire::Decision &decision)
{
    const ExplainedFormula made = formula(decision);
    if (!made.load) {
        const QString unmeasured =
            Explain::tr("Nothing <b>is measured</b> of the last %1 s yet, so nothing was computed from it.");
        const QString kept = Explain::tr(
            "Nothing <b>is measured</b> of the last %1 s yet, so the number of instances was kept.");
        return (decision.desired == decision.from ? kept : unmeasured)
            .arg(decision.policy.stableWindowSeconds);
    }
    return Explain::
        tr("%1 averaged <b>%2 %3</b> over %4 s. One instance is meant to carry %5 × %6 = %7 %3, which asks "
           "for <b>%8</b>.")
            .arg(metricName(wire::metricThatWon(decision).metric), number(*made.load), made.loadUnit)
            .arg(made.averagedSeconds)
            .arg(number(made.threshold), QLocale().toString(made.utilisation, 'g', 3), number(made.target),
                 instances(decision.wished));
}

/// Which of several metrics the number comes from.
QString comparison(const wire::Decision &decision)
{
    if (!decision.policy.metrics || decision.policy.metrics->empty() || !formula(decision).load) {
        return {};
    }
    const auto known = std::ranges::count_if(
        decision.inputs.metrics.value_or(std::vector<wire::MetricAverages>{}),
        [](const wire::MetricAverages &seen) { return seen.stableAverage && seen.panicAverage; });
    return known > 1 ? Explain::tr("Of the %1 metrics that are measured, <b>%2</b> asks for most.")
                           .arg(known)
                           .arg(metricName(wire::metricThatWon(decision).metric))
                     : QString();
}

QString modeSentence(const wire::Decision &decision)
{
    const auto *panic = step(decision, "panic");
    if (decision.mode != DecisionMode::Panic) {
        return {};
    }
    if (panic == nullptr || !panic->value || !panic->border) {
        return Explain::
            tr("The platform was in <b>panic</b>: the short window of %1 s decides. What set it off was not "
               "recorded.")
                .arg(decision.policy.panicWindowSeconds);
    }
    if (panic->before.value_or(0) > 0) {
        return Explain::
            tr("The platform was still in <b>panic</b>: the number does not shrink until the load has stayed "
               "below the border of %1 × ready for a whole window of %2 s.")
                .arg(number(*panic->border))
                .arg(decision.policy.stableWindowSeconds);
    }
    return Explain::
        tr("The last %1 s asked for <b>%2 times</b> the instances that were ready, and from %3 times on the "
           "short window decides (<b>panic</b>).")
            .arg(decision.policy.panicWindowSeconds)
            .arg(number(*panic->value), number(*panic->border));
}

/// What a limit that comes last cut: what is reserved may have raised the wish before.
int before(const wire::Decision &decision, std::string_view limit)
{
    const auto *cut = step(decision, limit);
    return cut != nullptr && cut->before ? static_cast<int>(*cut->before) : decision.wished;
}

QString limitSentence(const wire::Decision &decision)
{
    const int desired = decision.desired;
    switch (decision.limit) {
    case DecisionLimit::None:
        return decision.cause == DecisionCause::ScaleToZero ? QString()
                                                            : Explain::tr("No limit changed that.");
    case DecisionLimit::Reserved:
        if (decision.rule) {
            return Explain::tr("The reservation <b>%1</b> holds at least %2, so there are %3.")
                .arg(QString::fromStdString(*decision.rule).toHtmlEscaped())
                .arg(decision.floor.value_or(desired))
                .arg(instances(desired));
        }
        return Explain::tr("At least <b>%1</b> are reserved, so there are %2.")
            .arg(decision.policy.reserved)
            .arg(instances(desired));
    case DecisionLimit::Maximum:
        return Explain::tr("The maximum is <b>%1</b>, so it became %2 instead of %3.")
            .arg(decision.policy.maximum)
            .arg(instances(desired))
            .arg(before(decision, "maximum"));
    case DecisionLimit::ScaleUpRate:
        return Explain::tr("Growing is limited at one time, so it became <b>%1</b> instead of %2.")
            .arg(instances(desired))
            .arg(decision.wished);
    case DecisionLimit::ScaleDownRate:
        return Explain::tr("Shrinking is limited at one time, so it became <b>%1</b> instead of %2.")
            .arg(instances(desired))
            .arg(decision.wished);
    case DecisionLimit::ScaleDownDelay:
        return Explain::
            tr("Within the last %1 s <b>%2</b> were needed, and the platform shrinks only after that delay.")
                .arg(decision.policy.scaleDownDelaySeconds)
                .arg(instances(desired));
    case DecisionLimit::PanicHold:
        return Explain::tr("In panic the number never shrinks, so the <b>%1</b> of this panic stay.")
            .arg(instances(desired));
    case DecisionLimit::KeptUntilIdle:
        return Explain::tr("One instance is kept until nothing has come for <b>%1 s</b>.")
            .arg(decision.policy.scaleToZeroAfterSeconds);
    case DecisionLimit::Activation:
        return Explain::tr(
            "Nothing was running and a request was waiting, so <b>one instance</b> was started at once.");
    case DecisionLimit::MissingData:
        return Explain::tr("One of the metrics is <b>not measured</b>, so the number does not shrink.");
    case DecisionLimit::Tolerance:
        return Explain::tr("The load is within the <b>tolerance</b>, so the number stays.");
    case DecisionLimit::Stabilised:
        return Explain::tr("Within the stabilisation window <b>%1</b> were wished for, so it became these.")
            .arg(instances(desired));
    case DecisionLimit::Capacity: {
        const auto *fit = step(decision, "capacity");
        return fit != nullptr && fit->value
                   ? Explain::tr("No more than <b>%1</b> of %2 MB each fit on the machine, so it became %3 "
                                 "instead of %4.")
                         .arg(decision.inputs.room.value_or(desired))
                         .arg(number(*fit->value), instances(desired))
                         .arg(before(decision, "capacity"))
                   : Explain::tr("No more fit on the machine, so it became <b>%1</b> instead of %2.")
                         .arg(instances(desired))
                         .arg(before(decision, "capacity"));
    }
    }
    return {};
}

QString missing()
{
    return Explain::tr("not measured");
}

ExplainedInput windowInput(const wire::Decision &decision, bool isPanic)
{
    const auto *wish = step(decision, isPanic ? "panicWish" : "stableWish");
    // The averages are of the metric that won; the windows may be led by different ones.
    const bool hasWish = wish != nullptr && wish->value;
    const auto average = hasWish   ? wish->value
                         : isPanic ? decision.inputs.panicAverage
                                   : decision.inputs.stableAverage;
    const auto metric = hasWish ? wire::metricOfWindow(decision, isPanic) : wire::metricThatWon(decision);
    ExplainedInput input;
    const int window = isPanic ? decision.policy.panicWindowSeconds : decision.policy.stableWindowSeconds;
    const int seen =
        (isPanic ? decision.inputs.panicSeconds : decision.inputs.stableSeconds).value_or(window);
    input.name =
        seen < window
            ? (isPanic ? Explain::tr("Average of the last %1 s (short window %2 s, the group is younger)")
                       : Explain::tr("Average of the last %1 s (window %2 s, the group is younger)"))
                  .arg(seen)
                  .arg(window)
        : isPanic ? Explain::tr("Average of %1 s (short window)").arg(window)
                  : Explain::tr("Average of %1 s").arg(window);
    input.isMissing = !average;
    input.value = average ? number(*average) + QLatin1Char(' ') + metricUnit(metric.metric) : missing();
    input.askedFor = wish != nullptr && wish->after ? instances(static_cast<int>(*wish->after)) : dash();
    input.isWinner = average && isPanic == panicWon(decision);
    return input;
}

std::string_view wishName(wire::ScalingMetric metric)
{
    switch (metric) {
    case wire::ScalingMetric::RequestsPerSecond:
        return "requestsPerSecondWish";
    case wire::ScalingMetric::Concurrency:
        return "concurrencyWish";
    case wire::ScalingMetric::Cpu:
        return "cpuWish";
    case wire::ScalingMetric::Memory:
        return "memoryWish";
    }
    return {};
}

/// What one of several metrics asked for: in panic through the window that asks for more.
ExplainedInput metricInput(const wire::Decision &decision, wire::ScalingMetric metric)
{
    const auto *wish = step(decision, wishName(metric));
    ExplainedInput input;
    input.name = metricName(metric);
    input.isMissing = wish == nullptr || !wish->value;
    input.value = input.isMissing ? missing() : number(*wish->value) + QLatin1Char(' ') + metricUnit(metric);
    input.askedFor = !input.isMissing && wish->after ? instances(static_cast<int>(*wish->after)) : dash();
    input.isWinner = !input.isMissing && metric == wire::metricThatWon(decision).metric;
    return input;
}

std::optional<DecisionLimit> limitOf(const std::string &stepName)
{
    static constexpr std::pair<std::string_view, DecisionLimit> all[] = {
        {"scaleDownRate", DecisionLimit::ScaleDownRate},
        {"scaleUpRate", DecisionLimit::ScaleUpRate},
        {"panicHold", DecisionLimit::PanicHold},
        {"scaleDownDelay", DecisionLimit::ScaleDownDelay},
        {"tolerance", DecisionLimit::Tolerance},
        {"stabilisation", DecisionLimit::Stabilised},
        {"scaleUpPolicy", DecisionLimit::ScaleUpRate},
        {"scaleDownPolicy", DecisionLimit::ScaleDownRate},
        {"missingMetric", DecisionLimit::MissingData},
        {"scaleToZero", DecisionLimit::KeptUntilIdle},
        {"poke", DecisionLimit::Activation},
        {"reserved", DecisionLimit::Reserved},
        {"maximum", DecisionLimit::Maximum},
        {"capacity", DecisionLimit::Capacity},
    };
    const auto *const found = std::ranges::find(all, std::string_view(stepName),
                                                &std::pair<std::string_view, DecisionLimit>::first);
    return found == std::end(all) ? std::nullopt : std::optional(found->second);
}

} // namespace

ExplainedFormula formula(const wire::Decision &decision)
{
    ExplainedFormula made;
    made.isPanic = panicWon(decision);
    const auto *wish = step(decision, made.isPanic ? "panicWish" : "stableWish");
    made.load = made.isPanic ? decision.inputs.panicAverage : decision.inputs.stableAverage;
    if (step(decision, "missingData") != nullptr) {
        made.load.reset();
    }
    const wire::MetricTarget metric = wire::metricThatWon(decision);
    made.loadUnit = metricUnit(metric.metric);
    made.windowSeconds =
        made.isPanic ? decision.policy.panicWindowSeconds : decision.policy.stableWindowSeconds;
    made.averagedSeconds = (made.isPanic ? decision.inputs.panicSeconds : decision.inputs.stableSeconds)
                               .value_or(made.windowSeconds);
    made.threshold = metric.threshold;
    made.utilisation = metric.utilisation;
    made.target = decision.target;
    if (wish != nullptr && made.load && decision.target > 0) {
        made.quotient = *made.load / decision.target;
    }
    made.wished = decision.wished;
    made.result = decision.desired;
    return made;
}

QStringList sentences(const wire::Decision &decision)
{
    QStringList all;
    const auto *zero = step(decision, "scaleToZero");
    if (decision.cause == DecisionCause::ScaleToZero) {
        if (zero != nullptr && zero->value) {
            all.append(Explain::tr(
                           "No request came for <b>%1 s</b>. After %2 s without any, the last instance goes.")
                           .arg(number(*zero->value))
                           .arg(decision.policy.scaleToZeroAfterSeconds));
        } else {
            all.append(Explain::tr(
                "The last instance went because no request came. How long none had come <b>was not "
                "recorded</b>."));
        }
        return all;
    }
    if (decision.cause == DecisionCause::Manual) {
        all.append(Explain::tr("A person set the number to %1.").arg(bold(instances(decision.desired))));
        return all;
    }
    if (decision.limit == DecisionLimit::Activation || decision.cause == DecisionCause::Poke) {
        all.append(
            Explain::tr("%1 waited and no instance was there to take it.", "first part: number of requests")
                .arg(bold(
                    Explain::tr("%n requests", "a number of waiting requests", decision.inputs.queued))));
    }
    if (decision.cause == DecisionCause::PolicyChange) {
        all.append(
            Explain::tr("The scaling rule was changed: <b>rule revision %1</b>.").arg(decision.policyNumber));
    }
    if (decision.limit != DecisionLimit::Activation) {
        all.append(measured(decision));
        if (const QString several = comparison(decision); !several.isEmpty()) {
            all.append(several);
        }
    }
    if (const QString mode = modeSentence(decision); !mode.isEmpty()) {
        all.append(mode);
    }
    if (const QString limit = limitSentence(decision); !limit.isEmpty()) {
        all.append(limit);
    }
    return all;
}

QList<ExplainedInput> inputs(const wire::Decision &decision)
{
    QList<ExplainedInput> all{windowInput(decision, false), windowInput(decision, true)};
    const wire::DecisionInputs &seen = decision.inputs;
    if (seen.metrics && seen.metrics->size() > 1) {
        for (const auto &metric : *seen.metrics) {
            all.append(metricInput(decision, metric.metric));
        }
    }
    all.append(
        {Explain::tr("Ready + starting"), u"%1\u00a0+\u00a0%2"_s.arg(seen.ready).arg(seen.starting), dash()});
    const auto *poke = step(decision, "poke");
    all.append({Explain::tr("Waiting requests"), QLocale().toString(seen.queued),
                poke != nullptr && poke->after ? instances(static_cast<int>(*poke->after)) : dash(),
                decision.limit == DecisionLimit::Activation});
    ExplainedInput last{Explain::tr("Last request"), {}, dash()};
    last.isMissing = !seen.secondsSinceLastRequest;
    last.value = seen.secondsSinceLastRequest
                     ? Explain::tr("%1 s ago").arg(number(*seen.secondsSinceLastRequest))
                     : Explain::tr("none yet");
    all.append(last);
    return all;
}

QList<ExplainedLimit> limits(const wire::Decision &decision)
{
    QList<ExplainedLimit> all;
    for (const auto &entry : decision.steps) {
        const auto limit = limitOf(entry.name);
        if (!limit) {
            continue;
        }
        ExplainedLimit made;
        made.limit = *limit;
        made.name = limitName(*limit);
        made.border = entry.border;
        if (entry.before && entry.after) {
            made.tookAway = *entry.before - *entry.after;
        }
        made.held = *limit == decision.limit;
        all.append(made);
    }
    return all;
}

QString reason(const wire::Decision &decision)
{
    if (decision.cause == DecisionCause::ScaleToZero) {
        return decision.inputs.secondsSinceLastRequest
                   ? Explain::tr("idle for %1 s").arg(number(*decision.inputs.secondsSinceLastRequest))
                   : Explain::tr("idle");
    }
    if (decision.limit == DecisionLimit::Activation) {
        return Explain::tr("%n requests waiting", nullptr, decision.inputs.queued);
    }
    const ExplainedFormula made = formula(decision);
    QString load =
        made.load ? number(*made.load) + QLatin1Char(' ') + made.loadUnit : Explain::tr("not measured yet");
    if (decision.limit == DecisionLimit::None) {
        return load;
    }
    if (decision.limit == DecisionLimit::Reserved) {
        return decision.rule ? Explain::tr("%1 by %2", "reserved instances, then the rule that reserves them")
                                   .arg(decision.floor.value_or(decision.desired))
                                   .arg(QString::fromStdString(*decision.rule))
                             : Explain::tr("%1 reserved").arg(decision.policy.reserved);
    }
    if (decision.desired < decision.wished) { // the limit is named beside it
        return Explain::tr("wish %1").arg(decision.wished);
    }
    return Explain::tr("%1, %2", "load, then the limit that held").arg(load, limitName(decision.limit));
}

} // namespace nest::models::explain
