// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/editorpane.h"

#include "app/console/pages/function/code/filenotices.h"
#include "app/console/pages/function/code/filetabs.h"
#include "app/console/pages/function/code/noticebar.h"
#include "app/console/pages/function/code/statusline.h"
#include "models/draft/textdiff.h"
#include "widgets/theme/controls.h"

#include <QAction>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::Draft;
using widgets::TextEditor;

EditorPane::EditorPane(widgets::EditorLibrary &library, QWidget *parent)
    : QWidget(parent)
    , m_library(library)
    , m_tabs(new FileTabs(this))
    , m_notice(new NoticeBar(this))
    , m_libraryNotice(new NoticeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_status(new StatusLine(this))
{
    m_notice->setObjectName("fileNotice"_L1);
    m_libraryNotice->setObjectName("libraryNotice"_L1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_libraryNotice);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    column->addWidget(m_status);
    auto *close = new QAction(tr("Close the file"), this);
    close->setShortcut(Qt::CTRL | Qt::Key_W);
    close->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(close);
    connect(close, &QAction::triggered, this, &EditorPane::closeCurrent);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0) {
            show(m_tabs->path(index));
        }
    });
    connect(m_tabs, &FileTabs::closeRequested, this, &EditorPane::askToClose);
    connect(m_notice, &NoticeBar::chosen, this, &EditorPane::choose);
    connect(m_libraryNotice, &NoticeBar::chosen, m_libraryNotice, [this] { m_libraryNotice->clear(); });
    m_status->show(nullptr);
}

EditorPane::~EditorPane()
{
    if (m_draft) {
        m_draft->setTextSource({});
    }
}

void EditorPane::setDraft(Draft *draft)
{
    if (m_draft) {
        m_draft->disconnect(this);
        m_draft->setTextSource({});
    }
    m_draft = nullptr; // the tabs below close without a word to it
    const QStringList paths = m_widgets.keys();
    for (const QString &path : paths) {
        closeTab(path);
    }
    m_problems.clear();
    m_wanted.clear();
    m_draft = draft;
    if (draft) {
        connectDraft();
    }
}

void EditorPane::connectDraft()
{
    m_draft->setTextSource([this](const QString &path) -> std::optional<QString> {
        const auto *open = editor(path);
        return open ? std::optional(open->text()) : std::nullopt;
    });
    connect(m_draft, &Draft::fileOpened, this, &EditorPane::makeEditor);
    connect(m_draft, &Draft::fileFailed, this, &EditorPane::showFailure);
    connect(m_draft, &Draft::fileReloaded, this, &EditorPane::reload);
    connect(m_draft, &Draft::fileRenamed, this, &EditorPane::rename);
    connect(m_draft, &Draft::fileGone, this, &EditorPane::closeTab);
    connect(m_draft, &Draft::filesChanged, this, &EditorPane::showModified);
    connect(m_draft, &Draft::conflictChanged, this, &EditorPane::showNotice);
    connect(m_draft, &Draft::fileSaved, this, [this](const QString &path) {
        if (auto *open = editor(path); open && m_draft->file(path) && !m_draft->file(path)->isModified) {
            open->setModified(false);
        }
        if (m_closing == path) {
            closeTab(path);
        }
        showNotice();
    });
}

void EditorPane::open(const QString &path, std::optional<widgets::EditorPosition> at)
{
    if (at) {
        m_wanted[path] = *at;
    }
    if (m_widgets.contains(path)) {
        m_tabs->setCurrentIndex(m_tabs->indexOf(path));
        show(path);
    } else if (m_draft) {
        m_draft->open(path);
    }
}

QString EditorPane::current() const
{
    return m_tabs->count() > 0 ? m_tabs->path(m_tabs->currentIndex()) : QString();
}

TextEditor *EditorPane::editor(const QString &path) const
{
    return qobject_cast<TextEditor *>(m_widgets.value(path));
}

QStringList EditorPane::openFiles() const
{
    QStringList paths;
    for (int i = 0; i < m_tabs->count(); ++i) {
        paths.append(m_tabs->path(i));
    }
    return paths;
}

