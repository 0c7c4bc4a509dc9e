// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/scalingpage.h"

#include "app/console/pages/scaling/chartspanel.h"
#include "app/console/pages/scaling/decisionlook.h"
#include "app/console/pages/scaling/decisionspanel.h"
#include "app/console/pages/scaling/scalingheader.h"
#include "app/console/pages/scaling/whypanel.h"
#include "models/roles.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/state/banner.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/toastplace.h"
#include "widgets/theme/controls.h"

#include <QAction>
#include <QDateTime>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <optional>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using models::ScalingModel;
using widgets::ConnectionStatus;

ScalingPage::ScalingPage(models::Session &session, QWidget *parent)
    : Page({.id = u"scaling"_s,
            .title = tr("Scaling"),
            .icon = u"scaling"_s,
            .shortcut = QKeySequence(Qt::Key_G, Qt::Key_S)},
           parent)
    , m_session(session)
    , m_model(session)
    , m_header(new ScalingHeader(session, m_model, this))
    , m_banner(new widgets::Banner(this))
    , m_stack(new QStackedWidget(this))
    , m_parts(new QSplitter(Qt::Horizontal, this))
    , m_side(new QSplitter(Qt::Vertical, this))
    , m_charts(new ChartsPanel(m_model, this))
    , m_decisions(new DecisionsPanel(m_model, this))
    , m_why(new WhyPanel(this))
    , m_empty(new widgets::EmptyState(u"scaling"_s, {}, {}, this))
    , m_loading(new QWidget(this))
{
    m_side->addWidget(m_decisions);
    m_side->addWidget(m_why);
    m_side->setStretchFactor(1, 1);
    m_side->setSizes({282, 470});
    m_parts->addWidget(m_charts);
    m_parts->addWidget(m_side);
    m_parts->setStretchFactor(0, 1);
    m_parts->setSizes({936, 448});
    for (QSplitter *splitter : {m_parts, m_side}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
        connect(splitter, &QSplitter::splitterMoved, this, &ScalingPage::keepSizes);
    }
    m_stack->addWidget(m_loading);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_parts);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    m_banner->hide();
    m_why->setObjectName("why"_L1);
    m_why->setProperty(widgets::toastsKeepClear, true); // its foot is read to the end
    connect(m_empty->addButton(tr("Go to Functions"), u"function"_s), &QPushButton::clicked, this,
            [this] { Q_EMIT pageRequested(u"functions"_s); });

    connect(m_header, &ScalingHeader::targetChosen, this, &ScalingPage::showFunction);
    connect(m_banner, &widgets::Banner::linkActivated, &session, &models::Session::retry);
    connect(m_charts, &ChartsPanel::timeRangeChosen, this, [this](widgets::TimeRange range) {
        setTimeRange(range);
        Q_EMIT timeRangeRequested(range);
    });
    connect(m_charts, &ChartsPanel::retryRequested, this, &ScalingPage::refresh);
    connect(m_charts, &ChartsPanel::decisionsChosen, this, [this](const QStringList &ids) {
        if (!ids.isEmpty()) {
            chooseDecision(ids.first());
        }
    });
    connect(m_decisions, &DecisionsPanel::decisionChosen, this, &ScalingPage::chooseDecision);
    connect(m_why, &WhyPanel::stepRequested, m_decisions, &DecisionsPanel::step);
    connect(&m_model, &ScalingModel::figuresChanged, m_header, &ScalingHeader::show);
    connect(&m_model.decisions(), &QAbstractItemModel::rowsInserted, this, &ScalingPage::explain);
    connect(&m_model.decisions(), &QAbstractItemModel::modelReset, this, &ScalingPage::explain);
    for (CollectionBase *collection : {static_cast<CollectionBase *>(&session.functions()),
                                       static_cast<CollectionBase *>(&session.deployments())}) {
        connect(collection, &CollectionBase::listed, this, &ScalingPage::chooseSomething);
        connect(collection, &CollectionBase::changed, this, &ScalingPage::showState);
        connect(collection, &CollectionBase::stateChanged, this, &ScalingPage::showState);
    }
    connect(&session.deployments(), &CollectionBase::changed, this, &ScalingPage::chooseSomething);
    setTimeRange(widgets::TimeRange::FiveMinutes);
    chooseSomething();
}

ScalingPage::~ScalingPage() = default;

