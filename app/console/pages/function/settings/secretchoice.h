// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which secrets of the function its deployment in a group hands over: a box for each, drafted and reviewed
// with the other settings.
//
// Invariants: one that is read by another name than its own keeps that name as long as its box is not
// touched; none takes the name of another. Thread: UI. Owner: the form.

#include "api/wire/common.h"

#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace nest::widgets {
class Label;
}

namespace nest::console {

class SecretChoice final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretChoice)

public:
    explicit SecretChoice(QWidget *parent = nullptr);

    /// What the function has.
    void setKnown(const QStringList &names);
    /// What is on the platform, and what is shown: name that is read -> secret.
    void setSecrets(const wire::Environment &base, const wire::Environment &mine);
    [[nodiscard]] const wire::Environment &secrets() const { return m_mine; }

Q_SIGNALS:
    void changed();

private:
    void build();
    /// Those by which it is read when it is chosen: as it was, else by its own.
    [[nodiscard]] wire::Environment namesOf(const std::string &secret) const;
    void choose(const std::string &secret, bool isHanded);

    QStringList m_known;
    wire::Environment m_base;
    wire::Environment m_mine;
    QVBoxLayout *m_list;
    widgets::Label *m_none;
};

} // namespace nest::console
