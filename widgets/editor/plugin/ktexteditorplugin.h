// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The plugin's root object: KTextEditor on a configuration and with themes of ours.
//
// The user's own KDE settings are neither read nor written: while the editor starts and while a view is made,
// the folders where it looks for them are those of a temporary folder, which goes with the program.
// Thread: GUI. Owner: Qt's plugin loader, until the program ends.

#include "widgets/editor/editorplugin.h"

#include <QObject>
#include <QTemporaryDir>

#include <KSharedConfig>

namespace nest::editorplugin {

class KTextDocument;

class KTextEditorPlugin final : public QObject, public widgets::EditorPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "nest.EditorPlugin/1")
    Q_INTERFACES(nest::widgets::EditorPlugin)
    Q_DISABLE_COPY_MOVE(KTextEditorPlugin)

public:
    KTextEditorPlugin();
    ~KTextEditorPlugin() override;

    bool start(const widgets::EditorLook &dark, const widgets::EditorLook &light) override;
    void setDark(bool isDark) override;
    std::unique_ptr<widgets::EditorDocument> createDocument(const widgets::EditorSource &source,
                                                            QWidget *parent) override;

    [[nodiscard]] const widgets::EditorLook &look() const { return m_isDark ? m_dark : m_light; }
    /// The end of the application.
    void release() { m_configs.clear(); }
    void forget(KTextDocument *document) { m_documents.removeOne(document); }
    /// A file of its own for a document that is being opened.
    [[nodiscard]] QString newFile(const QString &name, const QByteArray &content);

private:
    QTemporaryDir m_folder;
    QList<KSharedConfigPtr> m_configs; // held, so that they stay those of our folder
    bool m_isStarted = false;
    bool m_isDark = true;
    widgets::EditorLook m_dark;
    widgets::EditorLook m_light;
    QList<KTextDocument *> m_documents;
    int m_files = 0;
};

} // namespace nest::editorplugin
