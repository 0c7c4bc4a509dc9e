// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Problems of a build in the text: a dotted line under the place and the message behind the end of its line.
//
// Both move with the text. Thread: GUI. Owner: KTextDocument.

#include "widgets/editor/editorplugin.h"

#include <KTextEditor/InlineNoteProvider>

#include <memory>

namespace KTextEditor {
class Document;
class MovingRange;
class View;
} // namespace KTextEditor

namespace nest::editorplugin {

class ProblemNotes final : public KTextEditor::InlineNoteProvider
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProblemNotes)

public:
    ProblemNotes(KTextEditor::Document &document, KTextEditor::View &view);
    ~ProblemNotes() override;

    void setLook(const widgets::EditorLook &look);
    void setProblems(const std::vector<widgets::EditorProblem> &problems);

    QList<int> inlineNotes(int line) const override;
    QSize inlineNoteSize(const KTextEditor::InlineNote &note) const override;
    void paintInlineNote(const KTextEditor::InlineNote &note, QPainter &painter,
                         Qt::LayoutDirection direction) const override;
    /// The pointer is over a message: all of it.
    void inlineNoteFocusInEvent(const KTextEditor::InlineNote &note, const QPoint &globalPos) override;
    void inlineNoteFocusOutEvent(const KTextEditor::InlineNote &note) override;

private:
    struct Mark
    {
        widgets::EditorProblem problem;
        std::unique_ptr<KTextEditor::MovingRange> range;
    };
    [[nodiscard]] const Mark *at(int line) const;
    /// What fits between the end of the line and the edge of the view.
    [[nodiscard]] int widthFor(const Mark &mark, int line) const;
    void underline();

    KTextEditor::Document &m_document;
    KTextEditor::View &m_view;
    widgets::EditorLook m_look;
    std::vector<Mark> m_marks;
};

} // namespace nest::editorplugin
