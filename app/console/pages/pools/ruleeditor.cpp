// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/ruleeditor.h"

#include "app/console/look.h"
#include "app/console/pages/pools/ruleform.h"
#include "models/collection.h"
#include "models/diff/rebase.h"
#include "widgets/theme/controls.h"

#include <QPushButton>

#include <algorithm>
#include <tuple>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

QString changerOf(const wire::Deployment &deployment)
{
    return deployment.status && !deployment.status->changedBy.empty() ? toText(deployment.status->changedBy)
                                                                      : RuleEditor::tr("Somebody");
}

} // namespace

const wire::Reservation *RuleEditor::base() const
{
    if (!m_deployment || m_rule.isEmpty() || !m_deployment->scaling.reservations) {
        return nullptr;
    }
    const auto &rules = *m_deployment->scaling.reservations;
    const auto found = std::ranges::find(rules, m_rule.toStdString(), &wire::Reservation::name);
    return found == rules.end() ? nullptr : &*found;
}

RuleEditor::Key RuleEditor::key() const
{
    return m_deployment ? Key(models::Collection<wire::Deployment>::keyOf(*m_deployment), m_rule) : Key();
}

RuleFields RuleEditor::fields() const
{
    return m_form->fields();
}

bool RuleEditor::isChanged() const
{
    return m_deployment && fields() != m_base;
}

void RuleEditor::show(const wire::Deployment &deployment, const QString &rule)
{
    leave();
    m_deployment = deployment;
    m_rule = rule;
    const wire::Reservation *found = base();
    m_isGone = !rule.isEmpty() && found == nullptr;
    m_base = found != nullptr ? fieldsOf(*found) : newRule();
    const auto kept = m_kept.extract(key());
    m_form->setFields(kept ? rebased(kept.mapped().base, kept.mapped().mine, m_base) : m_base);
    showChange();
    if (kept && isChanged()) {
        if (kept.mapped().base != m_base) {
            sayChangedBy();
        }
        m_asks.start();
    }
    m_form->focusFirst();
}

void RuleEditor::leave()
{
    if (isChanged()) {
        m_kept[key()] = {m_base, fields()};
    }
    ++m_asked;
    m_asks.stop();
    m_deployment.reset();
    m_rule.clear();
    m_refused.clear();
    m_notAsked.clear();
    m_preview.reset();
    m_said.clear();
    m_isSending = false;
    m_isGone = false;
    Q_EMIT previewed(std::nullopt);
}

void RuleEditor::follow(const wire::Deployment *deployment)
{
    if (!m_deployment || m_isSending) {
        return;
    }
    if (deployment == nullptr) {
        m_isGone = true;
        say(tr("The deployment is gone."), Ink::Warn);
        return;
    }
    if (deployment->function != m_deployment->function ||
        groupOf(*deployment) != groupOf(*m_deployment)) { // another scope: never its rule into that one
        Q_EMIT closeRequested();
        return;
    }
    if (models::isOlder(*deployment, *m_deployment)) {
        return;
    }
    const bool isNewPolicy = deployment->scaling != m_deployment->scaling;
    m_deployment = *deployment;
    const wire::Reservation *found = base();
    const bool wasGone = std::exchange(m_isGone, !m_rule.isEmpty() && found == nullptr);
    if (wasGone && !m_isGone) { // it was said that it is gone
        m_said.clear();
        showChange();
    }
    if (!isNewPolicy) {
        return;
    }
    if (m_isGone) {
        say(tr("%1 removed this rule.").arg(changerOf(*deployment)), Ink::Warn);
        return;
    }
    const RuleFields theirs = found != nullptr ? fieldsOf(*found) : m_base;
    const RuleFields mine = fields();
    const bool wasChanged = mine != m_base;
    const RuleFields next = rebased(m_base, mine, theirs);
    const bool isOurs = theirs != m_base; // this very rule
    m_base = theirs;
    m_form->setFields(next);
    if (wasChanged && next != m_base && isOurs) {
        sayChangedBy();
    }
    typed();
}

void RuleEditor::sayChangedBy()
{
    say(tr("%1 changed it meanwhile; the review shows what is left to change.").arg(changerOf(*m_deployment)),
        Ink::Warn);
}

