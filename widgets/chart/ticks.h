// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the ticks of both axes are and how a value is written on a chart. Pure functions.

#include <QList>
#include <QString>

class QLocale;
class QTimeZone;

namespace nest::chart {

struct ValueTicks
{
    double step = 1.0;
    int intervals = 2; // 2 to 4: three to five lines with the one at zero
    double maximum() const { return step * intervals; }
    bool operator==(const ValueTicks &) const = default;
};

struct TimeTick
{
    qint64 unixMs = 0;
    QString text;
    bool operator==(const TimeTick &) const = default;
};

/// Steps of 1, 2 or 5 times a power of ten from zero to at least the maximum; a step of whole values is never
/// below 1.
ValueTicks valueTicks(double maximum, bool isWhole);

/// Round times of the zone inside the range, at least leastPixels apart on an axis of that width.
QList<TimeTick> timeTicks(qint64 fromMs, qint64 toMs, const QTimeZone &zone, double width,
                          double leastPixels);

/// A time since the start of something: "0:30", "1:02:05".
QString offsetText(qint64 sinceMs);

/// A tick: grouped figures, from 10,000 on in k and M ("22 k").
QString tickText(double value, const QLocale &locale);

/// A value in words: at most two decimals, fewer for larger values; "–" for NaN.
QString valueText(double value, const QLocale &locale);

} // namespace nest::chart
