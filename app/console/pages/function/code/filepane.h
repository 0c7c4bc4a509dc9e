// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The left of the Code tab: the tree of files with its head. Enter opens, F2 renames, Del deletes, the menu
// of a file has the same.
//
// Thread: UI. Owner: CodeTab; the draft is told by show().

#include "models/draft/draft.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QToolButton;
class QTreeView;

namespace nest::console {

class FileTreeModel;
class NameField;

class FilePane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilePane)

public:
    explicit FilePane(QWidget *parent = nullptr);

    /// Null: none yet. It must live until the next call.
    void setDraft(models::Draft *draft);
    void select(const QString &path);
    [[nodiscard]] QString selected() const;
    void addFile();
    void focusFiles();

Q_SIGNALS:
    /// By Enter, click or after it was added.
    void openRequested(const QString &path);
    void refreshRequested();

private:
    void buildTree();
    void showFiles();
    void rename();
    void removeSelected();
    void take(const QString &renamed, const QString &path);
    void showMenu(const QPoint &at);
    [[nodiscard]] bool isFolder() const;

    QPointer<models::Draft> m_draft;
    FileTreeModel *m_model;
    QTreeView *m_tree;
    NameField *m_name;
    QAction *m_add;
    QAction *m_rename;
    QAction *m_delete;
};

} // namespace nest::console
