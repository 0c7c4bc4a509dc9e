// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/mainwindow.h"

#include "widgets/shell/actionregistry.h"
#include "widgets/shell/rail.h"
#include "widgets/shell/statusbar.h"
#include "widgets/shell/topbar.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QCloseEvent>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestHistory = 100;
} // namespace

MainWindow::MainWindow(ThemeController &theme, QSettings &settings, QWidget *parent, QString group)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_group(std::move(group))
    , m_actions(new ActionRegistry(this))
    , m_topBar(new TopBar(this))
    , m_rail(new Rail(this))
    , m_stack(new QStackedWidget(this))
    , m_statusBar(new StatusBar(this))
{
    setWindowTitle(tr("Nest Console"));
    setWindowIcon(themedIcon(u"nest"_s));
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_stack, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_topBar);
    column->addLayout(middle, 1);
    column->addWidget(m_statusBar);
    connect(m_topBar, &TopBar::scopeChosen, this, &MainWindow::setScope);
    connect(m_topBar, &TopBar::timeRangeChosen, this, &MainWindow::setTimeRange);
    addActions();
    restore();
    setFocus(); // or the first chip would have it, with its ring, before anybody pressed a key
}

MainWindow::~MainWindow() = default;

void MainWindow::addPage(Page *page)
{
    const PageInfo &info = page->info();
    m_pages.append(page);
    m_stack->addWidget(page);
    if (info.under.isEmpty()) {
        QAction *go = m_actions->add({.id = u"go."_s + info.id,
                                      .text = tr("Go to %1").arg(info.title),
                                      .shortcut = info.shortcut,
                                      .icon = info.icon});
        connect(go, &QAction::triggered, this, [this, id = info.id] { showPage(id); });
        m_rail->addEntry(info.id, info.title, info.icon, go);
    }
    connect(page, &Page::pageRequested, this, &MainWindow::showPage);
    connect(page, &Page::scopeRequested, this, &MainWindow::setScope);
    connect(page, &Page::jobChanged, m_statusBar, &StatusBar::setJob);
    connect(page, &Page::placeChanged, this, [this, page] {
        if (page == currentPage()) {
            notePlace();
        }
    });
    page->addActions(*m_actions);
    page->setScope(m_scope);
    page->setTimeRange(m_range);
    page->setConnectionStatus(m_status);
    if (m_pages.size() == 1 || info.id == m_wantedPage) {
        showPage(info.id);
    }
}

bool MainWindow::showPage(const QString &id)
{
    Page *wanted = page(id);
    if (!wanted) {
        return false;
    }
    const bool isChange = m_current != id;
    m_current = id;
    m_rail->setCurrent(wanted->info().under.isEmpty() ? id : wanted->info().under);
    if (!m_cover) {
        m_stack->setCurrentWidget(wanted);
    }
    notePlace();
    if (isChange) {
        Q_EMIT currentPageChanged(id);
    }
    return true;
}

/// Where the person is now becomes the end of the history.
void MainWindow::notePlace()
{
    const Page *current = currentPage();
    setWindowTitle(tr("%1 · Nest Console").arg(current->windowTitle()));
    const Place place{m_current, current->place()};
    if (m_isTravelling || (m_at >= 0 && m_history.at(m_at) == place)) {
        return;
    }
    m_history.resize(m_at + 1);
    m_history.append(place);
    if (m_history.size() > longestHistory) {
        m_history.removeFirst();
    }
    m_at = m_history.size() - 1;
    showHistory();
}

void MainWindow::goBack()
{
    goTo(m_at - 1);
}

void MainWindow::goForward()
{
    goTo(m_at + 1);
}

void MainWindow::goTo(qsizetype at)
{
    if (at < 0 || at >= m_history.size()) {
        return;
    }
    const Place place = m_history.at(at);
    m_isTravelling = true;
    m_at = at;
    if (showPage(place.page) && !place.place.isEmpty()) {
        currentPage()->goTo(place.place);
        setWindowTitle(tr("%1 · Nest Console").arg(currentPage()->windowTitle()));
    }
    m_isTravelling = false;
    showHistory();
}

void MainWindow::showHistory()
{
    m_actions->setDisabledReason(m_actions->action(u"history.back"_s),
                                 m_at > 0 ? QString() : tr("This is the first page you have seen."));
    m_actions->setDisabledReason(m_actions->action(u"history.forward"_s),
                                 m_at + 1 < m_history.size() ? QString()
                                                             : tr("This is the last page you have seen."));
}

Page *MainWindow::currentPage() const
{
    return page(m_current);
}

Page *MainWindow::page(const QString &id) const
{
    for (Page *page : m_pages) {
        if (page->info().id == id) {
            return page;
        }
    }
    return nullptr;
}

void MainWindow::setCover(QWidget *cover)
{
    delete m_cover;
    m_cover = cover;
    if (cover) {
        m_stack->addWidget(cover);
        m_stack->setCurrentWidget(cover);
    } else if (Page *current = currentPage()) {
        m_stack->setCurrentWidget(current);
    }
}

void MainWindow::setConnection(const ConnectionInfo &connection)
{
    if (connection != m_connection) {
        m_connection = connection;
        m_topBar->setConnection(connection);
    }
}

