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
#include <QSettings>

#include <KConfig>
#include <KTextEditor/Editor>

#include <array>

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

/// That there is no spell checker means nothing here.
void quietFilter(QLoggingCategory *category)
{
    if (s_filterBefore) {
        s_filterBefore(category);
    }
    if (QLatin1StringView(category->categoryName()) == "kf.sonnet.core"_L1) {
        category->setEnabled(QtWarningMsg, false);
    }
}

KTextEditorPlugin *s_started = nullptr;

/// While the application is still there: the files are written, and their libraries keep data of the thread.
void releaseConfigs()
{
    s_started->release();
}

/// The editor's libraries take their files from the user's folders and know no other way to be told; each
/// file that they open keeps its place. On the UI thread and within one call, so nobody else of the console
/// looks.
class OwnFolders final
{
public:
    explicit OwnFolders(const QString &folder)
    {
        for (const char *name : names) {
            m_before.append({qEnvironmentVariableIsSet(name), qgetenv(name)});
            qputenv(name, QFile::encodeName(folder));
        }
    }
    Q_DISABLE_COPY_MOVE(OwnFolders)
    ~OwnFolders()
    {
        for (qsizetype i = 0; i < m_before.size(); ++i) {
            const auto &[wasSet, value] = m_before.at(i);
            wasSet ? qputenv(names.at(static_cast<std::size_t>(i)), value)
                   : qunsetenv(names.at(static_cast<std::size_t>(i)));
        }
    }

private:
    static constexpr std::array names{"XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_STATE_HOME",
                                      "XDG_DATA_HOME"};
    QList<std::pair<bool, QByteArray>> m_before;
};

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
    const QString config = u"editorrc"_s;
    const QString themes = m_folder.filePath(u"org.kde.syntax-highlighting/themes"_s);
    if (!m_folder.isValid() || !QDir().mkpath(themes) || !writeLook(themes, dark) ||
        !writeLook(themes, light) || !writeEditorConfig(m_folder.filePath(config), dark)) {
        return false;
    }
    // Qt notes the folders of settings once, at the first ones; the user's are meant.
    const QSettings settings(u"nest"_s, u"nest-console"_s);
    const OwnFolders own(m_folder.path());
    s_filterBefore = QLoggingCategory::installFilter(quietFilter);
    KConfig::setMainConfigName(config);
    m_configs = {KSharedConfig::openConfig(), KSharedConfig::openStateConfig(),
                 KSharedConfig::openConfig(u"katevirc"_s)}; // of the Vi mode, written at the end
    s_started = this;
    qAddPostRoutine(releaseConfigs); // before the editor's own, so that it runs after it
    KTextEditor::Editor::instance(); // finds the configuration and the themes
    m_isStarted = true;
    return true;
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
    const OwnFolders own(m_folder.path());
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
