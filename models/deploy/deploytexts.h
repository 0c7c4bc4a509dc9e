// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words of a deployment: what will happen, what each group is doing. Built from the plan's and the
// platform's own figures, never guessed.
//
// Thread: any. Keeps nothing.

#include "models/deploy/deployplan.h"
#include "models/deploy/deployrun.h"

namespace nest::models {

struct SummaryLine
{
    enum class Kind { Deploy, Scaling, Split, Fresh, Undo, Failed };
    Kind kind = Kind::Deploy;
    QString sentence;
};

/// How far a run is as a whole. Failed: over, and at least one group is not as it was wanted.
enum class RunStage { Running, TakingBack, Done, TakenBack, Failed };

/// What will happen, before Deploy is pressed.
[[nodiscard]] std::vector<SummaryLine> summaryOf(const DeployPlan &plan);
/// The same of a run: what happens in the groups that are not ready, what happened in the others.
[[nodiscard]] std::vector<SummaryLine> summaryOf(const std::vector<DeployRun::Row> &rows, int version);
[[nodiscard]] RunStage stageOf(const std::vector<DeployRun::Row> &rows);
/// Instances that run another version where all requests go to the new one.
[[nodiscard]] int replacedInstances(const DeployPlan &plan);
/// "v2 80 % · v3 20 %", "v3"
[[nodiscard]] QString weightsText(const std::vector<wire::VersionWeight> &weights);
/// The whole run in a sentence: "Deploying v2", "v2 is deployed", "v2 was not deployed to 1 of 2 groups".
[[nodiscard]] QString titleText(const std::vector<DeployRun::Row> &rows, int version);
[[nodiscard]] QString stateText(const DeployRun::Row &row, int version);

} // namespace nest::models
