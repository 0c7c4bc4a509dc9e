// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/consolewindow.h"

#include "app/console/connect/connectpage.h"
#include "app/console/sessionstatus.h"
#include "app/console/workspace.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/topbar.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/themecontroller.h"

#include <QCloseEvent>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QStackedLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::SavedConnection;
using models::Session;

namespace {
constexpr int numbered = 9; // Ctrl+1 to Ctrl+9
constexpr auto localId = "local"_L1;

models::SessionOptions optionsOf(const SavedConnection &saved, const QString &token)
{
    models::SessionOptions options;
    client::Connection connection = models::parseAddress(saved.address).value_or(client::Connection{});
    connection.name = saved.name;
    connection.id = saved.id;
    connection.environment = saved.environment;
    connection.token = token;
    options.connection = connection;
    options.startsLocalPlatform = false;
    return options;
}
} // namespace

ConsoleWindow::ConsoleWindow(models::SessionOptions local, widgets::ThemeController &theme,
                             QSettings &settings, models::SavedConnections &saved, models::TokenStore &tokens)
    : m_localOptions(std::move(local))
    , m_theme(theme)
    , m_settings(settings)
    , m_saved(saved)
    , m_tokens(tokens)
    , m_stack(new QStackedLayout(this))
    , m_local(std::make_unique<Workspace>(m_localOptions, models::Guard::Level::Open, theme, settings))
{
    setWindowTitle(tr("Nest Console"));
    setWindowIcon(widgets::themedIcon(u"nest"_s));
    resize(1440, 900);
    restoreGeometry(settings.value("window/geometry").toByteArray());
    makeConnectPage();
    for (int number = 1; number <= numbered; ++number) {
        auto *key = new QShortcut(QKeySequence(u"Ctrl+%1"_s.arg(number)), m_connect);
        connect(key, &QShortcut::activated, this, [this, number] { openNumber(number); });
    }
    connect(&m_local->session(), &Session::stateChanged, this, &ConsoleWindow::showStates);
    connect(&m_saved, &models::SavedConnections::changed, this, [this] {
        showStates();
        for (const auto &[id, workspace] : m_open) {
            nameActions(*workspace);
        }
        nameActions(*m_local);
    });
    showStates();
}

ConsoleWindow::~ConsoleWindow()
{
    // Their windows are parts of this one and must go first.
    m_open.clear();
    m_local.reset();
}

void ConsoleWindow::makeConnectPage()
{
    m_connect = new ConnectPage(m_local->session(), m_saved, m_tokens, this);
    m_stack->addWidget(m_connect);
    connect(m_connect, &ConnectPage::localRequested, this, &ConsoleWindow::openLocal);
    connect(m_connect, &ConnectPage::openRequested, this, &ConsoleWindow::open);
    connect(m_connect, &ConnectPage::connectionChanged, this, &ConsoleWindow::end);
    connect(m_connect, &ConnectPage::connectionRemoved, this, &ConsoleWindow::end);
    connect(m_connect, &ConnectPage::backRequested, this, &ConsoleWindow::goBack);
    connect(m_connect, &ConnectPage::themeRequested, this, [this] {
        m_theme.toggle();
        m_settings.setValue("window/theme", static_cast<int>(m_theme.choice()));
    });
    connect(m_connect, &ConnectPage::languageRequested, this, &ConsoleWindow::languageRequested);
}

Workspace *ConsoleWindow::workspace(const QString &id) const
{
    const auto found = m_open.find(id);
    return found == m_open.end() ? nullptr : found->second.get();
}

void ConsoleWindow::openLast()
{
    const QString last = m_saved.last();
    if (last == localId) {
        openLocal();
    } else if (m_saved.find(last) != nullptr) {
        showConnect();
        open(last);
    } else {
        showConnect();
    }
}

void ConsoleWindow::startLocal()
{
    if (m_local->session().state() == Session::State::Idle) {
        m_local->session().start();
    }
}

void ConsoleWindow::openLocal()
{
    m_wanted.clear();
    startLocal();
    bring(*m_local, localId);
}

void ConsoleWindow::open(const QString &id)
{
    const SavedConnection *saved = m_saved.find(id);
    if (saved == nullptr) {
        return;
    }
    m_wanted = id;
    m_problems.remove(id);
    if (Workspace *open = workspace(id)) {
        bring(*open, id);
        return;
    }
    const auto parsed = models::parseAddress(saved->address);
    if (parsed && parsed->isSocket()) {
        openWith(id, {});
        return;
    }
    showState(id);
    m_tokens.read(id, this, [this, id](Result<QString> token) {
        if (m_wanted != id) {
            return;
        }
        if (token) {
            openWith(id, *token);
            return;
        }
        m_wanted.clear();
        m_problems.insert(id, QString::fromStdString(token.error().detail));
        showConnect();
        showState(id);
        m_connect->edit(id);
    });
}

