// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The legend of a stack, for its head: a swatch as the line is drawn, the name, the unit. Entries that do
// not fit are left out from the end and named in the tool tip. UI thread only; owned by the page.

#include "widgets/chart/chartcolours.h"
#include "widgets/chart/chartvalues.h"

#include <QWidget>

namespace nest::chart {

struct LegendEntry
{
    Role role = Role::Requests;
    QString name = {}; // "Capacity = ready × 100 × 0.7"
    QString unit = {};
    bool isShortfall = false; // the amber hatch instead of the role's line
    bool operator==(const LegendEntry &) const = default;
};

class ChartLegend final : public QWidget
{
    Q_OBJECT
public:
    explicit ChartLegend(QWidget *parent = nullptr);
    Q_DISABLE_COPY_MOVE(ChartLegend)

    void setEntries(const QList<LegendEntry> &entries);
    void setColours(const ChartColours &colours);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QFont textFont() const;
    double entryWidth(const LegendEntry &entry) const;
    qsizetype fitting() const;

    QList<LegendEntry> m_entries;
    ChartColours m_colours;
};

} // namespace nest::chart
