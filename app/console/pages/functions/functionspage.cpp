// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/functions/functionspage.h"

#include "app/console/pages/functions/functioncells.h"
#include "widgets/state/banner.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/state/noresult.h"
#include "widgets/table/filterfield.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QDateTime>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using models::FunctionsModel;
using models::Session;
using widgets::ConnectionStatus;

FunctionsPage::FunctionsPage(Session &session, QSettings &settings, QWidget *parent)
    : Page({.id = u"functions"_s,
            .title = tr("Functions"),
            .icon = u"function"_s,
            .shortcut = QKeySequence(Qt::Key_G, Qt::Key_F)},
           parent)
    , m_session(session)
    , m_model(session)
    , m_cells(new FunctionCells(m_model, this))
    , m_count(new widgets::Label({}, widgets::TextStyle::Body, widgets::Ink::Dim))
    , m_banner(new widgets::Banner(this))
    , m_filter(new widgets::FilterField(this))
    , m_table(new widgets::TableView(this))
{
    using widgets::space::control;
    using widgets::space::page;
    auto *head = new QHBoxLayout;
    head->setContentsMargins(page, 0, page, 0);
    head->setSpacing(widgets::space::panel);
    head->addWidget(new widgets::Label(info().title, widgets::TextStyle::Title));
    head->addWidget(m_count);
    head->addStretch();
    auto *create = new QPushButton(tr("New function"), this);
    create->setObjectName("newFunction"_L1);
    create->setIcon(widgets::themedIcon(u"plus"_s));
    create->setToolTip(tr("New function") + u"  Ctrl+N"_s);
    widgets::setButtonKind(create, widgets::ButtonKind::Primary);
    connect(create, &QPushButton::clicked, this, &FunctionsPage::newRequested);
    head->addWidget(create);
    auto *headBox = new QWidget(this);
    headBox->setLayout(head);
    headBox->setFixedHeight(widgets::themeOf(this).size.pageHeaderPlain);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(page, 0, page, control);
    bar->addWidget(m_filter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(headBox);
    column->addWidget(m_banner);
    column->addLayout(bar);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_table, 1);

    m_count->setObjectName("count"_L1);
    m_banner->hide();
    m_filter->setPlaceholderText(tr("Name, runtime, owner, service; runtime:node"));
    m_filter->setAccessibleName(tr("Filter functions"));
    buildTable(settings);

    connect(m_banner, &widgets::Banner::linkActivated, &session, &Session::retry);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        showState();
    });
    connect(m_filter, &widgets::FilterField::leaveRequested, m_table, qOverload<>(&QWidget::setFocus));
    connect(&session.functions(), &CollectionBase::stateChanged, this, &FunctionsPage::showState);
    connect(&session.functions(), &CollectionBase::listed, this, &FunctionsPage::showState);
    connect(&session.functions(), &CollectionBase::changed, this, &FunctionsPage::showState);
    connect(&session.deployments(), &CollectionBase::listed, this, &FunctionsPage::openWanted);
    showState();
}

FunctionsPage::~FunctionsPage() = default;

void FunctionsPage::buildTable(QSettings &settings)
{
    m_table->setAccessibleName(info().title);
    m_table->setSource(m_cells);
    m_table->setColumnWidths({240, 40, 260, 160, 120, 92, 100, 92, 120});
    m_table->keepColumnsIn(settings, u"functions/columns"_s);
    m_table->setStretchColumn(FunctionsModel::Groups); // after the settings, which hold how sections resize
    m_table->sortBy({FunctionsModel::Name, Qt::AscendingOrder});
    connect(m_table, &widgets::TableView::currentSourceChanged, this, [this](const QModelIndex &source) {
        if (source.isValid()) {
            m_chosen = source.data(models::KeyRole).toString().toStdString();
        }
    });
    connect(m_table, &widgets::TableView::shownRowsChanged, this, &FunctionsPage::keepSelection);
    m_table->setLinkColumn(FunctionsModel::Name);
    connect(m_table, &widgets::TableView::linkActivated, this,
            [this](const QModelIndex &source) { open(source); });
    connect(m_table, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { open(m_table->proxy().mapToSource(index)); });
}

void FunctionsPage::setScope(const widgets::Scope &scope)
{
    m_model.setScope({scope.set.toStdString(), scope.lane.toStdString(), scope.region.toStdString()});
    showState();
}

void FunctionsPage::setTimeRange(widgets::TimeRange range)
{
    m_model.setRange(widgets::durationOf(range));
}

void FunctionsPage::setConnectionStatus(const ConnectionStatus &status)
{
    const bool wasChanged = status.state != m_status.state;
    m_status = status;
    if (wasChanged) {
        // Once, or the second would dance with each rounding of the age.
        const bool isOld = (status.state == ConnectionStatus::State::Offline ||
                            status.state == ConnectionStatus::State::Failed) &&
                           m_session.functions().isListed();
        m_asOf = isOld ? QDateTime::currentDateTime().addMSecs(-status.age.count()).toString(u"HH:mm:ss"_s)
                       : QString();
        m_cells->setAsOf(m_asOf);
        m_table->setStale(isOld);
        showState();
    }
    showBanner();
}

void FunctionsPage::refresh()
{
    m_table->sortNow();
    if (m_session.isConnected()) {
        m_session.functions().list();
        m_session.deployments().list();
    } else {
        m_session.retry();
    }
}

void FunctionsPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

