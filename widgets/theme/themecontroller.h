// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Chooses the theme and puts it on the application: palette, default font, NestStyle. Following the system
// means QStyleHints::colorScheme, also when it changes while the console runs.
//
// Invariants: theme() is always one of the two loaded; changed() comes after palette and style are in place.
// Thread: GUI. Owner: main, which builds it right after QApplication and hands it down.

#include "widgets/theme/tokens.h"

#include <QObject>

namespace nest::widgets {

class NestStyle;

/// Call before QApplication: text keeps the weight that its font has. Qt switches FreeType's stem darkening
/// on for CFF fonts, which makes Inter's Regular look like Medium on a dark page.
void prepareFonts();

class ThemeController final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ThemeController)

public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    explicit ThemeController(ThemeTokens tokens, Choice choice = Choice::System, QObject *parent = nullptr);

    [[nodiscard]] const Theme &theme() const;
    [[nodiscard]] Choice choice() const { return m_choice; }

    void setChoice(Choice choice);
    /// Dark becomes light and the other way round, whatever the system says.
    void toggle();

Q_SIGNALS:
    void changed();

private:
    void apply();

    ThemeTokens m_tokens;
    Choice m_choice;
    bool m_isDark = true;
    NestStyle *m_style = nullptr; // owned by QApplication
};

} // namespace nest::widgets
