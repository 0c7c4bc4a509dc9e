// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/poolspage.h"

#include "app/console/look.h"
#include "app/console/pages/pools/capacityline.h"
#include "app/console/pages/pools/pooleditor.h"
#include "app/console/pages/pools/poolsmodel.h"
#include "app/console/pages/pools/reservedpanel.h"
#include "app/console/pages/pools/ruleeditor.h"
#include "models/guard.h"
#include "models/roles.h"
#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/state/banner.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QCoroTask>

#include <QAction>
#include <QDateTime>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

#include <set>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using widgets::ConnectionStatus;

namespace {
constexpr int editorWidth = 340;
constexpr int tableHeight = 260;
constexpr int reservedHeight = 460;
} // namespace

PoolsPage::PoolsPage(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
                     QWidget *parent)
    : Page({.id = u"pools"_s,
            .title = tr("Pools"),
            .icon = u"pool"_s,
            .shortcut = QKeySequence(Qt::Key_G, Qt::Key_P)},
           parent)
    , m_session(session)
    , m_guard(guard)
    , m_kinds(new widgets::SegmentedControl(this))
    , m_summary(new widgets::Label({}, widgets::TextStyle::Body, widgets::Ink::Dim))
    , m_new(new QPushButton(tr("New pool"), this))
    , m_banner(new widgets::Banner(this))
    , m_parts(new QSplitter(Qt::Horizontal, this))
    , m_table(new widgets::TableView(this))
    , m_editor(new PoolEditor(session, guard, toasts, this))
    , m_reserved(new ReservedPanel(session, guard, toasts, this))
    , m_ruleEditor(new RuleEditor(session, guard, toasts, this))
    , m_capacity(new CapacityLine(session, this))
    , m_left(new QSplitter(Qt::Vertical, this))
{
    build();
    connect(m_new, &QPushButton::clicked, this, &PoolsPage::showNew);
    connect(m_kinds, &widgets::SegmentedControl::currentChanged, this, [this](const QString &id) {
        if (m_model) {
            m_model->setKind(id == "warm"_L1     ? std::optional(wire::PoolKind::Warm)
                             : id == "custom"_L1 ? std::optional(wire::PoolKind::Custom)
                                                 : std::nullopt);
            showState();
        }
    });
    connect(m_table, &widgets::TableView::currentSourceChanged, this, [this](const QModelIndex &source) {
        if (source.isValid()) {
            choose(source.data(models::KeyRole).toString().toStdString());
        }
    });
    connect(m_editor, &PoolEditor::closeRequested, this, &PoolsPage::leave);
    connect(m_editor, &PoolEditor::made, this,
            [this](const QString &pool) { m_chosen = pool.toStdString(); });
    joinReserved();
    connect(m_banner, &widgets::Banner::linkActivated, &session, &models::Session::retry);
    connect(&session, &models::Session::writeRefusalChanged, this, &PoolsPage::showChosen);
}

/// One editor is open at a time.
void PoolsPage::joinReserved()
{
    connect(m_reserved, &ReservedPanel::editRequested, this, &PoolsPage::editRule);
    connect(m_reserved, &ReservedPanel::deploymentChanged, this, [this] {
        const auto *deployment = m_reserved->deployment();
        m_ruleEditor->setPlan(m_reserved->plan());
        m_ruleEditor->follow(deployment);
    });
    connect(m_ruleEditor, &RuleEditor::previewed, m_reserved, &ReservedPanel::showWhatIf);
    connect(m_ruleEditor, &RuleEditor::closeRequested, this, &PoolsPage::leaveRule);
    connect(m_ruleEditor, &RuleEditor::ruleChanged, m_reserved,
            [this](const QString &rule) { m_reserved->setEdited(rule); });
}

void PoolsPage::editRule(const QString &rule)
{
    const auto *deployment = m_reserved->deployment();
    if (deployment == nullptr) {
        return;
    }
    if (m_editor->isVisibleTo(this)) {
        leave();
    }
    m_ruleEditor->QWidget::show();
    m_ruleEditor->setPlan(m_reserved->plan());
    m_ruleEditor->show(*deployment, rule);
    m_reserved->setEdited(rule);
}

void PoolsPage::leaveRule()
{
    m_ruleEditor->leave();
    m_ruleEditor->hide();
    m_reserved->setEdited(std::nullopt);
}

PoolsPage::~PoolsPage()
{
    m_table->setSource(nullptr);
}

