// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/consolepages.h"

#include "app/console/pages/function/functionpage.h"
#include "app/console/pages/function/summarytab.h"
#include "app/console/pages/functions/functionspage.h"
#include "app/console/pages/newfunction/newfunctionpage.h"
#include "app/console/pages/scaling/scalingpage.h"
#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/shell/mainwindow.h"

#include <QAction>

namespace nest::console {

using namespace Qt::StringLiterals;

ConsolePages::ConsolePages(models::Session &session, widgets::MainWindow &window, QSettings &settings,
                           QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_window(window)
    , m_functions(new FunctionsPage(session, settings))
    , m_newFunction(new NewFunctionPage(session))
    , m_function(new FunctionPage(session))
    , m_summary(new SummaryTab(session))
    , m_scaling(new ScalingPage(session))
{
    // In the order of the rail.
    window.addPage(m_functions);
    window.addPage(m_newFunction);
    m_function->addTab(m_summary);
    window.addPage(m_function);
    m_scaling->keepIn(settings);
    window.addPage(m_scaling);
    addActions();
    joinPages();
}

void ConsolePages::addActions()
{
    QAction *create = m_window.actions().add({.id = u"function.new"_s,
                                              .text = tr("New function"),
                                              .shortcut = QKeySequence(QKeySequence::New),
                                              .icon = u"plus"_s});
    connect(create, &QAction::triggered, this, [this] { m_window.showPage(m_newFunction->info().id); });
}

void ConsolePages::joinPages()
{
    connect(m_functions, &FunctionsPage::newRequested, m_window.actions().action(u"function.new"_s),
            &QAction::trigger);
    connect(m_functions, &FunctionsPage::openRequested, this,
            [this](const QString &function, const wire::GroupName &group) {
                openFunction({function, group}, u"summary"_s);
            });
    connect(m_newFunction, &NewFunctionPage::openRequested, this,
            [this](const QString &function) { openFunction({function, {}}, u"summary"_s); });
    connect(m_newFunction, &NewFunctionPage::createRequested, this, [this](const models::CreationPlan &plan) {
        m_summary->create(plan);
        const auto &to = plan.deployment;
        m_function->showNew({QString::fromStdString(plan.function.name), {to.set, to.lane, to.region}});
        m_window.showPage(m_function->info().id);
        m_newFunction->clear();
    });
    connect(m_function, &FunctionPage::tabRequested, this, [this](const QString &tab) {
        if (tab == m_scaling->info().id) {
            m_scaling->showFunction(m_function->target().function, m_function->target().group);
            m_window.showPage(tab);
        }
    });
    connect(m_scaling, &ScalingPage::timeRangeRequested, &m_window, &widgets::MainWindow::setTimeRange);
}

void ConsolePages::openFunction(const FunctionTarget &target, const QString &tab)
{
    m_function->showFunction(target, tab);
    m_window.showPage(m_function->info().id);
}

} // namespace nest::console
