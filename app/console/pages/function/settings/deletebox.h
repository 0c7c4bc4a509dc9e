// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Deletes the function, after its name was typed: its deployments first, one by one, as the platform deletes
// no function that is deployed.
//
// Invariants: says beforehand what goes with it; a step that fails ends it and says what is left. Thread: UI.
// Owner: the tab; the session outlives it.

#include "api/wire/result.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace nest::models {
class Guard;
class Session;
} // namespace nest::models
namespace nest::widgets {
class Label;
}

namespace nest::console {

class DeleteBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeleteBox)

public:
    DeleteBox(models::Session &session, const models::Guard &guard, QWidget *parent = nullptr);

    void setFunction(const QString &function);
    void setDisabledReason(const QString &reason);

private:
    void showState();
    void ask();
    void remove();

    models::Session &m_session;
    const models::Guard &m_guard;
    QString m_function;
    QString m_disabled;
    int m_generation = 0;
    bool m_isRunning = false;
    widgets::Label *m_what;
    QLineEdit *m_name;
    QPushButton *m_delete;
    widgets::Label *m_problem;
};

} // namespace nest::console
