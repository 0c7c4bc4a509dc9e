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

MainWindow::MainWindow(ThemeController &theme, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
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
    QAction *go = m_actions->add({.id = u"go."_s + info.id,
                                  .text = tr("Go to %1").arg(info.title),
                                  .shortcut = info.shortcut,
                                  .icon = info.icon});
    connect(go, &QAction::triggered, this, [this, id = info.id] { showPage(id); });
    connect(page, &Page::pageRequested, this, &MainWindow::showPage);
    connect(page, &Page::scopeRequested, this, &MainWindow::setScope);
    m_pages.append(page);
    m_stack->addWidget(page);
    m_rail->addEntry(info.id, info.title, info.icon, go);
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
    const bool isChange = m_rail->current() != id;
    m_rail->setCurrent(id);
    if (!m_cover) {
        m_stack->setCurrentWidget(wanted);
    }
    setWindowTitle(tr("%1 · Nest Console").arg(wanted->info().title));
    if (isChange) {
        Q_EMIT currentPageChanged(id);
    }
    return true;
}

Page *MainWindow::currentPage() const
{
    return page(m_rail->current());
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
    add({u"range.choose"_s, tr("Choose the time range"), QKeySequence(u"Alt+T"_s)},
        [this] { m_topBar->openRangeMenu(); });
    add({u"region.next"_s, tr("Next part of the window"), QKeySequence(Qt::Key_F6)},
        [this] { nextRegion(); });
    add({u"app.quit"_s, tr("Quit"), QKeySequence(QKeySequence::Quit)}, [this] { close(); });
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
    resize(1440, 900);
    restoreGeometry(m_settings.value("window/geometry").toByteArray());
    m_wantedPage = m_settings.value("window/page").toString();
    const int range = m_settings.value("window/range", static_cast<int>(m_range)).toInt();
    if (range >= 0 && range < static_cast<int>(timeRanges.size())) {
        setTimeRange(timeRanges.at(static_cast<std::size_t>(range)));
    }
}

void MainWindow::save()
{
    m_settings.setValue("window/geometry", saveGeometry());
    m_settings.setValue("window/page", m_rail->current());
    m_settings.setValue("window/range", static_cast<int>(m_range));
    m_settings.setValue("window/theme", static_cast<int>(m_theme.choice()));
}

} // namespace nest::widgets
