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

struct PageInfo
{
    QString id;    // stable: "functions"
    QString title; // translated
    QString icon;  // file name in resources/icons without .svg
    QKeySequence shortcut{};
};

class Page : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Page)

public:
    explicit Page(PageInfo info, QWidget *parent = nullptr) : QWidget(parent), m_info(std::move(info)) {}

    [[nodiscard]] const PageInfo &info() const { return m_info; }

    virtual void setScope(const Scope &) {}
    virtual void setTimeRange(TimeRange) {}
    virtual void setConnectionStatus(const ConnectionStatus &) {}
    /// The person pressed R: ask again, sort again.
    virtual void refresh() {}
    /// The person pressed /: put the cursor into the page's filter.
    virtual void focusFilter() {}

Q_SIGNALS:
    /// Go to another page, as if chosen in the rail.
    void pageRequested(const QString &id);
    void scopeRequested(const Scope &scope);

private:
    PageInfo m_info;
};

} // namespace nest::widgets
