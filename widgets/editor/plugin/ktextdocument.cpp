// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/plugin/ktextdocument.h"

#include "widgets/editor/plugin/ktexteditorplugin.h"
#include "widgets/editor/plugin/lookfile.h"
#include "widgets/editor/plugin/problemnotes.h"

#include <QAction>
#include <QUrl>

#include <KActionCollection>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KTextEditor/Document>
#include <KTextEditor/Editor>
#include <KTextEditor/View>

namespace nest::editorplugin {

using namespace Qt::StringLiterals;
using KTextEditor::Cursor;
using widgets::EditorPosition;

namespace {

/// Keys that mean something in the console; the editor has actions of its own on them, or saves and loads
/// files, which is the console's part.
QList<QKeySequence> consoleKeys()
{
    return {QKeySequence(Qt::CTRL | Qt::Key_S), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
            QKeySequence(Qt::CTRL | Qt::Key_B), QKeySequence(Qt::CTRL | Qt::Key_K),
            QKeySequence(Qt::CTRL | Qt::Key_N), QKeySequence(Qt::CTRL | Qt::Key_P),
            QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T),
            QKeySequence(Qt::Key_F2),           QKeySequence(Qt::Key_F5),
            QKeySequence(Qt::Key_F6),           QKeySequence(Qt::Key_F7),
            QKeySequence(Qt::Key_F9),           QKeySequence(Qt::Key_F10),
            QKeySequence(Qt::Key_F11),          QKeySequence(Qt::CTRL | Qt::Key_QuoteLeft)};
}

} // namespace

KTextDocument::KTextDocument(KTextEditorPlugin &plugin, const widgets::EditorSource &source, QWidget *parent)
    : m_plugin(plugin), m_document(KTextEditor::Editor::instance()->createDocument(nullptr))
{
    m_document->setModifiedOnDiskWarning(false);
    m_document->setEncoding(u"UTF-8"_s);
    const QString file = plugin.newFile(source.fileName, source.text.toUtf8());
    if (file.isEmpty() || !m_document->openUrl(QUrl::fromLocalFile(file))) {
        m_document->setText(source.text); // the disk is full: a history that goes one step too far
        m_document->setModified(false);
    }
    m_view = m_document->createView(parent);
    m_view->setStatusBarEnabled(false);
    m_view->setContextMenu(m_view->defaultContextMenu());
    m_notes = std::make_unique<ProblemNotes>(*m_document, *m_view);
    m_document->setEditableMarks(0); // the column of marks is there as a margin
    freeKeys();
    applyLook();
    m_listener = source.listener;
    QObject::connect(m_document.get(), &KTextEditor::Document::textChanged, m_view,
                     [this] { m_listener.textChanged(); });
    QObject::connect(m_document.get(), &KTextEditor::Document::modifiedChanged, m_view,
                     [this] { m_listener.modifiedChanged(); });
    QObject::connect(m_view, &KTextEditor::View::cursorPositionChanged, m_view,
                     [this] { m_listener.positionChanged(); });
}

KTextDocument::~KTextDocument()
{
    m_plugin.forget(this);
    m_notes.reset();
    delete m_view;
    m_document->setModified(false); // or it would ask whether to save
}

QWidget *KTextDocument::widget()
{
    return m_view;
}

QString KTextDocument::text() const
{
    return m_document->text();
}

void KTextDocument::replaceText(const QString &text)
{
    if (text == m_document->text()) {
        return;
    }
    const Cursor before = m_view->cursorPosition();
    const int top = m_view->firstDisplayedLine();
    m_document->replaceText(m_document->documentRange(), text); // setText() cannot be undone exactly
    m_view->setCursorPosition({std::min(before.line(), m_document->lines() - 1), before.column()});
    m_view->setScrollPosition({std::min(top, m_document->lines() - 1), 0});
}

bool KTextDocument::isModified() const
{
    return m_document->isModified();
}

void KTextDocument::setModified(bool isModified)
{
    m_document->setModified(isModified);
}

void KTextDocument::setReadOnly(bool isReadOnly)
{
    m_document->setReadWrite(!isReadOnly);
}

void KTextDocument::setFileName(const QString &name)
{
    const auto definition =
        KTextEditor::Editor::instance()->repository().definitionForFileName(name.section(u'/', -1));
    if (definition.isValid()) {
        m_document->setMode(definition.name());
        m_document->setHighlightingMode(definition.name());
    }
}

EditorPosition KTextDocument::position() const
{
    const Cursor cursor = m_view->cursorPosition();
    return {cursor.line() + 1, cursor.column() + 1};
}

void KTextDocument::setPosition(EditorPosition position)
{
    const int line = std::clamp(position.line - 1, 0, std::max(m_document->lines() - 1, 0));
    m_view->setCursorPosition({line, std::clamp(position.column - 1, 0, m_document->lineLength(line))});
}

widgets::EditorFacts KTextDocument::facts() const
{
    return {.indentWidth = m_document->configValue(u"indent-width"_s).toInt(),
            .usesSpaces = m_document->configValue(u"replace-tabs"_s).toBool(),
            .encoding = m_document->encoding(),
            .language = m_document->highlightingMode()};
}

void KTextDocument::setProblems(const std::vector<widgets::EditorProblem> &problems)
{
    m_notes->setProblems(problems);
}

void KTextDocument::applyLook()
{
    m_view->setConfigValue(u"theme"_s, lookName(m_plugin.look().isDark));
    m_view->setConfigValue(u"font"_s, m_plugin.look().font); // the file cannot say that it has no ligatures
    m_notes->setLook(m_plugin.look());
}

void KTextDocument::trigger(const char *action)
{
    if (auto *found = m_view->action(QLatin1StringView(action))) {
        found->trigger();
    }
}

void KTextDocument::freeKeys()
{
    const auto taken = consoleKeys();
    const QList<QAction *> actions = m_view->actionCollection()->actions();
    for (QAction *action : actions) {
        QList<QKeySequence> keys = action->shortcuts();
        if (keys.removeIf([&](const QKeySequence &key) { return taken.contains(key); }) > 0) {
            action->setShortcuts(keys);
        }
    }
    for (const char *name :
         {"file_save", "file_save_as", "file_save_as_with_encoding", "file_save_copy_as", "file_reload",
          "file_print", "file_print_preview", "file_export_html", "switch_to_cmd_line"}) {
        if (QAction *action = m_view->action(QLatin1StringView(name))) {
            action->setShortcuts(QList<QKeySequence>());
            action->setEnabled(false);
            action->setVisible(false);
        }
    }
}

} // namespace nest::editorplugin
