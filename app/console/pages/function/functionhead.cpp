// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/functionhead.h"

#include "app/console/look.h"
#include "models/session.h"
#include "widgets/shell/titlebutton.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>

#include <algorithm>
#include <ranges>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

constexpr int leastGroup = 120;
constexpr int spare = 40; // the figures go before they would hold the window open

/// Buttons that were never shown have no style yet, and seem smaller than they are.
void polish(QWidget &tools)
{
    for (QWidget *part : tools.findChildren<QWidget *>()) {
        part->ensurePolished();
    }
    if (tools.layout() != nullptr) {
        tools.layout()->invalidate();
    }
}

} // namespace

FunctionHead::FunctionHead(models::Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_runtime(new widgets::CellWidget(this))
    , m_functions(new QMenu(this))
    , m_function(new widgets::TitleButton(m_functions, this))
    , m_version(new widgets::CellWidget(this))
    , m_groups(new QMenu(this))
    , m_group(new widgets::CellWidget(this))
    , m_health(new widgets::CellWidget(this))
    , m_figures(new QWidget(this))
    , m_tools(new QStackedWidget(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(widgets::space::page - 3, 0, widgets::space::page, 0);
    row->setSpacing(widgets::space::chip);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_runtime, m_function, m_version, m_group, m_health}) {
        row->addWidget(part);
    }
    row->addStretch(1);
    auto *figures = new QHBoxLayout(m_figures);
    figures->setContentsMargins({});
    m_requests = addFigure(figures, tr("Requests"), u"requests"_s);
    m_success = addFigure(figures, tr("Success"), u"success"_s);
    m_p99 = addFigure(figures, tr("p99"), u"p99"_s);
    m_ready = addFigure(figures, tr("Ready / desired"), u"ready"_s);
    row->addWidget(m_figures);
    row->addSpacing(widgets::space::page);
    row->addWidget(m_tools);
    m_tools->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_tools->hide();
    setFixedHeight(widgets::themeOf(this).size.pageHeader);
    m_function->setObjectName("function"_L1);
    m_function->setAccessibleName(tr("Function"));
    m_group->setObjectName("group"_L1);
    m_group->setMenu(m_groups);
    m_group->setSizePolicy(QSizePolicy::Maximum,
                           QSizePolicy::Fixed); // long names give way, as the function's
    m_group->setMinimumWidth(leastGroup);
    connect(m_functions, &QMenu::aboutToShow, this, &FunctionHead::fillFunctions);
    connect(m_groups, &QMenu::aboutToShow, this, &FunctionHead::fillGroups);
}

widgets::Figure *FunctionHead::addFigure(QHBoxLayout *row, const QString &name, const QString &objectName)
{
    row->addSpacing(widgets::space::page);
    auto *figure = new widgets::Figure(name, this);
    figure->value()->setObjectName(objectName);
    row->addWidget(figure);
    return figure;
}

void FunctionHead::setTarget(const FunctionTarget &target)
{
    m_target = target;
    show();
}

void FunctionHead::setStale(bool isStale)
{
    m_isStale = isStale;
    for (widgets::Figure *figure : {m_requests, m_success, m_p99, m_ready}) {
        figure->setStale(isStale);
    }
    for (widgets::CellWidget *cell : {m_version, m_group, m_health}) {
        cell->setStale(isStale);
    }
    showNames();
    showRoom();
}

void FunctionHead::showTools(QWidget *tools)
{
    m_figures->hide(); // first: with many buttons it is wider than a small window
    if (tools != nullptr && !m_tools->isAncestorOf(tools)) {
        auto *box = new QWidget; // a stack stretches what lies in it
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins({});
        row->addWidget(tools, 0, Qt::AlignRight | Qt::AlignVCenter);
        tools->show(); // it may have been kept hidden while nobody held it
        m_tools->addWidget(box);
    }
    if (tools != nullptr) {
        polish(*tools);
        m_tools->setCurrentWidget(tools->parentWidget());
        for (int i = 0; i < m_tools->count(); ++i) { // the widest tab must not leave a hole in the others
            const bool isShown = m_tools->widget(i) == m_tools->currentWidget();
            const auto policy = isShown ? QSizePolicy::Preferred : QSizePolicy::Ignored;
            m_tools->widget(i)->setSizePolicy(policy, QSizePolicy::Preferred);
        }
    }
    // Code has many buttons and no need of the figures; the rest has room for both.
    m_tools->setVisible(tools != nullptr);
    constexpr int wide = 320;
    m_wantsFigures = tools == nullptr || tools->sizeHint().width() < wide;
    showRoom();
}

