// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Builds the pages of the console into its window and joins what they ask for: the one place that knows all
// of them. The program and its tests use the same.
//
// Thread: UI. Owner: main; session, window and settings outlive it.

#include "app/console/pages/function/functiontab.h"

#include <QObject>

class QSettings;

namespace nest::models {
class Session;
}
namespace nest::widgets {
class MainWindow;
}

namespace nest::console {

class FunctionPage;
class FunctionsPage;
class NewFunctionPage;
class ScalingPage;
class SummaryTab;

class ConsolePages final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsolePages)

public:
    ConsolePages(models::Session &session, widgets::MainWindow &window, QSettings &settings,
                 QObject *parent = nullptr);

    [[nodiscard]] FunctionsPage &functions() { return *m_functions; }
    [[nodiscard]] NewFunctionPage &newFunction() { return *m_newFunction; }
    [[nodiscard]] FunctionPage &function() { return *m_function; }
    [[nodiscard]] ScalingPage &scaling() { return *m_scaling; }

    /// The page of the function with that tab in front.
    void openFunction(const FunctionTarget &target, const QString &tab);

private:
    void addActions();
    void addGroupActions();
    void joinPages();
    void openPalette(const QString &text);
    void openGroups(int part);
    void openDeploy(const DeployRequest &request);
    void openScaling(const FunctionTarget &target);

    models::Session &m_session;
    widgets::MainWindow &m_window;
    FunctionsPage *m_functions;
    NewFunctionPage *m_newFunction;
    FunctionPage *m_function;
    SummaryTab *m_summary;
    ScalingPage *m_scaling;
};

} // namespace nest::console
