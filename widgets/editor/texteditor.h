// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A text that a person edits: one document of the editor's library in a widget, or, when the library cannot
// be loaded, the same text to read and copy.
//
// Invariants: text() gives back what was opened until a person changes it, byte for byte: the kind of line
// ends and a byte order mark are kept aside and put back. The history stays with the document for as long as
// the widget lives. Thread: GUI. Owner: the Qt parent; the library must outlive it.

#include "widgets/editor/editorplugin.h"

#include <QWidget>

class QPlainTextEdit;

namespace nest::widgets {

class EditorLibrary;

class TextEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextEditor)

public:
    TextEditor(EditorLibrary &library, const QString &fileName, const QString &text,
               QWidget *parent = nullptr);
    ~TextEditor() override;

    /// False: the library could not be loaded and the text is only shown.
    [[nodiscard]] bool canEdit() const { return m_document != nullptr; }
    [[nodiscard]] QString text() const;
    void replaceText(const QString &text);
    [[nodiscard]] bool isModified() const;
    void setModified(bool isModified);
    void setReadOnly(bool isReadOnly);
    void setFileName(const QString &fileName);
    /// Grows with each change, whoever made it.
    [[nodiscard]] quint64 revision() const { return m_revision; }
    [[nodiscard]] EditorPosition position() const;
    void setPosition(EditorPosition position);
    [[nodiscard]] EditorFacts facts() const;
    void setProblems(const std::vector<EditorProblem> &problems);
    [[nodiscard]] const std::vector<EditorProblem> &problems() const { return m_problems; }
    void showFind();
    void showReplace();

Q_SIGNALS:
    void textChanged();
    void modifiedChanged(bool isModified);
    void positionChanged();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QString taken(const QString &text);
    void applyTheme();

    EditorLibrary &m_library;
    std::unique_ptr<EditorDocument> m_document;
    QPlainTextEdit *m_plain = nullptr; // without the library
    bool m_hasCarriageReturns = false;
    bool m_hasByteOrderMark = false;
    quint64 m_revision = 0;
    std::vector<EditorProblem> m_problems;
};

} // namespace nest::widgets
