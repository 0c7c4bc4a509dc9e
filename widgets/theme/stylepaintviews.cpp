// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of stylepaint.h that belongs to views: heads, menus, bars.
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QPainter>
#include <QStyleOption>

namespace nest::widgets::stylepaint {

using namespace Qt::StringLiterals;

namespace {
bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}
} // namespace

void header(QPainter &painter, const Theme &theme, const QStyleOptionHeader &option)
{
    painter.save();
    painter.fillRect(option.rect, theme.surface.page);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     theme.border.subtle);
    const bool isSorted = option.sortIndicator != QStyleOptionHeader::None;
    const bool isHovered = has(option, QStyle::State_MouseOver);
    QFont font = theme.font(TextStyle::Caption);
    font.setWeight(isSorted ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    const QColor color = isSorted ? theme.text.primary : isHovered ? theme.text.secondary : theme.text.dim;
    const bool isFirst = option.position == QStyleOptionHeader::Beginning ||
                         option.position == QStyleOptionHeader::OnlyOneSection;
    const bool isLast = option.position == QStyleOptionHeader::End;
    QRect in = option.rect.adjusted(isFirst ? space::panel : space::control, 0,
                                    isLast ? -space::panel : -space::control, 0);
    const int arrow = isSorted ? 14 : 0;
    const QString text = painter.fontMetrics().elidedText(option.text, Qt::ElideRight, in.width() - arrow);
    const int width = painter.fontMetrics().horizontalAdvance(text);
    const bool isRight = option.textAlignment.testFlag(Qt::AlignRight);
    const int left = isRight ? in.right() + 1 - width - arrow : in.left();
    painter.setPen(color);
    painter.drawText(QRect(left, in.top(), width + 2, in.height()), Qt::AlignVCenter, text);
    if (isSorted) {
        // Qt names the arrow after its look, not the order: SortDown is drawn for ascending order.
        const bool isAscending = option.sortIndicator == QStyleOptionHeader::SortDown;
        paintIcon(painter, QRect(left + width + 4, in.top(), 10, in.height()),
                  isAscending ? u"chevron-up"_s : u"chevron-down"_s, 12, color);
    }
    painter.restore();
}

void menuItem(QPainter &painter, const Theme &theme, const QStyleOptionMenuItem &option)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(option.rect.left(), option.rect.center().y(), option.rect.width(), 1),
                         theme.border.control);
        return;
    }
    painter.save();
    const bool isEnabled = has(option, QStyle::State_Enabled);
    if (isEnabled && has(option, QStyle::State_Selected)) {
        paintBox(painter, option.rect, theme.size.radiusPill, theme.surface.pressed, {});
    }
    const QColor color = isEnabled ? theme.text.primary : theme.text.disabled;
    const QRect mark(option.rect.left() + 8, option.rect.top(), 14, option.rect.height());
    if (option.checked) {
        paintIcon(painter, mark, u"check"_s, 14, isEnabled ? theme.accent.text : color);
    } else if (const QString name = themedIconName(option.icon); !name.isEmpty()) {
        paintIcon(painter, mark, name, 14, isEnabled ? theme.text.secondary : color);
    } else if (!option.icon.isNull()) {
        option.icon.paint(&painter, mark);
    }
    const QRect text = option.rect.adjusted(30, 0, -12, 0);
    const qsizetype tab = option.text.indexOf(u'\t');
    painter.setFont(option.font);
    painter.setPen(color);
    painter.drawText(text, Qt::AlignVCenter | Qt::TextHideMnemonic,
                     tab < 0 ? option.text : option.text.first(tab));
    if (tab >= 0) {
        painter.setPen(isEnabled ? theme.text.dim : color);
        painter.setFont(theme.font(TextStyle::Caption));
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignRight, option.text.sliced(tab + 1));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        paintIcon(painter, QRect(option.rect.right() - 18, option.rect.top(), 12, option.rect.height()),
                  u"chevron-right"_s, 12, color);
    }
    painter.restore();
}

void progressBar(QPainter &painter, const Theme &theme, const QStyleOptionProgressBar &option)
{
    const QRectF groove(option.rect.left(), option.rect.center().y() - 1, option.rect.width(), 4);
    paintBox(painter, groove, 2, theme.surface.pressed, {});
    const double range = option.maximum - option.minimum;
    const double part = range > 0 ? (option.progress - option.minimum) / range : 0;
    QRectF done = groove;
    done.setWidth(groove.width() * part);
    if (done.width() > 0) {
        paintBox(painter, done, 2,
                 has(option, QStyle::State_Enabled) ? theme.accent.text : theme.text.disabled, {});
    }
}

void scrollBar(QPainter &painter, const Theme &theme, const QStyleOptionSlider &option, const QRect &handle)
{
    painter.fillRect(option.rect, option.palette.color(QPalette::Window));
    if (option.maximum <= option.minimum || !has(option, QStyle::State_Enabled)) { // nothing is out of sight
        return;
    }
    const bool isActive = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    const QRectF thin = option.orientation == Qt::Horizontal ? QRectF(handle).adjusted(2, 3, -2, -2)
                                                             : QRectF(handle).adjusted(3, 2, -2, -2);
    paintBox(painter, thin, 2.5, isActive ? theme.border.strong : theme.border.control, {});
}

void slider(QPainter &painter, const Theme &theme, const QStyleOptionSlider &option, const QRect &groove,
            const QRect &handle)
{
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const QPointF middle = QRectF(handle).center();
    const QRectF line = option.orientation == Qt::Horizontal
                            ? QRectF(groove.left(), middle.y() - 1, groove.width(), 2)
                            : QRectF(middle.x() - 1, groove.top(), 2, groove.height());
    painter.fillRect(line, theme.border.control);
    const bool isActive = has(option, QStyle::State_HasFocus) || has(option, QStyle::State_Sunken);
    const QColor ring = !isEnabled ? theme.border.control
                        : isActive ? theme.accent.text
                                   : theme.border.strong;
    paintBox(painter, QRectF(middle.x() - 6, middle.y() - 6, 12, 12), 6, theme.surface.page, ring, 2);
}

} // namespace nest::widgets::stylepaint
