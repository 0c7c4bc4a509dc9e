// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The page of one function: a head, tabs, and the tab that is chosen. Knows the tabs by their base alone;
// main adds them.
//
// Invariants: every tab is told the same target. Without a function the page says how to choose one. Thread:
// UI. Owner: the window; the session outlives it.

#include "app/console/pages/function/functiontab.h"
#include "widgets/shell/page.h"

#include <QHash>
#include <QList>

class QSettings;
class QStackedWidget;

namespace nest::models {
class Session;
}
namespace nest::widgets {
class Banner;
class TabStrip;
} // namespace nest::widgets

namespace nest::console {

class FunctionHead;

class FunctionPage final : public widgets::Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FunctionPage)

public:
    explicit FunctionPage(models::Session &session, QWidget *parent = nullptr);
    ~FunctionPage() override;

    /// At the right of the others. Takes ownership.
    void addTab(FunctionTab *tab);
    /// An empty tab keeps the one that is shown.
    void showFunction(const FunctionTarget &target, const QString &tab = {});
    /// As showFunction() with the summary, of one that is being made: it need not be listed yet.
    void showNew(const FunctionTarget &target);
    void showTab(const QString &id);
    [[nodiscard]] const FunctionTarget &target() const { return m_target; }
    /// The group that was shown of the function last; nothing: it was not shown yet.
    [[nodiscard]] std::optional<wire::GroupName> lastGroup(const QString &function) const;
    [[nodiscard]] FunctionTab *tab(const QString &id) const;
    [[nodiscard]] FunctionTab *currentTab() const;
    [[nodiscard]] const QList<FunctionTab *> &tabs() const { return m_tabs; }

    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void setTimeRange(widgets::TimeRange range) override;
    void refresh() override;
    void focusFilter() override;
    [[nodiscard]] QString place() const override;
    void goTo(const QString &place) override;
    [[nodiscard]] QString windowTitle() const override;

Q_SIGNALS:
    void deployRequested(const nest::console::DeployRequest &request);
    /// A tab asked for a tab that this page does not have.
    void tabRequested(const QString &id);
    /// For panels beside the tabs.
    void targetChanged(const nest::console::FunctionTarget &target);
    void connectionChanged(const nest::widgets::ConnectionStatus &status);

private:
    void tabChosen(const QString &id);
    void showBanner();
    void showGone();

    models::Session &m_session;
    FunctionTarget m_target;
    QHash<QString, wire::GroupName> m_lastGroups; // by function
    FunctionHead *m_head;
    widgets::Banner *m_banner;
    widgets::TabStrip *m_strip;
    QStackedWidget *m_stack;
    QList<FunctionTab *> m_tabs;
    QList<QWidget *> m_tools; // of each tab, null where it has none
    widgets::ConnectionStatus m_status;
    QString m_asOf;
    bool m_isNew = false; // made just now: not listed yet is no fault
};

} // namespace nest::console
