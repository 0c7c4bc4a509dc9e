// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TableView that paints what lies under the cells: rows and placeholder rows.
#include "widgets/table/cells.h"
#include "widgets/table/sorthint.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/stylepaint.h"

#include <QHeaderView>
#include <QPainter>

#include <array>

namespace nest::widgets {

void TableView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    if (m_showsSkeleton && m_proxy->rowCount() == 0) {
        paintSkeleton(painter);
        return;
    }
    paintRows(painter);
    painter.end();
    QTableView::paintEvent(event);
}

void TableView::paintRows(QPainter &painter)
{
    const Theme &theme = themeOf(this);
    const int width = viewport()->width();
    const int first = std::max(0, rowAt(0));
    for (int row = first; row < m_proxy->rowCount(); ++row) {
        const int top = rowViewportPosition(row);
        if (top > viewport()->height()) {
            break;
        }
        const QRect line(0, top, width, rowHeight(row));
        const bool isSelected = selectionModel()->isRowSelected(row, {});
        if (isSelected || row == m_hoverRow) {
            painter.fillRect(line, isSelected ? theme.surface.rowSelected : theme.surface.rowHover);
        }
        painter.fillRect(QRect(0, line.bottom(), width, 1), theme.border.subtle);
        if (isSelected) {
            painter.fillRect(QRect(0, top, theme.size.selectionStroke, line.height()), theme.accent.text);
        } else if (hasFocus() && row == currentIndex().row()) {
            paintBox(painter, line.adjusted(0, 0, 0, -1), 0, {}, theme.accent.text);
        }
    }
}

void TableView::paintSkeleton(QPainter &painter)
{
    // Lengths that look like words of different length, and a fade so that nobody counts the rows.
    constexpr std::array parts{0.62, 0.78, 0.54, 0.70, 0.46, 0.75, 0.58};
    const Theme &theme = themeOf(this);
    const QHeaderView *head = horizontalHeader();
    const int height = theme.size.rowNormal;
    for (int row = 0; row < static_cast<int>(parts.size()) && row * height < viewport()->height(); ++row) {
        painter.setOpacity(1.0 - 0.12 * row);
        painter.fillRect(QRect(0, (row + 1) * height - 1, viewport()->width(), 1), theme.border.subtle);
        for (int column = 0; column < head->count(); ++column) {
            if (head->isSectionHidden(column)) {
                continue;
            }
            const int room = head->sectionSize(column) - 2 * space::panel;
            const double part = parts.at(static_cast<std::size_t>(row + column) % parts.size());
            const int width = std::min(static_cast<int>(room * part), 160);
            const auto alignment =
                m_proxy->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
            const int left = head->sectionViewportPosition(column) + space::panel +
                             (alignment.testFlag(Qt::AlignRight) ? room - width : 0);
            paintBox(painter, QRect(left, row * height + 10, width, 8), theme.size.radiusSmall,
                     theme.surface.control, {});
        }
    }
}

} // namespace nest::widgets
