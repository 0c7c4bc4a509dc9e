// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Read-only code with line numbers, in the colours of the theme. Selectable; long lines scroll.
//
// Thread: GUI. Texts over 200,000 characters are shown without colours, so that the window never waits.

#include <QPlainTextEdit>

namespace nest::widgets {

class SyntaxColourer;

class CodeView final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeView)

public:
    explicit CodeView(QWidget *parent = nullptr);

    /// The name tells the language. The place that is looked at stays when only the text changes.
    void setCode(const QString &fileName, const QString &text);
    void setLineNumbers(bool areShown);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Numbers;
    void apply();
    [[nodiscard]] int numbersWidth() const;
    void paintNumbers(QPaintEvent *event);

    Numbers *m_numbers;
    SyntaxColourer *m_colours;
    bool m_hasNumbers = true;
};

} // namespace nest::widgets
