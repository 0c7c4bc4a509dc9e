// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files that will be written, as a tree with sizes, and two of them to read: the chosen one and the
// manifest. Follows every change of the settings.
//
// Thread: UI.

#include "api/wire/function.h"

#include <QWidget>

class QTreeWidget;
class QTreeWidgetItem;

namespace nest::widgets {
class CodeView;
class Label;
} // namespace nest::widgets

namespace nest::console {

class FilesPreview final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilesPreview)

public:
    explicit FilesPreview(QWidget *parent = nullptr);

    void setFiles(const std::vector<wire::File> &files);

private:
    void fillTree();
    void showChosen();
    [[nodiscard]] const wire::File *file(const QString &path) const;

    std::vector<wire::File> m_files;
    QStringList m_paths; // in the tree
    QString m_chosen;
    widgets::Label *m_sum;
    QTreeWidget *m_tree;
    widgets::Label *m_name;
    widgets::CodeView *m_code;
    widgets::CodeView *m_manifest;
};

} // namespace nest::console
