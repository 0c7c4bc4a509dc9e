// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The draft's files as a tree: folders first, then by name.
//
// Brought up to date by difference, so that selection and open folders survive. Thread: UI. Owner: FilePane.

#include "models/draft/draft.h"

#include <QStandardItemModel>

namespace nest::console {

class FileTreeModel final : public QStandardItemModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FileTreeModel)

public:
    enum Role {
        PathRole = Qt::UserRole + 1,
        IsFolderRole,
        LetterRole, // "M" changed here and not saved, "A" not on the platform yet, "!" changed by two
    };

    using QStandardItemModel::QStandardItemModel;

    void show(const models::Draft &draft);
    [[nodiscard]] QModelIndex indexOf(const QString &path) const;

private:
    QStandardItem *folder(const QString &path);
    QStandardItem *makeItem(const QString &path, bool isFolder);
    void dropEmptyFolders(QStandardItem *folder);

    QHash<QString, QStandardItem *> m_items; // files and folders by path
};

} // namespace nest::console