void ConsoleWindow::openWith(const QString &id, const QString &token)
{
    const SavedConnection *saved = m_saved.find(id);
    if (saved == nullptr) {
        return;
    }
    const auto least = saved->isProtected ? models::Guard::Level::TypeName : models::Guard::Level::Open;
    auto made = std::make_unique<Workspace>(optionsOf(*saved, token), least, m_theme, m_settings);
    Workspace &workspace = *made;
    m_open.insert_or_assign(id, std::move(made));
    connect(&workspace.session(), &Session::stateChanged, this, [this, id] {
        if (const Workspace *seen = this->workspace(id);
            seen != nullptr && m_open.at(id)->session().state() == Session::State::Live) {
            m_saved.noteSeen(id, QDateTime::currentDateTimeUtc());
        }
        showState(id);
    });
    bring(workspace, id);
    workspace.session().start();
}

void ConsoleWindow::bring(Workspace &workspace, const QString &id)
{
    const bool isNew = !workspace.isBuilt();
    widgets::MainWindow &window = workspace.build(this);
    if (isNew) {
        m_stack->addWidget(&window);
        addConnectionActions(workspace);
        connect(&workspace, &Workspace::connectionsRequested, this, &ConsoleWindow::showConnect);
        connect(&window, &QWidget::windowTitleChanged, this, [this, of = &workspace](const QString &title) {
            if (m_current == of) {
                setWindowTitle(title);
            }
        });
    }
    m_current = &workspace;
    m_before = nullptr;
    m_saved.setLast(id);
    nameActions(workspace);
    m_stack->setCurrentWidget(&window);
    setWindowTitle(window.windowTitle());
    m_connect->raiseMessages();
    window.setFocus();
    showStates();
}

void ConsoleWindow::showConnect()
{
    startLocal();
    if (m_current != nullptr) {
        m_before = m_current;
    }
    m_current = nullptr;
    m_connect->setBack(m_before != nullptr ? m_before->session().connection().name : QString());
    m_stack->setCurrentWidget(m_connect);
    m_connect->raiseMessages();
    setWindowTitle(m_connect->windowTitle());
    m_connect->focusFirst();
    showStates();
}

void ConsoleWindow::goBack()
{
    if (m_before == m_local.get()) {
        openLocal();
    } else if (m_before != nullptr) {
        open(m_before->session().connection().id);
    }
}

/// Its pages go; the connection stays in the list.
void ConsoleWindow::end(const QString &id)
{
    m_problems.remove(id);
    const auto found = m_open.find(id);
    if (found == m_open.end()) {
        showState(id);
        return;
    }
    if (found->second.get() == m_current) {
        showConnect();
    }
    if (found->second.get() == m_before) {
        m_before = nullptr;
        m_connect->setBack({});
    }
    // Later: an action of its own window may have asked for it.
    found->second.release()->deleteLater();
    m_open.erase(found);
    showState(id);
}

void ConsoleWindow::openNumber(int number)
{
    if (number == 1) {
        openLocal();
    } else if (number - 2 < m_saved.list().size()) {
        open(m_saved.list().at(number - 2).id);
    }
}

void ConsoleWindow::addConnectionActions(Workspace &workspace)
{
    widgets::MainWindow &window = *workspace.window();
    widgets::ActionRegistry &actions = window.actions();
    for (int number = 1; number <= numbered; ++number) {
        QAction *go = actions.add({.id = u"connection.%1"_s.arg(number),
                                   .text = {},
                                   .shortcut = QKeySequence(u"Ctrl+%1"_s.arg(number))});
        connect(go, &QAction::triggered, this, [this, number] { openNumber(number); });
    }
    QAction *add = actions.add(
        {.id = u"connection.all"_s, .text = tr("Connect to another platform…"), .icon = u"plus"_s});
    connect(add, &QAction::triggered, this, [this] {
        showConnect();
        m_connect->startNew();
    });
    if (const QString id = workspace.session().connection().id; !id.isEmpty()) {
        QAction *edit = actions.add(
            {.id = u"connection.edit"_s, .text = tr("Edit this connection…"), .icon = u"settings"_s});
        connect(edit, &QAction::triggered, this, [this, id] {
            showConnect();
            m_connect->edit(id);
        });
        QAction *closing = actions.add(
            {.id = u"connection.close"_s, .text = tr("Close this connection"), .icon = u"close"_s});
        connect(closing, &QAction::triggered, this, [this, id] {
            showConnect();
            this->end(id);
        });
    }
    auto *menu = new QMenu(&window);
    menu->setObjectName("connections"_L1);
    connect(menu, &QMenu::aboutToShow, this, [this, &workspace] { fillMenu(workspace); });
    window.topBar().setConnectionMenu(menu);
}

