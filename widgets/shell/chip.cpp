// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/chip.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int side = 8;
constexpr int chevron = 20;
constexpr int badgeSide = 5;

QFont badgeFont(const Theme &theme)
{
    QFont font = theme.font(TextStyle::Micro);
    font.setWeight(QFont::Bold);
    return font;
}

int widthOf(const QFont &font, const QString &text)
{
    return text.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(text);
}
} // namespace

Chip::Chip(QWidget *parent) : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &Chip::openMenu);
}

void Chip::setLabel(const QString &label)
{
    m_label = label;
    refresh();
}

void Chip::setValue(const QString &value)
{
    m_value = value;
    refresh();
}

void Chip::setIcon(const QString &name, Ink ink)
{
    if (name != m_icon || ink != m_ink) {
        m_icon = name;
        m_ink = ink;
        refresh();
    }
}

void Chip::setBadge(const QString &text, Environment environment)
{
    m_badge = text;
    m_environment = environment;
    refresh();
}

void Chip::setNarrowed(bool isNarrowed)
{
    m_isNarrowed = isNarrowed;
    update();
}

void Chip::setTall(bool isTall)
{
    m_isTall = isTall;
    refresh();
}

void Chip::setMenu(QMenu *menu)
{
    m_menu = menu;
    refresh();
}

QSize Chip::sizeHint() const
{
    const Theme &theme = themeOf(this);
    int width = 2 * side + (m_menu ? chevron - 6 : 0);
    width += m_icon.isEmpty() ? 0 : theme.size.iconTable + 6;
    width += m_badge.isEmpty() ? 0 : widthOf(badgeFont(theme), m_badge) + 2 * badgeSide + side;
    width += m_label.isEmpty() ? 0 : widthOf(theme.font(TextStyle::Body), m_label) + 6;
    width += widthOf(theme.font(TextStyle::BodyMedium), m_value);
    return {width, m_isTall ? theme.size.button : theme.size.scopeChip};
}

void Chip::openMenu()
{
    if (m_menu) {
        setDown(true);
        m_menu->popup(mapToGlobal(QPoint(0, height() + 4)));
        connect(m_menu, &QMenu::aboutToHide, this, [this] { setDown(false); }, Qt::SingleShotConnection);
    }
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    const bool isHovered = underMouse() && isEnabled();
    const QColor fill = isDown()       ? theme.surface.pressed
                        : m_isNarrowed ? theme.accent.tint
                        : isHovered    ? theme.surface.control
                        : m_isTall     ? theme.surface.panel
                                       : theme.surface.page;
    paintBox(painter, rect(), theme.size.radiusControl, fill,
             m_isNarrowed ? theme.accent.tintBorder : theme.border.control);
    int left = side;
    const auto text = [&](const QString &of, const QFont &font, const QColor &color, int after) {
        if (!of.isEmpty()) {
            painter.setFont(font);
            painter.setPen(color);
            const int width = widthOf(font, of);
            painter.drawText(QRect(left, 0, width + 2, height()), Qt::AlignVCenter, of);
            left += width + after;
        }
    };
    if (!m_badge.isEmpty()) {
        const QFont font = badgeFont(theme);
        const QRect box(left, (height() - 16) / 2, widthOf(font, m_badge) + 2 * badgeSide, 16);
        paintBox(painter, box, theme.size.radiusSmall, theme.environmentColor(m_environment), {});
        painter.setFont(font);
        painter.setPen(theme.environment.onEnvironment);
        painter.drawText(box, Qt::AlignCenter, m_badge);
        left += box.width() + side;
    }
    if (!m_icon.isEmpty()) {
        paintIcon(painter, QRect(left, 0, theme.size.iconTable, height()), m_icon, theme.size.iconTable,
                  theme.ink(m_ink));
        left += theme.size.iconTable + 6;
    }
    text(m_label, theme.font(TextStyle::Body), theme.text.dim, 6);
    const QColor ink = !isEnabled()   ? theme.text.disabled
                       : m_isNarrowed ? theme.accent.text
                                      : theme.text.primary;
    text(m_value, theme.font(TextStyle::BodyMedium), ink, 0);
    if (m_menu) {
        paintIcon(painter, QRect(width() - chevron + 1, 0, 14, height()), u"chevron-down"_s,
                  theme.size.iconSmall, m_isNarrowed ? theme.accent.text : theme.text.dim);
    }
    if (hasFocus()) {
        paintFocusRing(painter, theme, rect(), theme.size.radiusControl);
    }
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        openMenu();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void Chip::refresh()
{
    const QStringList parts{m_badge, m_label, m_value};
    setAccessibleName(parts.join(u' ').simplified());
    updateGeometry();
    update();
}

} // namespace nest::widgets
