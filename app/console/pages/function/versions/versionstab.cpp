// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/versions/versionstab.h"

#include "app/console/changes/codechanges.h"
#include "app/console/pages/function/versions/differencespanel.h"
#include "models/roles.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/state/noresult.h"
#include "widgets/table/filterfield.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using widgets::Ink;
using widgets::TextStyle;

VersionsTab::VersionsTab(models::Session &session, QWidget *parent)
    : FunctionTab({.id = u"versions"_s, .title = tr("Versions")}, parent)
    , m_session(session)
    , m_rows(session)
    , m_filter(new widgets::FilterField)
    , m_selected(new widgets::Label({}, TextStyle::Body, Ink::Secondary))
    , m_compare(new QPushButton)
    , m_deploy(new QPushButton)
    , m_table(new widgets::TableView)
    , m_differences(new DifferencesPanel(session))
{
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName("versionsSplit"_L1);
    splitter->addWidget(makeTop());
    splitter->addWidget(m_differences);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(splitter, 1);

    m_table->setObjectName("versions"_L1);
    m_table->setAccessibleName(tr("Versions"));
    m_table->setSource(&m_rows);
    m_table->setColumnWidths({40, 92, 320, 110, 120, 76, 84, 84, 400});
    m_table->setStretchColumn(VersionRows::LiveIn);
    m_table->sortBy({VersionRows::Number, Qt::DescendingOrder});
    const auto toggle = [this](const QModelIndex &proxy) {
        if (proxy.isValid()) {
            m_hasPicked = true;
            m_rows.toggle(proxy.data(models::KeyRole).toInt());
        }
    };
    connect(m_table, &QAbstractItemView::clicked, this, toggle);
    connect(m_table, &widgets::TableView::inspectorRequested, this,
            [this, toggle] { toggle(m_table->currentIndex()); });
    connect(m_table, &QAbstractItemView::activated, this, &VersionsTab::compare);
    connect(m_filter, &QLineEdit::textChanged, this, &VersionsTab::setFilter);
    connect(m_filter, &widgets::FilterField::leaveRequested, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table, &widgets::TableView::shownRowsChanged, this, &VersionsTab::showState);
    connect(m_compare, &QPushButton::clicked, this, &VersionsTab::compare);
    connect(&m_rows, &VersionRows::stateChanged, this, &VersionsTab::showState);
    connect(&m_rows, &VersionRows::pickedChanged, this, &VersionsTab::showPicked);
    connect(m_deploy, &QPushButton::clicked, this, [this] {
        DeployRequest request{.function = m_target.function, .build = {}, .version = {}};
        if (m_rows.after() > 0) {
            request.version = m_rows.after();
        }
        Q_EMIT deployRequested(request);
    });
    auto *next = new QShortcut(Qt::Key_D, this);
    next->setContext(Qt::WidgetWithChildrenShortcut);
    connect(next, &QShortcut::activated, this, [this] { m_differences->code().nextChange(); });
    m_deploy->setObjectName("deployVersion"_L1);
    m_deploy->setIcon(widgets::themedIcon(u"deploy"_s));
    widgets::setButtonKind(m_deploy, widgets::ButtonKind::Primary);
    m_deploy->hide();
    showPicked();
    showState();
}

VersionsTab::~VersionsTab()
{
    if (m_deploy && m_deploy->parent() == nullptr) {
        delete m_deploy; // nobody took it
    }
}

QWidget *VersionsTab::makeTop()
{
    auto *top = new QWidget;
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(widgets::space::page, widgets::space::control, widgets::space::page,
                            widgets::space::control);
    bar->setSpacing(widgets::space::control);
    m_filter->setPlaceholderText(u"by:order.dev live:yes"_s);
    m_filter->setAccessibleName(tr("Filter versions"));
    m_filter->setMaximumWidth(320);
    bar->addWidget(m_filter, 1);
    bar->addStretch(1);
    bar->addWidget(new widgets::Label(tr("versions never change"), TextStyle::Caption, Ink::Dim));
    bar->addSpacing(widgets::space::control);
    m_selected->setObjectName("selectedCount"_L1);
    bar->addWidget(m_selected);
    m_compare->setObjectName("compare"_L1);
    m_compare->setIcon(widgets::themedIcon(u"diff"_s));
    widgets::setButtonKind(m_compare, widgets::ButtonKind::Ghost); // Deploy, in the head, is the next step
    bar->addWidget(m_compare);
    auto *column = new QVBoxLayout(top);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(m_table, 1);
    return top;
}

QWidget *VersionsTab::headTools()
{
    return m_deploy;
}

void VersionsTab::setTarget(const FunctionTarget &target)
{
    const bool isOther = target.function != m_target.function;
    m_target = target;
    if (isOther) {
        m_hasPicked = false;
        m_wanted = 0;
        m_rows.setFunction(target.function);
        m_filter->clear();
    }
}

void VersionsTab::setConnectionStatus(const widgets::ConnectionStatus &status)
{
    using State = widgets::ConnectionStatus::State;
    const bool isOld = status.state == State::Offline || status.state == State::Failed;
    m_table->setStale(isOld);
    m_deploy->setEnabled(!isOld);
    m_deploy->setToolTip(isOld ? tr("Offline: nothing can be deployed.") : QString());
    showState();
}

void VersionsTab::refresh()
{
    m_table->sortNow();
    m_session.isConnected() ? m_rows.list() : m_session.retry();
}

