// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/statusline.h"

#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QPainter>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace widgets;

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_place(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_indent(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_encoding(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_language(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_saved(new Label({}, TextStyle::Caption, Ink::Warn))
    , m_problems(new Label({}, TextStyle::Caption, Ink::Bad))
{
    setFixedHeight(24);
    m_place->setObjectName("place"_L1);
    m_saved->setObjectName("saveState"_L1);
    m_problems->setObjectName("problems"_L1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::panel, 1, space::panel, 0);
    row->setSpacing(space::page);
    for (auto *label : {m_place, m_indent, m_encoding, m_language}) {
        row->addWidget(label);
    }
    row->addStretch();
    row->addWidget(m_saved);
    row->addWidget(m_problems);
}

void StatusLine::show(const TextEditor *editor)
{
    for (auto *label : {m_place, m_indent, m_encoding, m_language, m_problems}) {
        label->setVisible(editor != nullptr);
    }
    if (!editor) {
        return;
    }
    const EditorPosition place = editor->position();
    const EditorFacts facts = editor->facts();
    m_place->setText(tr("Ln %1, Col %2").arg(place.line).arg(place.column));
    m_indent->setText(facts.usesSpaces ? tr("Spaces %1").arg(facts.indentWidth) : tr("Tabs"));
    m_indent->setVisible(facts.indentWidth > 0);
    m_encoding->setText(facts.encoding);
    m_language->setText(facts.language);
    int errors = 0;
    int warnings = 0;
    for (const auto &problem : editor->problems()) {
        ++(problem.tone == ProblemTone::Error ? errors : warnings);
    }
    QStringList parts;
    if (errors > 0) {
        parts.append(tr("%n error(s)", nullptr, errors));
    }
    if (warnings > 0) {
        parts.append(tr("%n warning(s)", nullptr, warnings));
    }
    m_problems->setInk(errors > 0 ? Ink::Bad : Ink::Warn);
    m_problems->setText(parts.join(u", "_s));
    m_problems->setVisible(!parts.isEmpty());
}

void StatusLine::setSaveState(const QString &text)
{
    m_saved->setText(text);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeOf(this).surface.page);
    painter.fillRect(QRect(0, 0, width(), 1), themeOf(this).border.subtle);
}

} // namespace nest::console
