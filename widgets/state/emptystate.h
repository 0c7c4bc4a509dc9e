// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Says that there is nothing here yet, what that means, and the next step. Never only "No data".
//
// Fills the place where the data would be, centred. Thread: GUI.

#include <QStringList>
#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace nest::widgets {

class Label;

class EmptyState final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmptyState)

public:
    EmptyState(const QString &icon, const QString &title, const QString &sentence, QWidget *parent = nullptr);

    void setText(const QString &title, const QString &sentence);
    void setIcon(const QString &icon);
    /// The first one is the primary button. The caller connects it.
    QPushButton *addButton(const QString &text, const QString &icon = {});
    /// Lines to paste into a terminal, each with a copy button; none hides them.
    void setCommands(const QStringList &commands);
    void setCommand(const QString &command) { setCommands(QStringList(command)); }

private:
    class Picture;
    Picture *m_picture;
    Label *m_title;
    Label *m_sentence;
    QHBoxLayout *m_buttons;
    QVBoxLayout *m_commands;
};

} // namespace nest::widgets
