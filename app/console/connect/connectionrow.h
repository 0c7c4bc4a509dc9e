// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One saved connection in the list of Connect: the colour of its environment, name and address, how it is,
// and what can be done with it.
//
// Thread: UI. Owner: its list.

#include "models/connections/savedconnections.h"
#include "widgets/theme/theme.h"

#include <QWidget>

class QPushButton;

namespace nest::widgets {
class Label;
} // namespace nest::widgets

namespace nest::console {

/// How a connection is, in words.
struct ConnectionState
{
    QString text{};
    widgets::Tone tone = widgets::Tone::Neutral;
    QString icon{};
    QString note{}; // after it, dim
    bool operator==(const ConnectionState &) const = default;
};

class ConnectionRow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionRow)

public:
    explicit ConnectionRow(const models::SavedConnection &connection, int number, QWidget *parent = nullptr);

    void setState(const ConnectionState &state);
    [[nodiscard]] const QString &id() const { return m_connection.id; }

Q_SIGNALS:
    void openRequested(const QString &id);
    void editRequested(const QString &id);
    void removeRequested(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Pill;
    void openMenu();

    models::SavedConnection m_connection;
    Pill *m_state;
    widgets::Label *m_note;
    QPushButton *m_open;
    QPushButton *m_more;
};

} // namespace nest::console