void ScalingPage::addActions(widgets::ActionRegistry &actions)
{
    const auto add = [this, &actions](const QString &id, const QString &text, QList<QKeySequence> keys,
                                      auto act) {
        QAction *action = actions.add({.id = (m_isEmbedded ? u"function.scaling."_s : u"scaling."_s) + id,
                                       .text = text,
                                       .shortcut = keys.front()},
                                      this);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, act);
    };
    // With Shift the bracket is a brace on most keyboards.
    const auto shifted = [](Qt::Key key) {
        return QList<QKeySequence>{QKeySequence(int(Qt::SHIFT) | int(key)), QKeySequence(key)};
    };
    add(u"older"_s, tr("Older decision"), {Qt::Key_J}, [this] { m_decisions->step(1); });
    add(u"newer"_s, tr("Newer decision"), {Qt::Key_K}, [this] { m_decisions->step(-1); });
    add(u"left"_s, tr("Crosshair left"), {Qt::Key_BracketLeft}, [this] { m_charts->moveCrosshair(-1); });
    add(u"right"_s, tr("Crosshair right"), {Qt::Key_BracketRight}, [this] { m_charts->moveCrosshair(1); });
    add(u"farLeft"_s, tr("Crosshair ten steps left"), shifted(Qt::Key_BraceLeft),
        [this] { m_charts->moveCrosshair(-10); });
    add(u"farRight"_s, tr("Crosshair ten steps right"), shifted(Qt::Key_BraceRight),
        [this] { m_charts->moveCrosshair(10); });
    add(u"zoomIn"_s, tr("Zoom in"), {Qt::Key_Plus, Qt::Key_Equal}, [this] { m_charts->zoom(0.5); });
    add(u"zoomOut"_s, tr("Zoom out"), {Qt::Key_Minus}, [this] { m_charts->zoom(2.0); });
    add(u"leave"_s, tr("Back to live"), {Qt::Key_Escape}, [this] {
        if (!m_charts->leave()) {
            m_decisions->clear();
            m_charts->clearDecision();
            explain();
        }
    });
}

void ScalingPage::showFunction(const QString &function, const wire::GroupName &group)
{
    m_model.setTarget({.function = function.toStdString(), .group = group});
    m_charts->clearDecision();
    if (m_settings != nullptr) {
        m_settings->setValue("scaling/function", function);
        m_settings->setValue("scaling/group", QString::fromStdString(toString(group)));
    }
    m_header->show();
    showState();
}

void ScalingPage::keepIn(QSettings &settings)
{
    m_settings = &settings;
    m_parts->restoreState(settings.value("scaling/parts").toByteArray());
    m_side->restoreState(settings.value("scaling/side").toByteArray());
    const QString function = settings.value("scaling/function").toString();
    const auto group = wire::parseGroupName(settings.value("scaling/group").toString().toStdString());
    if (m_model.target().function.empty() && !function.isEmpty() && group) {
        showFunction(function, *group);
    }
}

void ScalingPage::keepSizes()
{
    if (m_settings != nullptr) {
        m_settings->setValue("scaling/parts", m_parts->saveState());
        m_settings->setValue("scaling/side", m_side->saveState());
    }
}

/// With no choice yet, or one that is gone since the last run: the first function in scope, by name.
void ScalingPage::chooseSomething()
{
    auto &deployments = m_session.deployments();
    if (m_model.target().function.empty() && deployments.isListed()) {
        const models::Scope scope{m_scope.set.toStdString(), m_scope.lane.toStdString(),
                                  m_scope.region.toStdString()};
        const wire::Deployment *first = nullptr;
        for (std::size_t i = 0; i < deployments.size(); ++i) {
            const wire::Deployment &deployment = deployments.at(i);
            const bool isEarlier = first == nullptr || deployment.function < first->function ||
                                   (deployment.function == first->function && deployment.lane < first->lane);
            if (scope.contains(deployment) && isEarlier) {
                first = &deployment;
            }
        }
        if (first != nullptr) {
            m_model.setTarget(
                {.function = first->function, .group = {first->set, first->lane, first->region}});
        }
    }
    m_header->show();
    showState();
}

void ScalingPage::setScope(const widgets::Scope &scope)
{
    m_scope = scope;
    // The same function in the group that is looked at now, where it has one.
    const auto &target = m_model.target();
    const models::Scope wanted{scope.set.toStdString(), scope.lane.toStdString(), scope.region.toStdString()};
    if (target.function.empty()) {
        chooseSomething();
        return;
    }
    if (wanted.contains(target.group)) {
        return;
    }
    auto &deployments = m_session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        const wire::Deployment &deployment = deployments.at(i);
        if (deployment.function == target.function && wanted.contains(deployment)) {
            showFunction(QString::fromStdString(deployment.function),
                         {deployment.set, deployment.lane, deployment.region});
            return;
        }
    }
}

