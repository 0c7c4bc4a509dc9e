// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The sizes of the charts, in logical pixels, from the design tokens (chart, stroke, dash, font.scale).

namespace nest::chart::metrics {

inline constexpr int padLeft = 44;
inline constexpr int padRight = 80;
inline constexpr int padRightMost = 168; // longer end labels (other languages) are cut beyond
inline constexpr int padTop = 10;
inline constexpr int padBottom = 20;
inline constexpr int betweenCharts = 18;

inline constexpr int microSize = 10;   // axis ticks
inline constexpr int captionSize = 11; // notes, tags, end labels
inline constexpr int bodySize = 12;    // tooltip, legend

inline constexpr double lineWidth = 1.5;
inline constexpr double mainWidth = 1.75;
inline constexpr double thinWidth = 1.25;

inline constexpr double markSize = 7.0;
inline constexpr double circleRadius = 2.5; // stable marks, and the dots where the crosshair meets a line
inline constexpr double selectedRadius = 7.0;
inline constexpr double mergedHeight = 16.0;
inline constexpr double mergedWidth = 24.0;
inline constexpr double mergeBelow = 8.0;
inline constexpr double mergeCirclesBelow = 4.0;

inline constexpr double hatchStep = 6.0;
inline constexpr double hatchStroke = 1.5;
inline constexpr double radius = 3.0;
inline constexpr double tooltipRadius = 5.0;

inline constexpr double endLabelGap = 7.0;
inline constexpr double endLabelLine = 14.0;
inline constexpr double timeTickLeast = 90.0; // least distance of two time ticks
inline constexpr int sparsePoints = 1500;     // Qt Charts draws plain lines up to this many points

} // namespace nest::chart::metrics
