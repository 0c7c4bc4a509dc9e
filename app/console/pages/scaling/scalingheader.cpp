// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/scalingheader.h"

#include "app/console/look.h"
#include "app/console/pages/scaling/decisionlook.h"
#include "app/console/pages/scaling/rulechange.h"
#include "models/roles.h"
#include "models/scalingmodel.h"
#include "models/session.h"
#include "widgets/shell/figure.h"
#include "widgets/shell/titlebutton.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"

#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>

#include <algorithm>
#include <map>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;
using widgets::Tone;

ScalingHeader::ScalingHeader(models::Session &session, models::ScalingModel &model, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(model)
    , m_runtime(new widgets::CellWidget(this))
    , m_functions(new QMenu(this))
    , m_function(new widgets::TitleButton(m_functions, this))
    , m_version(new widgets::CellWidget(this))
    , m_group(new widgets::CellWidget(this))
    , m_groups(new QMenu(this))
    , m_health(new widgets::CellWidget(this))
    , m_rule(new Label({}, TextStyle::Caption, Ink::Secondary, this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(widgets::space::page - 3, 0, widgets::space::page, 0);
    row->setSpacing(widgets::space::chip);
    row->addWidget(m_runtime);
    row->addWidget(m_function);
    row->addWidget(m_version);
    row->addWidget(m_group);
    row->addWidget(m_health);
    row->addSpacing(widgets::space::panel);
    row->addWidget(m_rule, 1);
    m_rule->setMinimumWidth(40);
    m_rule->installEventFilter(this);
    m_requests = addFigure(row, tr("Requests"), u"requests"_s);
    m_success = addFigure(row, tr("Success"), u"success"_s);
    m_p99 = addFigure(row, tr("p99"), u"p99"_s);
    m_ready = addFigure(row, tr("Ready / desired"), u"ready"_s);
    m_coldStarts = addFigure(row, tr("Cold starts"), u"coldStarts"_s);
    setFixedHeight(widgets::themeOf(this).size.pageHeader);

    m_function->setObjectName("function"_L1);
    m_function->setAccessibleName(tr("Function"));
    m_group->setObjectName("group"_L1);
    m_group->setMenu(m_groups);
    m_rule->setObjectName("rule"_L1);
    connect(&model.decisions(), &QAbstractItemModel::rowsInserted, this, &ScalingHeader::showNames);
    connect(m_functions, &QMenu::aboutToShow, this, &ScalingHeader::fillFunctions);
    connect(m_groups, &QMenu::aboutToShow, this, &ScalingHeader::fillGroups);
}

widgets::Figure *ScalingHeader::addFigure(QHBoxLayout *row, const QString &name, const QString &objectName)
{
    row->addSpacing(widgets::space::page);
    auto *figure = new widgets::Figure(name, this);
    figure->value()->setObjectName(objectName);
    row->addWidget(figure);
    return figure;
}

void ScalingHeader::setRangeName(const QString &name)
{
    m_coldStarts->setName(tr("Cold starts %1", "in the last so long").arg(name));
}

void ScalingHeader::setStale(bool isStale)
{
    m_isStale = isStale;
    for (widgets::Figure *figure : {m_requests, m_success, m_p99, m_ready, m_coldStarts}) {
        figure->setStale(isStale);
    }
    for (widgets::CellWidget *cell : {m_version, m_group, m_health}) {
        cell->setStale(isStale);
    }
    showNames();
}

/// The newest word on a version that has traffic is that the maximum took something away.
bool ScalingHeader::isLimited(const wire::Deployment &deployment) const
{
    const auto &decisions = m_model.decisions().decisions();
    return std::ranges::any_of(deployment.weights, [&decisions](const wire::VersionWeight &weight) {
        const auto newest = std::ranges::find(decisions, weight.version, &wire::Decision::version);
        return newest != decisions.end() && newest->limit == wire::DecisionLimit::Maximum && isCut(*newest);
    });
}

bool ScalingHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_rule && event->type() == QEvent::Resize) {
        elideRule();
    }
    return QWidget::eventFilter(watched, event);
}

/// A long name leaves little room; the whole rule is in the tool tip.
void ScalingHeader::elideRule()
{
    m_rule->setText(m_rule->fontMetrics().elidedText(m_rule->toolTip(), Qt::ElideRight, m_rule->width()));
}

void ScalingHeader::chooseFunction()
{
    m_function->openMenu();
}

void ScalingHeader::show()
{
    showNames();
    showFigures();
}

