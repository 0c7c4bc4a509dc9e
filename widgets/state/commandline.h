// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One line of monospace text that a person takes along: a command, an id. Selectable, with a copy button.
//
// Thread: GUI.

#include <QWidget>

class QToolButton;

namespace nest::widgets {

class Label;

class CommandLine final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CommandLine)

public:
    /// A framed line looks like a field; an unframed one like text with a copy mark behind it.
    enum class Frame { Box, None };

    explicit CommandLine(QWidget *parent = nullptr, Frame frame = Frame::Box);

    void setCommand(const QString &command);
    [[nodiscard]] QString command() const { return m_command; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void copy();

    Frame m_frame;
    QString m_command;
    Label *m_text;
    QToolButton *m_copy;
};

} // namespace nest::widgets