void EditorPane::makeEditor(const QString &path)
{
    const auto *file = m_draft->file(path);
    if (m_widgets.contains(path) || !file) {
        open(path);
        return;
    }
    if (file->isBinary) {
        auto *label =
            new widgets::Label(tr("A binary file of %1. It is part of the build but not shown here.")
                                   .arg(QLocale().formattedDataSize(file->sizeBytes)),
                               widgets::TextStyle::Body, widgets::Ink::Dim);
        label->setAlignment(Qt::AlignCenter);
        put(path, label);
        return;
    }
    const bool hasBase = file->isOpen && !file->isNew();
    const std::optional<QString> kept = file->kept;
    auto *made = new TextEditor(m_library, path, hasBase ? file->base : kept.value_or(QString()), m_stack);
    made->setAccessibleName(path);
    if (!m_library.plugin()) {
        m_libraryNotice->show(
            {.id = u"library"_s,
             .tone = widgets::Tone::Bad,
             .fact = tr("The editor could not be loaded; files can be read."),
             .detail = tr("Install the package libkf6texteditor6 and nest-console again. %1")
                           .arg(QString::fromStdString(m_library.plugin().error().detail)),
             .choices = {},
             .canClose = true});
    }
    m_widgets[path] = made; // before the draft asks for its text
    if (hasBase && kept && made->canEdit()) {
        made->replaceText(*kept);
    }
    connect(made, &TextEditor::textChanged, this, [this, made] {
        const QString changed = m_widgets.key(made);
        if (m_draft && !changed.isEmpty()) {
            m_draft->edited(changed);
        }
        if (m_draft && m_draft->file(changed) && m_draft->file(changed)->restoredAt) {
            showNotice();
        }
    });
    connect(made, &TextEditor::positionChanged, this, &EditorPane::showStatus);
    made->setProblems(m_problems.value(path));
    put(path, made);
}

void EditorPane::put(const QString &path, QWidget *widget)
{
    m_widgets[path] = widget;
    m_stack->addWidget(widget);
    const int index = m_tabs->addFile(path);
    m_tabs->setCurrentIndex(index);
    show(path);
    showModified();
}

void EditorPane::showFailure(const QString &path, const Error &error)
{
    Q_EMIT tellRequested(tr("%1 could not be read. %2").arg(path, QString::fromStdString(error.detail)),
                         true);
}

void EditorPane::show(const QString &path)
{
    auto *widget = m_widgets.value(path);
    if (!widget) {
        return;
    }
    if (m_comparison) {
        compare(false); // of the file before
    }
    m_stack->setCurrentWidget(widget);
    if (auto *shown = editor(path)) {
        if (m_wanted.contains(path)) {
            shown->setPosition(m_wanted.take(path));
        }
        shown->setFocus();
    }
    if (m_closing != path) {
        m_closing.clear();
    }
    showNotice();
    showStatus();
    Q_EMIT currentChanged(path);
}

void EditorPane::reload(const QString &path)
{
    auto *open = editor(path);
    const auto *file = m_draft->file(path);
    if (open && file) {
        open->replaceText(file->base);
        open->setModified(false);
    }
    showModified();
    showNotice();
}

void EditorPane::rename(const QString &from, const QString &to)
{
    if (auto *widget = m_widgets.take(from)) {
        m_widgets[to] = widget;
        m_tabs->setPath(m_tabs->indexOf(from), to);
        if (auto *open = editor(to)) {
            open->setFileName(to);
            open->setAccessibleName(to);
        }
        showStatus();
    }
}

void EditorPane::closeCurrent()
{
    if (m_tabs->count() > 0) {
        askToClose(current());
    }
}

void EditorPane::askToClose(const QString &path)
{
    const auto *file = m_draft ? m_draft->file(path) : nullptr;
    if (!file || !file->isModified) {
        closeTab(path);
        return;
    }
    m_closing = path;
    m_tabs->setCurrentIndex(m_tabs->indexOf(path));
    showNotice();
}

