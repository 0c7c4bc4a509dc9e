// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/plugin/ktexteditorplugin.h"

#include "widgets/editor/plugin/editorconfig.h"
#include "widgets/editor/plugin/ktextdocument.h"
#include "widgets/editor/plugin/lookfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>

#include <KConfig>
#include <KSyntaxHighlighting/Repository>
#include <KTextEditor/Editor>

namespace nest::editorplugin {

using namespace Qt::StringLiterals;
using widgets::EditorLook;

namespace {

bool writeLook(const QString &folder, const EditorLook &look)
{
    QFile file(folder + u'/' + lookName(look.isDark) + ".theme"_L1);
    return file.open(QIODevice::WriteOnly) && file.write(lookFile(look)) > 0;
}

QLoggingCategory::CategoryFilter s_filterBefore = nullptr;

/// Two warnings of the editor's libraries mean nothing here: that there is no spell checker, and that the
/// configuration lies in a folder that nobody watches.
void quietFilter(QLoggingCategory *category)
{
    if (s_filterBefore) {
        s_filterBefore(category);
    }
    if (const QLatin1StringView name(category->categoryName());
        name == "kf.sonnet.core"_L1 || name == "kf.config.core"_L1) {
        category->setEnabled(QtWarningMsg, false);
    }
}

} // namespace

KTextEditorPlugin::KTextEditorPlugin() = default;
KTextEditorPlugin::~KTextEditorPlugin() = default;

bool KTextEditorPlugin::start(const EditorLook &dark, const EditorLook &light)
{
    if (m_isStarted) {
        return true;
    }
    m_dark = dark;
    m_light = light;
    const QString config = m_folder.filePath(u"editorrc"_s);
    const QString themes = m_folder.filePath(u"themes"_s);
    if (!m_folder.isValid() || !QDir().mkpath(themes) || !writeLook(themes, dark) ||
        !writeLook(themes, light) || !writeEditorConfig(config, dark)) {
        return false;
    }
    s_filterBefore = QLoggingCategory::installFilter(quietFilter);
    KConfig::setMainConfigName(config);
    m_state = KSharedConfig::openStateConfig();
    connect(qApp, &QObject::destroyed, this, [this] {
        dropState();
        m_state = {};
    });
    auto *editor = KTextEditor::Editor::instance();
    // The repository is the editor's own and not constant; there is no other way to show it a folder.
    const_cast<KSyntaxHighlighting::Repository &>(editor->repository()).addCustomSearchPath(m_folder.path());
    m_isStarted = true;
    return true;
}

void KTextEditorPlugin::dropState()
{
    if (m_state) {
        m_state->markAsClean();
    }
}

void KTextEditorPlugin::setDark(bool isDark)
{
    if (m_isDark != isDark) {
        m_isDark = isDark;
        for (auto *document : std::as_const(m_documents)) {
            document->applyLook();
        }
    }
}

std::unique_ptr<widgets::EditorDocument>
KTextEditorPlugin::createDocument(const widgets::EditorSource &source, QWidget *parent)
{
    auto document = std::make_unique<KTextDocument>(*this, source, parent);
    m_documents.append(document.get());
    return document;
}

QString KTextEditorPlugin::newFile(const QString &name, const QByteArray &content)
{
    const QString folder = m_folder.filePath(u"open-%1"_s.arg(++m_files));
    QFile file(folder + u'/' + name.section(u'/', -1));
    return QDir().mkpath(folder) && file.open(QIODevice::WriteOnly) && file.write(content) == content.size()
               ? file.fileName()
               : QString();
}

} // namespace nest::editorplugin
