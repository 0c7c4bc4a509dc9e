// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ReservedPanel that shows what it knows: the states, the line of figures, chart and rules.
#include "app/console/look.h"
#include "app/console/pages/pools/failuretoast.h"
#include "app/console/pages/pools/floorcontent.h"
#include "app/console/pages/pools/reservedpanel.h"
#include "app/console/pages/pools/rulerow.h"
#include "app/console/pages/pools/ruletexts.h"
#include "app/console/theming.h"
#include "models/session.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/state/loadingbar.h"
#include "widgets/theme/controls.h"

#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using widgets::Ink;

namespace {

QString nextText(const wire::PlannedRule &rule, wire::Time now)
{
    if (!rule.spans.empty() && rule.spans.front().from <= now) {
        return ReservedPanel::tr("holds now");
    }
    if (!rule.next) {
        return {};
    }
    const auto at = QDateTime::fromMSecsSinceEpoch(rule.next->time_since_epoch().count());
    const auto today = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count()).date();
    const QString clock = at.toString(u"HH:mm"_s);
    const QString day = today.daysTo(at.date()) < 7
                            ? QLocale().dayName(at.date().dayOfWeek(), QLocale::ShortFormat)
                            : at.toString(u"yyyy-MM-dd"_s);
    return ReservedPanel::tr("next %1").arg(at.date() == today ? clock : day + u' ' + clock);
}

} // namespace

void ReservedPanel::showState()
{
    if (!isVisible()) {
        return;
    }
    const auto &deployments = m_writing.session.deployments();
    const wire::Deployment *chosen = deployment();
    m_choice->setEnabled(m_choice->count() > 0 && !m_edited);
    m_choice->setToolTip(m_edited ? tr("Close the editor of the rule first.") : m_choice->currentText());
    m_add->setEnabled(chosen != nullptr && m_disabled.isEmpty());
    m_add->setToolTip(chosen == nullptr ? tr("Choose a function first.") : m_disabled);
    const bool isWaiting = !deployments.isListed() || (chosen != nullptr && !m_plan && m_problem.isEmpty());
    QWidget *shown = m_content;
    if (!deployments.isListed() && deployments.state() == CollectionBase::State::Failed) {
        m_failed->setError({.title = tr("The deployments could not be read"),
                            .sentence = toText(deployments.lastError().detail),
                            .steps = {tr("Retry; the console also tries again by itself")},
                            .requestId = {}});
        shown = m_failed;
    } else if (isWaiting) {
        shown = m_loading;
    } else if (chosen == nullptr && m_choice->count() == 0) {
        m_empty->setText(tr("Nothing is deployed here"),
                         m_scope.isAll() ? tr("Deploy a function; then instances of it can be reserved.")
                                         : tr("Choose another group at the top to see the others."));
        shown = m_empty;
    } else if (chosen == nullptr) {
        m_empty->setText(tr("Nothing is reserved"),
                         tr("Choose a function above, then add a rule that keeps instances ready at "
                            "certain hours."));
        shown = m_empty;
    } else if (!m_plan) {
        m_failed->setError({.title = tr("The plan could not be read"),
                            .sentence = m_problem,
                            .steps = {tr("Retry; the console also tries again by itself")},
                            .requestId = {}});
        shown = m_failed;
    }
    if (shown == m_loading && m_stack->currentWidget() != m_loading) {
        m_loading->start(tr("Loading the plan"));
    } else if (shown != m_loading) {
        m_loading->finish();
    }
    m_stack->setCurrentWidget(shown);
    if (shown == m_content) {
        showStatus();
        showChart();
        showRules();
    }
}

void ReservedPanel::showStatus()
{
    const QLocale locale;
    QString text = tr("Nothing is reserved now.");
    if (m_status) {
        const QString rule = m_status->rule ? toText(*m_status->rule) : tr("base");
        text = tr("Requested %1 (%2) · allocated %3 · in use %4 · spill-over %5")
                   .arg(locale.toString(m_status->requested), rule, locale.toString(m_status->allocated),
                        locale.toString(m_status->inUse), locale.toString(m_status->spillOver));
    }
    const bool isShort = m_status && m_status->allocated < m_status->requested;
    m_said->setText(m_isStale ? tr("Was: %1", "state before the connection broke").arg(text) : text);
    m_said->setInk(m_isStale ? Ink::Dim : isShort ? Ink::Warn : Ink::Secondary);
    m_said->setToolTip(
        tr("Requested: the floor that holds now. Allocated: ready instances that count towards "
           "it. In use: of those, busy in the last second. Spill-over: ready beyond it."));
    m_trouble->setText(tr("The plan is old: %1").arg(m_problem));
    m_trouble->setToolTip(m_trouble->text());
    m_trouble->setVisible(!m_problem.isEmpty() && !m_isStale); // else the connection is the trouble
}

