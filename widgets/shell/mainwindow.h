// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window: strip, top bar, rail, the stack of pages, status bar. Knows no model and no page by name;
// whoever builds it adds pages and sets plain values.
//
// Invariants: the rail holds exactly the pages that were added, in that order. Scope and time range are kept
// here and handed to every page when added and when changed. Thread: GUI. Owner: main.

#include "widgets/shell/page.h"
#include "widgets/shell/shellstate.h"

#include <QList>
#include <QWidget>

class QSettings;
class QStackedWidget;

namespace nest::widgets {

class ActionRegistry;
class Rail;
class StatusBar;
class ThemeController;
class TopBar;

class MainWindow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    /// Both outlive the window. The settings keep last page and range below `group`, and theme, size and
    /// place; the last two only while it is a window of its own and not part of one.
    MainWindow(ThemeController &theme, QSettings &settings, QWidget *parent = nullptr,
               QString group = QStringLiteral("window"));
    ~MainWindow() override;

    /// Adds the page to stack, rail and actions ("go.<id>"); the first one is shown. One that is `under`
    /// another is in the stack only. Takes ownership.
    void addPage(Page *page);
    bool showPage(const QString &id);
    /// Through the pages as they were seen, with what they showed.
    void goBack();
    void goForward();
    [[nodiscard]] Page *currentPage() const;
    [[nodiscard]] Page *page(const QString &id) const;
    /// Fills the window while no page exists: starting, failed. Takes ownership; nullptr goes back to the
    /// pages.
    void setCover(QWidget *cover);

    void setConnection(const ConnectionInfo &connection);
    void setConnectionStatus(const ConnectionStatus &status);
    void setScopeChoices(const ScopeChoices &choices);
    void setScope(const Scope &scope);
    void setTimeRange(TimeRange range);
    [[nodiscard]] const ConnectionStatus &connectionStatus() const { return m_status; }
    [[nodiscard]] const Scope &scope() const { return m_scope; }
    [[nodiscard]] TimeRange timeRange() const { return m_range; }

    [[nodiscard]] ActionRegistry &actions() { return *m_actions; }
    [[nodiscard]] Rail &rail() { return *m_rail; }
    [[nodiscard]] StatusBar &statusBar() { return *m_statusBar; }
    [[nodiscard]] TopBar &topBar() { return *m_topBar; }
    [[nodiscard]] const QList<Page *> &pages() const { return m_pages; }

    /// Writes what the next start begins with. Done by itself when the window is closed.
    void save();

Q_SIGNALS:
    void scopeChanged(const Scope &scope);
    void timeRangeChanged(TimeRange range);
    void currentPageChanged(const QString &id);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    struct Place
    {
        QString page, place;
        bool operator==(const Place &) const = default;
    };
    void addActions();
    void notePlace();
    void goTo(qsizetype at);
    void showHistory();
    void nextRegion();
    void restore();

    ThemeController &m_theme;
    QSettings &m_settings;
    QString m_group;
    ActionRegistry *m_actions;
    TopBar *m_topBar;
    Rail *m_rail;
    QStackedWidget *m_stack;
    StatusBar *m_statusBar;
    QWidget *m_cover = nullptr;
    QList<Page *> m_pages;
    QString m_current;
    QList<Place> m_history;
    qsizetype m_at = -1; // in the history
    bool m_isTravelling = false;
    QString m_wantedPage; // of the last run, shown once it is added
    ConnectionInfo m_connection;
    ConnectionStatus m_status;
    Scope m_scope;
    ScopeChoices m_choices;
    TimeRange m_range = TimeRange::FiveMinutes;
};

} // namespace nest::widgets