void MainWindow::setConnectionStatus(const ConnectionStatus &status)
{
    if (status == m_status) {
        return;
    }
    m_status = status;
    m_topBar->setStatus(status.state);
    m_statusBar->setStatus(status);
    for (Page *page : std::as_const(m_pages)) {
        page->setConnectionStatus(status);
    }
}

void MainWindow::setScopeChoices(const ScopeChoices &choices)
{
    m_choices = choices;
    m_topBar->setScope(m_scope, m_choices);
}

void MainWindow::setScope(const Scope &scope)
{
    if (scope == m_scope) {
        return;
    }
    m_scope = scope;
    m_topBar->setScope(m_scope, m_choices);
    for (Page *page : std::as_const(m_pages)) {
        page->setScope(scope);
    }
    Q_EMIT scopeChanged(scope);
}

void MainWindow::setTimeRange(TimeRange range)
{
    if (range == m_range) {
        return;
    }
    m_range = range;
    m_topBar->setTimeRange(range);
    for (Page *page : std::as_const(m_pages)) {
        page->setTimeRange(range);
    }
    Q_EMIT timeRangeChanged(range);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    save();
    QWidget::closeEvent(event);
}

void MainWindow::addActions()
{
    const auto add = [this](const ActionInfo &info, auto &&act) {
        connect(m_actions->add(info), &QAction::triggered, this, act);
    };
    add({u"theme.toggle"_s, tr("Switch between light and dark"), QKeySequence(u"Ctrl+Shift+T"_s)},
        [this] { m_theme.toggle(); });
    add({u"page.filter"_s, tr("Filter this page"), QKeySequence(Qt::Key_Slash), u"filter"_s}, [this] {
        if (Page *current = currentPage()) {
            current->focusFilter();
        }
    });
    add({u"page.refresh"_s, tr("Refresh and sort now"), QKeySequence(Qt::Key_R), u"refresh"_s}, [this] {
        if (Page *current = currentPage()) {
            current->refresh();
        }
    });
    add({u"scope.set"_s, tr("Choose a SET"), QKeySequence(u"Alt+S"_s)},
        [this] { m_topBar->openScopeMenu(TopBar::Part::Set); });
    add({u"scope.lane"_s, tr("Choose a lane"), QKeySequence(u"Alt+N"_s)},
        [this] { m_topBar->openScopeMenu(TopBar::Part::Lane); });
    add({u"scope.region"_s, tr("Choose a region"), QKeySequence(u"Alt+R"_s)},
        [this] { m_topBar->openScopeMenu(TopBar::Part::Region); });
    add({u"connection.choose"_s, tr("Choose a connection"), QKeySequence(u"Alt+C"_s)},
        [this] { m_topBar->openConnectionMenu(); });
    add({u"range.choose"_s, tr("Choose the time range"), QKeySequence(u"Alt+T"_s)},
        [this] { m_topBar->openRangeMenu(); });
    add({u"region.next"_s, tr("Next part of the window"), QKeySequence(Qt::Key_F6)},
        [this] { nextRegion(); });
    add({u"history.back"_s, tr("Back"), QKeySequence(u"Alt+Left"_s), u"chevron-left"_s},
        [this] { goBack(); });
    add({u"history.forward"_s, tr("Forward"), QKeySequence(u"Alt+Right"_s), u"chevron-right"_s},
        [this] { goForward(); });
    add({u"app.quit"_s, tr("Quit"), QKeySequence(QKeySequence::Quit)}, [this] { window()->close(); });
}

void MainWindow::nextRegion()
{
    const QList<QWidget *> regions{m_topBar, m_rail, m_stack->currentWidget(), m_statusBar};
    const QWidget *focus = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < regions.size(); ++i) {
        if (focus && regions.at(i) && regions.at(i)->isAncestorOf(focus)) {
            at = i;
        }
    }
    for (qsizetype step = 1; step <= regions.size(); ++step) {
        const QWidget *region = regions.at((at + step) % regions.size());
        for (QWidget *child : region ? region->findChildren<QWidget *>() : QList<QWidget *>()) {
            if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus)) {
                child->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
}

void MainWindow::restore()
{
    if (isWindow()) {
        resize(1440, 900);
        restoreGeometry(m_settings.value("window/geometry").toByteArray());
    }
    m_wantedPage = m_settings.value(m_group + "/page"_L1).toString();
    const int range = m_settings.value(m_group + "/range"_L1, static_cast<int>(m_range)).toInt();
    if (range >= 0 && range < static_cast<int>(timeRanges.size())) {
        setTimeRange(timeRanges.at(static_cast<std::size_t>(range)));
    }
}

void MainWindow::save()
{
    if (isWindow()) {
        m_settings.setValue("window/geometry", saveGeometry());
    }
    m_settings.setValue(m_group + "/page"_L1, m_rail->current()); // of a page below another: that one
    m_settings.setValue(m_group + "/range"_L1, static_cast<int>(m_range));
    m_settings.setValue("window/theme", static_cast<int>(m_theme.choice()));
}

} // namespace nest::widgets
