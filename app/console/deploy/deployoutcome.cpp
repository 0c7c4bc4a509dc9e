// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of DeployDialog that says how its run stands.
#include "app/console/deploy/deploydialog.h"
#include "models/deploy/deployrun.h"
#include "models/deploy/deploytexts.h"
#include "widgets/table/cellwidget.h"

namespace nest::console {

using namespace Qt::StringLiterals;

/// At the head, where it is seen at once: whether it still runs, and how it ended.
void DeployDialog::showOutcome()
{
    if (!m_run) {
        return;
    }
    using Stage = models::RunStage;
    widgets::PillCell pill;
    switch (models::stageOf(m_run->rows())) {
    case Stage::Running:
        pill = {.text = tr("Running"), .icon = u"spin"_s, .tone = widgets::Tone::Info};
        break;
    case Stage::TakingBack:
        pill = {.text = tr("Taking back"), .icon = u"spin"_s, .tone = widgets::Tone::Info};
        break;
    case Stage::Done:
        pill = {.text = tr("Done"), .icon = u"check"_s, .tone = widgets::Tone::Ok};
        break;
    case Stage::TakenBack:
        pill = {.text = tr("Taken back"), .icon = u"undo"_s, .tone = widgets::Tone::Neutral};
        break;
    case Stage::Failed:
        pill = {.text = tr("Not everywhere"), .icon = u"reject"_s, .tone = widgets::Tone::Bad};
        break;
    }
    m_outcome->setAccessibleName(pill.text);
    m_outcome->setCell(pill);
    m_outcome->show();
}

} // namespace nest::console
