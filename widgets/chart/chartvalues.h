// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a chart stack shows, as plain values made by the caller.
//
// Times are milliseconds since the Unix epoch (UTC); the zone belongs to the stack. A value that is not
// known is NaN or is simply left out: nothing is joined or guessed, and zero is zero. Lists are shared
// implicitly, so handing over a day of seconds costs nothing. UI thread only.

#include <QList>
#include <QString>

#include <optional>

namespace nest::chart {

/// A measured value of one instant. NaN: not known.
struct Point
{
    qint64 unixMs = 0;
    double value = 0.0;
    bool operator==(const Point &) const = default;
};

/// A value that holds from this instant to the next step. NaN: not known from here on.
struct StepPoint
{
    qint64 unixMs = 0;
    double value = 0.0;
    bool operator==(const StepPoint &) const = default;
};

/// What a line means; the role fixes its colour, width, dash and fill over the whole product.
enum class Role {
    Requests,   // area
    Capacity,   // solid step
    Desired,    // solid step
    Ready,      // filled step
    Reserved,   // dotted
    Maximum,    // dashed, in the colour of a limit that cuts
    Wish,       // dotted
    WhatIf,     // dashed, accent
    Waiting,    // area, in the colour of a warning
    OldVersion, // line
    NewVersion, // line
};

struct Series
{
    Role role = Role::Requests;
    QString name = {};           // as in the legend and at the end of the line: "Capacity"
    QString unit = {};           // as in the tooltip: "req/s"
    QList<Point> points = {};    // sorted by time; used when not empty
    QList<StepPoint> steps = {}; // sorted by time; used when there are no points
    qint64 spacingMs = 1000;     // distance of two points; one and a half of it is a gap
    QString note = {};           // a text at the highest stretch of the line: "wish 52"
    bool isNoteBelow = false;    // under the line instead of over it
    bool hasEndLabel = true;     // name and last value at the right
    bool isInReadings = true;    // listed in the tooltip
    bool operator==(const Series &) const = default;
};

/// A decision or event on a chart. Order of weight: limit and failure, panic, schedule, manual, stable.
struct Mark
{
    enum class Kind { Stable, Panic, Schedule, Limit, Manual, Failure };

    qint64 unixMs = 0;
    Kind kind = Kind::Stable;
    QString id = {};    // given back by markSelected
    double value = 0.0; // where it sits on the value axis
    QString text = {};  // one line of the list that hovering shows
    bool operator==(const Mark &) const = default;
};

/// A stretch of time without data: hatched grey, lines stop.
struct Band
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    QString title = {};  // "no data, 2 min"
    QString detail = {}; // "12:01:30 to 12:03:30"
    bool operator==(const Band &) const = default;
};

/// A change of the rule inside the range: a dashed line through all charts with its words.
struct Change
{
    qint64 unixMs = 0;
    QString text = {}; // "rule r5: max 60 → 40, order.lead"
    bool operator==(const Change &) const = default;
};

/// One chart of the stack.
struct Chart
{
    QString unit = {};           // inside, at the top left
    QString note = {};           // inside, at the top in the middle
    QList<Series> series = {};   // painted in this order, fills before lines
    QList<Mark> marks = {};      // sorted by time
    double heightShare = 1.0;    // relative to the other charts
    bool isWhole = false;        // values are counts: no ticks between whole numbers
    bool isHiddenAtZero = false; // shown only when something in the range is above zero
    bool hasShortfall = false;   // hatch amber where desired is above ready
    QString shortfallNote = {};  // its reason: "11 start cold, pool empty"
    bool operator==(const Chart &) const = default;
};

struct ChartStackContent
{
    QList<Chart> charts = {};
    QList<Band> bands = {};
    QList<Change> changes = {};
    qint64 knownUntilMs = 0; // steps are drawn up to here; 0: to the end of the range
    bool operator==(const ChartStackContent &) const = default;
};

/// One line of the tooltip. A value that is not known is given as "–".
struct Reading
{
    std::optional<Role> role = {}; // colour of the swatch; none: hollow, in the colour of a warning
    QString name = {};
    QString value = {};
    QString unit = {};
    bool operator==(const Reading &) const = default;
};

/// What the tooltip says at one instant; the time is added by the stack.
struct ReadingList
{
    QString cause = {};                       // at the right of the time: "panic"
    std::optional<Mark::Kind> causeKind = {}; // its shape and colour
    QList<Reading> lines = {};
    bool operator==(const ReadingList &) const = default;
};

} // namespace nest::chart
