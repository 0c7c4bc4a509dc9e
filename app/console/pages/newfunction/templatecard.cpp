// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/newfunction/templatecard.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QPainter>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {
constexpr int cardHeight = 107;
constexpr int textLeft = 44;
constexpr int edge = 14;
constexpr int languageStep = 22;
} // namespace

TemplateCard::TemplateCard(TemplateLook look, QWidget *parent)
    : QAbstractButton(parent), m_look(std::move(look))
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setText(m_look.title);
    setAccessibleName(m_look.title);
    setAccessibleDescription(m_look.sentence);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TemplateCard::sizeHint() const
{
    return {320, cardHeight};
}

void TemplateCard::paintEvent(QPaintEvent *)
{
    using widgets::TextStyle;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const widgets::Theme &theme = widgets::themeOf(this);
    const bool isOn = isChecked();
    widgets::paintBox(painter, rect(), theme.size.radiusPanel,
                      isOn           ? theme.accent.tint
                      : underMouse() ? theme.surface.rowHover
                                     : theme.surface.panel,
                      isOn ? theme.accent.text : theme.border.subtle);
    widgets::paintIcon(painter, QRect(edge, 14, 18, 18), m_look.icon, 18,
                       isOn ? theme.accent.text : theme.text.secondary);
    const QRect title(textLeft, 12, width() - textLeft - 2 * edge, 20);
    painter.setFont(theme.font(TextStyle::Strong));
    painter.setPen(theme.text.primary);
    painter.drawText(title, Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_look.title, Qt::ElideRight, title.width()));
    painter.setFont(theme.font(TextStyle::Body));
    painter.setPen(theme.text.secondary);
    painter.drawText(QRect(textLeft, 32, width() - textLeft - edge, 36), Qt::TextWordWrap, m_look.sentence);
    int x = textLeft;
    for (const QString &runtime : std::as_const(m_look.runtimes)) {
        widgets::paintIcon(painter, QRect(x, height() - 28, 14, 14), runtime, 14, theme.text.secondary);
        x += languageStep;
    }
    if (isOn) {
        const QRectF dot(width() - edge - 14, 14, 14, 14);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent.fill);
        painter.drawEllipse(dot);
        painter.setBrush(theme.accent.onFill);
        painter.drawEllipse(dot.center(), 2.5, 2.5);
    }
    if (hasFocus()) {
        widgets::paintFocusRing(painter, theme, rect(), theme.size.radiusPanel);
    }
}

void TemplateCard::enterEvent(QEnterEvent *)
{
    update();
}

void TemplateCard::leaveEvent(QEvent *)
{
    update();
}

} // namespace nest::console
