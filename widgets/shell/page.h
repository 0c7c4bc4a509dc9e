// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One place of the console: an entry in the rail and what fills the window when it is chosen.
//
// A page is built by app/console, given to MainWindow::addPage and lives as long as the window. Scope and
// time range come to every page, also to those not shown; a hidden page may note them and act in showEvent.
// Thread: GUI.

#include "widgets/shell/shellstate.h"

#include <QKeySequence>
#include <QWidget>

namespace nest::widgets {

class ActionRegistry;

struct PageInfo
{
    QString id;    // stable: "functions"
    QString title; // translated
    QString icon;  // file name in resources/icons without .svg
    QKeySequence shortcut{};
    QString under{}; // a page below the one of this id: no entry in the rail, that one's is marked
};

class Page : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Page)

public:
    explicit Page(PageInfo info, QWidget *parent = nullptr) : QWidget(parent), m_info(std::move(info)) {}

    [[nodiscard]] const PageInfo &info() const { return m_info; }

    /// Adds the keys of the page to the registry, with itself as their scope. Once, when the page is added.
    virtual void addActions(ActionRegistry &) {}
    virtual void setScope(const Scope &) {}
    virtual void setTimeRange(TimeRange) {}
    virtual void setConnectionStatus(const ConnectionStatus &) {}
    /// The person pressed R: ask again, sort again.
    virtual void refresh() {}
    /// The person pressed /: put the cursor into the page's filter.
    virtual void focusFilter() {}
    /// What is shown of the page, as text that goTo() understands: "hello/code". Kept in the history.
    [[nodiscard]] virtual QString place() const { return {}; }
    virtual void goTo(const QString &) {}
    /// In the window's title; the page's own title unless it shows one thing of many.
    [[nodiscard]] virtual QString windowTitle() const { return m_info.title; }

Q_SIGNALS:
    /// Go to another page, as if chosen in the rail.
    void pageRequested(const QString &id);
    void scopeRequested(const Scope &scope);
    /// place() is another one; the one before is kept in the history.
    void placeChanged();
    /// For the status bar.
    void jobChanged(const nest::widgets::Job &job);

private:
    PageInfo m_info;
};

} // namespace nest::widgets
