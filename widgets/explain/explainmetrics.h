// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sizes of the explanation, in logical pixels, from the design tokens.

namespace nest::explain::metrics {

inline constexpr int microSize = 10;
inline constexpr int captionSize = 11;
inline constexpr int bodySize = 12;
inline constexpr int titleSize = 15;  // the figures of the fraction
inline constexpr int resultSize = 24; // the result of the formula

inline constexpr int pad = 12;
inline constexpr int row = 24;
inline constexpr double radius = 6.0;
inline constexpr double hatchStep = 6.0;
inline constexpr double hatchStroke = 1.5;

} // namespace nest::explain::metrics
