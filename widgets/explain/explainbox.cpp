// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/explainbox.h"

#include "widgets/explain/clampgauge.h"
#include "widgets/explain/explainmetrics.h"
#include "widgets/explain/formulaview.h"

#include <QPainter>
#include <QVBoxLayout>

namespace nest::explain {

ExplainBox::ExplainBox(QWidget *parent)
    : QWidget(parent), m_formula(new FormulaView(this)), m_gauge(new ClampGauge(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::pad + 2, metrics::pad - 4, metrics::pad / 2, metrics::pad - 4);
    layout->setSpacing(2);
    layout->addWidget(m_formula);
    layout->addWidget(m_gauge);
}

void ExplainBox::setFormula(const Formula &formula)
{
    m_formula->setFormula(formula);
}

void ExplainBox::setGauge(const Gauge &gauge)
{
    m_gauge->setGauge(gauge);
}

void ExplainBox::setColours(const ExplainColours &colours)
{
    m_colours = colours;
    m_formula->setColours(colours);
    m_gauge->setColours(colours);
    update();
}

void ExplainBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_colours.borderSubtle, 1.0));
    painter.setBrush(m_colours.page);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
}

} // namespace nest::explain
