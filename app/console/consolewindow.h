// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window of the console: the page Connect and one workspace a connection, of which one is seen. Switches
// between them (the menu of the connection, Ctrl+1 to Ctrl+9) and fetches tokens from the keyring.
//
// Invariants: a workspace that was opened stays until its connection is removed, changed or closed, or the
// window goes. The local platform is number 1 and is started when Connect or itself is first shown. Thread:
// UI. Owner: main; theme, settings, connections and tokens outlive it.

#include "models/connections/savedconnections.h"
#include "models/connections/tokenstore.h"
#include "models/session.h"

#include <QHash>
#include <QWidget>

#include <map>
#include <memory>

class QSettings;
class QStackedLayout;

namespace nest::widgets {
class ThemeController;
} // namespace nest::widgets

namespace nest::console {

class ConnectPage;
struct ConnectionState;
class Workspace;

class ConsoleWindow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsoleWindow)

public:
    /// `local` says how the platform of this computer is reached.
    ConsoleWindow(models::SessionOptions local, widgets::ThemeController &theme, QSettings &settings,
                  models::SavedConnections &saved, models::TokenStore &tokens);
    ~ConsoleWindow() override;

    /// As at the end of the last run; Connect on a first one.
    void openLast();
    void openLocal();
    /// Reads its token and shows it; what goes wrong is said in its row of Connect.
    void open(const QString &id);
    void showConnect();
    /// What is seen; null: Connect.
    [[nodiscard]] Workspace *current() const { return m_current; }
    [[nodiscard]] Workspace &local() { return *m_local; }
    [[nodiscard]] ConnectPage &connectPage() { return *m_connect; }
    [[nodiscard]] Workspace *workspace(const QString &id) const;

Q_SIGNALS:
    void languageRequested(const QString &language);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makeConnectPage();
    void openWith(const QString &id, const QString &token);
    void bring(Workspace &workspace, const QString &id);
    void addConnectionActions(Workspace &workspace);
    void nameActions(Workspace &workspace) const;
    void fillMenu(Workspace &workspace);
    void openNumber(int number);
    void end(const QString &id);
    void goBack();
    void showState(const QString &id);
    void showStates();
    [[nodiscard]] ConnectionState stateOf(const models::SavedConnection &connection) const;
    void startLocal();

    models::SessionOptions m_localOptions;
    widgets::ThemeController &m_theme;
    QSettings &m_settings;
    models::SavedConnections &m_saved;
    models::TokenStore &m_tokens;
    QStackedLayout *m_stack;
    std::unique_ptr<Workspace> m_local;
    std::map<QString, std::unique_ptr<Workspace>> m_open; // by id
    ConnectPage *m_connect = nullptr;
    Workspace *m_current = nullptr;
    Workspace *m_before = nullptr;      // that Connect was opened from
    QString m_wanted;                   // whose token is being read: only the last one asked for is shown
    QHash<QString, QString> m_problems; // by id: why it was not opened
};

} // namespace nest::console
