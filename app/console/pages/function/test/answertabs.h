// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The three texts of an answer: its body, the log lines of the request, its headers; with a copy button.
//
// Thread: UI. Owner: AnswerView.

#include "api/wire/invocation.h"
#include "app/console/pages/function/test/answertext.h"

#include <QWidget>

class QStackedWidget;

namespace nest::widgets {
class Label;
class TabStrip;
} // namespace nest::widgets

namespace nest::console {

class PlainEdit;

class AnswerTabs final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerTabs)

public:
    explicit AnswerTabs(QWidget *parent = nullptr);

    /// Log and headers at once; the body follows with setBody.
    void setAnswer(const wire::Invocation &answer);
    void setBody(const AnswerText &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void writeLog();
    void writeHeaders();
    void copy();

    wire::Invocation m_answer;
    AnswerText m_text;
    widgets::TabStrip *m_tabs;
    QStackedWidget *m_stack;
    PlainEdit *m_body;
    widgets::Label *m_note;
    PlainEdit *m_log;
    PlainEdit *m_headers = nullptr;
};

} // namespace nest::console
