// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the time of the last request went: its phases on a bar. Hidden until there was one.
//
// Thread: UI.

#include "api/wire/invocation.h"

#include <QWidget>

namespace nest::widgets {
class Label;
class PhasesBar;
} // namespace nest::widgets

namespace nest::console {

class AnswerPhases final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerPhases)

public:
    explicit AnswerPhases(QWidget *parent = nullptr);

    void setAnswer(const wire::Invocation &answer);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Label *m_where;
    widgets::PhasesBar *m_bar;
};

} // namespace nest::console