QString FunctionsPage::selectedFunction() const
{
    const QList<QModelIndex> rows = m_table->selectedSources();
    return rows.isEmpty() ? QString() : rows.first().data(models::KeyRole).toString();
}

void FunctionsPage::open(const QModelIndex &source)
{
    const auto groups = source.siblingAtColumn(FunctionsModel::Groups)
                            .data(models::CellRole)
                            .value<models::GroupsCell>()
                            .groups;
    Q_EMIT openRequested(source.data(models::KeyRole).toString(),
                         groups.isEmpty() ? wire::GroupName() : groups.first());
}

void FunctionsPage::openWhenListed(const QString &function)
{
    m_wanted = function.toStdString();
    m_chosen = m_wanted;
    openWanted();
}

void FunctionsPage::openWanted()
{
    const int row = m_wanted.empty() ? -1 : m_model.rowOf(m_wanted);
    if (row >= 0 && m_session.deployments().isListed()) {
        m_wanted.clear();
        open(m_model.index(row, FunctionsModel::Name));
    }
}

/// A function that the filter hid, or that was deleted and made again, is selected again when it is back.
void FunctionsPage::keepSelection()
{
    const int row = m_chosen.empty() || m_table->currentSource().isValid() ? -1 : m_model.rowOf(m_chosen);
    if (row >= 0) {
        m_table->setCurrentSource(m_cells->index(row, FunctionsModel::Name));
    }
}

void FunctionsPage::showState()
{
    const auto &functions = m_session.functions();
    const bool hasFailed = functions.state() == CollectionBase::State::Failed && m_session.isConnected();
    show(!functions.isListed()     ? (hasFailed ? Shown::Error : Shown::Loading)
         : functions.size() == 0   ? Shown::Empty
         : m_model.rowCount() == 0 ? Shown::NoResult
                                   : Shown::Rows);
    showCount();
}

void FunctionsPage::show(Shown what)
{
    if (what == m_shown) {
        if (m_noResult) {
            m_noResult->setSentence(hiddenSentence());
        }
        return;
    }
    m_shown = what;
    m_table->setLoading(what == Shown::Loading);
    m_table->horizontalHeader()->setVisible(what != Shown::Empty && what != Shown::Error);
    switch (what) {
    case Shown::Rows:
    case Shown::Loading:
        m_table->setPlaceholder(nullptr);
        break;
    case Shown::Empty: {
        auto *empty = new widgets::EmptyState(
            u"function"_s, tr("No functions yet"),
            tr("Make one from a template: it is built, deployed and answers in a few seconds. Or in a "
               "terminal:"));
        connect(empty->addButton(tr("New function"), u"plus"_s), &QPushButton::clicked, this,
                &FunctionsPage::newRequested);
        empty->setCommands({u"nest create hello"_s, u"nest deploy hello"_s});
        m_table->setPlaceholder(empty);
        break;
    }
    case Shown::NoResult:
        m_noResult = new widgets::NoResult;
        m_noResult->setSentence(hiddenSentence());
        connect(m_noResult, &widgets::NoResult::clearRequested, this, &FunctionsPage::clearFilter);
        m_table->setPlaceholder(m_noResult);
        break;
    case Shown::Error: {
        auto *error = new widgets::ErrorState;
        error->setError({.title = tr("The functions could not be read"),
                         .sentence = QString::fromStdString(m_session.functions().lastError().detail),
                         .steps = {tr("Retry; the console also tries again by itself")},
                         .requestId = {}});
        connect(error, &widgets::ErrorState::retryRequested, this, [this] { m_session.functions().list(); });
        m_table->setPlaceholder(error);
        break;
    }
    }
}

QString FunctionsPage::hiddenSentence() const
{
    const int hidden = static_cast<int>(m_model.hiddenRows());
    const auto &scope = m_model.scope();
    const auto part = [](const std::string &name) {
        return name.empty() ? u"*"_s : QString::fromStdString(name);
    };
    const QString group = u"%1/%2/%3"_s.arg(part(scope.set), part(scope.lane), part(scope.region));
    const QString by = scope.isAll() ? tr("“%1”").arg(m_model.filter())
                       : m_model.filter().isEmpty()
                           ? tr("the scope %1").arg(group)
                           : tr("“%1” and the scope %2").arg(m_model.filter(), group);
    return hidden == 1 ? tr("1 function is hidden by %1.").arg(by)
                       : tr("%1 functions are hidden by %2.").arg(QLocale().toString(hidden), by);
}

void FunctionsPage::clearFilter()
{
    m_filter->clear();
    if (!m_model.scope().isAll()) {
        Q_EMIT scopeRequested({});
    }
    m_table->setFocus();
}

void FunctionsPage::showCount()
{
    const auto &functions = m_session.functions();
    if (!functions.isListed() || functions.size() == 0) {
        m_count->clear();
        return;
    }
    const QLocale locale;
    const QString shown = locale.toString(m_model.rowCount());
    const QString all = locale.toString(static_cast<qulonglong>(functions.size()));
    m_count->setText(m_asOf.isEmpty() ? tr("%1 shown of %2").arg(shown, all)
                                      : tr("%1 kept of %2, from %3").arg(shown, all, m_asOf));
}

void FunctionsPage::showBanner()
{
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
    if (hasFailed) {
        text.detail += u' ' + QString::fromStdString(m_session.error().detail);
    } else if (m_status.retryIn) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*m_status.retryIn).count();
        text.note = tr("next try in %1 s").arg(seconds);
    }
    m_banner->setBanner(text);
}

} // namespace nest::console
