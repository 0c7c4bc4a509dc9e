// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The theme's colours for the rooms that know no theme: charts and explanations. Their owner (a page) hands
// these down at start and on QEvent::PaletteChange, which comes after each switch of the theme.
//
//     m_charts->setColours(chartColours(widgets::themeOf(this)));
//
// Pure functions. Thread: any.

#include "widgets/chart/chartcolours.h"
#include "widgets/explain/explaincolours.h"

#include <QColor>

namespace nest::widgets {
struct Theme;
}

namespace nest::console {

[[nodiscard]] chart::ChartColours chartColours(const widgets::Theme &theme);
/// Of old values: half way to the page, so that lines stay apart but nothing shines.
[[nodiscard]] QColor dimmed(const QColor &colour, const QColor &page);
[[nodiscard]] explain::ExplainColours explainColours(const widgets::Theme &theme);

} // namespace nest::console
