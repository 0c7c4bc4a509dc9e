// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A text field with the three rules of a function's name below it, each with its tick, and a way out when one
// is broken: the name that would do, or the function that has the name already.
//
// Thread: UI.

#include "models/newfunction.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace nest::widgets {
class Label;
}

namespace nest::console {

class FunctionName final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FunctionName)

public:
    explicit FunctionName(QWidget *parent = nullptr);

    [[nodiscard]] QString name() const;
    void setName(const QString &name);
    void setCheck(const models::NameCheck &check);
    void setWhere(const QString &connection); // "local": for "not used in local"
    void focusName();

Q_SIGNALS:
    void nameChanged(const QString &name);
    /// Enter in the field.
    void entered();
    /// The name is taken, and the person wants to see by what.
    void openRequested(const QString &function);

private:
    class Rule;

    QLineEdit *m_edit;
    widgets::Label *m_state;
    Rule *m_letters;
    Rule *m_length;
    Rule *m_free;
    QPushButton *m_way;
    models::NameCheck m_check;
};

} // namespace nest::console
