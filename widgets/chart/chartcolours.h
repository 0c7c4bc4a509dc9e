// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The colours of a chart stack, named after the design tokens. The owner fills them from the theme and
// sets them again when the theme changes; nothing in this room knows a colour by itself.

#include <QColor>

namespace nest::chart {

struct ChartColours
{
    QColor page;          // surface.page
    QColor tooltip;       // surface.tooltip
    QColor pressed;       // surface.pressed
    QColor borderSubtle;  // border.subtle
    QColor borderControl; // border.control
    QColor borderStrong;  // border.strong
    QColor grid;          // border.chartGrid
    QColor textPrimary;   // text.primary
    QColor textSecondary; // text.secondary
    QColor textDim;       // text.dim
    QColor accentText;    // accent.text
    QColor accentTint;    // accent.tint
    QColor warnText;      // status.warn.text
    QColor warnFill;      // status.warn.fill
    QColor badText;       // status.bad.text
    QColor badBorder;     // status.bad.border
    QColor infoText;      // status.info.text
    QColor infoFill;      // status.info.fill
    QColor infoBorder;    // status.info.border
    QColor requests;      // chartRole.requests
    QColor requestsFill;  // chartRole.requestsFill
    QColor capacity;      // chartRole.capacity
    QColor ready;         // chartRole.ready
    QColor readyFill;     // chartRole.readyFill
    QColor desired;       // chartRole.desired
    QColor reserved;      // chartRole.reserved
    QColor whatIf;        // chartRole.whatIf
    QColor oldVersion;    // chartRole.oldVersion
    QColor newVersion;    // chartRole.newVersion
    bool operator==(const ChartColours &) const = default;
};

} // namespace nest::chart
