// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Words that tell NestStyle how a standard Qt control is meant, and two small controls built from them.
//
// The words are dynamic properties, so a QPushButton stays a QPushButton. Thread: GUI.

#include "widgets/theme/theme.h"

#include <QLabel>

class QAbstractButton;
class QButtonGroup;

namespace nest::widgets {

enum class ButtonKind {
    Normal,
    Primary,       // the one next step of a page or dialog
    Ghost,         // no frame until hovered
    Link,          // accent text only
    DangerOutline, // leads to something that destroys
    Danger         // destroys
};

void setButtonKind(QAbstractButton *button, ButtonKind kind);
[[nodiscard]] ButtonKind buttonKind(const QWidget *button);

/// 24 instead of 28 high; for buttons, line edits and combo boxes in inspectors and heads.
void setSmall(QWidget *control, bool isSmall = true);
[[nodiscard]] bool isSmall(const QWidget *control);

/// Text in one of the theme's inks and styles; follows a switch of the theme.
class Label final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Label)

public:
    explicit Label(const QString &text = {}, TextStyle style = TextStyle::Body, Ink ink = Ink::Primary,
                   QWidget *parent = nullptr);

    void setInk(Ink ink);
    void setTextStyle(TextStyle style);

protected:
    void changeEvent(QEvent *event) override;

private:
    void apply();

    TextStyle m_style;
    Ink m_ink;
    bool m_isApplying = false;
};

/// A row of choices of which exactly one is on. Left and Right move, as in a group of radio buttons.
class SegmentedControl final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SegmentedControl)

public:
    explicit SegmentedControl(QWidget *parent = nullptr);

    /// Adds at the right; the first one added is on. The name is what a screen reader says.
    void addSegment(const QString &text, const QString &id);
    /// A small square in the colour of an environment before its text.
    void setSwatch(const QString &id, Environment environment);
    void setCurrent(const QString &id);
    [[nodiscard]] QString current() const;

Q_SIGNALS:
    void currentChanged(const QString &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintSwatches();

    QButtonGroup *m_group;
};

/// A 1 px line.
[[nodiscard]] QWidget *makeLine(Qt::Orientation orientation, QWidget *parent = nullptr);

} // namespace nest::widgets
