// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The right half of the dialog Deploy: what will happen in sentences, what differs in code and configuration,
// and in production the box that asks for the function's name.
//
// Thread: UI. Owner: the dialog; the guard outlives it.

#include "api/wire/build.h"
#include "models/deploy/deployplan.h"

#include <QWidget>

class QStackedWidget;
class QVBoxLayout;

namespace nest::models {
class Guard;
class Session;
} // namespace nest::models

namespace nest::widgets {
class TabStrip;
} // namespace nest::widgets

namespace nest::console {

class CodeChanges;
class ConfigChanges;

class DeploySide final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeploySide)

public:
    DeploySide(models::Session &session, models::Guard &guard, const QString &function,
               QWidget *parent = nullptr);

    /// `before` is the version that the first chosen group has now; null: none.
    void show(const models::DeployPlan &plan, const wire::Version *before, const wire::Version *after);
    /// D.
    void nextChange();
    /// Deploy was pressed: the differences can still be read.
    void freeze();
    /// Empty while the guard lets the change through.
    [[nodiscard]] QString missing() const;

    /// A difference is in front, which wants more width than sentences do.
    [[nodiscard]] bool wantsWidth() const;

Q_SIGNALS:
    void confirmChanged();
    void wantsWidthChanged();

private:
    class Sentence;
    class GuardBox;

    QWidget *makeSummary();
    void showSummary(const models::DeployPlan &plan);
    void showGuard();

    models::Guard &m_guard;
    QString m_function;
    widgets::TabStrip *m_tabs;
    QStackedWidget *m_stack;
    QVBoxLayout *m_lines;
    CodeChanges *m_code;
    ConfigChanges *m_config;
    GuardBox *m_box;
    QStringList m_shown;
};

} // namespace nest::console
