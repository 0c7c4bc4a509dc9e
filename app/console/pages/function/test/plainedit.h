// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A plain text field in the fixed-width font, with the colours of JSON when asked. Tab leaves the field.
//
// Thread: UI.

#include <QPlainTextEdit>

namespace nest::widgets {
class SyntaxColourer;
}

namespace nest::console {

class PlainEdit final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PlainEdit)

public:
    explicit PlainEdit(QWidget *parent = nullptr);

    void setColoured(bool isColoured);
    /// So many lines are seen without scrolling; the field is at least so high.
    void setLeastLines(int lines);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    widgets::SyntaxColourer *m_colours = nullptr;
    bool m_isColoured = false;
    bool m_isApplying = false;
    int m_leastLines = 1;
};

} // namespace nest::console
