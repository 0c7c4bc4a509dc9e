// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps a window true to a session: status bar and top bar, the scopes that exist, and the cover while there
// is nothing to show (starting, does not start). Once there was data, its pages stay, however the session is.
//
// Thread: UI. Owner: main. Session and window outlive it.

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace nest::models {
class Session;
}
namespace nest::widgets {
class ErrorState;
class MainWindow;
} // namespace nest::widgets

namespace nest::console {

class SessionBinding final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionBinding)

public:
    SessionBinding(models::Session &session, widgets::MainWindow &window, QObject *parent = nullptr);

    /// There is a page of connections to go to: errors offer it.
    void offerConnections() { m_hasConnections = true; }

Q_SIGNALS:
    void connectionsRequested();

private:
    void showStatus();
    void showScopes();
    void showCover();

    enum class Cover { None, Starting, Error };
    models::Session &m_session;
    widgets::MainWindow &m_window;
    Cover m_cover = Cover::None;
    bool m_hasConnections = false;
    QPointer<widgets::ErrorState> m_error;
    QTimer m_patience; // a platform that answers at once shows no cover
};

} // namespace nest::console
