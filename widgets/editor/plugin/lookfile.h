// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The colours of an EditorLook as a theme file of KSyntaxHighlighting (JSON).
//
// Pure functions. Thread: any.

#include "widgets/editor/editorplugin.h"

#include <QByteArray>

namespace nest::editorplugin {

/// The name by which the editor finds the theme.
[[nodiscard]] QString lookName(bool isDark);
[[nodiscard]] QByteArray lookFile(const widgets::EditorLook &look);

} // namespace nest::editorplugin