void PoolsPage::build()
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    head->setSpacing(widgets::space::panel);
    head->addWidget(new widgets::Label(info().title, widgets::TextStyle::Title));
    m_kinds->addSegment(tr("All"), u"all"_s);
    m_kinds->addSegment(tr("Warm"), u"warm"_s);
    m_kinds->addSegment(tr("Custom"), u"custom"_s);
    m_kinds->setCurrent(u"all"_s);
    head->addWidget(m_kinds);
    m_summary->setObjectName("poolsSummary"_L1);
    head->addWidget(m_summary);
    head->addWidget(m_banner, 1); // in a line that is there anyway
    m_banner->hide();
    head->addStretch();
    m_new->setObjectName("newPool"_L1);
    m_new->setIcon(widgets::themedIcon(u"plus"_s));
    widgets::setButtonKind(m_new, widgets::ButtonKind::Primary);
    head->addWidget(m_new);
    auto *headBox = new QWidget(this);
    headBox->setLayout(head);
    headBox->setFixedHeight(widgets::themeOf(this).size.pageHeaderPlain);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(headBox);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    m_table->setAccessibleName(info().title);
    m_table->setObjectName("poolsTable"_L1);
    m_left->addWidget(m_table);
    m_left->addWidget(m_reserved);
    m_left->setChildrenCollapsible(false);
    m_left->setHandleWidth(1);
    m_left->setStretchFactor(1, 1);
    m_left->setSizes({tableHeight, reservedHeight});
    m_parts->addWidget(m_left);
    m_parts->addWidget(m_editor);
    m_parts->addWidget(m_ruleEditor);
    m_parts->setStretchFactor(0, 1);
    m_parts->setChildrenCollapsible(false);
    m_parts->setHandleWidth(1);
    m_parts->setSizes({1044, editorWidth, editorWidth});
    m_editor->setMinimumWidth(280);
    m_editor->hide();
    m_ruleEditor->setMinimumWidth(280);
    m_ruleEditor->hide();
    column->addWidget(m_parts, 1);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_capacity);
}

void PoolsPage::keepIn(QSettings &settings)
{
    m_settings = &settings;
    m_left->restoreState(settings.value("pools/left").toByteArray());
    m_reserved->keepIn(settings);
    connect(m_left, &QSplitter::splitterMoved, this,
            [this] { m_settings->setValue("pools/left", m_left->saveState()); });
}

void PoolsPage::setScope(const widgets::Scope &scope)
{
    m_reserved->setScope({scope.set.toStdString(), scope.lane.toStdString(), scope.region.toStdString()});
}

void PoolsPage::addActions(widgets::ActionRegistry &actions)
{
    QAction *create =
        actions.add({.id = u"pools.new"_s, .text = tr("New pool"), .shortcut = {}, .icon = u"plus"_s}, this);
    connect(create, &QAction::triggered, this, &PoolsPage::showNew);
}

void PoolsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!m_pools) {
        begin();
    } else if (!m_areRuntimesRead) {
        readRuntimes();
    }
}

void PoolsPage::begin()
{
    if (m_pools) {
        return;
    }
    m_pools = m_session.follow<wire::Pool>("/v1/pools");
    m_model = std::make_unique<PoolsModel>(*m_pools);
    m_table->setSource(m_model.get());
    m_table->setColumnWidths({220, 80, 130, 110, 84, 84, 92, 100, 92, 76});
    m_table->setStretchColumn(PoolsModel::Name);
    m_table->sortBy({PoolsModel::Name, Qt::AscendingOrder});
    connect(m_pools.get(), &CollectionBase::stateChanged, this, &PoolsPage::showState);
    connect(m_pools.get(), &CollectionBase::listed, this, &PoolsPage::showState);
    connect(m_pools.get(), &CollectionBase::changed, this, [this] {
        showState();
        showChosen();
    });
    showState();
    readRuntimes();
}

/// Those that a template begins a function with; the platform offers no others.
void PoolsPage::readRuntimes()
{
    QCoro::connect(m_session.client().templates(), this,
                   [this](Result<client::Page<wire::Template>> &&templates) {
                       if (!templates) {
                           return; // asked again when the page is seen, or is seen connected
                       }
                       m_areRuntimesRead = true;
                       std::set<std::string> known;
                       for (const auto &each : templates->items) {
                           known.insert(each.runtime);
                       }
                       QStringList runtimes;
                       for (const auto &runtime : known) {
                           runtimes.append(toText(runtime));
                       }
                       m_editor->setRuntimes(runtimes);
                   });
}

void PoolsPage::choose(const std::string &pool)
{
    const auto *found = m_model ? m_model->find(pool) : nullptr;
    if (found == nullptr) {
        return;
    }
    m_chosen = pool;
    leaveRule();
    m_editor->show(*found);
    m_editor->QWidget::show();
    showState();
    Q_EMIT placeChanged();
}

