// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/stylepaint.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QWidget>

namespace nest::widgets {

using namespace Qt::StringLiterals;

void paintBox(QPainter &painter, const QRectF &box, qreal radius, const QColor &fill, const QColor &border,
              qreal stroke)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(border.isValid() ? QPen(border, stroke) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal inset = border.isValid() ? stroke / 2 : 0;
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

void paintFocusRing(QPainter &painter, const Theme &theme, const QRectF &box, qreal radius)
{
    paintBox(painter, box, radius, {}, theme.accent.text, theme.size.focusStroke);
}

namespace stylepaint {

namespace {
bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

struct ButtonLook
{
    QColor fill, border, text;
};

ButtonLook look(const Theme &theme, const QStyleOption &option, ButtonKind kind)
{
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const bool isDown = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const bool isHovered = isEnabled && has(option, QStyle::State_MouseOver);
    if (!isEnabled) {
        const bool isFrameless = kind == ButtonKind::Ghost || kind == ButtonKind::Link;
        return {{}, isFrameless ? QColor() : theme.border.subtle, theme.text.disabled};
    }
    const auto stronger = [&](const QColor &color) {
        return isDown ? color.darker(115) : isHovered ? color.darker(108) : color;
    };
    switch (kind) {
    case ButtonKind::Primary:
        return {stronger(theme.accent.fill), {}, theme.accent.onFill};
    case ButtonKind::Danger:
        return {stronger(theme.danger.fill), {}, theme.danger.onFill};
    case ButtonKind::DangerOutline:
        return {isDown || isHovered ? theme.bad.fill : QColor(), theme.bad.border, theme.bad.text};
    case ButtonKind::Link:
        return {isDown      ? theme.surface.pressed
                : isHovered ? theme.surface.control
                            : QColor(),
                {},
                theme.accent.text};
    case ButtonKind::Ghost:
        return {isDown      ? theme.surface.pressed
                : isHovered ? theme.surface.control
                            : QColor(),
                {},
                theme.text.primary};
    case ButtonKind::Normal:
        if (has(option, QStyle::State_On)) { // a switch: seen as on from afar
            return {isHovered ? stronger(theme.ok.fill) : theme.ok.fill, theme.ok.border, theme.ok.text};
        }
        break;
    }
    return {isDown      ? theme.surface.pressed
            : isHovered ? theme.surface.control.lighter(theme.isDark ? 112 : 100)
                        : theme.surface.button,
            theme.border.control, theme.text.primary};
}

/// Icon and text side by side, centred as one.
void paintContent(QPainter &painter, const QRect &in, const QIcon &icon, const QString &text,
                  const QColor &color, int gap = 6)
{
    const QString name = themedIconName(icon);
    const int iconSize = icon.isNull() ? 0 : 14;
    const int textWidth = painter.fontMetrics().horizontalAdvance(text);
    const int between = iconSize && !text.isEmpty() ? gap : 0;
    int left = in.left() + (in.width() - iconSize - between - textWidth) / 2;
    if (iconSize) {
        const QRect place(left, in.top(), iconSize, in.height());
        if (name.isEmpty()) {
            icon.paint(&painter, place);
        } else {
            paintIcon(painter, place, name, iconSize, color);
        }
        left += iconSize + between;
    }
    painter.setPen(color);
    painter.drawText(QRect(left, in.top(), textWidth + 2, in.height()),
                     Qt::AlignVCenter | Qt::TextShowMnemonic, text);
}
} // namespace

void buttonBevel(QPainter &painter, const Theme &theme, const QStyleOptionButton &option,
                 const QWidget *widget)
{
    const ButtonLook with = look(theme, option, buttonKind(widget));
    paintBox(painter, option.rect, theme.size.radiusControl, with.fill, with.border);
    if (has(option, QStyle::State_HasFocus)) {
        paintFocusRing(painter, theme, option.rect, theme.size.radiusControl);
    }
}

void buttonLabel(QPainter &painter, const Theme &theme, const QStyleOptionButton &option,
                 const QWidget *widget)
{
    painter.save();
    QFont font = painter.font();
    font.setWeight(QFont::Medium);
    painter.setFont(font);
    const QColor color = look(theme, option, buttonKind(widget)).text;
    QRect in = option.rect;
    if (option.features.testFlag(QStyleOptionButton::HasMenu)) {
        paintIcon(painter, QRect(in.right() - 20, in.top(), 12, in.height()), u"chevron-down"_s, 12, color);
        in.adjust(0, 0, -16, 0);
    }
    paintContent(painter, in, option.icon, option.text, color);
    painter.restore();
}

void toolButton(QPainter &painter, const Theme &theme, const QStyleOptionToolButton &option,
                const QWidget *widget)
{
    const QString segment = widget ? widget->property("nestSegment").toString() : QString();
    painter.save();
    QColor color = has(option, QStyle::State_Enabled) ? theme.text.secondary : theme.text.disabled;
    const qreal radius = theme.size.radiusControl;
    if (segment.isEmpty()) {
        const ButtonLook with =
            look(theme, option,
                 option.text.isEmpty() || buttonKind(widget) != ButtonKind::Normal ? buttonKind(widget)
                                                                                   : ButtonKind::Ghost);
        if (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_On) ||
            has(option, QStyle::State_Sunken)) {
            paintBox(painter, option.rect, radius, with.fill.isValid() ? with.fill : theme.surface.control,
                     {});
        }
        color = with.text;
    } else {
        // Each segment draws the whole control's frame shifted out of its own clip, so the corners fit.
        QRectF frame = option.rect;
        painter.setClipRect(option.rect);
        frame.adjust(segment == "middle"_L1 || segment == "last"_L1 ? -10 : 0, 0,
                     segment == "middle"_L1 || segment == "first"_L1 ? 10 : 0, 0);
        const bool isOn = has(option, QStyle::State_On);
        const bool isHovered = has(option, QStyle::State_MouseOver) && !isOn;
        paintBox(painter, frame, radius,
                 isOn        ? theme.surface.pressed
                 : isHovered ? theme.surface.control
                             : theme.surface.panel,
                 theme.border.control);
        if (segment == "middle"_L1 || segment == "last"_L1) {
            painter.fillRect(QRectF(option.rect.left(), option.rect.top() + 1, 1, option.rect.height() - 2),
                             theme.border.control);
        }
        color = isOn ? theme.text.primary : theme.text.secondary;
        if (isOn) {
            QFont font = painter.font();
            font.setWeight(QFont::Medium);
            painter.setFont(font);
        }
    }
    const bool showsText = option.toolButtonStyle != Qt::ToolButtonIconOnly || option.icon.isNull();
    paintContent(painter, option.rect, option.icon, showsText ? option.text : QString(), color);
    if (has(option, QStyle::State_HasFocus)) {
        paintFocusRing(painter, theme, option.rect, radius);
    }
    painter.restore();
}

void lineEdit(QPainter &painter, const Theme &theme, const QStyleOption &option)
{
    const bool isEnabled = has(option, QStyle::State_Enabled);
    paintBox(painter, option.rect, theme.size.radiusControl, isEnabled ? theme.surface.panel : QColor(),
             isEnabled ? theme.border.control : theme.border.subtle);
    if (has(option, QStyle::State_HasFocus)) {
        paintFocusRing(painter, theme, option.rect, theme.size.radiusControl);
    }
}

void comboBox(QPainter &painter, const Theme &theme, const QStyleOptionComboBox &option)
{
    if (option.editable) {
        lineEdit(painter, theme, option);
    } else {
        const ButtonLook with = look(theme, option, ButtonKind::Normal);
        paintBox(painter, option.rect, theme.size.radiusControl, with.fill, with.border);
    }
    paintIcon(painter, QRect(option.rect.right() - 22, option.rect.top(), 16, option.rect.height()),
              u"chevron-down"_s, 12, theme.text.dim);
    if (has(option, QStyle::State_HasFocus)) {
        paintFocusRing(painter, theme, option.rect, theme.size.radiusControl);
    }
}

void checkBox(QPainter &painter, const Theme &theme, const QStyleOption &option, bool isRound)
{
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const bool isOn = has(option, QStyle::State_On);
    const bool isPartly = has(option, QStyle::State_NoChange);
    const qreal radius = isRound ? option.rect.height() / 2.0 : theme.size.radiusSmall;
    const QColor fill = !isEnabled ? QColor() : isOn || isPartly ? theme.accent.fill : theme.surface.panel;
    paintBox(painter, option.rect, radius, fill,
             isEnabled && (isOn || isPartly) ? QColor()
             : isEnabled                     ? theme.border.strong
                                             : theme.border.subtle);
    const QColor mark = isEnabled ? theme.accent.onFill : theme.text.disabled;
    if (isRound && isOn) {
        paintBox(painter, QRectF(option.rect).adjusted(4, 4, -4, -4), radius, mark, {});
    } else if (isOn || isPartly) {
        paintIcon(painter, option.rect, isPartly ? u"minus"_s : u"check"_s, 12, mark);
    }
    if (has(option, QStyle::State_HasFocus)) {
        paintFocusRing(painter, theme, option.rect, radius);
    }
}

} // namespace stylepaint

} // namespace nest::widgets
