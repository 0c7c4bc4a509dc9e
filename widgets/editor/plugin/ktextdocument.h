// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One KTextEditor document with its view.
//
// The text comes to the editor as a file of its temporary folder, because only an opened file begins with an
// empty history; nothing is ever saved there, and the folder goes with the program. Thread: GUI.
// Owner: TextEditor.

#include "widgets/editor/editorplugin.h"

#include <QPointer>

namespace KTextEditor {
class Document;
class View;
} // namespace KTextEditor

namespace nest::editorplugin {

class KTextEditorPlugin;
class ProblemNotes;

class KTextDocument final : public widgets::EditorDocument
{
public:
    KTextDocument(KTextEditorPlugin &plugin, const widgets::EditorSource &source, QWidget *parent);
    ~KTextDocument() override;
    Q_DISABLE_COPY_MOVE(KTextDocument)

    QWidget *widget() override;
    QString text() const override;
    void replaceText(const QString &text) override;
    bool isModified() const override;
    void setModified(bool isModified) override;
    void setReadOnly(bool isReadOnly) override;
    void setFileName(const QString &name) override;
    widgets::EditorPosition position() const override;
    void setPosition(widgets::EditorPosition position) override;
    widgets::EditorFacts facts() const override;
    void setProblems(const std::vector<widgets::EditorProblem> &problems) override;
    void showFind() override { trigger("edit_find"); }
    void showReplace() override { trigger("edit_replace"); }

    void applyLook();

private:
    void trigger(const char *action);
    void freeKeys();

    KTextEditorPlugin &m_plugin;
    widgets::EditorListener m_listener;
    std::unique_ptr<KTextEditor::Document> m_document;
    QPointer<KTextEditor::View> m_view; // a child of the parent widget
    std::unique_ptr<ProblemNotes> m_notes;
};

} // namespace nest::editorplugin