void FunctionHead::showRoom()
{
    if (std::exchange(m_isShowingRoom, true)) {
        return; // the figures that come or go may resize the head
    }
    const bool isShown = m_figures->isVisibleTo(this);
    layout()->invalidate();
    const int least =
        layout()->minimumSize().width() + (isShown ? 0 : m_figures->sizeHint().width() + spare / 2);
    m_figures->setVisible(m_wantsFigures && width() >= least + spare);
    m_isShowingRoom = false;
}

void FunctionHead::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showRoom();
}

void FunctionHead::show()
{
    showNames();
    showFigures();
    showRoom();
}

void FunctionHead::showNames()
{
    const auto *function = m_session.functions().find(m_target.function.toStdString());
    const std::string runtime = function != nullptr ? function->runtime : std::string();
    m_runtime->setCell(widgets::IconCell{.icon = runtimeIcon(runtime), .text = runtimeName(runtime)});
    m_runtime->setToolTip(runtimeName(runtime));
    m_function->setTitle(m_target.function);
    const auto *deployment =
        m_session.deployments().find(m_target.function.toStdString() + '/' + toString(m_target.group));
    m_group->setCell(groupCell(m_target.group));
    m_group->setToolTip(toText(toString(m_target.group)));
    m_version->setVisible(deployment != nullptr);
    m_health->setVisible(true);
    if (deployment == nullptr) {
        m_health->setCell(widgets::PillCell{.text = tr("Not deployed"), .icon = u"ring"_s});
        m_health->setToolTip({});
        return;
    }
    m_version->setCell(widgets::PillCell{.text = weightsText(*deployment)});
    if (!deployment->status) {
        return;
    }
    widgets::PillCell pill = healthPill(deployment->status->state);
    if (m_isStale) {
        pill = {.text = tr("Was: %1", "state before the connection broke").arg(pill.text)};
    }
    m_health->setCell(pill);
    m_health->setToolTip(toText(deployment->status->reason));
}

void FunctionHead::showFigures()
{
    const QLocale locale;
    const auto unknown = widgets::unknownText();
    const std::string key = m_target.function.toStdString() + '/' + toString(m_target.group);
    const auto *deployment = m_session.deployments().find(key);
    const auto *stats = m_session.stats().deployment(key);
    const auto text = [&](std::optional<double> value, int decimals) {
        return value ? locale.toString(*value, 'f', decimals) : unknown;
    };
    const auto requests = stats != nullptr ? std::optional(stats->requestsPerSecond) : std::nullopt;
    m_requests->setValue(text(requests, 0), tr("req/s"));
    const auto success = stats != nullptr ? stats->successPercent : std::nullopt;
    const double shown = success.value_or(100);
    m_success->setValue(text(success, 2), u"%"_s,
                        shown < 99.0   ? Ink::Bad
                        : shown < 99.9 ? Ink::Warn
                                       : Ink::Primary);
    const auto p99 = stats != nullptr ? stats->p99Ms : std::nullopt;
    m_p99->setValue(text(p99, p99.value_or(0) < 10 ? 1 : 0), tr("ms"));
    const bool isKnown = deployment != nullptr && deployment->status;
    m_ready->setValue(isKnown ? tr("%1 / %2", "ready, desired")
                                    .arg(locale.toString(deployment->status->ready),
                                         locale.toString(deployment->status->desired))
                              : unknown,
                      {});
}

void FunctionHead::fillFunctions()
{
    m_functions->clear();
    std::vector<std::string> names;
    auto &functions = m_session.functions();
    for (std::size_t i = 0; i < functions.size(); ++i) {
        names.push_back(functions.at(i).name);
    }
    std::ranges::sort(names);
    constexpr std::size_t mostInMenu = 40; // the palette finds the others
    for (const std::string &name : names | std::views::take(mostInMenu)) {
        QAction *action = m_functions->addAction(toText(name));
        action->setCheckable(true);
        action->setChecked(toText(name) == m_target.function);
        connect(action, &QAction::triggered, this,
                [this, name] { Q_EMIT targetChosen({toText(name), m_target.group}); });
    }
}

void FunctionHead::fillGroups()
{
    m_groups->clear();
    std::vector<wire::GroupName> groups;
    auto &deployments = m_session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        if (toText(deployments.at(i).function) == m_target.function) {
            groups.push_back(groupOf(deployments.at(i)));
        }
    }
    std::ranges::sort(groups);
    for (const wire::GroupName &group : groups) {
        QAction *action = m_groups->addAction(toText(toString(group)));
        action->setCheckable(true);
        action->setChecked(group == m_target.group);
        connect(action, &QAction::triggered, this,
                [this, group] { Q_EMIT targetChosen({m_target.function, group}); });
    }
    if (groups.empty()) {
        m_groups->addAction(tr("Deployed nowhere"))->setEnabled(false);
    }
}

} // namespace nest::console