void ScalingPage::setTimeRange(widgets::TimeRange range)
{
    m_charts->setTimeRange(range);
    m_header->setRangeName(widgets::nameOf(range));
    m_decisions->setRangeName(widgets::nameOf(range));
}

void ScalingPage::setConnectionStatus(const ConnectionStatus &status)
{
    const bool wasChanged = status.state != m_status.state;
    m_status = status;
    if (wasChanged) {
        const bool isOld = (status.state == ConnectionStatus::State::Offline ||
                            status.state == ConnectionStatus::State::Failed) &&
                           m_session.deployments().isListed();
        m_asOf = isOld ? QDateTime::currentDateTime().addMSecs(-status.age.count()).toString(u"HH:mm:ss"_s)
                       : QString();
        m_header->setStale(isOld);
        m_charts->setStale(isOld);
        m_decisions->setStale(isOld);
        showState();
    }
    showBanner();
}

void ScalingPage::refresh()
{
    if (m_session.isConnected()) {
        m_session.functions().list(); // the decisions are read again after it
        m_session.deployments().list();
        m_charts->leave();
    } else {
        m_session.retry();
    }
}

void ScalingPage::chooseDecision(const QString &id)
{
    m_decisions->choose(id.toStdString());
    const int row = m_model.decisions().rowOf(id.toStdString());
    if (row >= 0) {
        m_charts->showDecision(id, unixMs(m_model.decisions().decision(row)));
    }
    explain();
}

/// The chosen decision, else the newest.
void ScalingPage::explain()
{
    const auto &decisions = m_model.decisions();
    const std::string &chosen = m_decisions->chosen();
    const int row = chosen.empty() ? (decisions.rowCount() > 0 ? 0 : -1) : decisions.rowOf(chosen);
    m_why->setNote(chosen.empty() ? tr("newest") : QString());
    m_why->setDecision(row < 0 ? nullptr : &decisions.decision(row));
    m_header->show();
}

void ScalingPage::showState()
{
    const auto &functions = m_session.functions();
    const auto &deployments = m_session.deployments();
    const bool isListed = functions.isListed() && deployments.isListed();
    if (!isListed) {
        m_stack->setCurrentWidget(m_model.target().function.empty() ? m_loading : m_parts);
    } else if (m_model.deployment() != nullptr) {
        m_stack->setCurrentWidget(m_parts);
    } else if (m_model.target().function.empty()) {
        m_empty->setText(tr("No function is deployed yet"),
                         tr("Deploy one, and its load, its instances and each decision are shown here."));
        m_stack->setCurrentWidget(m_empty);
    } else {
        m_empty->setText(tr("%1 is not deployed here").arg(QString::fromStdString(m_model.target().function)),
                         tr("It has no deployment in %1. Choose another function or group above.")
                             .arg(QString::fromStdString(toString(m_model.target().group))));
        m_stack->setCurrentWidget(m_empty);
    }
    m_header->show();
}

void ScalingPage::setEmbedded()
{
    m_isEmbedded = true;
    m_header->hide();
    m_banner->hide();
}

void ScalingPage::showBanner()
{
    if (m_isEmbedded) {
        return;
    }
    if (m_asOf.isEmpty()) {
        m_banner->hide();
        return;
    }
    const bool hasFailed = m_status.state == ConnectionStatus::State::Failed;
    widgets::BannerText text{
        .tone = hasFailed ? widgets::Tone::Bad : widgets::Tone::Warn,
        .icon = u"offline"_s,
        .fact = hasFailed ? tr("The platform does not come back")
                          : tr("Offline %1").arg(widgets::ageText(m_status.age)),
        .detail = tr("Values are from %1 and shown dim.").arg(m_asOf),
        .note = {},
        .link = hasFailed ? tr("Retry") : tr("Retry now"),
    };
    if (!hasFailed && m_status.retryIn) {
        text.note =
            tr("next try in %1 s").arg(std::chrono::ceil<std::chrono::seconds>(*m_status.retryIn).count());
    }
    m_banner->setBanner(text);
}

} // namespace nest::console
