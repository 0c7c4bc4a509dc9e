// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The settings of a function: in its group, its secrets, in the code, of the function itself, and its end.
//
// While the connection is locked everything is shown and nothing is sent. Thread: UI. Owner: the page;
// session and guard outlive it.

#include "api/wire/common.h"
#include "app/console/pages/function/functiontab.h"

#include <map>
#include <string>

class QVBoxLayout;

namespace nest::models {
class Guard;
class Session;
struct CollectionDelta;
} // namespace nest::models
namespace nest::widgets {
class CellWidget;
}

namespace nest::console {

class CodeSettings;
class DeleteBox;
class FunctionFields;
class DeploymentForm;
class SecretsBox;

class SettingsTab final : public FunctionTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsTab)

public:
    SettingsTab(models::Session &session, const models::Guard &guard, QWidget *parent = nullptr);

    void setTarget(const FunctionTarget &target) override;
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void refresh() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// By group: what its deployment hands over.
    using Handed = std::map<std::string, wire::Environment>;
    [[nodiscard]] Handed handed() const;
    void showDisabled();
    void readDefaults();
    void readSecrets();
    void deploymentsChanged(const models::CollectionDelta &delta);
    void addSection(QVBoxLayout *to, const QString &title, const QString &sentence, QWidget *content,
                    QWidget *beside = nullptr);

    models::Session &m_session;
    const models::Guard &m_guard;
    bool m_isAway = false;
    bool m_isLive = false;
    FunctionTarget m_target;
    Handed m_handed; // when the secrets were asked for
    widgets::CellWidget *m_groupChip;
    DeploymentForm *m_group;
    SecretsBox *m_secrets;
    CodeSettings *m_code;
    FunctionFields *m_fields;
    DeleteBox *m_delete;
    std::pair<std::string, int> m_defaultsOf; // deployment and version that the defaults shown are of
};

} // namespace nest::console
