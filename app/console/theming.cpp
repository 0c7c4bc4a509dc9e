// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/theming.h"

#include "widgets/theme/theme.h"

namespace nest::console {

chart::ChartColours chartColours(const widgets::Theme &theme)
{
    return {
        .page = theme.surface.page,
        .tooltip = theme.surface.tooltip,
        .pressed = theme.surface.pressed,
        .borderSubtle = theme.border.subtle,
        .borderControl = theme.border.control,
        .borderStrong = theme.border.strong,
        .grid = theme.border.chartGrid,
        .textPrimary = theme.text.primary,
        .textSecondary = theme.text.secondary,
        .textDim = theme.text.dim,
        .accentText = theme.accent.text,
        .accentTint = theme.accent.tint,
        .warnText = theme.warn.text,
        .warnFill = theme.warn.fill,
        .badText = theme.bad.text,
        .badBorder = theme.bad.border,
        .infoText = theme.info.text,
        .infoFill = theme.info.fill,
        .infoBorder = theme.info.border,
        .requests = theme.chartRole.requests,
        .requestsFill = theme.chartRole.requestsFill,
        .capacity = theme.chartRole.capacity,
        .ready = theme.chartRole.ready,
        .readyFill = theme.chartRole.readyFill,
        .desired = theme.chartRole.desired,
        .reserved = theme.chartRole.reserved,
        .whatIf = theme.chartRole.whatIf,
        .oldVersion = theme.chartRole.oldVersion,
        .newVersion = theme.chartRole.newVersion,
    };
}

QColor dimmed(const QColor &colour, const QColor &page)
{
    return QColor::fromRgb((colour.red() + page.red()) / 2, (colour.green() + page.green()) / 2,
                           (colour.blue() + page.blue()) / 2, colour.alpha());
}

explain::ExplainColours explainColours(const widgets::Theme &theme)
{
    return {
        .page = theme.surface.page,
        .control = theme.surface.control,
        .pressed = theme.surface.pressed,
        .borderSubtle = theme.border.subtle,
        .textPrimary = theme.text.primary,
        .textSecondary = theme.text.secondary,
        .textDim = theme.text.dim,
        .textDisabled = theme.text.disabled,
        .warnText = theme.warn.text,
        .badText = theme.bad.text,
        .load = theme.chartRole.requests,
        .ready = theme.chartRole.ready,
        .readyFill = theme.chartRole.readyFill,
    };
}

} // namespace nest::console
