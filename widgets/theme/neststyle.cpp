// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/neststyle.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/stylepaint.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>
#include <QToolButton>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
bool isPartOfCombo(const QWidget *widget)
{
    return widget && qobject_cast<const QComboBox *>(widget->parentWidget());
}
} // namespace

NestStyle::NestStyle(const Theme &theme) : QProxyStyle(u"Fusion"_s), m_theme(theme) {}

void NestStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)) {
        widget->setAttribute(Qt::WA_Hover);
        if (widget->focusPolicy() == Qt::StrongFocus) {
            widget->setFocusPolicy(Qt::TabFocus); // so that the ring is seen by those who use the keyboard
        }
    }
    if (qobject_cast<QMenu *>(widget)) {
        widget->setAttribute(Qt::WA_TranslucentBackground); // round corners
    }
}

int NestStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_DefaultFrameWidth:
    case PM_SplitterWidth:
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return 4;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
        return m_theme.size.iconNormal;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return m_theme.size.checkbox;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_ToolTipLabelFrameWidth:
    case PM_HeaderMargin:
        return space::control;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_SliderLength:
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return 14;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int NestStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ScrollBar_Transient:
    case SH_ComboBox_Popup:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_UnderlineShortcut:
    case SH_Menu_SupportsSections:
        return 0;
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_Widget_Animation_Duration:
        return 0; // controls change in place
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize NestStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    const int height = isSmall(widget) ? m_theme.size.buttonSmall : m_theme.size.button;
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool hasText = button && !button->text.isEmpty();
        const int side = isSmall(widget) ? space::control : 10;
        const int menu = button && button->features.testFlag(QStyleOptionButton::HasMenu) ? 18 : 0;
        return {hasText ? size.width() + 2 * side + menu : height, height};
    }
    case CT_ToolButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        const bool hasText =
            button && !button->text.isEmpty() && button->toolButtonStyle != Qt::ToolButtonIconOnly;
        return {hasText || !button || !button->text.isEmpty() ? size.width() + 16 : height, height};
    }
    case CT_LineEdit:
        return {size.width(), height};
    case CT_ComboBox:
        return {size.width() + 36, height};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator) {
            return {size.width(), 9};
        }
        return {size.width() + 64, 28};
    }
    case CT_HeaderSection:
        return {QProxyStyle::sizeFromContents(type, option, size, widget).width(), m_theme.size.tableHead};
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect NestStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        const QRect all = bar->rect;
        const bool isAcross = bar->orientation == Qt::Horizontal;
        const int length = isAcross ? all.width() : all.height();
        const int steps = bar->maximum - bar->minimum;
        const int handle = steps <= 0 ? length
                                      : std::clamp(static_cast<int>(qint64(length) * bar->pageStep /
                                                                    (qint64(steps) + bar->pageStep)),
                                                   std::min(32, length), length);
        const int at = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                               length - handle, bar->upsideDown);
        const auto piece = [&](int from, int size) {
            return isAcross ? QRect(all.x() + from, all.y(), size, all.height())
                            : QRect(all.x(), all.y() + from, all.width(), size);
        };
        switch (part) {
        case SC_ScrollBarSlider:
            return piece(at, handle);
        case SC_ScrollBarSubPage:
            return piece(0, at);
        case SC_ScrollBarAddPage:
            return piece(at + handle, length - at - handle);
        case SC_ScrollBarGroove:
            return all;
        default:
            return {}; // no arrow buttons
        }
    }
    if (control == CC_ComboBox && part == SC_ComboBoxEditField) {
        return option->rect.adjusted(10, 1, -26, -1);
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect NestStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents && !isPartOfCombo(widget)) {
        return option->rect.adjusted(6, 1, -6, -1);
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

void NestStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
        if (isPartOfCombo(widget)) {
            return; // the combo box drew it
        }
        stylepaint::lineEdit(*painter, m_theme, *option);
        return;
    case PE_FrameFocusRect:
        if (!qobject_cast<const QAbstractItemView *>(widget)) {
            paintFocusRing(*painter, m_theme, option->rect, m_theme.size.radiusControl);
        }
        return;
    case PE_PanelMenu:
        paintBox(*painter, option->rect, m_theme.size.radiusPanel, m_theme.surface.tooltip,
                 m_theme.border.control);
        return;
    case PE_FrameMenu:
        return; // PE_PanelMenu drew it
    case PE_PanelTipLabel:
        paintBox(*painter, option->rect, 0, m_theme.surface.tooltip, m_theme.border.strong);
        return;
    case PE_IndicatorCheckBox:
        stylepaint::checkBox(*painter, m_theme, *option, false);
        return;
    case PE_IndicatorRadioButton:
        stylepaint::checkBox(*painter, m_theme, *option, true);
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
        paintBox(*painter, option->rect, m_theme.size.radiusPanel, {}, m_theme.border.subtle);
        return;
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem:
        if (widget && widget->property("nestPaintsRows").toBool()) {
            return;
        }
        if (option->state.testFlag(State_Selected)) {
            painter->fillRect(option->rect, m_theme.surface.rowSelected);
        } else if (option->state.testFlag(State_MouseOver)) {
            painter->fillRect(option->rect, m_theme.surface.rowHover);
        }
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, m_theme.surface.page);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void NestStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    const auto *progress = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    switch (element) {
    case CE_PushButton:
        if (button) {
            stylepaint::buttonBevel(*painter, m_theme, *button, widget);
            stylepaint::buttonLabel(*painter, m_theme, *button, widget);
            return;
        }
        break;
    case CE_Header:
        if (header) {
            stylepaint::header(*painter, m_theme, *header);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_theme.surface.page);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          m_theme.border.subtle);
        return;
    case CE_MenuItem:
        if (item) {
            stylepaint::menuItem(*painter, m_theme, *item);
            return;
        }
        break;
    case CE_ProgressBar:
        if (progress) {
            stylepaint::progressBar(*painter, m_theme, *progress);
            return;
        }
        break;
    case CE_Splitter:
        painter->fillRect(option->rect, m_theme.border.subtle);
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void NestStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                   QPainter *painter, const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control == CC_ComboBox && combo) {
        stylepaint::comboBox(*painter, m_theme, *combo);
    } else if (control == CC_ToolButton && button) {
        stylepaint::toolButton(*painter, m_theme, *button, widget);
    } else if (control == CC_ScrollBar && slider) {
        stylepaint::scrollBar(*painter, m_theme, *slider,
                              subControlRect(control, option, SC_ScrollBarSlider, widget));
    } else if (control == CC_Slider && slider) {
        stylepaint::slider(*painter, m_theme, *slider,
                           subControlRect(control, option, SC_SliderGroove, widget),
                           subControlRect(control, option, SC_SliderHandle, widget));
    } else {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace nest::widgets
