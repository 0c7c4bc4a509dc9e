// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One look of the console as a plain value: every colour by what it means, every size in logical pixels,
// the fonts. Two of them (dark, light) are read from resources/theme/tokens.json at start.
//
// Invariants: complete once loaded (a missing token fails the load). Thread: any, it is a value.
// Owner: ThemeController; widgets read the current one with themeOf(this) while they paint and never keep
// a copy, so that a switch of the theme is only a repaint.

#include <QColor>
#include <QFont>
#include <QList>
#include <QStringList>

#include <array>

class QWidget;

namespace nest::widgets {

enum class Tone { Neutral, Ok, Warn, Bad, Info, Accent };
enum class Ink { Primary, Secondary, Dim, Disabled, Accent, OnFill, Neutral, Ok, Warn, Bad, Info };
enum class TextStyle { Micro, Caption, Body, BodyMedium, Strong, Title, Figure, Result, Code, Log };
/// What a connection is for. A property of the connection, never of a group.
enum class Environment { Local, Test, Staging, Production };

struct ToneColors
{
    QColor text, fill, border;
};

struct SurfaceColors
{
    QColor window, page, panel, control, pressed, button, tooltip, rowHover, rowSelected;
};

struct BorderColors
{
    QColor subtle, control, strong, chartGrid;
};

struct TextColors
{
    QColor primary, secondary, dim, disabled;
};

struct AccentColors
{
    QColor text, fill, onFill, tint, tintBorder;
};

struct DangerColors
{
    QColor fill, onFill;
};

struct EnvironmentColors
{
    QColor production, staging, test, local, onEnvironment;
};

struct ChartRoleColors
{
    QColor requests, requestsFill, capacity, ready, readyFill, desired, reserved, whatIf, oldVersion,
        newVersion, limit, firing, now;
};

struct ColdStartColors
{
    QColor schedule, fetch, start, runtimeInit, userInit, handler;
};

struct DiffColors
{
    QColor addFill, addText, removeFill, removeText;
};

struct SyntaxColors
{
    QColor keyword, string, number, function, comment, property;
};

/// Logical pixels, unless the name says milliseconds. The same in both themes.
struct Sizes
{
    int rowCompact = 0, rowNormal = 0, tableHead = 0, rowLog = 0;
    int button = 0, buttonSmall = 0, input = 0, filterBar = 0, pill = 0, groupChip = 0, scopeChip = 0,
        checkbox = 0;
    int environmentStrip = 0, topBar = 0, rail = 0, railItem = 0, statusBar = 0, pageHeader = 0,
        pageHeaderPlain = 0, tabs = 0, panelHead = 0, banner = 0, inspectorMinimum = 0, inspectorDefault = 0,
        inspectorMaximum = 0;
    int iconSmall = 0, iconTable = 0, iconNormal = 0, iconRail = 0, iconHeader = 0;
    int radiusSmall = 0, radiusPill = 0, radiusControl = 0, radiusPanel = 0;
    int focusStroke = 0, selectionStroke = 0;
    int hoverMilliseconds = 0, popupMilliseconds = 0, valueFlashMilliseconds = 0;
    qreal chartLine = 0, chartMain = 0, chartThin = 0;
};

/// Dash patterns in multiples of the pen's width, as QPen wants them.
struct Dashes
{
    QList<qreal> whatIf, limit, reserved, crosshair;
};

struct Theme
{
    bool isDark = true;
    SurfaceColors surface;
    BorderColors border;
    TextColors text;
    AccentColors accent;
    DangerColors danger;
    ToneColors neutral, ok, warn, bad, info, accentTone;
    EnvironmentColors environment;
    std::array<QColor, 8> series;
    QColor series1Fill, series3Fill, series6Fill;
    ChartRoleColors chartRole;
    ColdStartColors coldStart;
    std::array<QColor, 6> heat;
    DiffColors diff;
    SyntaxColors syntax;
    Sizes size;
    Dashes dash;
    QStringList uiFamilies, monoFamilies;

    [[nodiscard]] const ToneColors &tone(Tone tone) const;
    [[nodiscard]] const QColor &ink(Ink ink) const;
    [[nodiscard]] const QColor &environmentColor(Environment of) const;
    /// Text of the interface: Inter with tabular figures; Code and Log: JetBrains Mono without ligatures.
    [[nodiscard]] QFont font(TextStyle style) const;
};

/// Spacing on the 4 px grid.
namespace space {
inline constexpr int chip = 4;    // inside a chip
inline constexpr int control = 8; // between controls
inline constexpr int panel = 12;  // inside panels and between them
inline constexpr int page = 16;   // at the edges of a page
} // namespace space

/// The theme the widget is drawn with. Without a NestStyle (a test that shows a widget alone) the dark one.
[[nodiscard]] const Theme &themeOf(const QWidget *widget);

/// WCAG 2 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor &first, const QColor &second);

} // namespace nest::widgets
