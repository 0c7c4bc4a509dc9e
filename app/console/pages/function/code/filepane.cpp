// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/filepane.h"

#include "app/console/pages/function/code/filedelegate.h"
#include "app/console/pages/function/code/filetreemodel.h"
#include "app/console/pages/function/code/namefield.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace widgets;
using models::Draft;

namespace {

QToolButton *headButton(QWidget *parent, const QString &icon, const QString &name)
{
    auto *button = new QToolButton(parent);
    button->setIcon(themedIcon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    setSmall(button);
    return button;
}

} // namespace

FilePane::FilePane(QWidget *parent)
    : QWidget(parent)
    , m_model(new FileTreeModel(this))
    , m_tree(new QTreeView(this))
    , m_name(new NameField(this))
    , m_add(new QAction(tr("Add a file…"), this))
    , m_rename(new QAction(tr("Rename…"), this))
    , m_delete(new QAction(tr("Delete"), this))
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::panel, 0, space::control, 0);
    head->setSpacing(space::chip);
    head->addWidget(new Label(tr("Files"), TextStyle::Caption, Ink::Dim));
    head->addStretch();
    auto *add = headButton(this, u"plus"_s, tr("Add a file"));
    add->setObjectName("addFile"_L1);
    auto *again = headButton(this, u"refresh"_s, tr("Read the files again"));
    head->addWidget(add);
    head->addWidget(again);
    auto *headBox = new QWidget(this);
    headBox->setLayout(head);
    headBox->setFixedHeight(themeOf(this).size.panelHead - 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(headBox);
    column->addWidget(makeLine(Qt::Horizontal, this));
    column->addWidget(m_name);
    column->addWidget(m_tree, 1);
    setMinimumWidth(140);
    buildTree();
    connect(add, &QToolButton::clicked, this, &FilePane::addFile);
    connect(again, &QToolButton::clicked, this, &FilePane::refreshRequested);
    connect(m_name, &NameField::named, this, &FilePane::take);
    connect(m_name, &NameField::left, m_tree, qOverload<>(&QWidget::setFocus));
}

void FilePane::buildTree()
{
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new FileDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(16);
    m_tree->setRootIsDecorated(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAccessibleName(tr("Files of the draft"));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->viewport()->setAttribute(Qt::WA_Hover);
    m_rename->setShortcut(Qt::Key_F2);
    m_delete->setShortcut(Qt::Key_Delete);
    for (auto *action : {m_add, m_rename, m_delete}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_tree->addAction(action);
    }
    connect(m_add, &QAction::triggered, this, &FilePane::addFile);
    connect(m_rename, &QAction::triggered, this, &FilePane::rename);
    connect(m_delete, &QAction::triggered, this, &FilePane::removeSelected);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &FilePane::showMenu);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &parent) {
        if (parent.isValid() && m_model->rowCount(parent) == 1) {
            m_tree->expand(parent); // a folder begins open
        }
    });
    const auto choose = [this](const QModelIndex &index) {
        if (index.data(FileTreeModel::IsFolderRole).toBool()) {
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
        } else {
            Q_EMIT openRequested(index.data(FileTreeModel::PathRole).toString());
        }
    };
    connect(m_tree, &QAbstractItemView::clicked, this, choose);
    connect(m_tree, &QAbstractItemView::activated, this, [this, choose](const QModelIndex &index) {
        if (m_tree->hasFocus()) {
            choose(index);
        }
    });
}

void FilePane::setDraft(Draft *draft)
{
    if (m_draft) {
        m_draft->disconnect(this);
    }
    m_draft = draft;
    m_name->hide();
    if (draft) {
        connect(draft, &Draft::filesChanged, this, &FilePane::showFiles);
        showFiles();
    }
}

void FilePane::showFiles()
{
    m_model->show(*m_draft);
}

QString FilePane::selected() const
{
    return m_tree->currentIndex().data(FileTreeModel::PathRole).toString();
}

bool FilePane::isFolder() const
{
    return m_tree->currentIndex().data(FileTreeModel::IsFolderRole).toBool();
}

void FilePane::select(const QString &path)
{
    if (const QModelIndex index = m_model->indexOf(path); index.isValid()) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
    }
}

void FilePane::focusFiles()
{
    m_tree->setFocus(Qt::ShortcutFocusReason);
}

void FilePane::addFile()
{
    const QString beside = selected();
    const QString folder = isFolder() ? beside : beside.section(u'/', 0, -2);
    m_name->ask({}, folder.isEmpty() ? QString() : folder + u'/');
}

void FilePane::rename()
{
    if (!selected().isEmpty() && !isFolder()) {
        m_name->ask(selected(), selected());
    }
}

void FilePane::removeSelected()
{
    if (m_draft && !selected().isEmpty() && !isFolder()) {
        m_draft->remove(selected());
    }
}

void FilePane::take(const QString &renamed, const QString &path)
{
    if (!m_draft) {
        return;
    }
    const auto done = renamed.isEmpty() ? m_draft->add(path) : m_draft->rename(renamed, path);
    if (!done) {
        m_name->setProblem(QString::fromStdString(done.error().detail));
        return;
    }
    m_name->finish();
    if (renamed.isEmpty()) {
        select(path);
        Q_EMIT openRequested(path);
    }
}

void FilePane::showMenu(const QPoint &at)
{
    const QModelIndex index = m_tree->indexAt(at);
    if (index.isValid()) {
        m_tree->setCurrentIndex(index);
    }
    const bool isFile = index.isValid() && !isFolder();
    m_rename->setEnabled(isFile);
    m_delete->setEnabled(isFile);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_add, m_rename, m_delete});
    connect(menu, &QMenu::aboutToHide, this, [this] {
        m_rename->setEnabled(true);
        m_delete->setEnabled(true);
    });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

} // namespace nest::console
