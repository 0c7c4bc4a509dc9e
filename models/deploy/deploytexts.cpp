// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/deploytexts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Deploy)
};

QString groupText(const wire::GroupName &group)
{
    return QString::fromStdString(toString(group));
}

QString number(double value)
{
    return QLocale().toString(value, 'g', 6);
}

QString fieldName(ScalingField field)
{
    switch (field) {
    case ScalingField::Reserved:
        return Texts::tr("Reserved");
    case ScalingField::Maximum:
        return Texts::tr("Maximum");
    case ScalingField::Threshold:
        return Texts::tr("Threshold");
    case ScalingField::Utilisation:
        return Texts::tr("Utilisation");
    }
    return {};
}

} // namespace

int replacedInstances(const DeployPlan &plan)
{
    int count = 0;
    for (const std::size_t at : plan.chosen()) {
        const DeployRow &row = plan.rows()[at];
        if (row.share < 100 || !row.present || !row.present->status) {
            continue;
        }
        for (const auto &revision : row.present->status->revisions) {
            count += revision.version == plan.version() ? 0 : revision.ready;
        }
    }
    return count;
}

std::vector<SummaryLine> summaryOf(const DeployPlan &plan)
{
    using Kind = SummaryLine::Kind;
    std::vector<SummaryLine> lines;
    const auto add = [&lines](Kind kind, const QString &sentence) {
        lines.push_back({kind, sentence});
    };
    const auto chosen = plan.chosen();
    if (chosen.empty() || plan.version() == 0) {
        return lines;
    }
    const QString version = u"v%1"_s.arg(plan.version());
    const int replaced = replacedInstances(plan);
    bool isAllNew = true;
    for (const std::size_t at : chosen) {
        isAllNew = isAllNew && plan.rows()[at].isNew();
    }
    if (replaced > 0) {
        add(Kind::Deploy, Texts::tr("%n instances are replaced", nullptr, replaced));
    } else if (!isAllNew) {
        add(Kind::Deploy, Texts::tr("No running instance is replaced"));
    }
    for (const std::size_t at : chosen) {
        const DeployRow &row = plan.rows()[at];
        if (row.isNew()) {
            add(Kind::Fresh,
                Texts::tr("%1 is new in %2", "version, group").arg(version, groupText(row.group)));
        }
        for (const auto &weight : plan.weights(row)) {
            if (weight.version != plan.version()) {
                add(Kind::Split, Texts::tr("v%1 stays for %2 % in %3")
                                     .arg(weight.version)
                                     .arg(weight.weight)
                                     .arg(groupText(row.group)));
            }
        }
        for (const ScalingField field : {ScalingField::Reserved, ScalingField::Maximum,
                                         ScalingField::Threshold, ScalingField::Utilisation}) {
            const double before = DeployPlan::value(plan.presentScaling(at), field);
            const double after = DeployPlan::value(row.scaling, field);
            if (row.usesManifest) {
                if (row.edited.contains(field)) {
                    add(Kind::Scaling, Texts::tr("%1 %2 in %3", "name, value, group")
                                           .arg(fieldName(field), number(after), groupText(row.group)));
                }
            } else if (before != after) {
                add(Kind::Scaling,
                    Texts::tr("%1 %2 → %3 in %4", "name, old value, new value, group")
                        .arg(fieldName(field), number(before), number(after), groupText(row.group)));
            }
        }
    }
    add(Kind::Undo, Texts::tr("Undo is offered for 5 s after it"));
    return lines;
}

QString weightsText(const std::vector<wire::VersionWeight> &weights)
{
    if (weights.size() == 1) {
        return u"v%1"_s.arg(weights.front().version);
    }
    QStringList parts;
    for (const auto &weight : weights) {
        parts.append(u"v%1 %2 %"_s.arg(weight.version).arg(weight.weight));
    }
    return parts.join(u" · "_s);
}

QString titleText(const std::vector<DeployRun::Row> &rows, int version)
{
    using State = DeployRun::State;
    const QString name = u"v%1"_s.arg(version);
    const auto count = [&rows](std::initializer_list<State> states) {
        return std::ranges::count_if(rows, [&states](const DeployRun::Row &row) {
            return std::ranges::find(states, row.state) != states.end();
        });
    };
    if (count({State::Undoing}) > 0) {
        return Texts::tr("Taking %1 back").arg(name);
    }
    if (count({State::Sent}) > 0) {
        return Texts::tr("Deploying %1").arg(name);
    }
    const QLocale locale;
    const auto failed = count({State::Failed, State::Stale});
    const auto all = static_cast<qlonglong>(rows.size());
    if (const auto stuck = count({State::UndoFailed}); stuck > 0) {
        return Texts::tr("%1 could not be taken back in %2 of %3 groups")
            .arg(name, locale.toString(static_cast<qlonglong>(stuck)), locale.toString(all));
    }
    if (failed > 0) {
        return Texts::tr("%1 was not deployed to %2 of %3 groups")
            .arg(name, locale.toString(static_cast<qlonglong>(failed)), locale.toString(all));
    }
    if (count({State::Changed}) > 0) {
        return Texts::tr("%1 is written, its instances start").arg(name);
    }
    return count({State::Undone}) > 0 ? Texts::tr("%1 was taken back").arg(name)
                                      : Texts::tr("%1 is deployed").arg(name);
}

QString stateText(const DeployRun::Row &row, int version)
{
    using State = DeployRun::State;
    const QString name = u"v%1"_s.arg(version);
    switch (row.state) {
    case State::Sent:
        return Texts::tr("Sent, waiting for the answer");
    case State::Changed:
        return row.desired ? Texts::tr("Changed · %1 of %2 instances ready")
                                 .arg(QLocale().toString(row.ready), QLocale().toString(*row.desired))
                           : Texts::tr("Changed, waiting for the first count of instances");
    case State::Ready:
        return row.desired.value_or(0) == 0
                   ? Texts::tr("Changed · at zero, the first request starts %1").arg(name)
                   : Texts::tr("Ready · %1 of %2 instances")
                         .arg(QLocale().toString(row.ready), QLocale().toString(*row.desired));
    case State::Failed:
    case State::UndoFailed:
        return QString::fromStdString(row.error.detail);
    case State::Stale: {
        if (!row.current) {
            return Texts::tr("Not sent: somebody deleted this deployment meanwhile.");
        }
        const QString who = row.current->status && !row.current->status->changedBy.empty()
                                ? QString::fromStdString(row.current->status->changedBy)
                                : Texts::tr("Somebody");
        return Texts::tr("Not written: %1 changed it meanwhile. It is now %2, reserved %3, maximum %4.")
            .arg(who, weightsText(row.current->weights), QLocale().toString(row.current->scaling.reserved),
                 QLocale().toString(row.current->scaling.maximum));
    }
    case State::Undoing:
        return Texts::tr("Putting the former state back");
    case State::Undone:
        return row.step.before ? Texts::tr("Back to %1").arg(weightsText(row.step.before->weights))
                               : Texts::tr("Deleted again");
    }
    return {};
}

} // namespace nest::models
