// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/figure.h"

#include "widgets/theme/controls.h"

#include <QHBoxLayout>

namespace nest::widgets {

using namespace Qt::StringLiterals;

Figure::Figure(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_name(new Label(name, TextStyle::Caption, Ink::Dim, this))
    , m_value(new Label(u"–"_s, TextStyle::Title, Ink::Primary, this))
    , m_unit(new Label({}, TextStyle::Caption, Ink::Dim, this))
{
    auto *line = new QHBoxLayout;
    line->setSpacing(2);
    line->addStretch();
    line->addWidget(m_value, 0, Qt::AlignBaseline);
    line->addWidget(m_unit, 0, Qt::AlignBaseline);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addStretch();
    column->addWidget(m_name, 0, Qt::AlignRight);
    column->addLayout(line);
    column->addStretch();
    m_unit->hide();
}

void Figure::setName(const QString &name)
{
    m_name->setText(name);
}

void Figure::setValue(const QString &value, const QString &unit, Ink ink)
{
    m_value->setText(value);
    m_unit->setText(unit);
    m_unit->setVisible(!unit.isEmpty() && value != u"–"_s);
    m_ink = ink;
    m_value->setInk(m_isStale ? Ink::Dim : m_ink);
    setAccessibleName(m_name->text() + u' ' + value + u' ' + unit);
}

void Figure::setStale(bool isStale)
{
    m_isStale = isStale;
    m_value->setInk(m_isStale ? Ink::Dim : m_ink);
}

} // namespace nest::widgets
