// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Builds the pages of the console into its window and joins what they ask for: the one place that knows all
// of them. The program and its tests use the same.
//
// Thread: UI. Owner: main; session, window and settings outlive it.

#include "api/client/loadplan.h"
#include "app/console/pages/function/functiontab.h"
#include "models/guard.h"

#include <QObject>

class QSettings;

namespace nest::models {
class Session;
struct CreationPlan;
} // namespace nest::models
namespace nest::widgets {
class MainWindow;
class ToastArea;
} // namespace nest::widgets

namespace nest::console {

class CodeTab;
class DeployDialog;
class FunctionPage;
class FunctionsPage;
class JobsBinding;
class NewFunctionPage;
class ScalingPage;
class ScalingTab;
class SummaryTab;
class TestPanel;
class VersionsTab;

class ConsolePages final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsolePages)

public:
    /// The connection is guarded at least that much.
    ConsolePages(models::Session &session, widgets::MainWindow &window, QSettings &settings,
                 models::Guard::Level least = models::Guard::Level::Open, QObject *parent = nullptr);

    ~ConsolePages() override;

    [[nodiscard]] FunctionsPage &functions() { return *m_functions; }
    [[nodiscard]] NewFunctionPage &newFunction() { return *m_newFunction; }
    [[nodiscard]] FunctionPage &function() { return *m_function; }
    [[nodiscard]] ScalingPage &scaling() { return *m_scaling; }
    [[nodiscard]] models::Guard &guard() { return m_guard; }

    /// The page of the function with that tab in front.
    void openFunction(const FunctionTarget &target, const QString &tab);
    /// As soon as the platform told of the function; then what lies over the window, if anything.
    void openWhenListed(const QString &function, const QString &tab, const QString &over);
    /// "palette", "deploy", "groups"; "request" and "load" are done in the test panel.
    void openOver(const QString &what);

private:
    void addActions();
    void addGroupActions();
    void addFunctionTabs();
    void addGuard();
    void joinPages();
    void joinCode();
    void putLoad(const FunctionTarget &target);
    void startLoad(const FunctionTarget &target, const client::LoadPlan &plan);
    void addTabActions();
    void openPalette(const QString &text);
    void joinStatusBar();
    [[nodiscard]] wire::GroupName groupToOpen(const QString &function, const wire::GroupName &usual) const;
    void openVersion(const QString &function, int version);
    void openGroups(int part);
    void askCreate(const models::CreationPlan &plan);
    void sayMade(const wire::GroupName &group);
    DeployDialog *openDeploy(const DeployRequest &request);
    void openScaling(const FunctionTarget &target);

    models::Session &m_session;
    widgets::MainWindow &m_window;
    models::Guard m_guard;
    widgets::ToastArea *m_toasts;
    FunctionsPage *m_functions;
    NewFunctionPage *m_newFunction;
    FunctionPage *m_function;
    SummaryTab *m_summary;
    CodeTab *m_code;
    TestPanel *m_test;
    VersionsTab *m_versions;
    ScalingTab *m_scalingTab;
    QString m_firstTab = QStringLiteral("summary"); // of the next function that is opened from the list
    QString m_over;
    ScalingPage *m_scaling;
    JobsBinding *m_jobs = nullptr;
};

} // namespace nest::console
