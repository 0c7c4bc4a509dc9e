// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/noresult.h"

#include "widgets/theme/controls.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace nest::widgets {

NoResult::NoResult(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_clear(new QPushButton(tr("Clear the filter"), this))
{
    auto *title = new Label(tr("Nothing matches"), TextStyle::Strong);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(space::control);
    column->addStretch();
    for (Label *line : {title, m_sentence}) {
        line->setAlignment(Qt::AlignCenter);
        line->setWordWrap(true);
        column->addWidget(line);
    }
    column->addSpacing(space::chip);
    column->addWidget(m_clear, 0, Qt::AlignHCenter);
    column->addStretch();
    setAccessibleName(title->text());
    setSmall(m_clear);
    connect(m_clear, &QPushButton::clicked, this, &NoResult::clearRequested);
}

void NoResult::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    setAccessibleDescription(sentence);
}

void NoResult::setClearText(const QString &text)
{
    m_clear->setText(text);
}

} // namespace nest::widgets