void EditorPane::closeTab(const QString &path)
{
    auto *widget = m_widgets.take(path);
    if (!widget) {
        return;
    }
    if (m_closing == path) {
        m_closing.clear();
    }
    if (m_comparison) {
        compare(false);
    }
    m_tabs->removeTab(m_tabs->indexOf(path));
    m_stack->removeWidget(widget);
    widget->deleteLater();
    if (m_draft) {
        m_draft->close(path);
    }
    if (m_tabs->count() == 0) {
        m_notice->clear();
        showStatus();
        Q_EMIT currentChanged({});
    }
}

void EditorPane::showModified()
{
    for (int i = 0; i < m_tabs->count() && m_draft; ++i) {
        const auto *file = m_draft->file(m_tabs->path(i));
        m_tabs->setModified(m_tabs->path(i), file && file->isModified);
    }
    showStatus();
}

/// The one thing to say about the file that is shown.
void EditorPane::showNotice()
{
    const QString path = current();
    const auto *file = m_draft ? m_draft->file(path) : nullptr;
    if (file && file->conflict) {
        m_notice->show(FileNotices::conflict(*file->conflict, m_comparison != nullptr));
    } else if (file && m_closing == path) {
        m_notice->show(FileNotices::closing(path));
    } else if (file && file->restoredAt && file->isModified) {
        m_notice->show(FileNotices::restored(*file->restoredAt));
    } else {
        m_notice->clear();
    }
    if (m_comparison && (!file || !file->conflict)) {
        compare(false);
    }
}

void EditorPane::choose(const QString &notice, const QString &choice)
{
    const QString path = current();
    if (!m_draft || path.isEmpty()) {
        return;
    }
    if (choice == "compare"_L1) {
        compare(!m_comparison);
        showNotice();
    } else if (choice == "mine"_L1) {
        m_draft->keepMine(path);
    } else if (choice == "theirs"_L1) {
        m_draft->takeTheirs(path);
    } else if (choice == "save"_L1) {
        m_draft->save(path); // closes once it is saved
    } else if (choice == "discard"_L1) {
        m_draft->discard(path);
        if (notice == "closing"_L1) {
            closeTab(path);
        }
    } else {
        m_draft->acknowledge(path);
        m_closing.clear();
        m_notice->clear();
        if (auto *open = editor(path)) {
            open->setFocus();
        }
    }
}

/// What separates the two texts instead of the editor, to read.
void EditorPane::compare(bool isComparing)
{
    if (m_comparison) {
        m_stack->removeWidget(m_comparison);
        m_comparison->deleteLater();
        m_comparison = nullptr;
    }
    const auto *file = m_draft ? m_draft->file(current()) : nullptr;
    if (isComparing && file && file->conflict) {
        const QString difference =
            models::unifiedDiff(file->conflict->text, m_draft->textOf(file->path), file->path);
        m_comparison = new TextEditor(m_library, u"compare.diff"_s, difference, m_stack);
        m_comparison->setReadOnly(true);
        m_comparison->setAccessibleName(tr("Theirs compared with yours"));
        m_stack->addWidget(m_comparison);
        m_stack->setCurrentWidget(m_comparison);
        m_comparison->setFocus();
    } else if (auto *widget = m_widgets.value(current())) {
        m_stack->setCurrentWidget(widget);
    }
}

void EditorPane::setOnline(bool isOnline)
{
    m_isOnline = isOnline;
    showStatus();
}

void EditorPane::setProblems(const QHash<QString, std::vector<widgets::EditorProblem>> &problems)
{
    m_problems = problems;
    for (auto it = m_widgets.constBegin(); it != m_widgets.constEnd(); ++it) {
        if (auto *open = editor(it.key()); open && open->problems() != problems.value(it.key())) {
            open->setProblems(problems.value(it.key()));
        }
    }
    showStatus();
}

void EditorPane::showStatus()
{
    const QString path = current();
    m_status->show(editor(path));
    const auto *file = m_draft ? m_draft->file(path) : nullptr;
    m_status->setSaveState(!file || !file->isModified ? QString()
                           : file->isSaving           ? tr("Saving…")
                           : m_isOnline               ? tr("Not saved")
                                                      : tr("Offline, kept on this computer"));
}

} // namespace nest::console
