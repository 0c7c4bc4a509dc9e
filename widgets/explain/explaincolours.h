// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The colours of the explanation of a decision, named after the design tokens. The owner fills them from
// the theme and sets them again when it changes.

#include <QColor>

namespace nest::explain {

struct ExplainColours
{
    QColor page;          // surface.page
    QColor control;       // surface.control
    QColor pressed;       // surface.pressed
    QColor borderSubtle;  // border.subtle
    QColor textPrimary;   // text.primary
    QColor textSecondary; // text.secondary
    QColor textDim;       // text.dim
    QColor textDisabled;  // text.disabled
    QColor warnText;      // status.warn.text
    QColor badText;       // status.bad.text
    QColor load;          // chartRole.requests
    QColor ready;         // chartRole.ready
    QColor readyFill;     // chartRole.readyFill
    bool operator==(const ExplainColours &) const = default;
};

} // namespace nest::explain
