// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The right half of the dialog Deploy: what will happen in sentences, what differs in code and configuration,
// and in production the box that asks for the function's name.
//
// Thread: UI. Owner: the dialog; the guard outlives it.

#include "api/wire/build.h"
#include "models/deploy/deployplan.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;
class QVBoxLayout;

namespace nest::models {
class DeployRun;
class Guard;
struct SummaryLine;
class Session;
} // namespace nest::models

namespace nest::widgets {
class Label;
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
    /// Deploy was pressed: the sentences say what happens, then what happened; the differences can be read
    /// on.
    void showRun(models::DeployRun &run);
    /// Empty while the guard lets the change through.
    [[nodiscard]] QString missing() const;

Q_SIGNALS:
    void confirmChanged();

private:
    class Sentence;
    class GuardBox;

    QWidget *makeSummary();
    void showLines(const QString &heading, const std::vector<models::SummaryLine> &lines);
    void followRun();
    void showGuard();

    models::Guard &m_guard;
    QString m_function;
    widgets::TabStrip *m_tabs;
    QStackedWidget *m_stack;
    QPointer<models::DeployRun> m_run;
    widgets::Label *m_heading;
    QVBoxLayout *m_lines;
    CodeChanges *m_code;
    ConfigChanges *m_config;
    GuardBox *m_box;
    QStringList m_shown;
};

} // namespace nest::console
