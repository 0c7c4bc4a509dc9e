// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/consolepages.h"

#include "app/console/deploy/deploydialog.h"
#include "app/console/groups/groupdialog.h"
#include "app/console/guard/guarddialog.h"
#include "app/console/jobsbinding.h"
#include "app/console/lockchip.h"
#include "app/console/pages/function/code/codetab.h"
#include "app/console/pages/function/functionpage.h"
#include "app/console/pages/function/instances/instancestab.h"
#include "app/console/pages/function/scalingtab.h"
#include "app/console/pages/function/settings/settingstab.h"
#include "app/console/pages/function/summarytab.h"
#include "app/console/pages/function/test/loaddialog.h"
#include "app/console/pages/function/test/loadjob.h"
#include "app/console/pages/function/test/loadjobs.h"
#include "app/console/pages/function/test/testpanel.h"
#include "app/console/pages/function/versions/versionstab.h"
#include "app/console/pages/functions/functionspage.h"
#include "app/console/pages/newfunction/newfunctionpage.h"
#include "app/console/pages/pools/poolspage.h"
#include "app/console/pages/scaling/scalingpage.h"
#include "app/console/palette/palettecontent.h"
#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/palette.h"
#include "widgets/shell/statusbar.h"
#include "widgets/shell/topbar.h"
#include "widgets/state/messagelist.h"
#include "widgets/state/toast.h"

#include <QAction>
#include <QLocale>
#include <QTimer>

