// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/plugin/problemnotes.h"

#include <QFontMetrics>
#include <QPainter>
#include <QToolTip>

#include <KTextEditor/Attribute>
#include <KTextEditor/Document>
#include <KTextEditor/InlineNote>
#include <KTextEditor/View>

#include <algorithm>

namespace nest::editorplugin {

using widgets::EditorProblem;
using widgets::ProblemTone;

namespace {

constexpr int gap = 24;          // between the line's end and the message
constexpr int shortestNote = 80; // below it, the view scrolls
constexpr int borderWidth = 96;  // line numbers, marks and the scroll bar
constexpr int tabWidth = 4;
constexpr int longestNote = 600; // a message may be a page long; the list of problems has all of it

KTextEditor::Range rangeOf(KTextEditor::Document &document, const EditorProblem &problem)
{
    const int line = std::clamp(problem.line - 1, 0, std::max(document.lines() - 1, 0));
    const int length = document.lineLength(line);
    if (problem.column > 0 && problem.column <= length) {
        const KTextEditor::Cursor start(line, problem.column - 1);
        const auto word = document.wordRangeAt(start);
        return word.isValid() && !word.isEmpty() ? KTextEditor::Range(start, word.end())
                                                 : KTextEditor::Range(line, start.column(), line, length);
    }
    const QString text = document.line(line);
    int indent = 0;
    while (indent < text.size() && text.at(indent).isSpace()) {
        ++indent;
    }
    return {line, indent, line, length};
}

} // namespace

ProblemNotes::ProblemNotes(KTextEditor::Document &document, KTextEditor::View &view)
    : m_document(document), m_view(view)
{
    view.registerInlineNoteProvider(this);
}

ProblemNotes::~ProblemNotes()
{
    m_view.unregisterInlineNoteProvider(this);
}

void ProblemNotes::setLook(const widgets::EditorLook &look)
{
    m_look = look;
    underline();
    Q_EMIT inlineNotesReset();
}

void ProblemNotes::setProblems(const std::vector<EditorProblem> &problems)
{
    m_marks.clear();
    for (const auto &problem : problems) {
        if (problem.line > 0) {
            m_marks.push_back({problem, std::unique_ptr<KTextEditor::MovingRange>(
                                            m_document.newMovingRange(rangeOf(m_document, problem)))});
        }
    }
    underline();
    Q_EMIT inlineNotesReset();
}

void ProblemNotes::underline()
{
    for (auto &mark : m_marks) {
        KTextEditor::Attribute::Ptr attribute(new KTextEditor::Attribute);
        attribute->setFontUnderline(true);
        attribute->setUnderlineStyle(QTextCharFormat::DotLine);
        attribute->setUnderlineColor(mark.problem.tone == ProblemTone::Error ? m_look.error : m_look.warning);
        mark.range->setAttribute(attribute);
    }
}

const ProblemNotes::Mark *ProblemNotes::at(int line) const
{
    const auto mark =
        std::ranges::find_if(m_marks, [line](const Mark &one) { return one.range->start().line() == line; });
    return mark == m_marks.end() ? nullptr : &*mark;
}

QList<int> ProblemNotes::inlineNotes(int line) const
{
    return at(line) ? QList<int>{m_document.lineLength(line)} : QList<int>{};
}

int ProblemNotes::widthFor(const Mark &mark, int line) const
{
    const int whole =
        QFontMetrics(m_look.noteFont).horizontalAdvance(mark.problem.message.section(u'\n', 0, 0)) + 2;
    QString code = m_document.line(line);
    code.replace(u'\t', QString(tabWidth, u' '));
    const int used = QFontMetrics(m_look.font).horizontalAdvance(code);
    const int left = m_view.width() - borderWidth - used - gap;
    return std::min({whole, longestNote, std::max(left, shortestNote)});
}

QSize ProblemNotes::inlineNoteSize(const KTextEditor::InlineNote &note) const
{
    const Mark *mark = at(note.position().line());
    return {gap + (mark ? widthFor(*mark, note.position().line()) : 0), note.lineHeight()};
}

void ProblemNotes::paintInlineNote(const KTextEditor::InlineNote &note, QPainter &painter,
                                   Qt::LayoutDirection) const
{
    const Mark *mark = at(note.position().line());
    if (!mark) {
        return;
    }
    painter.setFont(m_look.noteFont);
    painter.setPen(mark->problem.tone == ProblemTone::Error ? m_look.error : m_look.warning);
    const int width = widthFor(*mark, note.position().line());
    painter.drawText(QRectF(gap, 0, width, note.lineHeight()), Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(m_look.noteFont)
                         .elidedText(mark->problem.message.section(u'\n', 0, 0), Qt::ElideRight, width));
}

void ProblemNotes::inlineNoteFocusInEvent(const KTextEditor::InlineNote &note, const QPoint &globalPos)
{
    if (const Mark *mark = at(note.position().line())) {
        QToolTip::showText(globalPos, mark->problem.message, &m_view);
    }
}

void ProblemNotes::inlineNoteFocusOutEvent(const KTextEditor::InlineNote &)
{
    QToolTip::hideText();
}

} // namespace nest::editorplugin
