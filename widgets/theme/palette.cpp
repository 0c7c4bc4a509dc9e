// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/palette.h"

namespace nest::widgets {

QPalette paletteFor(const Theme &theme)
{
    QPalette palette;
    const auto all = [&palette](QPalette::ColorRole role, const QColor &color) {
        palette.setColor(role, color);
    };
    all(QPalette::Window, theme.surface.page);
    all(QPalette::WindowText, theme.text.primary);
    all(QPalette::Base, theme.surface.panel);
    all(QPalette::AlternateBase, theme.surface.panel);
    all(QPalette::Text, theme.text.primary);
    all(QPalette::PlaceholderText, theme.text.dim);
    all(QPalette::Button, theme.surface.button);
    all(QPalette::ButtonText, theme.text.primary);
    all(QPalette::BrightText, theme.text.primary);
    all(QPalette::ToolTipBase, theme.surface.tooltip);
    all(QPalette::ToolTipText, theme.text.primary);
    all(QPalette::Highlight, theme.accent.fill);
    all(QPalette::HighlightedText, theme.accent.onFill);
    all(QPalette::Accent, theme.accent.fill);
    all(QPalette::Link, theme.accent.text);
    all(QPalette::LinkVisited, theme.accent.text);
    all(QPalette::Light, theme.border.control);
    all(QPalette::Midlight, theme.border.subtle);
    all(QPalette::Mid, theme.border.control);
    all(QPalette::Dark, theme.border.strong);
    all(QPalette::Shadow, theme.surface.window);
    // A window without the focus looks the same: its values are as true as before. Selected text alone dims.
    palette.setColor(QPalette::Inactive, QPalette::Highlight, theme.surface.pressed);
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, theme.text.primary);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::PlaceholderText, QPalette::ToolTipText, QPalette::Link}) {
        palette.setColor(QPalette::Disabled, role, theme.text.disabled);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.surface.pressed);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, theme.text.disabled);
    return palette;
}

} // namespace nest::widgets
