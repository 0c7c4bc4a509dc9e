// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reserved instances of the next 24 h, of one deployment that is chosen here: what there is of them now, the
// plan of the platform as a chart, and the rules that it comes of.
//
// Invariants: every figure is an answer of the platform; the plan is asked for again when the deployment's
// policy changes, once a minute while it is seen, and when the platform comes or is back. Old values stay,
// dim, while it is away or gives no plan. Nothing is done while it is not seen. Thread: UI. Owner: the page;
// what it is given outlives it.

#include "api/wire/deployment.h"
#include "api/wire/result.h"
#include "app/console/pages/pools/ruleswrite.h"
#include "models/roles.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <string>
#include <unordered_set>

class QComboBox;
class QPushButton;
class QSettings;
class QStackedWidget;
class QVBoxLayout;

namespace nest::chart {
class FloorChart;
}
namespace nest::models {
struct CollectionDelta;
}
namespace nest::widgets {
class EmptyState;
class ErrorState;
class Label;
class LoadingBar;
} // namespace nest::widgets

namespace nest::console {

class RuleRow;

class ReservedPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReservedPanel)

public:
    ReservedPanel(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
                  QWidget *parent = nullptr);
    ~ReservedPanel() override;

    /// The choice is kept there; the settings outlive it.
    void keepIn(QSettings &settings);
    void setScope(const models::Scope &scope);
    void setStale(bool isStale);
    /// Why nothing can be changed now; empty: it can.
    void setDisabledReason(const QString &reason);
    void refresh();
    /// The one that is chosen; null: none.
    [[nodiscard]] const wire::Deployment *deployment() const;
    /// As a change would make it; nothing: no change.
    void showWhatIf(const std::optional<wire::FloorPlan> &plan);
    /// Whose editor is open; nothing: none.
    void setEdited(const std::optional<QString> &rule);
    [[nodiscard]] const std::optional<wire::FloorPlan> &plan() const { return m_plan; }

Q_SIGNALS:
    /// Empty: a new one.
    void editRequested(const QString &rule);
    /// Another is chosen, or it changed.
    void deploymentChanged();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildFoot();
    void fillChoices();
    void choose(const std::string &key);
    void forget(const std::string &next);
    void changed(const models::CollectionDelta &delta);
    void connectionChanged();
    void follow();
    void ask();
    void askStatus();
    void take(Result<wire::FloorPlan> &&plan);
    void showState();
    void showStatus();
    void showChart();
    void showRules();
    void switchRule(const std::string &name, bool isOn);
    void applyColours();
    [[nodiscard]] bool isOld() const { return m_isStale || !m_problem.isEmpty(); }

    RulesWriting m_writing;
    QSettings *m_settings = nullptr;
    models::Scope m_scope;
    std::string m_key;                            // of the chosen one; empty: none
    std::unordered_set<std::string> m_reserving;  // the deployments that reserve something, of the choices
    std::optional<wire::ScalingPolicy> m_planned; // what the plan was asked for
    std::optional<wire::ReservedStatus> m_status;
    std::optional<wire::FloorPlan> m_plan;
    std::optional<wire::FloorPlan> m_whatIf;
    QString m_problem; // of the last plan; empty: it was well
    std::optional<QString> m_edited;
    QString m_disabled;
    int m_generation = 0;
    bool m_areChoicesOld = true;
    bool m_isTold = false; // the collection has a status that is newer than what was asked
    bool m_wasConnected = false;
    bool m_isStale = false;
    QTimer m_minute;
    QTimer m_seconds;
    QComboBox *m_choice;
    QPushButton *m_add;
    widgets::Label *m_said;
    widgets::Label *m_trouble; // the last plan did not come, the one before is shown
    widgets::Label *m_hours;
    QWidget *m_cost; // shown where the operator has set a price
    widgets::Label *m_amount;
    QStackedWidget *m_stack;
    QWidget *m_content;
    chart::FloorChart *m_chart;
    widgets::EmptyState *m_empty;
    widgets::ErrorState *m_failed;
    widgets::LoadingBar *m_loading;
    QVBoxLayout *m_rows = nullptr;
    QList<RuleRow *> m_ruleRows;
};

} // namespace nest::console
