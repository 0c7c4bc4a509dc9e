// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The left side of Connect: what the console is, and the platform of this computer, which starts by itself
// and is opened with one key.
//
// Every line says what the platform told; what it did not tell yet is a dash. Thread: UI. Owner: its page.

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

class QPushButton;

namespace nest::models {
class Session;
}
namespace nest::widgets {
class Label;
} // namespace nest::widgets

namespace nest::console {

class LocalPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LocalPanel)

public:
    explicit LocalPanel(models::Session &local, QWidget *parent = nullptr);

    void focusOpen();

Q_SIGNALS:
    void openRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Step;
    class Card;
    void refresh();

    models::Session &m_session;
    QElapsedTimer m_sinceSeen;
    std::optional<qint64> m_answeredAfter; // ms from the first look to the first answer
    Card *m_card;
    widgets::Label *m_state;
    widgets::Label *m_problem;
    QPushButton *m_open;
    Step *m_process;
    Step *m_version;
    Step *m_functions;
    Step *m_sandbox;
};

} // namespace nest::console
