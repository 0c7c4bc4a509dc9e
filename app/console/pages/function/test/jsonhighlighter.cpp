// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/jsonhighlighter.h"

#include "widgets/theme/theme.h"

#include <QTextDocument>

namespace nest::console {

JsonHighlighter::JsonHighlighter(QTextDocument *document, const QWidget *widget)
    : QSyntaxHighlighter(document), m_widget(widget)
{}

void JsonHighlighter::setOn(bool isOn)
{
    if (isOn != m_isOn) {
        m_isOn = isOn;
        rehighlight();
    }
}

void JsonHighlighter::applyTheme()
{
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    if (!m_isOn || document()->characterCount() > longestColoured) {
        return;
    }
    const auto &syntax = widgets::themeOf(m_widget).syntax;
    for (int i = 0; i < text.size();) {
        const QChar c = text[i];
        const int begin = i;
        if (c == u'"') {
            for (++i; i < text.size() && text[i] != u'"'; ++i) {
                i += text[i] == u'\\' ? 1 : 0;
            }
            i = std::min(i + 1, static_cast<int>(text.size()));
            int after = i;
            while (after < text.size() && text[after].isSpace()) {
                ++after;
            }
            const bool isKey = after < text.size() && text[after] == u':';
            setFormat(begin, i - begin, isKey ? syntax.property : syntax.string);
        } else if (c.isDigit() || c == u'-') {
            while (i < text.size() && (text[i].isLetterOrNumber() || QStringView(u"+-.").contains(text[i]))) {
                ++i;
            }
            setFormat(begin, i - begin, syntax.number);
        } else if (c.isLetter()) {
            while (i < text.size() && text[i].isLetter()) {
                ++i;
            }
            setFormat(begin, i - begin, syntax.keyword);
        } else {
            ++i;
        }
    }
}

} // namespace nest::console
