// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one style of the console: Fusion with the theme's surfaces, thin scroll bars, a 2 px focus ring. There
// is no style sheet.
//
// Flat: 1 px borders aligned to device pixels, no gradient, no shadow. How a control is meant (primary,
// ghost, small, segment) comes from the words of controls.h. Thread: GUI. Owner: QApplication.

#include "widgets/theme/theme.h"

#include <QProxyStyle>

namespace nest::widgets {

class NestStyle final : public QProxyStyle
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NestStyle)

public:
    explicit NestStyle(const Theme &theme);

    [[nodiscard]] const Theme &theme() const { return m_theme; }
    /// Repainting is up to the caller (ThemeController sets the palette, which repaints everything).
    void setTheme(const Theme &theme) { m_theme = theme; }

    using QProxyStyle::polish;
    void polish(QWidget *widget) override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;

private:
    Theme m_theme;
};

} // namespace nest::widgets
