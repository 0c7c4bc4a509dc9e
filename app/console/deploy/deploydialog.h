// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The dialog Deploy: which version goes to which groups, with which share and how many instances; what that
// does; then, per group, what became of it. Opened over the window with open(), ends itself.
//
// Invariants: nothing is written before Deploy is pressed but a version that is published by its own button;
// each group is one PUT with the etag that was shown. Closing it while a deployment runs leaves the
// deployment to run. Thread: UI. Owner: the window; session, guard and toasts outlive it.

#include "api/wire/build.h"
#include "app/console/pages/function/functiontab.h"
#include "models/deploy/deployplan.h"
#include "widgets/state/modallayer.h"

#include <QPointer>

class QLineEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace nest::models {
class DeployRun;
class Guard;
class Session;
} // namespace nest::models

namespace nest::widgets {
class Banner;
class CellWidget;
class Label;
class ToastArea;
} // namespace nest::widgets

namespace nest::console {

class DeploySide;
class GroupMatrix;
class GroupSettings;
class VersionChooser;

class DeployDialog final : public widgets::ModalLayer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeployDialog)

public:
    DeployDialog(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
                 const DeployRequest &request, QWidget *window);
    ~DeployDialog() override;

    /// Ticked as soon as the platform told of it and a version is chosen.
    void chooseGroup(const wire::GroupName &group);
    /// What is missing before Deploy can be pressed; empty when nothing is.
    [[nodiscard]] QString missing() const;

Q_SIGNALS:
    /// Pressed; the run goes on without the dialog.
    void deployStarted();

protected:
    void accept() override;
    bool otherKey(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeChoice();
    QWidget *makeFoot();
    void takeState();
    void versionChosen();
    void show();
    void showOffline();
    void selectAll();
    void makeGroup();
    void chooseWanted();
    [[nodiscard]] const wire::Version *presentVersion() const;
    void deploy();
    void showRun();
    void showOutcome();
    void placeHalves();

    models::Session &m_session;
    models::Guard &m_guard;
    widgets::ToastArea &m_toasts;
    DeployRequest m_request;
    models::DeployPlan m_plan;
    bool m_hasBegun = false;                 // the first selection was made
    bool m_isTickedByItself = false;         // and by the dialog, as there was one group only
    std::optional<wire::GroupName> m_wanted; // to be ticked once it is there
    QStackedWidget *m_left;
    widgets::Banner *m_banner;
    widgets::CellWidget *m_outcome;
    VersionChooser *m_version;
    widgets::Label *m_count;
    QPushButton *m_select;
    GroupMatrix *m_matrix;
    GroupSettings *m_settings;
    DeploySide *m_side;
    QLineEdit *m_reason;
    widgets::Label *m_missing;
    QPushButton *m_cancel;
    QPushButton *m_deploy;
    QPointer<models::DeployRun> m_run;
};

} // namespace nest::console
