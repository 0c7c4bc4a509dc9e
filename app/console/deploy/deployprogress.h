// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What became of each group after Deploy was pressed: a live row with its state, and the way on where it
// failed or somebody else was faster.
//
// Thread: UI. Owner: the dialog; the run outlives it.

#include "models/deploy/deployrun.h"

#include <QPointer>
#include <QWidget>

namespace nest::console {

class DeployProgress final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeployProgress)

public:
    explicit DeployProgress(models::DeployRun &run, QWidget *parent = nullptr);

private:
    class Row;

    void show(std::size_t row);

    QPointer<models::DeployRun> m_run;
    QList<Row *> m_rows;
};

} // namespace nest::console
