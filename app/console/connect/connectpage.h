// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Connect: the platform of this computer, the connections that were set up, and a form for a new one. Asks
// for what it wants opened; whoever owns it opens it.
//
// A removed connection comes back with Undo; its token leaves the keyring only when that is over. Thread: UI.
// Owner: the window, which outlives neither of the three given.

#include "app/console/connect/connectionrow.h"

#include <QHash>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace nest::models {
class SavedConnections;
class Session;
class TokenStore;
} // namespace nest::models
namespace nest::widgets {
class Label;
class ToastArea;
} // namespace nest::widgets

namespace nest::console {

class ConnectionForm;
class LocalPanel;

class ConnectPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectPage)

public:
    ConnectPage(models::Session &local, models::SavedConnections &saved, models::TokenStore &tokens,
                QWidget *parent = nullptr);

    void setState(const QString &id, const ConnectionState &state);
    /// Fills the form with that connection.
    void edit(const QString &id);
    void startNew();
    /// A connection is open behind the page: "Back to nest-prod". Empty: none is.
    void setBack(const QString &name);
    void focusFirst();
    /// Messages lie over whatever was brought to the front.
    void raiseMessages();

Q_SIGNALS:
    void localRequested();
    void openRequested(const QString &id);
    /// Its address, environment, protection or token is another one now.
    void connectionChanged(const QString &id);
    void connectionRemoved(const QString &id);
    void backRequested();
    void themeRequested();
    /// "en" or "zh_CN".
    void languageRequested(const QString &language);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    class Rows;
    QWidget *makeRight();
    QWidget *makeFoot();
    void fill();
    void save(const models::SavedConnection &connection, const std::optional<QString> &token, bool opens);
    void saved(const QString &id, bool opens);
    void remove(const QString &id);
    void forgetToken(const QString &id);

    models::SavedConnections &m_saved;
    models::TokenStore &m_tokens;
    widgets::ToastArea *m_toasts;
    LocalPanel *m_local;
    ConnectionForm *m_form;
    QPushButton *m_back;
    Rows *m_rows;
    QVBoxLayout *m_list;
    widgets::Label *m_none;
    QHash<QString, ConnectionState> m_states; // by id
    QHash<QString, ConnectionRow *> m_rowOf;
};

} // namespace nest::console
