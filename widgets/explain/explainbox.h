// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The framed box of an explanation: the formula above its gauge. UI thread only; owned by the page.

#include "widgets/explain/explaincolours.h"

#include <QWidget>

namespace nest::explain {

class ClampGauge;
class FormulaView;
struct Formula;
struct Gauge;

class ExplainBox final : public QWidget
{
    Q_OBJECT
public:
    explicit ExplainBox(QWidget *parent = nullptr);
    Q_DISABLE_COPY_MOVE(ExplainBox)

    void setFormula(const Formula &formula);
    void setGauge(const Gauge &gauge);
    void setColours(const ExplainColours &colours);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    FormulaView *m_formula;
    ClampGauge *m_gauge;
    ExplainColours m_colours;
};

} // namespace nest::explain
