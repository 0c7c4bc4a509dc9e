// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/deploydialog.h"

#include "app/console/deploy/deployprogress.h"
#include "app/console/deploy/deployside.h"
#include "app/console/deploy/deployundo.h"
#include "app/console/deploy/groupmatrix.h"
#include "app/console/deploy/groupsettings.h"
#include "app/console/deploy/versionchooser.h"
#include "models/deploy/deployrun.h"
#include "models/deploy/deploytexts.h"
#include "models/guard.h"
#include "models/session.h"
#include "widgets/state/banner.h"
#include "widgets/state/toast.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr int choiceWidth = 672;
constexpr int sideWidth = 360;
constexpr int wideSideWidth = 560; // room for lines of code
constexpr int dialogHeight = 788;
constexpr int shortestHeight = 540;
constexpr int toastHeight = 100; // under the dialog: a toast covers none of its buttons
constexpr int headHeight = 48;
constexpr int footHeight = 52;
constexpr int edge = 20;

std::vector<wire::Group> allGroups(models::Session &session)
{
    std::vector<wire::Group> groups;
    for (std::size_t i = 0; i < session.groups().size(); ++i) {
        groups.push_back(session.groups().at(i));
    }
    return groups;
}

std::vector<wire::Deployment> deploymentsOf(models::Session &session, const std::string &function)
{
    std::vector<wire::Deployment> deployments;
    for (std::size_t i = 0; i < session.deployments().size(); ++i) {
        if (session.deployments().at(i).function == function) {
            deployments.push_back(session.deployments().at(i));
        }
    }
    return deployments;
}

QScrollArea *scrolling(QWidget *content)
{
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    return scroll;
}

} // namespace

