// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/celldelegate.h"

#include "widgets/table/cellmetrics.h"
#include "widgets/table/cellpainter.h"
#include "widgets/table/tableview.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace nest::widgets {

CellDelegate::CellDelegate(TableView *view) : QStyledItemDelegate(view), m_view(view) {}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = themeOf(m_view);
    if (m_view->isFlashing(index)) {
        painter->fillRect(option.rect.adjusted(0, 1, 0, -2), theme.surface.pressed);
    }
    paintCell(*painter, theme, content(option.rect, index), index.data(CellDataRole).value<Cell>(),
              {.isStale = m_view->isStale(), .isLink = m_view->isLinkHovered(index)});
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const Theme &theme = themeOf(m_view);
    const int width = widthOf(index.data(CellDataRole).value<Cell>(), theme);
    return {width + 2 * space::panel, theme.size.rowNormal};
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    const QString own = index.data(Qt::ToolTipRole).toString();
    const Cell cell = index.data(CellDataRole).value<Cell>();
    // What is painted in full needs no tip, except where a picture stands for words.
    const bool isCut = widthOf(cell, themeOf(m_view)) > content(option.rect, index).width();
    const bool isPicture = std::holds_alternative<IconCell>(cell) || std::holds_alternative<NameCell>(cell);
    const QString tip = !own.isEmpty() ? own : isCut || isPicture ? textOf(cell) : QString();
    QToolTip::showText(event->globalPos(), tip, view->viewport(), option.rect);
    return !tip.isEmpty();
}

QRect CellDelegate::nameRect(const QRect &cell, const QModelIndex &index) const
{
    const Cell shown = index.data(CellDataRole).value<Cell>();
    const auto *name = std::get_if<NameCell>(&shown);
    if (name == nullptr) {
        return {};
    }
    QRect words = content(cell, index).adjusted(cellmetrics::nameIndent, 0, 0, 0);
    const QFontMetrics metrics(themeOf(m_view).font(TextStyle::BodyMedium));
    words.setWidth(std::min(words.width(), metrics.horizontalAdvance(name->name)));
    return words;
}

QRect CellDelegate::content(const QRect &cell, const QModelIndex &index) const
{
    const QHeaderView *head = m_view->horizontalHeader();
    const int visual = head->visualIndex(index.column());
    int last = head->count() - 1;
    while (last > 0 && head->isSectionHidden(head->logicalIndex(last))) {
        --last;
    }
    return cell.adjusted(visual == 0 ? space::panel : space::control, 0,
                         visual == last ? -space::panel : -space::control, -1);
}

} // namespace nest::widgets
