// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/newfunction/filespreview.h"

#include "app/console/look.h"
#include "widgets/code/codeview.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QTreeWidget>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr int pathRole = Qt::UserRole;
const auto manifestName = u"function.yaml"_s;

QString sizeText(std::size_t bytes)
{
    return FilesPreview::tr("%1 kB").arg(QLocale().toString(static_cast<double>(bytes) / 1000, 'f', 1));
}

QWidget *head(Label *left, Label *right)
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    row->addWidget(left);
    row->addStretch();
    if (right != nullptr) {
        row->addWidget(right);
    }
    box->setFixedHeight(widgets::themeOf(box).size.panelHead);
    return box;
}

/// The one that a developer changes first: the handler, not a test and not a description.
QString firstToRead(const std::vector<wire::File> &files)
{
    for (const wire::File &file : files) {
        if (file.path.starts_with("src/")) {
            return toText(file.path);
        }
    }
    return files.empty() ? QString() : toText(files.front().path);
}

} // namespace

FilesPreview::FilesPreview(QWidget *parent)
    : QWidget(parent)
    , m_sum(new Label({}, TextStyle::Body, Ink::Dim, this))
    , m_tree(new QTreeWidget(this))
    , m_name(new Label({}, TextStyle::Code, Ink::Primary, this))
    , m_code(new widgets::CodeView(this))
    , m_manifest(new widgets::CodeView(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(head(new Label(tr("What is written"), TextStyle::Strong), m_sum));
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_tree, 2);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(head(m_name, nullptr));
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_code, 3);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(head(new Label(manifestName, TextStyle::Code, Ink::Primary),
                           new Label(tr("follows the settings"), TextStyle::Body, Ink::Dim)));
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_manifest, 3);
    m_tree->setObjectName("files"_L1);
    m_tree->setAccessibleName(tr("Files"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_tree->header()->resizeSection(1, 80 + widgets::space::page);
    for (widgets::CodeView *view : {m_code, m_manifest}) {
        view->setLineWrapMode(QPlainTextEdit::WidgetWidth); // nothing of it is out of view
    }
    m_code->setAccessibleName(tr("The chosen file"));
    m_manifest->setAccessibleName(manifestName);
    m_manifest->setObjectName("manifest"_L1);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *item) {
        if (item != nullptr && !item->data(0, pathRole).toString().isEmpty()) {
            m_chosen = item->data(0, pathRole).toString();
            showChosen();
        }
    });
}

void FilesPreview::setFiles(const std::vector<wire::File> &files)
{
    m_files = files;
    QStringList paths;
    std::size_t bytes = 0;
    for (const wire::File &file : files) {
        paths.append(toText(file.path));
        bytes += file.content.size();
    }
    m_sum->setText(files.empty()
                       ? QString()
                       : tr("%n files, %1", nullptr, static_cast<int>(files.size())).arg(sizeText(bytes)));
    if (paths != m_paths) {
        m_paths = paths;
        m_chosen = firstToRead(m_files);
    }
    fillTree();
    showChosen();
}

void FilesPreview::fillTree()
{
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    QMap<QString, QTreeWidgetItem *> folders;
    // Folders first, as in the editor's tree.
    std::vector<const wire::File *> sorted;
    for (const wire::File &file : m_files) {
        sorted.push_back(&file);
    }
    std::ranges::stable_sort(sorted, {}, [](const wire::File *file) {
        return std::pair(file->path.find('/') == std::string::npos, file->path);
    });
    for (const wire::File *file : sorted) {
        const QString path = toText(file->path);
        const qsizetype slash = path.lastIndexOf(u'/');
        QTreeWidgetItem *parent = m_tree->invisibleRootItem();
        if (slash > 0) {
            auto *&folder = folders[path.left(slash)];
            if (folder == nullptr) {
                folder = new QTreeWidgetItem(parent, {path.left(slash)});
                folder->setIcon(0, widgets::themedIcon(u"folder"_s));
                folder->setExpanded(true);
            }
            parent = folder;
        }
        auto *item =
            new QTreeWidgetItem(parent, {path.mid(slash + 1), sizeText(file->content.size()) + u"   "_s});
        item->setIcon(0, widgets::themedIcon(u"file"_s));
        item->setData(0, pathRole, path);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setForeground(1, widgets::themeOf(this).text.dim);
        if (path == m_chosen) {
            m_tree->setCurrentItem(item);
        }
    }
    m_tree->expandAll();
}

void FilesPreview::showChosen()
{
    const wire::File *chosen = file(m_chosen);
    m_name->setText(m_chosen);
    m_code->setCode(m_chosen, chosen != nullptr ? toText(chosen->content) : QString());
    const wire::File *manifest = file(manifestName);
    m_manifest->setCode(manifestName, manifest != nullptr ? toText(manifest->content) : QString());
}

const wire::File *FilesPreview::file(const QString &path) const
{
    const auto found = std::ranges::find(m_files, path.toStdString(), &wire::File::path);
    return found == m_files.end() ? nullptr : &*found;
}

} // namespace nest::console
