// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What stands around the fields of an editor beside a list: the head with its title and a way to close it,
// the fields in a scroll area, and the foot with what is said, what it costs, and two buttons.
//
// Thread: UI. Owner of all of it: the editor that it is made in.

#include <QString>

class QPushButton;
class QSpinBox;
class QVBoxLayout;
class QWidget;

namespace nest::widgets {
class Label;
}

namespace nest::console {

/// What the editor has of it already.
struct EditorParts
{
    QString thing;             // "Rule": the names are ruleTitle, closeRule, …
    widgets::Label *title;     // cut when it is too long, but for one with something beside it
    QWidget *beside = nullptr; // in the head
    widgets::Label *note;      // what is said
    widgets::Label *cost;      // below the note; beside it where there is something beside the title
    QPushButton *discard;
    QPushButton *review;
};

struct EditorFrame
{
    QVBoxLayout *fields; // for those, from the top
    QPushButton *close;
};

[[nodiscard]] EditorFrame frameEditor(QWidget *editor, const EditorParts &parts);
/// A number without arrows, which has its unit behind it.
[[nodiscard]] QSpinBox *makeNumber(const QString &id, int least, int most, const QString &unit);

} // namespace nest::console