void RuleEditor::setDisabledReason(const QString &reason)
{
    const bool isBack = reason.isEmpty() && !m_disabled.isEmpty();
    m_disabled = reason;
    if (isBack && isChanged()) {
        m_asks.start();
    }
    showChange();
}

void RuleEditor::setPlan(const std::optional<wire::FloorPlan> &plan)
{
    m_plan = plan;
    if (!m_notAsked.isEmpty()) {
        m_asks.start();
    }
    showChange();
}

std::optional<std::vector<wire::Reservation>> RuleEditor::nextRules(RuleProblems &problems,
                                                                    std::size_t &index) const
{
    auto rule = readRule(fields(), base(), problems);
    if (!rule || !m_deployment) {
        return std::nullopt;
    }
    auto rules = rulesOf(*m_deployment);
    const auto found = m_rule.isEmpty()
                           ? rules.end()
                           : std::ranges::find(rules, m_rule.toStdString(), &wire::Reservation::name);
    index = static_cast<std::size_t>(found - rules.begin());
    if (found == rules.end()) {
        rules.push_back(std::move(*rule));
    } else {
        *found = std::move(*rule);
    }
    return rules;
}

/// What was said and refused is of what was there before.
void RuleEditor::typed()
{
    if (!m_deployment) {
        return;
    }
    m_refused.clear();
    m_notAsked.clear();
    m_preview.reset();
    if (m_saidInk == Ink::Bad) {
        m_said.clear();
    }
    ++m_asked;
    Q_EMIT previewed(std::nullopt);
    isChanged() ? m_asks.start() : m_asks.stop();
    showChange();
}

void RuleEditor::say(const QString &sentence, Ink ink)
{
    m_said = sentence;
    m_saidInk = ink;
    showChange();
}

void RuleEditor::showChange()
{
    if (!m_deployment) {
        return;
    }
    const RuleFields now = fields();
    RuleProblems problems;
    std::ignore = readRule(now, base(), problems);
    const bool isNew = m_rule.isEmpty();
    const bool isTyped = now != m_base;
    const bool isNameLeft = isNew && now.name.isEmpty();
    RuleProblems shown = m_refused;
    for (const auto &[name, problem] : problems) {
        shown[name] = problem;
    }
    if (isNameLeft) {
        shown.erase("name");
    }
    m_form->showProblems(shown);
    m_title->setText(isNew ? tr("New rule") : m_rule);
    m_title->setToolTip(m_rule);
    m_of->setText(tr("Keeps instances of %1 in %2 ready while it holds. The highest rule wins.")
                      .arg(toText(m_deployment->function), toText(toString(groupOf(*m_deployment)))));
    m_remove->setVisible(!isNew);
    m_remove->setEnabled(m_disabled.isEmpty() && !m_isSending && !m_isGone);
    m_remove->setToolTip(m_disabled);
    const QString reason = m_isSending                               ? tr("The change is on its way.")
                           : !m_disabled.isEmpty()                   ? m_disabled
                           : m_isGone                                ? m_said
                           : isNameLeft                              ? tr("Give it a name.")
                           : !problems.empty() || !m_refused.empty() ? tr("Mend what is marked first.")
                           : !isTyped                                ? tr("Nothing is changed.")
                                                                     : QString();
    m_review->setEnabled(reason.isEmpty());
    m_review->setToolTip(reason);
    m_review->setText(isNew ? tr("Add the rule…") : tr("Review change…"));
    m_discard->setText(isTyped && !m_isGone ? tr("Discard") : tr("Close"));
    m_discard->setEnabled(!m_isSending);
    m_note->setText(m_said.isEmpty() ? m_notAsked : m_said);
    m_note->setInk(m_said.isEmpty() ? Ink::Warn : m_saidInk);
    m_note->setVisible(!m_note->text().isEmpty());
    const QString cost =
        m_plan && m_preview ? hoursChange(m_plan->instanceHours, m_preview->instanceHours) : QString();
    m_cost->setText(m_preview && cost.isEmpty() ? tr("As many instance-hours in the next 24 h") : cost);
    m_cost->setVisible(!m_cost->text().isEmpty());
}

} // namespace nest::console
