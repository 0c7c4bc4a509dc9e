// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/reservedpanel.h"

#include "app/console/look.h"
#include "models/session.h"
#include "widgets/chart/floorchart.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/state/loadingbar.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QCoroTask>

#include <QComboBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr auto planEvery = std::chrono::minutes(1);
constexpr auto statusEvery = std::chrono::seconds(5);
constexpr int rowsSeen = 4;
constexpr int factsWidth = 170;

std::string keyOf(const wire::Deployment &deployment)
{
    return models::Collection<wire::Deployment>::keyOf(deployment);
}

bool isReserved(const wire::Deployment &deployment)
{
    const auto &rules = deployment.scaling.reservations;
    return deployment.scaling.reserved > 0 || (rules && !rules->empty());
}

} // namespace

ReservedPanel::ReservedPanel(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
                             QWidget *parent)
    : QWidget(parent)
    , m_writing{session, guard, toasts}
    , m_choice(new QComboBox)
    , m_add(new QPushButton(tr("Add rule")))
    , m_said(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_trouble(new Label({}, TextStyle::Body, Ink::Warn))
    , m_hours(new Label({}, TextStyle::Strong))
    , m_cost(new QWidget)
    , m_amount(new Label({}, TextStyle::Strong))
    , m_stack(new QStackedWidget)
    , m_content(new QWidget)
    , m_chart(new chart::FloorChart)
    , m_empty(new widgets::EmptyState(u"pool"_s, {}, {}))
    , m_failed(new widgets::ErrorState)
    , m_loading(new widgets::LoadingBar)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins({});
    content->setSpacing(0);
    m_said->setObjectName("reservedStatus"_L1);
    m_said->setContentsMargins(widgets::space::page, widgets::space::control, widgets::space::page, 0);
    content->addWidget(m_said);
    m_trouble->setObjectName("reservedTrouble"_L1);
    m_trouble->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    m_trouble->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_trouble->hide();
    content->addWidget(m_trouble);
    m_chart->setObjectName("floorChart"_L1);
    m_chart->setAccessibleName(tr("Reserved instances, next 24 h"));
    content->addWidget(m_chart, 1);
    content->addWidget(widgets::makeLine(Qt::Horizontal, this));
    content->addWidget(buildFoot());
    m_stack->addWidget(m_content);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_failed);
    m_stack->addWidget(m_loading);
    column->addWidget(m_stack, 1);
    applyColours();

    auto &deployments = session.deployments();
    connect(&deployments, &CollectionBase::changed, this, &ReservedPanel::changed);
    connect(&deployments, &CollectionBase::listed, this, &ReservedPanel::follow);
    connect(&deployments, &CollectionBase::stateChanged, this, &ReservedPanel::showState);
    connect(&session, &models::Session::stateChanged, this, &ReservedPanel::connectionChanged);
    connect(m_choice, &QComboBox::activated, this,
            [this] { choose(m_choice->currentData().toString().toStdString()); });
    connect(m_add, &QPushButton::clicked, this, [this] { Q_EMIT editRequested({}); });
    connect(m_failed, &widgets::ErrorState::retryRequested, this, &ReservedPanel::refresh);
    connect(&m_minute, &QTimer::timeout, this, &ReservedPanel::ask);
    connect(&m_seconds, &QTimer::timeout, this, &ReservedPanel::askStatus);
    m_minute.setInterval(planEvery);
    m_seconds.setInterval(statusEvery);
}

ReservedPanel::~ReservedPanel() = default;

