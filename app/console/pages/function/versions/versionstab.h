// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tab Versions: find a version, see where it is live, see what differs between two of them.
//
// Invariants: at most two versions are chosen, A the older and B the newer; the choice stays through updates
// and reconnects. Thread: UI. Owner: FunctionPage; the session outlives it.

#include "app/console/pages/function/functiontab.h"
#include "app/console/pages/function/versions/versionrows.h"

#include <QPointer>

class QPushButton;

namespace nest::widgets {
class FilterField;
class Label;
class NoResult;
class TableView;
} // namespace nest::widgets

namespace nest::console {

class DifferencesPanel;

class VersionsTab final : public FunctionTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VersionsTab)

public:
    explicit VersionsTab(models::Session &session, QWidget *parent = nullptr);
    ~VersionsTab() override;

    void setTarget(const FunctionTarget &target) override;
    /// Puts the row of that version in front, as soon as it is listed; until another function is shown.
    void goTo(int version);
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void refresh() override;
    void focusFilter() override;
    QWidget *headTools() override;

private:
    enum class Shown { Rows, Loading, Empty, NoResult, Error };

    QWidget *makeTop();
    void showState();
    void show(Shown what);
    void showPicked();
    void pickFirst();
    void showWanted();
    void setFilter(const QString &text);
    void compare();

    models::Session &m_session;
    FunctionTarget m_target;
    VersionRows m_rows;
    widgets::FilterField *m_filter;
    widgets::Label *m_selected;
    QPushButton *m_compare;
    QPointer<QPushButton> m_deploy; // the head's when it took it, which goes first
    widgets::TableView *m_table;
    DifferencesPanel *m_differences;
    Shown m_shown = Shown::Rows;
    int m_wanted = 0;         // of goTo(), not listed yet; 0: none
    bool m_hasPicked = false; // a person chose the pair; until then it is the newest two
};

} // namespace nest::console
