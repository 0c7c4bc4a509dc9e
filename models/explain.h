// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A scaling decision in words, made from what it recorded and nothing else. What was not recorded is said to
// be missing; no number is computed that the decision does not hold.
//
// Pure functions, any thread that may call tr(). Texts are translated in the context "Explain"; sentences
// carry <b> around what matters, everything else in them is escaped.

#include "api/wire/observation.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace nest::models {

/// load / (threshold x utilisation) = quotient, rounded up: wished; result after the limits.
struct ExplainedFormula
{
    std::optional<double> load; // of the window that won; nothing when it was not recorded
    QString loadUnit;           // "req/s"
    int windowSeconds = 0;
    int averagedSeconds = 0; // that the load is of: fewer than the window while it is not full
    double threshold = 0;
    double utilisation = 0;
    double target = 0;
    std::optional<double> quotient;
    int wished = 0;
    int result = 0;
    bool isPanic = false;
};

/// One line of the table "inputs": what it was, and how many instances it asked for.
struct ExplainedInput
{
    QString name;
    QString value;    // with unit; the dash when it is missing
    QString askedFor; // "52 instances"; the dash when it asked for nothing
    bool isWinner = false;
    bool isMissing = false;
};

/// A rule that was looked at, in order; `tookAway` is negative when it added.
struct ExplainedLimit
{
    wire::DecisionLimit limit = wire::DecisionLimit::None;
    QString name;
    std::optional<double> border;
    std::optional<double> tookAway;
    bool held = false; // the one that determined the result
};

namespace explain {

ExplainedFormula formula(const wire::Decision &decision);
/// Two or three sentences: what was measured, what it asked for, what held it.
QStringList sentences(const wire::Decision &decision);
QList<ExplainedInput> inputs(const wire::Decision &decision);
QList<ExplainedLimit> limits(const wire::Decision &decision);

/// For a column or a mark: a word and a line.
QString cause(const wire::Decision &decision);
QString reason(const wire::Decision &decision);
QString limitName(wire::DecisionLimit limit);
/// "req/s", "requests at once", "%", "MB"
QString metricUnit(wire::ScalingMetric metric);

} // namespace explain
} // namespace nest::models