QWidget *ReservedPanel::buildHead()
{
    auto *headBox = new QWidget(this);
    auto *head = new QHBoxLayout(headBox);
    head->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    head->setSpacing(widgets::space::panel);
    head->addWidget(new Label(tr("Reserved instances, next 24 h"), TextStyle::Strong));
    m_choice->setObjectName("reservedChoice"_L1);
    m_choice->setAccessibleName(tr("Function and group"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(26);
    m_choice->setMaxVisibleItems(20);
    m_choice->setPlaceholderText(tr("Choose a function"));
    head->addWidget(m_choice);
    head->addStretch();
    head->addWidget(new Label(tr("the highest rule wins"), TextStyle::Caption, Ink::Dim));
    m_add->setObjectName("addRule"_L1);
    m_add->setIcon(widgets::themedIcon(u"plus"_s));
    widgets::setSmall(m_add);
    head->addWidget(m_add);
    headBox->setFixedHeight(widgets::themeOf(this).size.panelHead);
    return headBox;
}

QWidget *ReservedPanel::buildFoot()
{
    auto *foot = new QWidget;
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins({});
    line->setSpacing(0);
    auto *rows = new QWidget;
    m_rows = new QVBoxLayout(rows);
    m_rows->setContentsMargins({});
    m_rows->setSpacing(0);
    m_rows->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setObjectName("ruleRows"_L1);
    scroll->setWidget(rows);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedHeight(rowsSeen * widgets::themeOf(this).size.rowCompact);
    line->addWidget(scroll, 1);
    line->addWidget(widgets::makeLine(Qt::Vertical, foot));
    auto *facts = new QWidget;
    facts->setFixedWidth(factsWidth);
    auto *column = new QVBoxLayout(facts);
    column->setContentsMargins(widgets::space::panel, widgets::space::control, widgets::space::panel, 0);
    column->setSpacing(widgets::space::chip);
    column->addWidget(new Label(tr("Reserved instance-hours"), TextStyle::Body, Ink::Secondary));
    m_hours->setObjectName("reservedHours"_L1);
    column->addWidget(m_hours);
    auto *cost = new QVBoxLayout(m_cost);
    cost->setContentsMargins(0, widgets::space::chip, 0, 0);
    cost->setSpacing(widgets::space::chip);
    cost->addWidget(new Label(tr("Estimated cost"), TextStyle::Body, Ink::Secondary));
    m_amount->setObjectName("reservedCost"_L1);
    m_amount->setToolTip(tr("Of these hours, at the price of memory that the platform's operator has set."));
    cost->addWidget(m_amount);
    column->addWidget(m_cost);
    column->addStretch();
    line->addWidget(facts);
    return foot;
}

void ReservedPanel::keepIn(QSettings &settings)
{
    m_settings = &settings;
    m_key = settings.value("pools/reserved").toString().toStdString();
    follow();
}

void ReservedPanel::setScope(const models::Scope &scope)
{
    if (scope != m_scope) {
        m_scope = scope;
        m_areChoicesOld = true;
        follow();
    }
}

const wire::Deployment *ReservedPanel::deployment() const
{
    return m_key.empty() ? nullptr : m_writing.session.deployments().find(m_key);
}

/// Those that reserve something first. An open list stays as it is while only figures change.
void ReservedPanel::fillChoices()
{
    const auto &deployments = m_writing.session.deployments();
    const QSignalBlocker quiet(m_choice);
    if (deployments.isListed() && std::exchange(m_areChoicesOld, false)) {
        struct Choice
        {
            bool isFree;
            std::string key;
            const wire::Deployment *deployment;
        };
        std::vector<Choice> choices;
        m_reserving.clear();
        for (std::size_t i = 0; i < deployments.size(); ++i) {
            const wire::Deployment &each = deployments.at(i);
            const std::string key = keyOf(each);
            if (isReserved(each)) {
                m_reserving.insert(key);
            }
            if (m_scope.contains(each)) {
                choices.push_back({!isReserved(each), key, &each});
            }
        }
        std::ranges::sort(choices, [](const Choice &one, const Choice &other) {
            return std::tie(one.isFree, one.key) < std::tie(other.isFree, other.key);
        });
        m_choice->clear();
        for (const auto &[isFree, key, each] : choices) {
            m_choice->addItem(toText(each->function + "  " + toString(groupOf(*each))), toText(key));
        }
    }
    m_choice->setCurrentIndex(m_choice->findData(toText(m_key)));
    m_choice->setToolTip(m_choice->currentText());
}

void ReservedPanel::changed(const models::CollectionDelta &delta)
{
    const auto &deployments = m_writing.session.deployments();
    m_isTold = m_isTold || std::ranges::contains(delta.inserted, m_key) ||
               std::ranges::contains(delta.updated, m_key);
    m_areChoicesOld = m_areChoicesOld || !delta.inserted.empty() || !delta.removed.empty() ||
                      std::ranges::any_of(delta.updated, [&](const std::string &key) {
                          const wire::Deployment *each = deployments.find(key);
                          return each != nullptr && isReserved(*each) != m_reserving.contains(key);
                      });
    follow();
}

/// The lists may be there before the session is connected; what could not be asked then is asked now.
void ReservedPanel::connectionChanged()
{
    const bool isConnected = m_writing.session.isConnected();
    if (isConnected && !m_wasConnected && isVisible()) {
        refresh();
    }
    m_wasConnected = isConnected;
}

/// What is known of the deployments is new: the choice is one of them, and its plan of its policy.
void ReservedPanel::follow()
{
    if (!isVisible()) {
        return; // looks when it is shown
    }
    fillChoices();
    const wire::Deployment *chosen = deployment();
    const bool isFree = m_writing.session.deployments().isListed() && !m_edited;
    if (isFree && (chosen == nullptr || !m_scope.contains(*chosen))) {
        // Else the editor says what became of its deployment. Not kept: nobody chose it.
        const std::string first =
            m_choice->count() > 0 ? m_choice->itemData(0).toString().toStdString() : std::string();
        const std::string next = m_reserving.contains(first) ? first : std::string();
        if (next != m_key) {
            forget(next);
            chosen = deployment();
        }
    }
    if (chosen != nullptr) {
        if (chosen->status && (std::exchange(m_isTold, false) || !m_status)) {
            m_status = chosen->status->reserved;
        }
        if (m_planned != chosen->scaling) {
            ask();
        }
    }
    showState();
    Q_EMIT deploymentChanged();
}

/// Another one is chosen: nothing is known of it yet.
void ReservedPanel::forget(const std::string &next)
{
    m_key = next;
    ++m_generation;
    m_plan.reset();
    m_planned.reset();
    m_status.reset();
    m_whatIf.reset();
    m_problem.clear();
    m_choice->setCurrentIndex(m_choice->findData(toText(next)));
}

void ReservedPanel::choose(const std::string &key)
{
    if (key == m_key) {
        return;
    }
    if (m_settings != nullptr) {
        m_settings->setValue("pools/reserved", toText(key));
    }
    forget(key);
    follow();
}

void ReservedPanel::ask()
{
    const wire::Deployment *chosen = deployment();
    if (chosen == nullptr || !m_writing.session.isConnected()) {
        return; // connectionChanged() asks then
    }
    m_planned = chosen->scaling;
    const int asked = ++m_generation;
    QCoro::connect(m_writing.session.client().floorPlan(chosen->function, groupOf(*chosen), plannedHours),
                   this, [this, asked](Result<wire::FloorPlan> &&plan) {
                       if (asked == m_generation) {
                           take(std::move(plan));
                       }
                   });
}

void ReservedPanel::take(Result<wire::FloorPlan> &&plan)
{
    if (plan) {
        m_plan = std::move(*plan);
        m_problem.clear();
    } else { // asked again in a minute
        m_problem = toText(plan.error().detail);
    }
    applyColours();
    showState();
    Q_EMIT deploymentChanged(); // the editor says what a change adds to the plan
}

/// What is in use is told by no watch.
void ReservedPanel::askStatus()
{
    const wire::Deployment *chosen = deployment();
    if (chosen == nullptr || !m_writing.session.isConnected() || !m_status) {
        return;
    }
    QCoro::connect(m_writing.session.client().deployment(chosen->function, groupOf(*chosen)), this,
                   [this, key = m_key](Result<wire::Deployment> &&now) {
                       if (now && key == m_key && now->status) {
                           m_isTold = false;
                           m_status = now->status->reserved;
                           showStatus();
                       }
                   });
}

void ReservedPanel::refresh()
{
    ask();
    askStatus();
}

void ReservedPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_minute.start();
    m_seconds.start();
    m_planned.reset(); // hours may have gone
    follow();
    askStatus();
}

void ReservedPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_minute.stop();
    m_seconds.stop();
}

void ReservedPanel::setStale(bool isStale)
{
    if (isStale == m_isStale) {
        return;
    }
    m_isStale = isStale;
    applyColours();
    showState();
}

void ReservedPanel::setDisabledReason(const QString &reason)
{
    m_disabled = reason;
    showState();
}

void ReservedPanel::showWhatIf(const std::optional<wire::FloorPlan> &plan)
{
    m_whatIf = plan;
    showChart();
}

void ReservedPanel::setEdited(const std::optional<QString> &rule)
{
    const bool isFree = m_edited && !rule;
    m_edited = rule;
    isFree ? follow() : showState();
}

} // namespace nest::console
