// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The function's own fields: service, description, owner.
//
// Invariants: what was typed stays when somebody else changes the function; fields that were not touched take
// the new value. Thread: UI. Owner: the tab; the session outlives it.

#include "api/wire/function.h"
#include "api/wire/result.h"

#include <QWidget>

#include <optional>

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

class FunctionFields final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FunctionFields)

public:
    FunctionFields(models::Session &session, const models::Guard &guard, QWidget *parent = nullptr);

    void setFunction(const QString &function);
    void setDisabledReason(const QString &reason);

private:
    void follow();
    void showBase(const wire::Function &base);
    void showChange();
    void save();
    void send(wire::Function next);
    void saved(Result<wire::Function> &&answer);
    [[nodiscard]] bool isChanged() const;

    models::Session &m_session;
    const models::Guard &m_guard;
    QString m_function;
    QString m_disabled;
    std::optional<wire::Function> m_base;
    int m_generation = 0;
    bool m_isSending = false;
    QLineEdit *m_service;
    QLineEdit *m_description;
    QLineEdit *m_owner;
    QPushButton *m_save;
    widgets::Label *m_note;
};

} // namespace nest::console
