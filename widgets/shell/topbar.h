// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The environment strip and the bar below it: mark, connection, scope, time range. Never scrolls away.
//
// The bar shows and asks; MainWindow keeps the values. Thread: GUI.

#include "widgets/shell/shellstate.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QMenu;

namespace nest::widgets {

class Chip;
class SearchButton;

class TopBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TopBar)

public:
    explicit TopBar(QWidget *parent = nullptr);

    void setConnection(const ConnectionInfo &connection);
    void setScope(const Scope &scope, const ScopeChoices &choices);
    void setTimeRange(TimeRange range);
    void setStatus(ConnectionStatus::State state);

    enum class Part { Set, Lane, Region };
    /// Below the choices of that chip's menu. Not owned.
    void setScopeActions(Part part, const QList<QAction *> &actions);
    /// A click on the field does this, and its key is shown. Not owned.
    void setSearchAction(QAction *action);
    /// At the right of the connection: the lock of a guarded one. Takes ownership.
    void setLock(QWidget *lock);
    /// Opens below the connection; whoever made it fills it. Not owned.
    void setConnectionMenu(QMenu *menu);
    void openConnectionMenu();
    void openScopeMenu(Part part);
    void openRangeMenu();

Q_SIGNALS:
    void scopeChosen(const Scope &scope);
    void timeRangeChosen(TimeRange range);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Chip *makeScopeChip(Part part, const QString &label, const QString &id);
    void fillScopeMenu(Part part);
    void fillRangeMenu();
    [[nodiscard]] Chip *chip(Part part) const;

    ConnectionInfo m_info;
    Scope m_scope;
    ScopeChoices m_choices;
    TimeRange m_timeRange = TimeRange::FiveMinutes;
    Chip *m_connection;
    Chip *m_set;
    Chip *m_lane;
    Chip *m_region;
    SearchButton *m_search;
    Chip *m_range;
    QHBoxLayout *m_row;
    QHash<Part, QList<QAction *>> m_scopeActions;
};

} // namespace nest::widgets
