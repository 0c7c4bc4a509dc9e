// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/plainedit.h"

#include "widgets/code/syntax.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QTextDocument>

namespace nest::console {

using namespace Qt::StringLiterals;

PlainEdit::PlainEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    document()->setDocumentMargin(widgets::space::control);
    applyTheme();
}

void PlainEdit::setColoured(bool isColoured)
{
    if (isColoured == m_isColoured) {
        return;
    }
    m_isColoured = isColoured;
    if (m_colours == nullptr) {
        m_colours = new widgets::SyntaxColourer(document(), this);
    }
    m_colours->setFileName(isColoured ? u"body.json"_s : QString());
    m_colours->rehighlight();
}

void PlainEdit::setLeastLines(int lines)
{
    m_leastLines = lines;
    setMinimumHeight(lines * fontMetrics().lineSpacing() + 2 * widgets::space::control + 2);
}

void PlainEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyTheme();
    }
}

void PlainEdit::applyTheme()
{
    if (m_isApplying) {
        return; // our own palette comes back as a change
    }
    m_isApplying = true;
    const widgets::Theme &theme = widgets::themeOf(this);
    setFont(theme.font(widgets::TextStyle::Log));
    QPalette own;
    own.setColor(QPalette::Base, theme.surface.page);
    own.setColor(QPalette::Text, theme.text.primary);
    setPalette(own);
    if (m_colours != nullptr) {
        m_colours->rehighlight();
    }
    setLeastLines(m_leastLines);
    m_isApplying = false;
}

} // namespace nest::console
