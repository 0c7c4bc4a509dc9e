// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/filetreemodel.h"

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

QString letterOf(const models::DraftFile &file)
{
    return file.conflict ? u"!"_s : file.isNew() ? u"A"_s : file.isModified ? u"M"_s : QString();
}

QString spoken(const models::DraftFile &file)
{
    return file.conflict     ? FileTreeModel::tr("%1, changed here and elsewhere").arg(file.path)
           : file.isNew()    ? FileTreeModel::tr("%1, new and not saved").arg(file.path)
           : file.isModified ? FileTreeModel::tr("%1, not saved").arg(file.path)
                             : file.path;
}

bool isBefore(const QStandardItem *left, const QString &name, bool isFolder)
{
    const bool leftIsFolder = left->data(FileTreeModel::IsFolderRole).toBool();
    return leftIsFolder != isFolder ? leftIsFolder : left->text() < name;
}

} // namespace

void FileTreeModel::show(const models::Draft &draft)
{
    const QStringList known = m_items.keys();
    for (const QString &path : known) {
        auto *item = m_items.value(path);
        if (item && !item->data(IsFolderRole).toBool() && !draft.file(path)) {
            auto *parent = item->parent() ? item->parent() : invisibleRootItem();
            m_items.remove(path);
            parent->removeRow(item->row());
            dropEmptyFolders(parent);
        }
    }
    for (const auto &[path, file] : draft.files()) {
        auto *item = m_items.value(path);
        if (!item) {
            item = makeItem(path, false);
        }
        if (item->data(LetterRole).toString() != letterOf(file) || item->accessibleText().isEmpty()) {
            item->setData(letterOf(file), LetterRole);
            item->setAccessibleText(spoken(file));
        }
    }
}

QModelIndex FileTreeModel::indexOf(const QString &path) const
{
    const auto *item = m_items.value(path);
    return item ? item->index() : QModelIndex();
}

QStandardItem *FileTreeModel::folder(const QString &path)
{
    if (path.isEmpty()) {
        return invisibleRootItem();
    }
    auto *known = m_items.value(path);
    return known ? known : makeItem(path, true);
}

QStandardItem *FileTreeModel::makeItem(const QString &path, bool isFolder)
{
    auto *parent = folder(path.section(u'/', 0, -2));
    const QString name = path.section(u'/', -1);
    auto *item = new QStandardItem(name);
    item->setEditable(false);
    item->setData(path, PathRole);
    item->setData(isFolder, IsFolderRole);
    if (isFolder) {
        item->setAccessibleText(tr("Folder %1").arg(path));
    }
    int row = 0;
    while (row < parent->rowCount() && isBefore(parent->child(row), name, isFolder)) {
        ++row;
    }
    parent->insertRow(row, item);
    m_items[path] = item;
    return item;
}

void FileTreeModel::dropEmptyFolders(QStandardItem *folder)
{
    while (folder && folder != invisibleRootItem() && folder->rowCount() == 0) {
        auto *parent = folder->parent() ? folder->parent() : invisibleRootItem();
        m_items.remove(folder->data(PathRole).toString());
        parent->removeRow(folder->row());
        folder = parent;
    }
}

} // namespace nest::console