DeployDialog::DeployDialog(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
                           const DeployRequest &request, QWidget *window)
    : ModalLayer(window)
    , m_session(session)
    , m_guard(guard)
    , m_toasts(toasts)
    , m_request(request)
    , m_left(new QStackedWidget)
    , m_banner(new widgets::Banner)
    , m_outcome(new widgets::CellWidget)
    , m_version(new VersionChooser(session, request))
    , m_count(new Label({}, TextStyle::Body, Ink::Dim))
    , m_select(new QPushButton)
    , m_matrix(new GroupMatrix)
    , m_settings(new GroupSettings)
    , m_side(new DeploySide(session, guard, request.function))
    , m_reason(new QLineEdit)
    , m_missing(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_deploy(new QPushButton)
{
    setObjectName("deployDialog"_L1);
    setAccessibleName(tr("Deploy %1").arg(request.function));
    m_plan.setFunction(request.function.toStdString());
    auto *column = new QVBoxLayout(panel());
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(m_banner);
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    m_left->addWidget(makeChoice());
    body->addWidget(m_left, 1);
    body->addWidget(widgets::makeLine(Qt::Vertical));
    body->addWidget(m_side);
    column->addLayout(body, 1);
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(makeFoot());

    for (CollectionBase *collection : {static_cast<CollectionBase *>(&session.groups()),
                                       static_cast<CollectionBase *>(&session.deployments())}) {
        connect(collection, &CollectionBase::changed, this, &DeployDialog::takeState);
        connect(collection, &CollectionBase::listed, this, &DeployDialog::takeState);
    }
    connect(&session, &models::Session::stateChanged, this, &DeployDialog::showOffline);
    connect(m_banner, &widgets::Banner::linkActivated, &session, &models::Session::retry);
    connect(m_version, &VersionChooser::versionChanged, this, &DeployDialog::versionChosen);
    connect(m_side, &DeploySide::confirmChanged, this, &DeployDialog::show);
    connect(m_matrix, &GroupMatrix::toggled, this, [this](std::size_t row, bool isChosen) {
        m_isTickedByItself = false;
        m_plan.choose(row, isChosen);
        show();
    });
    const auto edited = [this](const wire::GroupName &group, const auto &edit) {
        for (std::size_t row = 0; row < m_plan.rows().size(); ++row) {
            if (m_plan.rows()[row].group == group) {
                edit(row);
            }
        }
        show();
    };
    connect(m_settings, &GroupSettings::scalingChanged, this,
            [this, edited](const wire::GroupName &group, models::ScalingField field, double value) {
                edited(group, [&](std::size_t row) { m_plan.setScaling(row, field, value); });
            });
    connect(m_settings, &GroupSettings::scalingLeftOut, this,
            [this, edited](const wire::GroupName &group, models::ScalingField field) {
                edited(group, [&](std::size_t row) { m_plan.resetScaling(row, field); });
            });
    connect(m_settings, &GroupSettings::shareChanged, this,
            [this, edited](const wire::GroupName &group, int share) {
                edited(group, [&](std::size_t row) { m_plan.setShare(row, share); });
            });
    connect(m_settings, &GroupSettings::readableChanged, this, &DeployDialog::show);
    placeHalves();
    takeState();
    showOffline();
}

DeployDialog::~DeployDialog()
{
    if (m_run) {
        retire(*m_run);
    }
}

QWidget *DeployDialog::makeHead()
{
    auto *head = new QWidget;
    head->setFixedHeight(headHeight);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(edge, 0, widgets::space::page, 0);
    row->setSpacing(widgets::space::control);
    auto *icon = new QToolButton;
    icon->setIcon(widgets::themedIcon(u"deploy"_s));
    icon->setFocusPolicy(Qt::NoFocus);
    icon->setAttribute(Qt::WA_TransparentForMouseEvents);
    row->addWidget(icon);
    row->addWidget(new Label(tr("Deploy %1").arg(m_request.function), TextStyle::Title));
    if (m_guard.level() != models::Guard::Level::Open) {
        auto *pill = new widgets::CellWidget;
        pill->setCell(
            widgets::PillCell{.text = m_guard.needsName() ? tr("Production") : tr("Staging"),
                              .icon = m_guard.needsName() ? u"lock"_s : u"info"_s,
                              .tone = m_guard.needsName() ? widgets::Tone::Bad : widgets::Tone::Warn});
        row->addWidget(pill);
    }
    m_outcome->setObjectName("deployOutcome"_L1);
    m_outcome->hide();
    row->addWidget(m_outcome);
    row->addStretch();
    auto *close = new QToolButton;
    close->setObjectName("close"_L1);
    close->setIcon(widgets::themedIcon(u"close"_s));
    close->setAccessibleName(tr("Close"));
    row->addWidget(close);
    connect(close, &QToolButton::clicked, this, &ModalLayer::finish);
    return head;
}

QWidget *DeployDialog::makeChoice()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(edge, widgets::space::page, edge, widgets::space::page);
    column->setSpacing(widgets::space::panel);
    column->addWidget(m_version);
    auto *title = new QHBoxLayout;
    title->setSpacing(widgets::space::control);
    title->addWidget(new Label(tr("Groups"), TextStyle::Strong));
    m_count->setObjectName("groupCount"_L1);
    title->addWidget(m_count);
    title->addStretch();
    widgets::setButtonKind(m_select, widgets::ButtonKind::Link);
    widgets::setSmall(m_select);
    m_select->setObjectName("selectAll"_L1);
    title->addWidget(m_select);
    connect(m_select, &QPushButton::clicked, this, &DeployDialog::selectAll);
    auto *create = new QPushButton(tr("New group…"));
    create->setObjectName("newGroup"_L1);
    create->setToolTip(tr("Make a SET, a lane or a region, and deploy to it"));
    create->setIcon(widgets::themedIcon(u"plus"_s));
    widgets::setButtonKind(create, widgets::ButtonKind::Link);
    widgets::setSmall(create);
    title->addWidget(create);
    connect(create, &QPushButton::clicked, this, &DeployDialog::makeGroup);
    column->addLayout(title);
    column->addWidget(m_matrix);
    column->addWidget(m_settings);
    column->addStretch();
    return scrolling(content);
}