/// The numbers follow the list.
void ConsoleWindow::nameActions(Workspace &workspace) const
{
    if (!workspace.isBuilt()) {
        return;
    }
    widgets::ActionRegistry &actions = workspace.window()->actions();
    for (int number = 1; number <= numbered; ++number) {
        QAction *go = actions.action(u"connection.%1"_s.arg(number));
        const bool isThere = number - 2 < m_saved.list().size();
        if (go != nullptr) {
            const QString name = number == 1 ? tr("local")
                                 : isThere   ? m_saved.list().at(number - 2).name
                                             : QString();
            go->setText(tr("Switch to %1").arg(name));
            go->setVisible(isThere);
            widgets::ActionRegistry::setDisabledReason(go, {}); // its tool tip follows the name
        }
    }
}

void ConsoleWindow::fillMenu(Workspace &workspace)
{
    widgets::ActionRegistry &actions = workspace.window()->actions();
    auto *menu = workspace.window()->findChild<QMenu *>(u"connections"_s, Qt::FindDirectChildrenOnly);
    menu->clear();
    const auto add = [&](int number, const QString &name, const QString &state, bool isCurrent, auto &&act) {
        QAction *entry = menu->addAction(state.isEmpty() ? name : u"%1   %2"_s.arg(name, state));
        if (number <= numbered) {
            entry->setShortcut(actions.action(u"connection.%1"_s.arg(number))->shortcut());
            entry->setShortcutContext(Qt::WidgetShortcut); // shown only: the registry's action has the key
        }
        entry->setCheckable(true);
        entry->setChecked(isCurrent);
        connect(entry, &QAction::triggered, this, act, Qt::QueuedConnection);
    };
    const auto stateText = [](Session &session) {
        return session.state() == Session::State::Idle ? QString()
               : !session.dataAge()                    ? tr("no answer yet")
                                                       : widgets::liveText(connectionStatus(session));
    };
    add(1, u"LOCAL · "_s + tr("local"), stateText(m_local->session()), &workspace == m_local.get(),
        [this] { openLocal(); });
    int number = 1;
    for (const SavedConnection &each : m_saved.list()) {
        const Workspace *open = this->workspace(each.id);
        add(++number, each.environment + u" · "_s + each.name,
            open != nullptr ? stateText(m_open.at(each.id)->session()) : stateOf(each).text,
            open == &workspace, [this, id = each.id] { this->open(id); });
    }
    menu->addSeparator();
    for (const char *id : {"connection.all", "connection.edit", "connection.close"}) {
        if (QAction *action = actions.action(QLatin1StringView(id))) {
            menu->addAction(action);
        }
    }
}

ConnectionState ConsoleWindow::stateOf(const SavedConnection &connection) const
{
    if (const QString problem = m_problems.value(connection.id); !problem.isEmpty()) {
        return {.text = tr("token needed"), .tone = widgets::Tone::Warn, .icon = u"key"_s, .note = problem};
    }
    const auto found = m_open.find(connection.id);
    if (found == m_open.end()) {
        if (m_wanted == connection.id) {
            return {.text = tr("asking the keyring"), .icon = u"key"_s, .note = {}};
        }
        const bool isLocked = connection.isProtected || connection.environment == "PROD"_L1;
        const QString note = isLocked ? tr("read-only until unlocked") : QString();
        if (!connection.lastSeen.isValid()) {
            return {.text = tr("not opened yet"), .icon = u"ring"_s, .note = note};
        }
        const auto age = std::chrono::seconds(connection.lastSeen.secsTo(QDateTime::currentDateTimeUtc()));
        return {.text = tr("last seen %1 ago").arg(widgets::ageText(age)), .icon = u"ring"_s, .note = note};
    }
    Session &session = found->second->session();
    const auto status = connectionStatus(session);
    switch (session.state()) {
    case Session::State::Live:
        return {.text = tr("open"), .tone = widgets::Tone::Ok, .icon = u"check"_s, .note = {}};
    case Session::State::Failed:
        return {.text = tr("refused"),
                .tone = widgets::Tone::Bad,
                .icon = u"close"_s,
                .note = QString::fromStdString(session.error().detail)};
    case Session::State::Idle:
    case Session::State::Starting:
    case Session::State::Late:
    case Session::State::Offline:
        break;
    }
    return {.text = session.dataAge() ? widgets::liveText(status) : tr("no answer yet"),
            .tone = widgets::Tone::Warn,
            .icon = u"offline"_s,
            .note = {}};
}

void ConsoleWindow::showState(const QString &id)
{
    if (const SavedConnection *saved = m_saved.find(id)) {
        m_connect->setState(id, stateOf(*saved));
    }
}

void ConsoleWindow::showStates()
{
    for (const SavedConnection &each : m_saved.list()) {
        m_connect->setState(each.id, stateOf(each));
    }
}

void ConsoleWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setValue("window/geometry", saveGeometry());
    for (const auto &[id, workspace] : m_open) {
        if (workspace->isBuilt()) {
            workspace->window()->save();
        }
        if (workspace->session().isConnected()) {
            m_saved.noteSeen(id, QDateTime::currentDateTimeUtc());
        }
    }
    if (m_local->isBuilt()) {
        m_local->window()->save();
    }
    QWidget::closeEvent(event);
}

} // namespace nest::console
