// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/editorlibrary.h"

#include "widgets/theme/tokens.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPluginLoader>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr auto fileName = "nest-editor.so"_L1;

EditorLook lookOf(const Theme &theme)
{
    return {.isDark = theme.isDark,
            .surface = theme.surface,
            .border = theme.border,
            .text = theme.text,
            .accent = theme.accent,
            .syntax = theme.syntax,
            .added = theme.ok.text,
            .changed = theme.warn.text,
            .error = theme.bad.text,
            .warning = theme.warn.text,
            .font = theme.font(TextStyle::Code),
            .noteFont = theme.font(TextStyle::Caption)};
}

} // namespace

EditorLibrary::EditorLibrary(QStringList folders, QObject *parent)
    : QObject(parent), m_folders(std::move(folders))
{}

QStringList EditorLibrary::defaultFolders()
{
    const QString here = QCoreApplication::applicationDirPath();
    return {here + "/../lib/nest"_L1, here};
}

const Result<EditorPlugin *> &EditorLibrary::plugin()
{
    if (!m_plugin) {
        m_plugin = load();
    }
    return *m_plugin;
}

Result<EditorPlugin *> EditorLibrary::load() const
{
    const auto tokens = loadTokens();
    if (!tokens) {
        return std::unexpected(tokens.error());
    }
    for (const QString &folder : m_folders) {
        const QString path = QFileInfo(folder + u'/' + fileName).absoluteFilePath();
        if (!QFileInfo::exists(path)) {
            continue;
        }
        QPluginLoader loader(path);
        loader.setLoadHints(QLibrary::PreventUnloadHint); // its libraries do not survive being unloaded
        auto *plugin = qobject_cast<EditorPlugin *>(loader.instance());
        if (!plugin) {
            return failure("editor/not-loaded", (path + ": "_L1 + loader.errorString()).toStdString());
        }
        if (!plugin->start(lookOf(tokens->dark), lookOf(tokens->light))) {
            return failure("editor/no-folder", "The editor cannot make a folder for temporary files.");
        }
        return plugin;
    }
    const QString searched = m_folders.join(", "_L1);
    return failure("editor/missing", QString(fileName + " is not in "_L1 + searched + u'.').toStdString());
}

} // namespace nest::widgets
