// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is true of the file that is shown: place, indent, encoding, language; at the right whether it is saved
// and how many problems it has.
//
// Thread: UI.

#include "widgets/editor/texteditor.h"

#include <QWidget>

namespace nest::widgets {
class Label;
}

namespace nest::console {

class StatusLine final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusLine)

public:
    explicit StatusLine(QWidget *parent = nullptr);

    /// Null: no text is shown.
    void show(const widgets::TextEditor *editor);
    /// "Not saved, kept on this computer"; empty: nothing to say.
    void setSaveState(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Label *m_place;
    widgets::Label *m_indent;
    widgets::Label *m_encoding;
    widgets::Label *m_language;
    widgets::Label *m_saved;
    widgets::Label *m_problems;
};

} // namespace nest::console
