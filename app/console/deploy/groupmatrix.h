// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SET x lane x region: every group of the platform as a cell that says what is there, what would be there,
// and can be ticked.
//
// Thread: UI. Owner: the dialog; the plan outlives it.

#include <QHash>
#include <QWidget>

class QGridLayout;

namespace nest::models {
class DeployPlan;
} // namespace nest::models

namespace nest::console {

class GroupMatrix final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GroupMatrix)

public:
    explicit GroupMatrix(QWidget *parent = nullptr);

    /// As the plan is now. Cells keep the focus.
    void show(const models::DeployPlan &plan);
    void setStale(bool isStale);

Q_SIGNALS:
    void toggled(std::size_t row, bool isChosen);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Cell;
    class Head;

    void rebuild(const models::DeployPlan &plan);

    QGridLayout *m_grid;
    QStringList m_groups; // that the grid was built for
    QList<Cell *> m_cells;
};

} // namespace nest::console
