// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What became of each group after Deploy was pressed: a live row with its state, and the way on where it
// failed or somebody else was faster.
//
// Thread: UI. Owner: the dialog; run and guard outlive it.

#include "models/deploy/deployrun.h"

#include <QPointer>
#include <QWidget>

namespace nest::models {
class Guard;
} // namespace nest::models

namespace nest::widgets {
class Label;
} // namespace nest::widgets

namespace nest::console {

class DeployProgress final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeployProgress)

public:
    DeployProgress(models::DeployRun &run, models::Guard &guard, QWidget *parent = nullptr);

private:
    class Row;

    void show(std::size_t row);
    void showTitle();
    void showGuard();

    QPointer<models::DeployRun> m_run;
    models::Guard &m_guard;
    widgets::Label *m_title;
    QList<Row *> m_rows;
};

} // namespace nest::console
