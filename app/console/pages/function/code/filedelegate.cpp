// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/filedelegate.h"

#include "app/console/pages/function/code/filetreemodel.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QTreeView>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {
constexpr int rowHeight = 24;
constexpr int letterWidth = 24;
} // namespace

FileDelegate::FileDelegate(QTreeView *tree) : QStyledItemDelegate(tree), m_tree(tree) {}

QSize FileDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int text = QFontMetrics(themeOf(m_tree).font(TextStyle::Body))
                         .horizontalAdvance(index.data(Qt::DisplayRole).toString());
    return {QStyledItemDelegate::sizeHint(option, index).width() + text, rowHeight};
}

void FileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = themeOf(m_tree);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isFolder = index.data(FileTreeModel::IsFolderRole).toBool();
    const QString letter = index.data(FileTreeModel::LetterRole).toString();
    painter->save();
    // The whole width, also left of the indentation.
    const QRect row(0, option.rect.top(), m_tree->viewport()->width(), option.rect.height());
    if (isSelected) {
        painter->fillRect(row, theme.surface.rowSelected);
        painter->fillRect(QRect(0, row.top(), theme.size.selectionStroke, row.height()), theme.accent.text);
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(row, theme.surface.rowHover);
    }
    const bool isOpen = m_tree->isExpanded(index);
    const QColor ink = letter.isEmpty()   ? (isSelected ? theme.text.primary : theme.text.secondary)
                       : letter == "!"_L1 ? theme.bad.text
                                          : theme.warn.text;
    int left = option.rect.left() + space::panel;
    const QString icon = isFolder ? (isOpen ? u"chevron-down"_s : u"chevron-right"_s) : u"file"_s;
    paintIcon(*painter, QRect(left, row.top(), 14, row.height()), icon, isFolder ? 12 : 14,
              isFolder ? theme.text.dim : ink);
    left += 20;
    const int right = row.right() - (letter.isEmpty() ? space::control : letterWidth);
    painter->setFont(theme.font(TextStyle::Body));
    painter->setPen(ink);
    const QRect text(left, row.top(), right - left, row.height());
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(),
                                                        Qt::ElideRight, text.width()));
    if (!letter.isEmpty()) {
        painter->setFont(theme.font(TextStyle::BodyMedium));
        painter->drawText(
            QRect(row.right() - letterWidth, row.top(), letterWidth - space::panel, row.height()),
            Qt::AlignVCenter | Qt::AlignRight, letter);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && !isSelected) {
        painter->setPen(theme.accent.text);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(row.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

} // namespace nest::console