void ScalingHeader::showNames()
{
    const auto &target = m_model.target();
    const auto *function = m_session.functions().find(target.function);
    m_runtime->setCell(
        widgets::IconCell{.icon = runtimeIcon(function != nullptr ? function->runtime : std::string()),
                          .text = function != nullptr ? toText(function->runtime) : QString()});
    m_runtime->setToolTip(function != nullptr ? toText(function->runtime) : QString());
    m_function->setTitle(target.function.empty() ? tr("Choose a function") : toText(target.function));
    m_group->setCell(groupCell(target.group));
    m_group->setVisible(!target.function.empty());

    const auto *deployment = m_model.deployment();
    m_version->setVisible(deployment != nullptr);
    m_health->setVisible(deployment != nullptr && deployment->status);
    m_rule->setVisible(deployment != nullptr);
    if (deployment == nullptr) {
        return;
    }
    QStringList versions;
    for (const wire::VersionWeight &weight : deployment->weights) {
        versions.append(deployment->weights.size() == 1
                            ? u"v%1"_s.arg(weight.version)
                            : u"v%1 %2 %"_s.arg(weight.version).arg(weight.weight));
    }
    m_version->setCell(widgets::PillCell{.text = versions.join(u" · "_s)});
    const QString rule = ruleText(deployment->scaling);
    const int number = deployment->status ? deployment->status->policyNumber : 1;
    m_rule->setToolTip(tr("Rule revision %1 · %2").arg(number).arg(rule));
    elideRule();
    if (!deployment->status) {
        return;
    }
    widgets::PillCell pill = healthPill(deployment->status->state);
    QString reason = toText(deployment->status->reason);
    if (deployment->status->state == wire::DeploymentState::Healthy && isLimited(*deployment)) {
        pill = {.text = tr("Limited"), .icon = u"alert"_s, .tone = Tone::Warn};
        reason = tr("The load asks for more instances than the maximum allows.");
    }
    if (m_isStale) {
        pill = {.text = tr("Was: %1", "state before the connection broke").arg(pill.text)};
    }
    m_health->setCell(pill);
    m_health->setToolTip(reason);
}

void ScalingHeader::showFigures()
{
    const auto &figures = m_model.figures();
    const QLocale locale;
    const auto text = [&locale](const std::optional<double> &value, int decimals) {
        return value ? locale.toString(*value, 'f', decimals) : models::dash();
    };
    const auto count = [&locale](const std::optional<int> &value) {
        return value ? locale.toString(*value) : models::dash();
    };
    m_requests->setValue(text(figures.requestsPerSecond, 0), tr("req/s"));
    const double success = figures.successPercent.value_or(100);
    m_success->setValue(text(figures.successPercent, 2), u"%"_s,
                        success < 99.0   ? Ink::Bad
                        : success < 99.9 ? Ink::Warn
                                         : Ink::Primary);
    const double p99 = figures.p99Ms.value_or(0);
    m_p99->setValue(p99 >= 10'000 ? text(p99 / 1000, 1) : text(figures.p99Ms, p99 < 10 ? 1 : 0),
                    p99 >= 10'000 ? tr("s") : tr("ms"));
    m_ready->setValue(
        figures.ready || figures.desired
            ? tr("%1 / %2", "ready, desired").arg(count(figures.ready), count(figures.desired))
            : models::dash(),
        {}, figures.ready && figures.desired && *figures.ready < *figures.desired ? Ink::Warn : Ink::Primary);
    m_coldStarts->setValue(count(figures.coldStarts), {});
}

void ScalingHeader::fillFunctions()
{
    m_functions->clear();
    std::map<std::string, wire::GroupName> first; // of each function that is deployed, by name
    auto &deployments = m_session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        const wire::Deployment &deployment = deployments.at(i);
        const wire::GroupName group{deployment.set, deployment.lane, deployment.region};
        const auto [at, isNew] = first.try_emplace(deployment.function, group);
        at->second = std::min(at->second, group);
    }
    for (const auto &[name, group] : first) {
        QAction *action = m_functions->addAction(toText(name));
        action->setCheckable(true);
        action->setChecked(name == m_model.target().function);
        connect(action, &QAction::triggered, this,
                [this, name, group] { Q_EMIT targetChosen(toText(name), group); });
    }
    if (first.empty()) {
        m_functions->addAction(tr("No function is deployed"))->setEnabled(false);
    }
}

void ScalingHeader::fillGroups()
{
    m_groups->clear();
    std::vector<wire::GroupName> groups;
    auto &deployments = m_session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        const wire::Deployment &deployment = deployments.at(i);
        if (deployment.function == m_model.target().function) {
            groups.push_back({deployment.set, deployment.lane, deployment.region});
        }
    }
    std::ranges::sort(groups);
    for (const wire::GroupName &group : groups) {
        QAction *action = m_groups->addAction(toText(toString(group)));
        action->setCheckable(true);
        action->setChecked(group == m_model.target().group);
        connect(action, &QAction::triggered, this,
                [this, group] { Q_EMIT targetChosen(toText(m_model.target().function), group); });
    }
}

} // namespace nest::console
