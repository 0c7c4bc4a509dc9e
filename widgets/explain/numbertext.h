// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a figure of an explanation is written: grouped, two decimals below ten and one from there, none that
// are zero; "–" when it is not known. Pure functions.

#include <QString>

#include <optional>

class QFont;
class QLocale;

namespace nest::explain {

QString numberText(std::optional<double> value, const QLocale &locale);
/// With as many decimals as it takes to see that rounding up makes the wish: 6.00012 is 7.
QString quotientText(std::optional<double> value, std::optional<double> wish, const QLocale &locale);

/// The font in another size and weight, with everything else kept.
QFont sized(const QFont &font, int pixelSize, bool isStrong = false);

} // namespace nest::explain
