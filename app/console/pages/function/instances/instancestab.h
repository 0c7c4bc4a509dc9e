// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The instances of the function, in the group of the page or in all groups, and below them the live log of
// those that are chosen.
//
// Invariants: the chosen rows stay chosen through updates; the list is followed while the tab is hidden too,
// as its count stands in the tab's title, the log only while it is shown. Thread: UI. Owner: the page; the
// session outlives it.

#include "app/console/pages/function/functiontab.h"
#include "models/collection.h"

#include <memory>

namespace nest::models {
class Session;
}
namespace nest::widgets {
class Label;
class SegmentedControl;
class TableView;
} // namespace nest::widgets

namespace nest::console {

class EndedBox;
class InstancesModel;
class LogPanel;

class InstancesTab final : public FunctionTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstancesTab)

public:
    explicit InstancesTab(models::Session &session, QWidget *parent = nullptr);
    ~InstancesTab() override;

    void setTarget(const FunctionTarget &target) override;
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void refresh() override;
    void focusFilter() override;

private:
    enum class Shown { Rows, Loading, NotDeployed, NotHere, AtZero, Error };

    QWidget *buildHead();
    void buildTable();
    void addKeys();
    void chooseGroups();
    void clearSelection();
    void catchUp();
    void showAll();
    void show(Shown what);
    void showCounts();
    void showChosen();
    [[nodiscard]] bool showsAllGroups() const;
    /// Running elsewhere, while one group is shown.
    [[nodiscard]] int elsewhere() const;
    [[nodiscard]] bool isDeployed(bool inAnyGroup) const;

    models::Session &m_session;
    FunctionTarget m_target;
    std::unique_ptr<models::Collection<wire::Instance>> m_instances; // of the function
    InstancesModel *m_model;
    widgets::SegmentedControl *m_groups;
    widgets::Label *m_counts;
    widgets::TableView *m_table;
    EndedBox *m_ended;
    LogPanel *m_log;
    Shown m_shown = Shown::Rows;
    QString m_badge;
    bool m_wasStale = false; // listed, and the watch broke
};

} // namespace nest::console
