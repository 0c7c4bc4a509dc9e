// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/answerphases.h"

#include "app/console/look.h"
#include "app/console/pages/function/test/answerview.h"
#include "widgets/figures/phasesbar.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/stylepaint.h"

#include <QPainter>
#include <QVBoxLayout>

namespace nest::console {

using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

AnswerPhases::AnswerPhases(QWidget *parent)
    : QWidget(parent)
    , m_where(new Label({}, TextStyle::Body, Ink::Dim, this))
    , m_bar(new widgets::PhasesBar(this))
{
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(tr("Your last request"), TextStyle::Strong));
    head->addWidget(m_where);
    head->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::space::page, widgets::space::panel, widgets::space::page,
                               widgets::space::panel);
    column->setSpacing(widgets::space::panel);
    column->addLayout(head);
    column->addWidget(m_bar);
    hide();
}

void AnswerPhases::setAnswer(const wire::Invocation &answer)
{
    const auto phases = phasesOf(answer);
    m_where->setText(tr("where the %1 went").arg(durationText(answer.durationMs)));
    m_bar->setPhases(phases, answer.durationMs);
    setVisible(!phases.isEmpty());
}

void AnswerPhases::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Theme &theme = widgets::themeOf(this);
    widgets::paintBox(painter, rect(), theme.size.radiusPanel, theme.surface.panel, theme.border.subtle);
}

} // namespace nest::console