namespace nest::console {

using namespace Qt::StringLiterals;

ConsolePages::ConsolePages(models::Session &session, widgets::MainWindow &window, QSettings &settings,
                           models::Guard::Level least, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_window(window)
    , m_guard(session, least)
    , m_toasts(new widgets::ToastArea(&window))
    , m_functions(new FunctionsPage(session, settings))
    , m_newFunction(new NewFunctionPage(session))
    , m_function(new FunctionPage(session))
    , m_summary(new SummaryTab(session))
    , m_code(new CodeTab(session, settings,
                         {.unsavedFolder = CodeTab::unsavedFolder(settings), .guard = &m_guard}))
    , m_test(new TestPanel(session, settings))
    , m_versions(new VersionsTab(session))
    , m_scalingTab(new ScalingTab(session))
    , m_scaling(new ScalingPage(session))
{
    // In the order of the rail.
    window.addPage(m_functions);
    window.addPage(m_newFunction);
    addFunctionTabs();
    window.addPage(m_function);
    m_scaling->keepIn(settings);
    window.addPage(m_scaling);
    auto *pools = new PoolsPage(session, m_guard, *m_toasts);
    pools->keepIn(settings);
    window.addPage(pools);
    addActions();
    addTabActions();
    m_jobs = new JobsBinding(session, window, *m_toasts, *m_code, this);
    addGuard();
    joinPages();
    joinCode();
    m_toasts->setFoot(window.statusBar().height());
    joinStatusBar();
}

/// What the foot of the window leads to: what runs, what was said, the keys.
void ConsolePages::joinStatusBar()
{
    widgets::StatusBar &bar = m_window.statusBar();
    bar.addHint(m_window.actions().action(u"keys.show"_s), tr("? keys"));
    bar.addHint(m_window.actions().action(u"palette.open"_s), tr("Ctrl+K finds everything"));
    connect(m_jobs, &JobsBinding::loadRequested, this,
            [this](const QString &function, const wire::GroupName &group) {
                openFunction({function, group}, m_code->info().id);
                m_test->showLoad();
            });
    connect(m_jobs, &JobsBinding::tabRequested, this, [this](const QString &function, const QString &tab) {
        openFunction({function, m_function->lastGroup(function).value_or(wire::GroupName())}, tab);
    });
    QAction *read = m_window.actions().add({.id = u"messages.show"_s,
                                            .text = tr("Last messages"),
                                            .shortcut = QKeySequence(u"Ctrl+Shift+M"_s),
                                            .icon = u"bell"_s});
    QAction *close = m_window.actions().add({.id = u"messages.close"_s,
                                             .text = tr("Close the newest message"),
                                             .shortcut = QKeySequence(u"Ctrl+M"_s),
                                             .icon = u"close"_s});
    connect(&bar, &widgets::StatusBar::messagesActivated, read, &QAction::trigger);
    connect(close, &QAction::triggered, m_toasts, &widgets::ToastArea::closeNewest);
    const auto count = [this, &bar](bool hasError) {
        bar.setMessages(static_cast<int>(m_toasts->said().size()), hasError);
    };
    connect(m_toasts, &widgets::ToastArea::saidChanged, this,
            [this, count] { count(m_toasts->said().last().text.tone == widgets::Tone::Bad); });
    connect(read, &QAction::triggered, this, [this, count] {
        count(false);
        (new widgets::MessageList(*m_toasts, &m_window))->open();
    });
}

void ConsolePages::addFunctionTabs()
{
    m_function->addTab(m_summary);
    m_code->setSidePanel(m_test);
    m_function->addTab(m_code);
    m_function->addTab(m_versions);
    m_function->addTab(m_scalingTab);
    connect(&m_scalingTab->page(), &ScalingPage::timeRangeRequested, &m_window,
            &widgets::MainWindow::setTimeRange);
    m_function->addTab(new InstancesTab(m_session));
    m_function->addTab(new SettingsTab(m_session, m_guard));
}

void ConsolePages::addGuard()
{
    // A locked connection sends nothing that changes something, whatever page asks for it.
    m_session.setWriteGate([this] { return m_guard.refusal(); });
    connect(&m_guard, &models::Guard::changed, &m_session, &models::Session::writeRefusalChanged);
    auto *chip = new LockChip(m_guard, &m_window);
    m_window.topBar().setLock(chip);
    QAction *lock = m_window.actions().add({.id = u"guard.lock"_s,
                                            .text = tr("Lock now"),
                                            .shortcut = QKeySequence(u"Ctrl+L"_s),
                                            .icon = u"lock"_s});
    connect(lock, &QAction::triggered, &m_guard, &models::Guard::lock);
    const auto show = [this, lock] {
        m_window.actions().setDisabledReason(lock, m_guard.isUnlocked() ? QString()
                                                   : m_guard.isLocked() ? tr("It is locked already.")
                                                                        : tr("This connection has no lock."));
    };
    connect(&m_guard, &models::Guard::changed, this, show);
    show();
}

ConsolePages::~ConsolePages()
{
    m_session.setWriteGate({});
}

/// The test panel lies beside the code and knows its build.
void ConsolePages::joinCode()
{
    m_scalingTab->page().addActions(m_window.actions());
    int number = 0;
    for (QAction *action : m_code->actions()) {
        if (!action->text().isEmpty()) {
            m_window.actions().adopt(action, u"code.%1"_s.arg(++number), m_code);
        }
    }
    for (QAction *action : m_test->actions()) {
        m_window.actions().adopt(action, u"test."_s + action->objectName(), m_function);
        m_function->addAction(action); // F5 is heard on every tab
    }
    connect(m_test, &TestPanel::showRequested, this, [this] { m_function->showTab(m_code->info().id); });
    connect(m_code, &CodeTab::latestBuildChanged, m_test,
            [this] { m_test->setDraftBuild(m_code->latestBuild()); });
    connect(m_function, &FunctionPage::targetChanged, m_test, &TestPanel::setTarget);
    connect(m_function, &FunctionPage::connectionChanged, m_test, &TestPanel::setConnectionStatus);
    connect(
        m_test, &TestPanel::scalingRequested, this,
        [this](const QString &function, const wire::GroupName &group) { openScaling({function, group}); });
    connect(m_summary, &SummaryTab::loadRequested, this, &ConsolePages::putLoad);
}

/// Asks how much, then shows the page that tells what comes of it.
void ConsolePages::putLoad(const FunctionTarget &target)
{
    auto *dialog = new LoadDialog(m_session, target, &m_window);
    connect(dialog, &LoadDialog::chosen, this, &ConsolePages::startLoad);
    dialog->ask();
}

void ConsolePages::startLoad(const FunctionTarget &target, const client::LoadPlan &plan)
{
    if (auto started = LoadJobs::of(m_session).start(target.function, target.group, plan); !started) {
        m_toasts->show({.tone = widgets::Tone::Bad,
                        .sentence = tr("No load is put on %1").arg(target.function),
                        .detail = QString::fromStdString(started.error().detail)});
        return;
    }
    openFunction(target, m_scalingTab->info().id);
    m_toasts->show({.tone = widgets::Tone::Info,
                    .sentence = tr("Load runs on %1").arg(target.function),
                    .detail = tr("%1 req/s to %2")
                                  .arg(QLocale().toString(plan.requestsPerSecond, 'f', 0),
                                       QString::fromStdString(toString(target.group))),
                    .action = tr("Stop the load"),
                    .isUndo = false,
                    .time = std::chrono::seconds(20)},
                   [this, function = target.function] {
                       if (LoadJob *job = LoadJobs::of(m_session).job(function)) {
                           job->stop();
                       }
                   });
}

/// Each tab is found by its name in the palette, while the page of a function is seen.
void ConsolePages::addTabActions()
{
    for (const FunctionTab *tab : m_function->tabs()) {
        QAction *go = m_window.actions().add(
            {.id = u"function.tab."_s + tab->info().id, .text = tr("Tab %1").arg(tab->info().title)},
            m_function);
        connect(go, &QAction::triggered, this, [this, id = tab->info().id] { m_function->showTab(id); });
    }
}

void ConsolePages::addActions()
{
    QAction *create = m_window.actions().add({.id = u"function.new"_s,
                                              .text = tr("New function"),
                                              .shortcut = QKeySequence(QKeySequence::New),
                                              .icon = u"plus"_s});
    connect(create, &QAction::triggered, this, [this] { m_window.showPage(m_newFunction->info().id); });
    QAction *palette = m_window.actions().add({.id = u"palette.open"_s,
                                               .text = tr("Search or run a command"),
                                               .shortcut = QKeySequence(u"Ctrl+K"_s),
                                               .icon = u"search"_s});
    connect(palette, &QAction::triggered, this, [this] { openPalette({}); });
    m_window.topBar().setSearchAction(palette);
    QAction *keys = m_window.actions().add({.id = u"keys.show"_s,
                                            .text = tr("Keys of this page"),
                                            .shortcut = QKeySequence(Qt::Key_Question),
                                            .icon = u"info"_s});
    keys->setShortcuts(
        {QKeySequence(Qt::Key_Question), QKeySequence(int(Qt::SHIFT) | int(Qt::Key_Question))});
    connect(keys, &QAction::triggered, this, [this] { openPalette(u"?"_s); });
    addGroupActions();
}

/// In the menus of the scope chips.
void ConsolePages::addGroupActions()
{
    using widgets::TopBar;
    const auto add = [this](TopBar::Part part, GroupDialog::Part what, const QString &id,
                            const QString &text) {
        QAction *action = m_window.actions().add({.id = u"group."_s + id, .text = text, .icon = u"group"_s});
        connect(action, &QAction::triggered, this, [this, what] { openGroups(static_cast<int>(what)); });
        m_window.topBar().setScopeActions(part, {action});
    };
    add(TopBar::Part::Set, GroupDialog::Part::Set, u"newSet"_s, tr("New SET…"));
    add(TopBar::Part::Lane, GroupDialog::Part::Lane, u"newLane"_s, tr("New lane…"));
    add(TopBar::Part::Region, GroupDialog::Part::Region, u"newRegion"_s, tr("New region…"));
}

void ConsolePages::openPalette(const QString &text)
{
    auto *palette = new widgets::Palette(
        paletteContent(m_session, m_window.actions(),
                       {.openFunction = [this](const FunctionTarget &target,
                                               const QString &tab) { openFunction(target, tab); },
                        .openScaling = [this](const FunctionTarget &target) { openScaling(target); },
                        .deploy = [this](const DeployRequest &request) { openDeploy(request); },
                        .functionInView =
                            [this] {
                                const auto *page = m_window.currentPage();
                                return page == m_function ? m_function->target().function
                                       : page == m_scaling
                                           ? QString::fromStdString(m_scaling->model().target().function)
                                           : QString();
                            },
                        .openVersion =
                            [this](const QString &function, int version) {
                                openVersion(function, version);
                            }}),
        &m_window);
    palette->openWith(text);
}

void ConsolePages::openVersion(const QString &function, int version)
{
    openFunction({function, m_function->target().group}, m_versions->info().id);
    m_versions->goTo(version);
}

void ConsolePages::openGroups(int part)
{
    const auto orDefault = [](const QString &name, const char *otherwise) {
        return name.isEmpty() ? std::string(otherwise) : name.toStdString();
    };
    const auto &scope = m_window.scope();
    const std::string home = m_session.me() ? m_session.me()->region : std::string("local");
    auto *dialog = new GroupDialog(m_session, m_guard, static_cast<GroupDialog::Part>(part),
                                   {orDefault(scope.set, "default"), orDefault(scope.lane, "main"),
                                    orDefault(scope.region, home.c_str())},
                                   &m_window);
    connect(dialog, &GroupDialog::made, this, &ConsolePages::sayMade);
    dialog->open();
    dialog->focusNew();
}

/// What one makes a group for comes next.
void ConsolePages::sayMade(const wire::GroupName &group)
{
    const QString function = m_window.currentPage() == m_function ? m_function->target().function : QString();
    const bool canDeploy = m_session.functions().find(function.toStdString()) != nullptr;
    m_toasts->show({.sentence = tr("%1 is there").arg(QString::fromStdString(toString(group))),
                    .action = canDeploy ? tr("Deploy to it…") : QString(),
                    .isUndo = false,
                    .time = std::chrono::seconds(canDeploy ? 20 : 5)},
                   [this, function, group] { openDeploy({function, {}, {}})->chooseGroup(group); });
}

DeployDialog *ConsolePages::openDeploy(const DeployRequest &request)
{
    auto *dialog = new DeployDialog(m_session, m_guard, *m_toasts, request, &m_window);
    dialog->open();
    return dialog;
}

void ConsolePages::openScaling(const FunctionTarget &target)
{
    m_scaling->showFunction(target.function, target.group);
    m_window.showPage(m_scaling->info().id);
}

void ConsolePages::joinPages()
{
    connect(m_functions, &FunctionsPage::newRequested, m_window.actions().action(u"function.new"_s),
            &QAction::trigger);
    connect(m_functions, &FunctionsPage::openRequested, this,
            [this](const QString &function, const wire::GroupName &group) {
                const QString tab = std::exchange(m_firstTab, u"summary"_s);
                openFunction({function, groupToOpen(function, group)}, tab);
                openOver(std::exchange(m_over, {}));
            });
    connect(m_newFunction, &NewFunctionPage::openRequested, this,
            [this](const QString &function) { openFunction({function, {}}, u"summary"_s); });
    connect(m_newFunction, &NewFunctionPage::createRequested, this, &ConsolePages::askCreate);
    connect(m_newFunction, &NewFunctionPage::addGroupRequested, this,
            [this] { openGroups(static_cast<int>(GroupDialog::Part::Lane)); });
    connect(m_function, &FunctionPage::deployRequested, this, &ConsolePages::openDeploy);
    connect(m_scaling, &ScalingPage::timeRangeRequested, &m_window, &widgets::MainWindow::setTimeRange);
}

void ConsolePages::askCreate(const models::CreationPlan &plan)
{
    const QString name = QString::fromStdString(plan.function.name);
    const auto &to = plan.deployment;
    const wire::GroupName group{to.set, to.lane, to.region};
    askGuard(m_guard, m_newFunction,
             {.title = tr("Create %1").arg(name),
              .effects = {tr("It is built, becomes v1 and runs in %1.")
                              .arg(QString::fromStdString(toString(group)))},
              .name = name,
              .button = tr("Create and run"),
              .reason = QString()},
             [this, plan, name, group](const QString &reason) {
                 models::CreationPlan made = plan;
                 made.deployment.reason = reason.toStdString();
                 m_summary->create(made);
                 m_function->showNew({name, group});
                 m_window.showPage(m_function->info().id);
                 m_newFunction->clear();
             });
}

/// The group one looked at last, where it is still there and within the scope.
wire::GroupName ConsolePages::groupToOpen(const QString &function, const wire::GroupName &usual) const
{
    const auto last = m_function->lastGroup(function);
    if (!last || !m_session.deployments().find(function.toStdString() + '/' + toString(*last))) {
        return usual;
    }
    const auto isIn = [](const QString &narrowed, const std::string &name) {
        return narrowed.isEmpty() || narrowed.toStdString() == name;
    };
    const widgets::Scope &scope = m_window.scope();
    return isIn(scope.set, last->set) && isIn(scope.lane, last->lane) && isIn(scope.region, last->region)
               ? *last
               : usual;
}

void ConsolePages::openWhenListed(const QString &function, const QString &tab, const QString &over)
{
    m_firstTab = tab.isEmpty() ? u"summary"_s : tab;
    m_over = over;
    m_functions->openWhenListed(function);
}

void ConsolePages::openOver(const QString &what)
{
    if (what == "palette"_L1) {
        openPalette({});
    } else if (what == "deploy"_L1) {
        openDeploy({m_function->target().function, {}, {}});
    } else if (what == "groups"_L1) {
        openGroups(static_cast<int>(GroupDialog::Part::Lane));
    } else if (what == "request"_L1) {
        QTimer::singleShot(0, m_test, &TestPanel::send); // once the tab is shown
    } else if (what == "load"_L1) {
        m_test->startLoad();
    }
}

void ConsolePages::openFunction(const FunctionTarget &target, const QString &tab)
{
    m_function->showFunction(target, tab);
    m_window.showPage(m_function->info().id);
}

} // namespace nest::console
