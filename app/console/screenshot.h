// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Saves the window as a picture once it shows what it has: live data with its lines, or why there is none.
// Ends the program with 0, or 1 when the picture could not be saved.
//
// Thread: UI. Owner: main.

#include <QObject>
#include <QTimer>

class QWidget;

namespace nest::models {
class Session;
}

namespace nest::console {

class Screenshot final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Screenshot)

public:
    Screenshot(models::Session &session, QWidget &window, QString file);

private:
    void look();
    void save();

    models::Session &m_session;
    QWidget &m_window;
    QString m_file;
    QTimer m_look;
    int m_looksLeft;
    int m_quietLooksLeft; // after the data came: its lines are fetched a little later
};

} // namespace nest::console
