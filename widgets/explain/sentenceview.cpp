// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sentenceview.h"

using namespace Qt::StringLiterals;

namespace nest::explain {
namespace {

constexpr int lineHeight = 17;

} // namespace

SentenceView::SentenceView(QWidget *parent) : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
}

void SentenceView::setSentences(const QList<SentencePart> &parts)
{
    if (m_parts == parts) {
        return; // writing it again would lose the selection
    }
    m_parts = parts;
    write();
}

void SentenceView::setColours(const ExplainColours &colours)
{
    if (m_colours == colours) {
        return;
    }
    m_colours = colours;
    write();
}

QList<SentencePart> SentenceView::fromMarked(const QString &text)
{
    QList<SentencePart> parts;
    QString part;
    bool isStrong = false;
    const auto close = [&] {
        if (!part.isEmpty()) {
            parts.append({part, isStrong ? SentencePart::Emphasis::Strong : SentencePart::Emphasis::Plain});
            part.clear();
        }
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != u'*') {
            part += text.at(i);
        } else if (i + 1 < text.size() && text.at(i + 1) == u'*') {
            part += u'*';
            ++i;
        } else {
            close();
            isStrong = !isStrong;
        }
    }
    close();
    return parts;
}

QString SentenceView::plainText() const
{
    QString text;
    for (const SentencePart &part : m_parts) {
        text += part.text;
    }
    return text;
}

void SentenceView::write()
{
    QString html = u"<p style=\"margin:0; line-height:%1px; color:%2\">"_s.arg(lineHeight)
                       .arg(m_colours.textSecondary.name());
    for (const SentencePart &part : std::as_const(m_parts)) {
        const QString text = part.text.toHtmlEscaped();
        QColor colour = m_colours.textPrimary;
        switch (part.emphasis) {
        case SentencePart::Emphasis::Plain:
            html += text;
            continue;
        case SentencePart::Emphasis::Strong:
            break;
        case SentencePart::Emphasis::Warn:
            colour = m_colours.warnText;
            break;
        case SentencePart::Emphasis::Bad:
            colour = m_colours.badText;
            break;
        }
        html += u"<span style=\"font-weight:600; color:%1\">"_s.arg(colour.name()) + text + u"</span>"_s;
    }
    setText(html + u"</p>"_s);
    setAccessibleName(plainText());
}

} // namespace nest::explain