void ReservedPanel::showChart()
{
    if (!m_plan) {
        return;
    }
    m_chart->setContent(floorContent(*m_plan, m_whatIf ? &*m_whatIf : nullptr));
    QString hours = tr("%1 h").arg(hoursText(m_plan->instanceHours));
    if (m_whatIf) {
        hours = tr("%1 → %2 h", "instance-hours, old and new")
                    .arg(hoursText(m_plan->instanceHours), hoursText(m_whatIf->instanceHours));
    }
    m_hours->setText(hours);
    m_hours->setInk(isOld() ? Ink::Dim : m_whatIf ? Ink::Accent : Ink::Primary);
    m_cost->setVisible(m_plan->cost.has_value());
    if (m_plan->cost) {
        const auto amount = [](const wire::Cost &cost) {
            return QLocale().toString(cost.amount, 'f', 2);
        };
        const auto now = amount(*m_plan->cost);
        const auto currency = toText(m_plan->cost->currency);
        m_amount->setText(
            m_whatIf && m_whatIf->cost
                ? tr("%1 → %2 %3", "cost, old and new, currency").arg(now, amount(*m_whatIf->cost), currency)
                : tr("%1 %2", "cost, currency").arg(now, currency));
        m_amount->setInk(isOld() ? Ink::Dim : m_whatIf ? Ink::Accent : Ink::Primary);
    }
}

void ReservedPanel::showRules()
{
    const wire::Deployment *chosen = deployment();
    if (chosen == nullptr || !m_plan) {
        return;
    }
    const auto rules = rulesOf(*chosen);
    const auto count = static_cast<qsizetype>(rules.size()) + 1;
    while (m_ruleRows.size() > count) {
        delete m_ruleRows.takeLast();
    }
    while (m_ruleRows.size() < count) {
        auto *row = new RuleRow;
        m_rows->insertWidget(static_cast<int>(m_ruleRows.size()), row);
        const auto index = static_cast<std::size_t>(m_ruleRows.size());
        const auto named = [this, index]() -> std::string {
            const wire::Deployment *now = deployment();
            const auto all = now != nullptr ? rulesOf(*now) : std::vector<wire::Reservation>{};
            return index > 0 && index <= all.size() ? all[index - 1].name : std::string();
        };
        connect(row, &RuleRow::clicked, this, [this, named] {
            if (const std::string name = named(); !name.empty()) {
                Q_EMIT editRequested(toText(name));
            }
        });
        connect(row, &RuleRow::switched, this, [this, named](bool isOn) { switchRule(named(), isOn); });
        m_ruleRows.append(row);
    }
    const chart::ChartColours colours = chartColours(widgets::themeOf(this));
    const auto colourOf = [&](chart::FloorTint tint) {
        const QColor line = chart::floorTint(tint, colours).line;
        return isOld() ? dimmed(line, colours.page) : line;
    };
    m_ruleRows.first()->setText({.colour = colourOf(chart::FloorTint::Base),
                                 .name = tr("Base floor"),
                                 .holds = tr("always, set in the Settings of the function"),
                                 .floor = QLocale().toString(chosen->scaling.reserved),
                                 .isBase = true});
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto planned = std::ranges::find(m_plan->rules, rules[i].name, &wire::PlannedRule::name);
        RuleRow *row = m_ruleRows.at(static_cast<qsizetype>(i) + 1);
        row->setText({.colour = colourOf(tintOf(i)),
                      .name = toText(rules[i].name),
                      .holds = holdsText(rules[i]),
                      .zone = toText(rules[i].zone),
                      .next = !rules[i].enabled                ? tr("off")
                              : planned == m_plan->rules.end() ? QString()
                                                               : nextText(*planned, m_plan->from),
                      .floor = QLocale().toString(rules[i].floor),
                      .isEnabled = rules[i].enabled});
        row->setDisabledReason(m_disabled);
        row->setChosen(m_edited == toText(rules[i].name));
    }
}

void ReservedPanel::switchRule(const std::string &name, bool isOn)
{
    const wire::Deployment *chosen = deployment();
    if (chosen == nullptr) {
        return;
    }
    RulesChange change{.before = *chosen, .after = rulesOf(*chosen)};
    const auto rule = std::ranges::find(change.after, name, &wire::Reservation::name);
    if (rule == change.after.end()) {
        return;
    }
    const wire::Reservation before = *rule;
    rule->enabled = isOn;
    change.effects = ruleChanges(&before, &*rule);
    const QString shown = toText(name);
    change.title = (isOn ? tr("Switch %1 on") : tr("Switch %1 off")).arg(shown);
    change.button = isOn ? tr("Switch on") : tr("Switch off");
    change.done = (isOn ? tr("%1 is switched on") : tr("%1 is switched off")).arg(shown);
    reviewRules(
        m_writing, this, std::move(change), [] {},
        [&toasts = m_writing.toasts, shown](Result<wire::Deployment> &&answer) {
            if (!answer) {
                showFailure(toasts, tr("%1 was not changed").arg(shown), answer.error());
            }
        });
}

void ReservedPanel::applyColours()
{
    chart::ChartColours colours = chartColours(widgets::themeOf(this));
    if (isOld()) {
        for (QColor *colour :
             {&colours.textPrimary, &colours.accentText, &colours.accentTint, &colours.infoText,
              &colours.infoFill, &colours.ready, &colours.readyFill, &colours.whatIf}) {
            *colour = dimmed(*colour, colours.page);
        }
    }
    m_chart->setColours(colours);
}

void ReservedPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyColours();
        showRules();
    }
    QWidget::changeEvent(event);
}

} // namespace nest::console
