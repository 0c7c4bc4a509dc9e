// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Colours a QTextDocument as code, with the theme's syntax tokens. The definitions of the languages are
// loaded once, when the first text is coloured.
//
// Thread: GUI. Owner: the document's view.

#include <KSyntaxHighlighting/AbstractHighlighter>

#include <QSyntaxHighlighter>

class QWidget;

namespace nest::widgets {

class SyntaxColourer final : public QSyntaxHighlighter, private KSyntaxHighlighting::AbstractHighlighter
{
    Q_OBJECT
    Q_INTERFACES(KSyntaxHighlighting::AbstractHighlighter)
    Q_DISABLE_COPY_MOVE(SyntaxColourer)

public:
    /// The view tells which theme is on; it outlives this.
    SyntaxColourer(QTextDocument *document, const QWidget *view);
    ~SyntaxColourer() override;

    /// The language by the name of a file: "handler.js", "function.yaml". Unknown ones stay plain.
    void setFileName(const QString &name);

protected:
    void highlightBlock(const QString &text) override;
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override;

private:
    const QWidget *m_view;
};

} // namespace nest::widgets
