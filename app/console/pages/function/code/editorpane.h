// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The open files: their tabs, their editors, what is asked and told about the one that is shown, its status.
//
// The editor's library is loaded with the first file. A file that is not saved is asked about in place before
// its tab closes. Thread: UI. Owner: CodeTab.

#include "models/draft/draft.h"
#include "widgets/editor/editorlibrary.h"
#include "widgets/editor/texteditor.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace nest::console {

class FileTabs;
class NoticeBar;
class StatusLine;

class EditorPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EditorPane)

public:
    explicit EditorPane(widgets::EditorLibrary &library, QWidget *parent = nullptr);
    ~EditorPane() override;

    /// Closes every tab; the draft must live until the next call.
    void setDraft(models::Draft *draft);
    /// Opens or shows; the position is taken when the text is there.
    void open(const QString &path, std::optional<widgets::EditorPosition> at = std::nullopt);
    [[nodiscard]] QString current() const;
    [[nodiscard]] widgets::TextEditor *editor(const QString &path) const;
    [[nodiscard]] QStringList openFiles() const;
    void closeCurrent();
    void setOnline(bool isOnline);
    void setProblems(const QHash<QString, std::vector<widgets::EditorProblem>> &problems);

Q_SIGNALS:
    void currentChanged(const QString &path);
    void tellRequested(const QString &sentence, bool isFailure);

private:
    void connectDraft();
    void show(const QString &path);
    void makeEditor(const QString &path);
    void showFailure(const QString &path, const Error &error);
    void put(const QString &path, QWidget *widget);
    void closeTab(const QString &path);
    void askToClose(const QString &path);
    void rename(const QString &from, const QString &to);
    void reload(const QString &path);
    void showModified();
    void showNotice();
    void choose(const QString &notice, const QString &choice);
    void compare(bool isComparing);
    void showStatus();

    widgets::EditorLibrary &m_library;
    QPointer<models::Draft> m_draft;
    FileTabs *m_tabs;
    NoticeBar *m_notice;
    NoticeBar *m_libraryNotice;
    QStackedWidget *m_stack;
    StatusLine *m_status;
    QHash<QString, QWidget *> m_widgets; // by path: an editor or what is shown instead
    QHash<QString, widgets::EditorPosition> m_wanted;
    QHash<QString, std::vector<widgets::EditorProblem>> m_problems;
    QString m_closing; // the tab that is asked about
    QPointer<widgets::TextEditor> m_comparison;
    bool m_isOnline = true;
};

} // namespace nest::console
