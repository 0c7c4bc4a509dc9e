// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of deploytexts.h that speaks of a run: in the present while a group is on its way, in the past
// after.
#include "models/deploy/deploytexts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace nest::models {

using namespace Qt::StringLiterals;
using State = DeployRun::State;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Deploy)
};

using Kind = SummaryLine::Kind;

/// Instances of other versions that the former document had, where the new one takes all requests.
int replacedBy(const DeployRun::Row &row, int version)
{
    const auto &before = row.step.before;
    if (row.step.wanted.weights.size() != 1 || !before || !before->status) {
        return 0;
    }
    int count = 0;
    for (const auto &revision : before->status->revisions) {
        count += revision.version == version ? 0 : revision.ready;
    }
    return count;
}

/// What a group that the change reached has beside the version.
void addDetails(std::vector<SummaryLine> &lines, const DeployRun::Row &row, int version, const QString &group)
{
    for (const auto &weight : row.step.wanted.weights) {
        if (weight.version != version) {
            lines.push_back({Kind::Split, Texts::tr("v%1 has %2 % in %3", "version, share, group")
                                              .arg(weight.version)
                                              .arg(weight.weight)
                                              .arg(group)});
        }
    }
    if (!row.step.before || row.step.usesManifest) {
        return;
    }
    for (const auto &[field, name] : {std::pair(ScalingField::Reserved, Texts::tr("Reserved")),
                                      std::pair(ScalingField::Maximum, Texts::tr("Maximum")),
                                      std::pair(ScalingField::Threshold, Texts::tr("Threshold")),
                                      std::pair(ScalingField::Utilisation, Texts::tr("Utilisation"))}) {
        const double old = DeployPlan::value(row.step.before->scaling, field);
        const double now = DeployPlan::value(row.step.wanted.scaling, field);
        if (old != now) {
            lines.push_back(
                {Kind::Scaling,
                 Texts::tr("%1 went from %2 to %3 in %4", "name, old value, new value, group")
                     .arg(name, QLocale().toString(old, 'g', 6), QLocale().toString(now, 'g', 6), group)});
        }
    }
}

} // namespace

RunStage stageOf(const std::vector<DeployRun::Row> &rows)
{
    const auto any = [&rows](std::initializer_list<State> states) {
        return std::ranges::any_of(
            rows, [&states](const DeployRun::Row &row) { return std::ranges::contains(states, row.state); });
    };
    return any({State::Undoing})                                   ? RunStage::TakingBack
           : any({State::Sent, State::Changed})                    ? RunStage::Running
           : any({State::Failed, State::Stale, State::UndoFailed}) ? RunStage::Failed
           : any({State::Undone})                                  ? RunStage::TakenBack
                                                                   : RunStage::Done;
}

std::vector<SummaryLine> summaryOf(const std::vector<DeployRun::Row> &rows, int version)
{
    std::vector<SummaryLine> lines;
    const QString name = u"v%1"_s.arg(version);
    int replacing = 0;
    int replaced = 0;
    for (const DeployRun::Row &row : rows) {
        replacing += row.state == State::Changed ? replacedBy(row, version) : 0;
        replaced += row.state == State::Ready ? replacedBy(row, version) : 0;
    }
    if (replacing > 0) {
        lines.push_back({Kind::Deploy, Texts::tr("%n instances are being replaced", nullptr, replacing)});
    }
    if (replaced > 0) {
        lines.push_back({Kind::Deploy, Texts::tr("%n instances were replaced", nullptr, replaced)});
    }
    for (const DeployRun::Row &row : rows) {
        const wire::Deployment &wanted = row.step.wanted;
        const QString group =
            QString::fromStdString(toString(wire::GroupName{wanted.set, wanted.lane, wanted.region}));
        const Kind kind = row.step.before ? Kind::Deploy : Kind::Fresh;
        const auto say = [&](Kind as, const QString &sentence) {
            lines.push_back({as, sentence.arg(name, group)});
        };
        switch (row.state) {
        case State::Sent:
            say(kind, Texts::tr("%1 is being sent to %2", "version, group"));
            break;
        case State::Changed:
            say(kind, Texts::tr("%1 starts in %2", "version, group"));
            addDetails(lines, row, version, group);
            break;
        case State::Ready:
            say(kind, Texts::tr("%1 was deployed to %2", "version, group"));
            addDetails(lines, row, version, group);
            break;
        case State::Failed:
        case State::Stale:
            say(Kind::Failed, Texts::tr("%1 was not deployed to %2", "version, group"));
            break;
        case State::Undoing:
            say(Kind::Undo, Texts::tr("%1 is being taken back in %2", "version, group"));
            break;
        case State::Undone:
            say(Kind::Undo, Texts::tr("%1 was taken back in %2", "version, group"));
            break;
        case State::UndoFailed:
            say(Kind::Failed, Texts::tr("%1 could not be taken back in %2", "version, group"));
            break;
        }
    }
    return lines;
}

} // namespace nest::models
