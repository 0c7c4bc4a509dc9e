// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The page Pools: booted runtimes that wait for functions, how well they do, and the one that is chosen, to
// be changed.
//
// Invariants: nothing is listed before the page is seen; the chosen pool stays chosen while figures change.
// Thread: UI. Owner: the window; session, guard and toasts outlive it.

#include "models/collection.h"
#include "widgets/shell/page.h"

#include <memory>

class QPushButton;
class QSettings;
class QSplitter;

namespace nest::models {
class Guard;
class Session;
} // namespace nest::models
namespace nest::widgets {
class Banner;
class EmptyState;
class ErrorState;
class Label;
class SegmentedControl;
class TableView;
class ToastArea;
} // namespace nest::widgets

namespace nest::console {

class CapacityLine;
class PoolEditor;
class PoolsModel;
class ReservedPanel;
class RuleEditor;

class PoolsPage final : public widgets::Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PoolsPage)

public:
    PoolsPage(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
              QWidget *parent = nullptr);
    ~PoolsPage() override;

    /// What was chosen and sized is kept there; the settings outlive it.
    void keepIn(QSettings &settings);
    void addActions(widgets::ActionRegistry &actions) override;
    void setScope(const widgets::Scope &scope) override;
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void refresh() override;
    [[nodiscard]] QString place() const override;
    void goTo(const QString &place) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void begin();
    void readRuntimes();
    void choose(const std::string &pool);
    void joinReserved();
    void editRule(const QString &rule);
    void leaveRule();
    void showNew();
    void leave();
    void showState();
    void showChosen();

    models::Session &m_session;
    models::Guard &m_guard;
    std::unique_ptr<models::Collection<wire::Pool>> m_pools;
    std::unique_ptr<PoolsModel> m_model;
    widgets::ConnectionStatus m_status;
    std::string m_chosen;
    bool m_areRuntimesRead = false;
    widgets::SegmentedControl *m_kinds;
    widgets::Label *m_summary;
    QPushButton *m_new;
    widgets::Banner *m_banner;
    QSplitter *m_parts;
    widgets::TableView *m_table;
    PoolEditor *m_editor;
    ReservedPanel *m_reserved;
    RuleEditor *m_ruleEditor;
    CapacityLine *m_capacity;
    QSplitter *m_left;
    QSettings *m_settings = nullptr;
};

} // namespace nest::console
