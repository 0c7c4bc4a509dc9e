// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/sorthint.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QPainter>

namespace nest::widgets {

using namespace Qt::StringLiterals;

TableView::SortHint::SortHint(QWidget *viewport) : QWidget(viewport)
{
    setObjectName(u"sortHint"_s);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void TableView::SortHint::setCount(int count)
{
    if (count == 0) {
        hide();
        return;
    }
    // English is the source text and has no translation file that could choose a plural, so it is chosen
    // here.
    m_text = count == 1 ? tr("1 change, press R to sort") : tr("%n changes, press R to sort", nullptr, count);
    setAccessibleName(m_text);
    place();
    show();
    update();
}

void TableView::SortHint::place()
{
    const QSize size = sizeHint();
    setGeometry(QRect(QPoint((parentWidget()->width() - size.width()) / 2,
                             parentWidget()->height() - size.height() - space::control),
                      size));
}

QSize TableView::SortHint::sizeHint() const
{
    return {QFontMetrics(themeOf(this).font(TextStyle::Caption)).horizontalAdvance(m_text) + 38, 24};
}

void TableView::SortHint::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    paintBox(painter, rect(), theme.size.radiusControl, theme.surface.tooltip, theme.border.strong);
    paintIcon(painter, QRect(8, 0, 14, height()), u"sort"_s, theme.size.iconSmall, theme.text.secondary);
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.text.secondary);
    painter.drawText(rect().adjusted(28, 0, 0, 0), Qt::AlignVCenter, m_text);
}

} // namespace nest::widgets
