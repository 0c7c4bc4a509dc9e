// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The words of explain.h that stand alone: units, limits, causes.
#include "models/explain.h"

#include <QCoreApplication>

namespace nest::models::explain {

using wire::DecisionCause;
using wire::DecisionLimit;

namespace {

struct Explain
{
    Q_DECLARE_TR_FUNCTIONS(Explain)
};

} // namespace

QString metricUnit(wire::ScalingMetric metric)
{
    switch (metric) {
    case wire::ScalingMetric::RequestsPerSecond:
        return Explain::tr("req/s");
    case wire::ScalingMetric::Concurrency:
        return Explain::tr("at once");
    case wire::ScalingMetric::Cpu:
        return QStringLiteral("%");
    case wire::ScalingMetric::Memory:
        return QStringLiteral("MB");
    }
    return {};
}

QString limitName(DecisionLimit limit)
{
    switch (limit) {
    case DecisionLimit::None:
        return Explain::tr("none", "no limit");
    case DecisionLimit::Reserved:
        return Explain::tr("reserved");
    case DecisionLimit::Maximum:
        return Explain::tr("maximum");
    case DecisionLimit::ScaleUpRate:
        return Explain::tr("growth at one time");
    case DecisionLimit::ScaleDownRate:
        return Explain::tr("shrinking at one time");
    case DecisionLimit::ScaleDownDelay:
        return Explain::tr("scale-down delay");
    case DecisionLimit::PanicHold:
        return Explain::tr("held in panic");
    case DecisionLimit::KeptUntilIdle:
        return Explain::tr("kept until idle");
    case DecisionLimit::Activation:
        return Explain::tr("a request was waiting");
    case DecisionLimit::MissingData:
        return Explain::tr("a metric is not measured");
    case DecisionLimit::Tolerance:
        return Explain::tr("within the tolerance");
    case DecisionLimit::Stabilised:
        return Explain::tr("stabilisation window");
    case DecisionLimit::Capacity:
        return Explain::tr("no room on the machine");
    }
    return {};
}

QString cause(const wire::Decision &decision)
{
    switch (decision.cause) {
    case DecisionCause::Stable:
        return Explain::tr("stable", "cause of a decision");
    case DecisionCause::Panic:
        return Explain::tr("panic", "cause of a decision");
    case DecisionCause::Poke:
        return Explain::tr("first request", "cause of a decision");
    case DecisionCause::ScaleToZero:
        return Explain::tr("scale to zero", "cause of a decision");
    case DecisionCause::PolicyChange:
        return Explain::tr("rule change", "cause of a decision");
    case DecisionCause::Manual:
        return Explain::tr("manual", "cause of a decision");
    case DecisionCause::Schedule:
        return Explain::tr("schedule", "cause of a decision");
    }
    return {};
}

} // namespace nest::models::explain
