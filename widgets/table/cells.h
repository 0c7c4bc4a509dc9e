// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a cell of a table shows, as a plain value. A model returns one for CellDataRole, made only for the
// cells that are asked for, and the one delegate paints it. There is no widget in a cell.
//
//     case CellDataRole: return QVariant::fromValue(Cell(NumberCell{u"3.31"_s, u"k"_s}));
//     case SortRole:     return requestsPerSecond;   // an invalid QVariant sorts last: not known
//
// Thread: any, they are values.

#include "widgets/theme/theme.h"

#include <QMetaType>
#include <QString>

#include <array>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace nest::widgets {

enum TableRole {
    CellDataRole = Qt::UserRole + 100, // a Cell
    SortRole,                          // the raw value, for sorting and export
    FlashRole                          // name it in dataChanged to let the cells flash
};

enum class Emphasis { Normal, Dim, Zero, Warn, Bad };

/// Words. Ids are cut in the middle, all else at the end.
struct TextCell
{
    QString text;
    Ink ink = Ink::Primary;
    bool isMono = false;
    bool isRight = false;
    bool isStrong = false;
    Qt::TextElideMode cut = Qt::ElideRight;
};

/// Name with its status before it. The word is for screen readers, tool tip and copy; the icon for the eye.
struct NameCell
{
    QString name;
    Tone tone = Tone::Neutral;
    QString icon;    // "dot" healthy, "alert", "reject", "ring" at zero
    QString status;  // "Failing"
    QString drift{}; // what differs from the draft; empty: nothing, no mark
    bool isDriftMeant = false;
};

struct PillCell
{
    QString text;
    QString icon{};
    Tone tone = Tone::Neutral;
    bool isFilled = true; // in a column of states without fill
};

struct GroupCell
{
    QString set, lane, region;
    int more = 0; // "+2"
};

/// Groups one after the other, each with what it holds of something; as many as there is room for.
struct GroupShare
{
    GroupCell group;
    double percent = 0;
};
struct GroupSharesCell
{
    std::vector<GroupShare> groups;
};

/// A box to choose rows that are told apart by a letter: empty, "A" grey, "B" accent.
struct PickCell
{
    QString letter{};
    bool isNew = false;
};

struct VersionWeight
{
    QString version; // "v65"
    double percent = 0;
    bool isNew = false;
};

struct WeightCell
{
    std::vector<VersionWeight> versions; // old first
};

struct SparklineCell
{
    std::shared_ptr<const std::vector<float>> values{}; // snapshot shared with the model; NaN is a gap
    QString state{};                                    // "at zero", shown in place of the line
};

/// Right-aligned with a dim unit. Not known: an empty figure, shown as a dash.
struct NumberCell
{
    QString figure;
    QString unit{};
    Emphasis emphasis = Emphasis::Normal;
};

/// "52 / 60"
struct RatioCell
{
    QString ready;
    QString desired;
    Emphasis emphasis = Emphasis::Normal;
};

/// How much of the most in the column.
struct BarCell
{
    double share = 0; // 0 to 1
};

struct IconCell
{
    QString icon;
    QString text; // said, not shown: "Node.js 20"
    Ink ink = Ink::Dim;
};

/// A cold start: schedule, fetch, start, runtime init, user init one after the other, and their sum.
struct PhasesCell
{
    std::array<std::optional<double>, 5> milliseconds{}; // nothing: not known (yet)
    double scale = 0;                                    // milliseconds of the whole width; one for all rows
    bool isRunning = false;                              // more is to come
    bool isDim = false;
};

using Cell = std::variant<std::monostate, TextCell, NameCell, PillCell, GroupCell, GroupSharesCell, PickCell,
                          WeightCell, SparklineCell, NumberCell, RatioCell, IconCell, BarCell, PhasesCell>;

/// In words: copy, tool tip, screen reader.
[[nodiscard]] QString textOf(const Cell &cell);
/// How wide it wants to be without the padding, so that nothing of it is cut.
[[nodiscard]] int widthOf(const Cell &cell, const Theme &theme);
/// Shown for what is not known.
[[nodiscard]] QString unknownText();
/// Names of the phases in the order of PhasesCell.
[[nodiscard]] std::array<QString, 5> phaseNames();
[[nodiscard]] std::array<QColor, 5> phaseColors(const Theme &theme);
/// Of the phases that are known; nothing when none is.
[[nodiscard]] std::optional<double> sumOf(const PhasesCell &cell);

} // namespace nest::widgets

Q_DECLARE_METATYPE(nest::widgets::Cell)