QWidget *DeployDialog::makeFoot()
{
    auto *foot = new QWidget;
    foot->setFixedHeight(footHeight);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(edge, 0, edge, 0);
    row->setSpacing(widgets::space::control);
    m_reason->setObjectName("reason"_L1);
    m_reason->setMinimumWidth(320);
    m_reason->setMaxLength(500);
    m_reason->setPlaceholderText(m_guard.needsReason() ? tr("Reason, kept with the change (required)")
                                                       : tr("Reason, kept with the change"));
    m_reason->setAccessibleName(tr("Reason"));
    row->addWidget(m_reason);
    m_missing->setObjectName("missing"_L1);
    m_missing->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_missing->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_missing, 1);
    m_cancel->setObjectName("cancel"_L1);
    row->addWidget(m_cancel);
    m_deploy->setObjectName("deploy"_L1);
    m_deploy->setIcon(widgets::themedIcon(u"deploy"_s));
    m_deploy->setToolTip(u"Ctrl+Enter"_s);
    QSizePolicy kept = m_deploy->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_deploy->setSizePolicy(kept);
    widgets::setButtonKind(m_deploy, widgets::ButtonKind::Primary);
    row->addWidget(m_deploy);
    connect(m_reason, &QLineEdit::textChanged, this, &DeployDialog::show);
    connect(m_cancel, &QPushButton::clicked, this, &ModalLayer::finish);
    connect(m_deploy, &QPushButton::clicked, this, &DeployDialog::deploy);
    return foot;
}

void DeployDialog::takeState()
{
    if (m_run) {
        return;
    }
    m_plan.setState(allGroups(m_session), deploymentsOf(m_session, m_plan.function()));
    versionChosen();
}

void DeployDialog::versionChosen()
{
    const wire::Version *version = m_version->version();
    m_plan.setVersion(version != nullptr ? version->number : 0);
    if (!m_hasBegun && version != nullptr && m_session.groups().isListed() &&
        m_session.deployments().isListed()) {
        m_hasBegun = true;
        if (m_plan.rows().size() == 1) {
            m_plan.choose(0, true); // where else
            m_isTickedByItself = true;
        }
    }
    chooseWanted();
    show();
}

void DeployDialog::show()
{
    if (m_run) {
        return;
    }
    m_matrix->show(m_plan);
    m_settings->show(m_plan);
    m_side->show(m_plan, presentVersion(), m_version->version());
    const QLocale locale;
    const auto groups = static_cast<int>(m_plan.rows().size());
    int ready = 0;
    for (const models::DeployRow &row : m_plan.rows()) {
        ready += row.present && row.present->status ? row.present->status->ready : 0;
    }
    const QString chosen = locale.toString(static_cast<int>(m_plan.chosenCount()));
    m_count->setText(ready == 0 ? tr("%1 of %2 selected").arg(chosen, locale.toString(groups))
                                : tr("%1 of %2 selected, %3 of %4 instances change")
                                      .arg(chosen, locale.toString(groups),
                                           locale.toString(models::replacedInstances(m_plan)),
                                           locale.toString(ready)));
    m_select->setText(m_plan.chosenCount() > 0 ? tr("Select none") : tr("Select all that can change"));
    const QString missing = this->missing();
    m_missing->setText(missing);
    m_missing->setToolTip(missing);
    m_deploy->setEnabled(missing.isEmpty());
    m_deploy->setText(m_plan.version() > 0 ? tr("Deploy v%1").arg(m_plan.version()) : tr("Deploy"));
}

/// The one that is exchanged: of the first chosen group where the function runs, else of the first group at
/// all.
const wire::Version *DeployDialog::presentVersion() const
{
    const wire::Version *any = nullptr;
    for (const models::DeployRow &row : m_plan.rows()) {
        const auto others = row.others(m_plan.version());
        if (others.empty()) {
            continue;
        }
        const wire::Version *version =
            m_version->find(std::ranges::max(others, {}, &wire::VersionWeight::weight).version);
        if (row.isChosen && version != nullptr) {
            return version;
        }
        any = any == nullptr ? version : any;
    }
    return any;
}

