// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds and loads the editor's plugin library, at the first question for it and never before.
//
// The library lies in lib/nest beside the program's folder, in the build folder as well as installed. It
// stays loaded until the program ends. Thread: GUI. Owner: whoever shows editors, for as long as they live.

#include "api/wire/result.h"
#include "widgets/editor/editorplugin.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace nest::widgets {

class EditorLibrary final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EditorLibrary)

public:
    explicit EditorLibrary(QObject *parent = nullptr) : EditorLibrary(defaultFolders(), parent) {}
    explicit EditorLibrary(QStringList folders, QObject *parent = nullptr);

    [[nodiscard]] static QStringList defaultFolders();

    /// Loads at the first call; a failure is kept until retry().
    [[nodiscard]] const Result<EditorPlugin *> &plugin();
    void retry() { m_plugin.reset(); }
    [[nodiscard]] bool wasAsked() const { return m_plugin.has_value(); }

private:
    [[nodiscard]] Result<EditorPlugin *> load() const;

    QStringList m_folders;
    std::optional<Result<EditorPlugin *>> m_plugin;
};

} // namespace nest::widgets
