// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The habits of the editor as the configuration file that KTextEditor reads at its start.
//
// It is written into a private folder, so that nothing of a person's own KDE settings is read or changed.
// Thread: any.

#include "widgets/editor/editorplugin.h"

#include <QString>

namespace nest::editorplugin {

/// False: the folder cannot be written.
[[nodiscard]] bool writeEditorConfig(const QString &file, const widgets::EditorLook &look);

} // namespace nest::editorplugin