QString DeployDialog::missing() const
{
    if (!m_session.isConnected()) {
        return tr("Offline: nothing can be deployed.");
    }
    if (m_plan.version() == 0) {
        return m_version->missing();
    }
    if (m_plan.chosenCount() == 0) {
        return tr("Choose at least one group.");
    }
    if (m_settings->hasUnreadable()) {
        return tr("A field holds no number.");
    }
    if (const auto problems = m_plan.problems(); !problems.empty()) {
        return problems.front().sentence;
    }
    if (const QString guard = m_side->missing(); !guard.isEmpty()) {
        return guard;
    }
    if (m_guard.needsReason() && m_reason->text().trimmed().isEmpty()) {
        return tr("Give a reason.");
    }
    return {};
}

void DeployDialog::showOffline()
{
    const bool isConnected = m_session.isConnected();
    m_matrix->setStale(!isConnected);
    if (isConnected) {
        m_banner->hide();
    } else {
        m_banner->setBanner({.tone = widgets::Tone::Warn,
                             .icon = u"offline"_s,
                             .fact = tr("Offline"),
                             .detail = tr("What is shown is old. Everything you entered stays."),
                             .note = {},
                             .link = tr("Retry now")});
    }
    show();
}

void DeployDialog::accept()
{
    if (!m_run && missing().isEmpty()) {
        deploy();
    }
}

bool DeployDialog::otherKey(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo)) {
        return m_toasts.activateNewest();
    }
    if (event->key() == Qt::Key_M && event->modifiers() == Qt::ControlModifier) { // the window's keys are off
        return m_toasts.closeNewest();
    }
    if (event->key() == Qt::Key_D && event->modifiers() == Qt::NoModifier) {
        m_side->nextChange();
        return true;
    }
    return false;
}

void DeployDialog::deploy()
{
    if (m_run || !missing().isEmpty()) {
        return;
    }
    std::vector<models::DeployStep> steps;
    const std::string reason = m_reason->text().trimmed().toStdString();
    for (const std::size_t row : m_plan.chosen()) {
        const models::DeployRow &at = m_plan.rows()[row];
        models::DeployStep &step = steps.emplace_back();
        step.wanted = m_plan.wanted(row, reason);
        step.before = at.present;
        step.usesManifest = at.usesManifest;
        for (const models::ScalingField field : at.edited) {
            step.scalingFields.push_back(models::DeployPlan::nameOf(field));
        }
    }
    m_run = new models::DeployRun(m_session, m_plan.version(), std::move(steps), this);
    offerUndo(m_toasts, *m_run);
    showRun();
    m_run->start();
    Q_EMIT deployStarted();
}

/// The left half becomes the groups' states. Nothing else moves: Close stays where Cancel was, so that a
/// second press on Deploy hits nothing.
void DeployDialog::showRun()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(edge, widgets::space::page, edge, widgets::space::page);
    column->addWidget(new DeployProgress(*m_run, m_guard));
    QScrollArea *scroll = scrolling(page);
    m_left->addWidget(scroll);
    m_left->setCurrentWidget(scroll);
    m_side->showRun(*m_run);
    showOutcome();
    connect(m_run, &models::DeployRun::rowChanged, this, &DeployDialog::showOutcome);
    m_reason->setReadOnly(true);
    m_reason->setVisible(!m_reason->text().isEmpty());
    m_deploy->hide();
    m_missing->clear();
    m_cancel->setText(tr("Close"));
    widgets::setButtonKind(m_cancel, widgets::ButtonKind::Primary);
    m_cancel->setFocus();
    placeHalves();
}

/// One size from the beginning to the end, which the window alone decides: the left half keeps its width, the
/// right one gets what is left over. Nothing that is shown or comes moves a button.
void DeployDialog::placeHalves()
{
    const int room = parentWidget()->width() - 2 * edge - choiceWidth;
    const int side = std::clamp(room, sideWidth, wideSideWidth);
    const int height = std::clamp(parentWidget()->height() - 2 * toastHeight, shortestHeight, dialogHeight);
    m_side->setFixedWidth(side);
    setPanelSize({choiceWidth + side, height});
}

void DeployDialog::resizeEvent(QResizeEvent *event)
{
    placeHalves();
    ModalLayer::resizeEvent(event);
}

} // namespace nest::console