void PoolsPage::showNew()
{
    begin();
    m_chosen.clear();
    leaveRule();
    m_table->clearSelection();
    m_table->setCurrentIndex({});
    m_editor->QWidget::show();
    m_editor->showNew();
    showState();
}

void PoolsPage::leave()
{
    m_chosen.clear();
    m_editor->leave();
    m_table->clearSelection();
    m_table->setCurrentIndex({});
    m_editor->hide();
    m_table->setFocus();
    Q_EMIT placeChanged();
}

/// The figures of the chosen one; what is typed stays.
void PoolsPage::showChosen()
{
    if (m_model && !m_chosen.empty()) {
        if (const auto *pool = m_model->find(m_chosen)) {
            m_editor->show(*pool);
            if (const int row = m_model->rowOf(m_chosen); row >= 0 && !m_table->currentSource().isValid()) {
                m_table->setCurrentSource(m_model->index(row, PoolsModel::Name));
            }
        } else if (m_pools->isListed()) {
            m_editor->showGone();
        }
    }
    const auto refusal = m_session.writeRefusal();
    const QString reason = !m_session.isConnected() ? tr("Offline: the platform does not answer.")
                           : refusal                ? toText(refusal->detail)
                                                    : QString();
    m_editor->setDisabledReason(reason);
    m_reserved->setDisabledReason(reason);
    m_ruleEditor->setDisabledReason(reason);
}

void PoolsPage::setConnectionStatus(const ConnectionStatus &status)
{
    const bool isBack =
        status.state == ConnectionStatus::State::Live && m_status.state != ConnectionStatus::State::Live;
    m_status = status;
    const bool isOld =
        status.state == ConnectionStatus::State::Offline || status.state == ConnectionStatus::State::Failed;
    m_table->setStale(isOld && m_pools && m_pools->isListed());
    m_editor->setStale(isOld);
    m_reserved->setStale(isOld);
    m_capacity->setStale(isOld);
    m_banner->setVisible(isOld && m_pools && m_pools->isListed());
    m_summary->setVisible(!m_banner->isVisibleTo(this));
    if (isOld) {
        m_banner->setBanner({.tone = widgets::Tone::Warn,
                             .icon = u"offline"_s,
                             .fact = tr("Offline %1").arg(widgets::ageText(status.age)),
                             .detail = tr("Values are old and shown dim. What you type stays."),
                             .note = {},
                             .link = tr("Retry now")});
        m_banner->setVisible(m_pools && m_pools->isListed());
    }
    if (isBack && isVisible() && !m_areRuntimesRead) {
        readRuntimes();
    }
    showChosen();
}

void PoolsPage::refresh()
{
    if (!m_session.isConnected()) {
        m_session.retry();
    } else if (m_pools) {
        m_table->sortNow();
        m_pools->list();
        m_reserved->refresh();
        m_capacity->ask();
    }
}

QString PoolsPage::place() const
{
    return toText(m_chosen);
}

void PoolsPage::goTo(const QString &place)
{
    begin();
    if (place.isEmpty()) {
        leave();
    } else {
        choose(place.toStdString());
    }
}

void PoolsPage::showState()
{
    if (!m_pools) {
        return;
    }
    const bool isListed = m_pools->isListed();
    m_table->setLoading(!isListed && m_pools->state() == CollectionBase::State::Listing);
    m_summary->setText(isListed && m_pools->size() > 0 ? m_model->summary() : QString());
    if (m_model->rowCount() > 0) {
        return;
    }
    if (!isListed && m_pools->state() == CollectionBase::State::Failed) {
        auto *error = new widgets::ErrorState;
        error->setError({.title = tr("The pools could not be read"),
                         .sentence = toText(m_pools->lastError().detail),
                         .steps = {tr("Retry; the console also tries again by itself")},
                         .requestId = {},
                         .canRetry = true});
        connect(error, &widgets::ErrorState::retryRequested, this, &PoolsPage::refresh);
        m_table->setPlaceholder(error);
    } else if (isListed && m_pools->size() > 0) {
        m_table->setPlaceholder(new widgets::EmptyState(u"pool"_s, tr("No pool of this kind"),
                                                        tr("Choose All to see the others.")));
    } else if (isListed) {
        m_table->setPlaceholder(new widgets::EmptyState(
            u"pool"_s, tr("No pools yet"),
            tr("The platform makes a warm pool for what is deployed. A custom one has packages and modules "
               "loaded before a function needs them.")));
    }
}

} // namespace nest::console
