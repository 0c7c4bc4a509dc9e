// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/tabbutton.h"

#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QPainter>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {
constexpr int badgeSide = 5;
constexpr int badgeGap = 6;
constexpr int badgeHeight = 16;
} // namespace

TabButton::TabButton(const QString &title, QWidget *parent) : QAbstractButton(parent)
{
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void TabButton::setBadge(const QString &badge)
{
    if (badge != m_badge) {
        m_badge = badge;
        setAccessibleName(badge.isEmpty() ? text() : text() + u", "_s + badge);
        updateGeometry();
        update();
    }
}

QSize TabButton::sizeHint() const
{
    const widgets::Theme &theme = widgets::themeOf(this);
    const QFontMetrics words(theme.font(widgets::TextStyle::BodyMedium));
    const QFontMetrics counts(theme.font(widgets::TextStyle::Caption));
    const int badge = m_badge.isEmpty() ? 0 : badgeGap + counts.horizontalAdvance(m_badge) + 2 * badgeSide;
    return {words.horizontalAdvance(text()) + badge + 2, theme.size.tabs - 4};
}

void TabButton::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(this);
    QPainter painter(this);
    painter.setFont(theme.font(isChecked() ? widgets::TextStyle::BodyMedium : widgets::TextStyle::Body));
    painter.setPen(isChecked() || underMouse() ? theme.text.primary : theme.text.secondary);
    painter.drawText(rect(), Qt::AlignVCenter, text());
    if (!m_badge.isEmpty()) {
        const int after = painter.fontMetrics().horizontalAdvance(text()) + badgeGap;
        painter.setFont(theme.font(widgets::TextStyle::Caption));
        const QRect box(after, (height() - badgeHeight) / 2,
                        painter.fontMetrics().horizontalAdvance(m_badge) + 2 * badgeSide, badgeHeight);
        widgets::paintBox(painter, box, theme.size.radiusSmall, theme.surface.control, {});
        painter.setPen(theme.text.dim);
        painter.drawText(box, Qt::AlignCenter, m_badge);
    }
    if (isChecked()) {
        painter.fillRect(QRect(0, height() - 2, width(), 2), theme.accent.text);
    }
    if (hasFocus()) {
        widgets::paintFocusRing(painter, theme, rect(), theme.size.radiusSmall);
    }
}

} // namespace nest::console
