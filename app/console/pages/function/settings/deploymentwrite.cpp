// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of DeploymentForm that writes: asks the guard, sends, and shows what came of it.
#include "app/console/guard/guarddialog.h"
#include "app/console/look.h"
#include "app/console/pages/function/settings/deploymentform.h"
#include "app/console/pages/function/settings/networkeditor.h"
#include "models/session.h"
#include "widgets/theme/controls.h"

#include <QCoroTask>
#include <QLineEdit>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;

void DeploymentForm::apply()
{
    const auto write = [this, target = m_target, shown = mine()](const QString &reason) {
        if (m_target != target || !m_base || m_isSending || m_theirs || mine() != shown) {
            return; // something else came between: it has to be looked at first
        }
        m_undo = settingsOf(*m_base);
        m_sent = mine();
        send(withSettings(*m_base, mine(), reason.toStdString()), false);
    };
    askGuard(m_guard, this,
             {.title = tr("Change %1 in %2").arg(m_target.function, toText(toString(m_target.group))),
              .effects = changeSentences(settingsOf(*m_base), mine()),
              .name = m_target.function,
              .button = tr("Apply"),
              .reason = m_reason->text()},
             write);
}

void DeploymentForm::send(wire::Deployment next, bool isUndo)
{
    m_isSending = true;
    m_undoEnds.stop();
    m_undoButton->hide();
    m_done->clear();
    showChange();
    QCoro::connect(m_session.client().putDeployment(std::move(next)), this,
                   [this, isUndo, generation = m_generation](Result<wire::Deployment> &&answer) {
                       if (generation == m_generation) {
                           answered(std::move(answer), isUndo);
                       }
                   });
}

void DeploymentForm::answered(Result<wire::Deployment> &&answer, bool isUndo)
{
    m_isSending = false;
    if (!answer) {
        showChange();
        answer.error().type == "store/stale" ? readTheirs() : showProblem(answer.error(), !isUndo);
        return;
    }
    if (!isUndo) {
        m_reason->clear();
    }
    showBase(*answer, rebased(m_sent, mine(), settingsOf(*answer))); // with what was typed meanwhile
    const QString rule =
        answer->status ? tr("rule revision %1").arg(answer->status->policyNumber) : tr("the platform has it");
    m_done->setText((isUndo ? tr("Taken back, %1.") : tr("Applied, %1.")).arg(rule));
    m_undoButton->setVisible(!isUndo);
    isUndo ? m_undoEnds.stop() : m_undoEnds.start();
    follow();
}

void DeploymentForm::readTheirs()
{
    QCoro::connect(m_session.client().deployment(m_target.function.toStdString(), m_target.group), this,
                   [this, generation = m_generation](Result<wire::Deployment> &&theirs) {
                       if (generation != m_generation) {
                           return;
                       }
                       if (theirs) {
                           showConflict(*theirs);
                       } else {
                           showProblem(theirs.error(), false);
                       }
                   });
}

void DeploymentForm::showProblem(const Error &error, bool isOfFields)
{
    const bool isAsSent = isOfFields && m_sent.network == m_network->network();
    const auto rest = isAsSent ? m_network->showRefused(error.fields) : error.fields;
    const bool isMarked = rest.empty() && !error.fields.empty();
    QStringList lines{isMarked
                          ? tr("It was not applied: the platform refuses the network that is marked above.")
                          : tr("It was not applied: %1").arg(toText(error.detail))};
    for (const FieldError &field : rest) {
        lines.append(toText(field.pointer) + u' ' + toText(field.detail));
    }
    m_problem->setText(lines.join(u'\n'));
    m_problem->show();
}

} // namespace nest::console
