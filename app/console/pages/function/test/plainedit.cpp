// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/plainedit.h"

#include "app/console/pages/function/test/jsonhighlighter.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QTextDocument>

namespace nest::console {

PlainEdit::PlainEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    document()->setDocumentMargin(widgets::space::control);
    applyTheme();
}

void PlainEdit::setColoured(bool isColoured)
{
    if (m_highlighter == nullptr && isColoured) {
        m_highlighter = new JsonHighlighter(document(), this);
    } else if (m_highlighter != nullptr) {
        m_highlighter->setOn(isColoured);
    }
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
    own.setColor(QPalette::Base, isReadOnly() ? theme.surface.panel : theme.surface.page);
    own.setColor(QPalette::Text, theme.text.primary);
    setPalette(own);
    if (m_highlighter != nullptr) {
        m_highlighter->applyTheme();
    }
    setLeastLines(m_leastLines);
    m_isApplying = false;
}

} // namespace nest::console
