// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the deployment of the function in the chosen group asks for: environment, secrets, network,
// concurrency, scaling. One change is one request, with the etag of what was read.
//
// Invariants: what was typed is never lost, neither by somebody else's change nor by a look at another group
// or function. Thread: UI. Owner: the tab; the session outlives it.

#include "api/wire/result.h"
#include "app/console/pages/function/functiontab.h"
#include "app/console/pages/function/settings/settingschange.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>

class QLineEdit;
class QPushButton;

namespace nest::models {
class Guard;
class Session;
} // namespace nest::models
namespace nest::widgets {
class Label;
}

namespace nest::console {

class EnvironmentEditor;
class NetworkEditor;
class NumberSetting;
class SecretChoice;

class DeploymentForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeploymentForm)

public:
    DeploymentForm(models::Session &session, const models::Guard &guard, QWidget *parent = nullptr);
    ~DeploymentForm() override;

    void setTarget(const FunctionTarget &target);
    [[nodiscard]] EnvironmentEditor &environment() { return *m_environment; }
    [[nodiscard]] SecretChoice &secrets() { return *m_secrets; }
    [[nodiscard]] NetworkEditor &network() { return *m_network; }
    /// Empty: changes may be sent.
    void setDisabledReason(const QString &reason);

Q_SIGNALS:
    void deployRequested();

private:
    struct Kept // of a deployment that is not shown
    {
        wire::Deployment base;
        DeploymentSettings mine;
        QString reason;
    };

    QWidget *buildConflict();
    QWidget *buildFoot();
    void addNumbers(QWidget *parent);
    [[nodiscard]] std::string key() const;
    [[nodiscard]] DeploymentSettings mine() const;
    void setFields(const DeploymentSettings &settings);
    void keep();
    void follow();
    void showBase(const wire::Deployment &base, const DeploymentSettings &mine);
    void showConflict(const wire::Deployment &theirs);
    void settle(bool isMineOnTop);
    void showChange();
    void apply();
    void send(wire::Deployment next, bool isUndo);
    void answered(Result<wire::Deployment> &&answer, bool isUndo);
    void readTheirs();
    /// `isOfFields`: of what the fields say, so that a refusal can be shown at them.
    void showProblem(const Error &error, bool isOfFields);

    models::Session &m_session;
    const models::Guard &m_guard;
    FunctionTarget m_target;
    QString m_disabled;
    std::optional<wire::Deployment> m_base;   // as read; what is typed is compared with it
    std::optional<wire::Deployment> m_theirs; // somebody else's, not looked at yet
    std::optional<DeploymentSettings> m_undo; // what was before the last change
    DeploymentSettings m_sent;                // what the fields said when the last request went
    std::map<std::string, Kept> m_kept;
    int m_generation = 0;
    bool m_isSending = false;
    bool m_isFilling = false;
    QTimer m_undoEnds;
    QWidget *m_form;
    QWidget *m_empty;
    EnvironmentEditor *m_environment;
    SecretChoice *m_secrets;
    NetworkEditor *m_network;
    NumberSetting *m_concurrency = nullptr;
    NumberSetting *m_reserved = nullptr;
    NumberSetting *m_maximum = nullptr;
    widgets::Label *m_metric;
    NumberSetting *m_threshold = nullptr;
    NumberSetting *m_utilisation = nullptr; // per cent
    NumberSetting *m_stable = nullptr;
    NumberSetting *m_panic = nullptr;
    NumberSetting *m_delay = nullptr;
    NumberSetting *m_zero = nullptr;
    QWidget *m_conflict;
    widgets::Label *m_conflictText;
    widgets::Label *m_summary;
    widgets::Label *m_problem;
    QLineEdit *m_reason;
    QPushButton *m_apply;
    QPushButton *m_resetAll;
    widgets::Label *m_done;
    QPushButton *m_undoButton;
};

} // namespace nest::console
