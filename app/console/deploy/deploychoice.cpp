// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of DeployDialog that chooses groups: all, none, or one that is made for it.
#include "app/console/deploy/deploydialog.h"
#include "app/console/groups/groupdialog.h"
#include "models/deploy/deployrun.h"

#include <utility>

namespace nest::console {

void DeployDialog::selectAll()
{
    m_isTickedByItself = false;
    const bool isOn = m_plan.chosenCount() == 0;
    for (std::size_t row = 0; row < m_plan.rows().size(); ++row) {
        m_plan.choose(row, isOn && !m_plan.rows()[row].isNew());
    }
    if (isOn && m_plan.chosenCount() == 0) { // it runs nowhere yet
        for (std::size_t row = 0; row < m_plan.rows().size(); ++row) {
            m_plan.choose(row, true);
        }
    }
    show();
}

/// Over this dialog, which keeps all that a person chose; the new group comes back ticked.
void DeployDialog::makeGroup()
{
    const wire::GroupName home = m_plan.rows().empty() ? wire::GroupName() : m_plan.rows().front().group;
    auto *dialog = new GroupDialog(m_session, m_guard, GroupDialog::Part::Group, home, parentWidget());
    connect(dialog, &GroupDialog::made, this, &DeployDialog::chooseGroup);
    dialog->open();
    dialog->focusNew();
}

void DeployDialog::chooseGroup(const wire::GroupName &group)
{
    if (std::exchange(m_isTickedByItself, false)) {
        // Nobody asked for the only group there was; a deploy to the new one must not change it.
        for (const std::size_t row : m_plan.chosen()) {
            m_plan.choose(row, false);
        }
    }
    m_wanted = group;
    chooseWanted();
    show();
}

void DeployDialog::chooseWanted()
{
    if (!m_wanted || m_run || m_plan.version() == 0) {
        return;
    }
    for (std::size_t row = 0; row < m_plan.rows().size(); ++row) {
        if (m_plan.rows()[row].group == *m_wanted) {
            m_plan.choose(row, true);
            m_wanted.reset();
            return;
        }
    }
}

} // namespace nest::console
