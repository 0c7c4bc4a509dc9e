// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of RuleEditor that speaks with the platform: what a change would make of the plan, the review, the
// change itself and what came of it.
#include "app/console/look.h"
#include "app/console/pages/pools/failuretoast.h"
#include "app/console/pages/pools/ruleeditor.h"
#include "app/console/pages/pools/ruleform.h"
#include "models/session.h"

#include <QCoroTask>

#include <algorithm>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

/// "/scaling/reservations/2/cron" of the rule at 2: "cron". Empty: of something else.
std::string fieldIn(const std::string &pointer, std::size_t index)
{
    const std::string head = "/scaling/reservations/" + std::to_string(index) + '/';
    return pointer.starts_with(head) ? pointer.substr(head.size()) : std::string();
}

} // namespace

void RuleEditor::askPreview()
{
    RuleProblems problems;
    std::size_t index = 0;
    const auto rules = nextRules(problems, index);
    if (!rules || m_isGone || !isChanged() || !m_writing.session.isConnected()) {
        return;
    }
    const int asked = ++m_asked;
    QCoro::connect(m_writing.session.client().floorPreview(m_deployment->function, groupOf(*m_deployment),
                                                           withRules(m_deployment->scaling, *rules),
                                                           plannedHours),
                   this, [this, asked, index](Result<wire::FloorPlan> &&plan) {
                       if (asked == m_asked) {
                           takePreview(std::move(plan), index);
                       }
                   });
}

void RuleEditor::takePreview(Result<wire::FloorPlan> &&plan, std::size_t index)
{
    if (plan) {
        m_preview = std::move(*plan);
        m_notAsked.clear();
        Q_EMIT previewed(m_preview);
        showChange();
    } else if (!plan.error().fields.empty()) {
        setRefused(plan.error(), index);
    } else { // nothing is wrong with what is typed
        m_notAsked = tr("What it would change is not known: %1").arg(toText(plan.error().detail));
        showChange();
    }
}

/// At the fields that it names; what is of no field here is said below them.
void RuleEditor::setRefused(const Error &error, std::size_t index)
{
    m_refused.clear();
    QStringList others;
    for (const FieldError &each : error.fields) {
        const std::string field = fieldIn(each.pointer, index);
        if (m_form->hasField(field)) {
            m_refused[field] = toText(each.detail);
        } else {
            others.append(toText(each.pointer) + u' ' + toText(each.detail));
        }
    }
    if (error.fields.empty()) {
        others.append(toText(error.detail));
    }
    if (!others.isEmpty()) {
        m_said = others.join(u'\n');
        m_saidInk = Ink::Bad;
    }
    showChange();
}

void RuleEditor::review()
{
    RuleProblems problems;
    std::size_t index = 0;
    auto rules = nextRules(problems, index);
    if (!rules) {
        showChange();
        return;
    }
    const wire::Reservation next = rules->at(index);
    const QString name = toText(next.name);
    const bool isNew = m_rule.isEmpty();
    RulesChange change{.before = *m_deployment, .after = std::move(*rules)};
    change.effects = ruleChanges(base(), &next);
    if (m_plan && m_preview) {
        if (const QString cost = hoursChange(m_plan->instanceHours, m_preview->instanceHours);
            !cost.isEmpty()) {
            change.effects.append(cost);
        }
    }
    change.title = (isNew ? tr("Add the rule %1") : tr("Change the rule %1")).arg(isNew ? name : m_rule);
    change.button = isNew ? tr("Add the rule") : tr("Change the rule");
    change.done = (isNew ? tr("%1 is added") : tr("%1 is changed")).arg(name);
    reviewRules(
        m_writing, this, std::move(change),
        [this] {
            m_isSending = true;
            m_sent = fields();
            m_said.clear();
            showChange();
        },
        [this, name, index, was = key(), mine = fields()](Result<wire::Deployment> &&answer) {
            if (was == key()) {
                sent(std::move(answer), name, index, false);
            } else if (answer) {
                sentUnseen(was, name, mine);
            } else {
                showFailure(m_writing.toasts, tr("%1 was not changed").arg(name), answer.error());
            }
        });
}

void RuleEditor::askRemove()
{
    const wire::Reservation *found = base();
    if (found == nullptr) {
        return;
    }
    RulesChange change{.before = *m_deployment, .after = rulesOf(*m_deployment)};
    std::erase_if(change.after, [found](const wire::Reservation &each) { return each.name == found->name; });
    change.effects = ruleChanges(found, nullptr);
    change.title = tr("Remove the rule %1").arg(m_rule);
    change.button = tr("Remove");
    change.done = tr("%1 is removed").arg(m_rule);
    change.isDestroying = true;
    reviewRules(
        m_writing, this, std::move(change),
        [this] {
            m_isSending = true;
            showChange();
        },
        [this, name = m_rule, was = key()](Result<wire::Deployment> &&answer) {
            if (was == key()) {
                sent(std::move(answer), name, 0, true);
            } else if (answer) {
                m_kept.erase(was);
            } else {
                showFailure(m_writing.toasts, tr("%1 was not removed").arg(name), answer.error());
            }
        });
}

void RuleEditor::sent(Result<wire::Deployment> &&answer, const QString &rule, std::size_t index,
                      bool isRemoved)
{
    m_isSending = false;
    if (!answer) {
        if (answer.error().type == "store/stale") {
            readTheirs();
            say(tr("Somebody else changed the deployment; look at it and send it again."), Ink::Warn);
        } else {
            setRefused(answer.error(), index);
        }
        return;
    }
    if (isRemoved) {
        m_form->setFields(m_base); // nothing of it is kept
        Q_EMIT closeRequested();
        return;
    }
    m_deployment = std::move(*answer);
    m_rule = rule;
    m_preview.reset();
    const wire::Reservation *found = base();
    const RuleFields was = m_base;
    m_base = found != nullptr ? fieldsOf(*found) : was;
    m_form->setFields(rebased(m_sent, fields(), m_base)); // with what was typed meanwhile
    m_said.clear();
    Q_EMIT previewed(std::nullopt);
    Q_EMIT ruleChanged(m_rule);
    typed();
}

/// It was left before the answer came: what was kept of it is there now, but for what was typed after it
/// went.
void RuleEditor::sentUnseen(const Key &key, const QString &rule, const RuleFields &mine)
{
    const auto kept = m_kept.extract(key);
    if (kept && kept.mapped().mine != mine) {
        m_kept[{key.first, rule}] = {mine, kept.mapped().mine};
    }
}

void RuleEditor::readTheirs()
{
    QCoro::connect(m_writing.session.client().deployment(m_deployment->function, groupOf(*m_deployment)),
                   this, [this, was = key()](Result<wire::Deployment> &&theirs) {
                       if (was == key() && theirs) {
                           follow(&*theirs);
                       }
                   });
}

} // namespace nest::console