void VersionsTab::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

/// "by:" and "live:" look in one place, other words in number, description and author.
void VersionsTab::setFilter(const QString &text)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty()) {
        m_table->proxy().setRowFilter({});
    } else {
        m_table->proxy().setRowFilter([this, words](const QAbstractItemModel &model, int row) {
            const auto cell = [&](int column) {
                return model.index(row, column).data().toString();
            };
            return std::ranges::all_of(words, [&](const QString &word) {
                if (word.startsWith("by:"_L1)) {
                    return cell(VersionRows::By).contains(word.sliced(3), Qt::CaseInsensitive);
                }
                if (word.startsWith("live:"_L1)) {
                    const bool isLive = m_rows.isLive(m_rows.numberAt(row));
                    return isLive == !word.sliced(5).startsWith(u'n');
                }
                const QString all = cell(VersionRows::Number) + u' ' + cell(VersionRows::What) + u' ' +
                                    cell(VersionRows::By) + u' ' + cell(VersionRows::LiveIn);
                return all.contains(word, Qt::CaseInsensitive);
            });
        });
    }
    showState();
}

/// The two newest, so that the first look already tells something.
void VersionsTab::pickFirst()
{
    if (m_hasPicked || m_rows.rowCount() == 0) {
        return;
    }
    const int before = m_rows.rowCount() > 1 ? m_rows.numberAt(1) : 0;
    const int newest = m_rows.numberAt(0);
    if (m_rows.before() != before || m_rows.after() != newest) {
        m_rows.choose(before, newest);
    }
}

void VersionsTab::goTo(int version)
{
    m_wanted = version;
    showWanted();
}

void VersionsTab::showWanted()
{
    for (int row = 0; m_wanted > 0 && row < m_rows.rowCount(); ++row) {
        if (m_rows.numberAt(row) == m_wanted) {
            m_wanted = 0;
            m_table->setCurrentSource(m_rows.index(row, 0));
            m_table->setFocus();
        }
    }
}

void VersionsTab::showPicked()
{
    const wire::Version *before = m_rows.find(m_rows.before());
    const wire::Version *after = m_rows.find(m_rows.after());
    m_selected->setText(tr("%n selected", nullptr, m_rows.pickedCount()));
    const bool isPair = before != nullptr && after != nullptr;
    m_compare->setEnabled(isPair);
    m_compare->setText(isPair ? tr("Compare v%1 and v%2").arg(before->number).arg(after->number)
                              : tr("Compare"));
    m_compare->setToolTip(isPair ? QString() : tr("Choose two versions with a click or Space."));
    m_deploy->setText(after != nullptr ? tr("Deploy v%1…").arg(after->number) : tr("Deploy…"));
    m_differences->show(before, after);
}

void VersionsTab::compare()
{
    if (m_rows.pickedCount() == 2) {
        m_differences->code().nextChange();
        m_differences->setFocus();
    }
}

void VersionsTab::showState()
{
    const auto *versions = m_rows.versions();
    const bool isListed = versions != nullptr && versions->isListed();
    const bool hasFailed = versions != nullptr && versions->state() == CollectionBase::State::Failed;
    pickFirst();
    showWanted();
    Q_EMIT badgeChanged(isListed ? QLocale().toString(m_rows.rowCount()) : QString());
    show(!isListed                ? (hasFailed && m_session.isConnected() ? Shown::Error : Shown::Loading)
         : m_rows.rowCount() == 0 ? Shown::Empty
         : m_table->proxy().rowCount() == 0 ? Shown::NoResult
                                            : Shown::Rows);
}

void VersionsTab::show(Shown what)
{
    if (what == m_shown) {
        return;
    }
    m_shown = what;
    m_table->setLoading(what == Shown::Loading);
    m_table->horizontalHeader()->setVisible(what != Shown::Empty && what != Shown::Error);
    m_differences->setVisible(what != Shown::Empty && what != Shown::Error);
    switch (what) {
    case Shown::Rows:
    case Shown::Loading:
        m_table->setPlaceholder(nullptr);
        break;
    case Shown::Empty: {
        auto *empty = new widgets::EmptyState(u"version"_s, tr("Nothing is published yet"),
                                              tr("A version is a build that is kept for good: it can be "
                                                 "deployed, compared and gone back to. Build the "
                                                 "code, then publish it."));
        QPushButton *code = empty->addButton(tr("Go to the code"), u"code"_s);
        connect(code, &QPushButton::clicked, this, [this] { Q_EMIT tabRequested(u"code"_s); });
        m_table->setPlaceholder(empty);
        break;
    }
    case Shown::NoResult: {
        auto *none = new widgets::NoResult;
        none->setSentence(
            tr("%n versions are hidden by “%1”.", nullptr, m_rows.rowCount()).arg(m_filter->text()));
        connect(none, &widgets::NoResult::clearRequested, m_filter, &QLineEdit::clear);
        m_table->setPlaceholder(none);
        break;
    }
    case Shown::Error: {
        auto *error = new widgets::ErrorState;
        error->setError({.title = tr("The versions could not be read"),
                         .sentence = QString::fromStdString(m_rows.versions()->lastError().detail),
                         .steps = {tr("Retry; the console also tries again by itself")},
                         .requestId = {}});
        connect(error, &widgets::ErrorState::retryRequested, this, [this] { m_rows.list(); });
        m_table->setPlaceholder(error);
        break;
    }
    }
}

} // namespace nest::console
