// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The right half of the dialog Deploy: what will happen in sentences, and in production the box that asks for the
// function's name.
//
// Thread: UI. Owner: the dialog; the guard outlives it.

#include "models/deploy/deployplan.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace nest::models {
class Guard;
} // namespace nest::models

namespace nest::console {

class DeploySide final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeploySide)

public:
    DeploySide(models::Guard &guard, const QString &function, QWidget *parent = nullptr);

    void show(const models::DeployPlan &plan);
    /// Empty while the guard lets the change through.
    [[nodiscard]] QString missing() const;

Q_SIGNALS:
    void confirmChanged();

private:
    class Sentence;
    class GuardBox;

    void showGuard();

    models::Guard &m_guard;
    QString m_function;
    QVBoxLayout *m_lines;
    GuardBox *m_box;
    QStringList m_shown;
};

} // namespace nest::console
