// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/ticks.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::chart {
namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr std::array timeSteps{second,      2 * second,  5 * second, 10 * second, 15 * second,
                               30 * second, minute,      2 * minute, 5 * minute,  10 * minute,
                               15 * minute, 30 * minute, hour,       2 * hour,    3 * hour,
                               6 * hour,    12 * hour,   24 * hour,  48 * hour,   7 * 24 * hour};

qint64 offsetMs(qint64 unixMs, const QTimeZone &zone)
{
    return qint64(zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(unixMs, QTimeZone::UTC))) * second;
}

/// The last time at or before the instant that is a multiple of the step on the wall clock of the zone.
qint64 roundDown(qint64 unixMs, qint64 step, const QTimeZone &zone)
{
    const qint64 offset = offsetMs(unixMs, zone);
    const qint64 local = unixMs + offset;
    const qint64 remainder = ((local % step) + step) % step;
    return local - remainder - offset;
}

QString timeText(qint64 unixMs, qint64 step, const QTimeZone &zone)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(unixMs, zone);
    if (step >= 24 * hour) {
        return time.toString(u"MM-dd"_s);
    }
    return time.toString(step < minute ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

} // namespace

ValueTicks valueTicks(double maximum, bool isWhole)
{
    if (!(maximum > 0.0) || !std::isfinite(maximum)) {
        return {1.0, 2}; // nothing above zero: a flat axis that still has a scale
    }
    double power = std::pow(10.0, std::floor(std::log10(maximum)) - 1.0);
    if (isWhole) {
        power = std::max(power, 1.0);
    }
    for (;; power *= 10.0) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double step = factor * power;
            // The tolerance keeps 0.3 / 0.1 from asking for a fourth interval.
            const double needed = std::ceil(maximum / step - 1e-9);
            if (needed <= 4.0) {
                return {step, std::max(2, int(needed))};
            }
        }
    }
}

QList<TimeTick> timeTicks(qint64 fromMs, qint64 toMs, const QTimeZone &zone, double width, double leastPixels)
{
    QList<TimeTick> ticks;
    if (toMs <= fromMs || width <= 0.0) {
        return ticks;
    }
    const double leastMs = double(toMs - fromMs) * leastPixels / width;
    qint64 step = timeSteps.back();
    for (const qint64 candidate : timeSteps) {
        if (double(candidate) >= leastMs) {
            step = candidate;
            break;
        }
    }
    qint64 at = roundDown(fromMs, step, zone);
    while (at <= toMs) {
        if (at >= fromMs) {
            ticks.append({at, timeText(at, step, zone)});
        }
        // Rounded again at each step: the offset of the zone may change inside the range. A clock that is
        // put back would round to the same instant, so the search goes on until it moves.
        qint64 next = at;
        for (qint64 reach = step; next <= at; reach += step) {
            next = roundDown(at + reach, step, zone);
        }
        at = next;
    }
    return ticks;
}

QString offsetText(qint64 sinceMs)
{
    const qint64 seconds = sinceMs / second;
    const auto twoFigures = [](qint64 value) {
        return u"%1"_s.arg(value, 2, 10, QLatin1Char('0'));
    };
    return seconds < 3600 ? u"%1:%2"_s.arg(seconds / 60).arg(twoFigures(seconds % 60))
                          : u"%1:%2:%3"_s.arg(seconds / 3600)
                                .arg(twoFigures(seconds / 60 % 60), twoFigures(seconds % 60));
}

QString tickText(double value, const QLocale &locale)
{
    const auto scaled = [&](double divisor, const QString &suffix) {
        const double figure = value / divisor;
        const bool hasFraction = std::abs(figure - std::round(figure)) > 1e-6;
        return locale.toString(figure, 'f', hasFraction ? 1 : 0) + suffix;
    };
    if (value >= 1e6) {
        return scaled(1e6, u" M"_s);
    }
    if (value >= 1e4) {
        return scaled(1e3, u" k"_s);
    }
    return locale.toString(value, 'g', 6);
}

QString valueText(double value, const QLocale &locale)
{
    if (!std::isfinite(value)) {
        return u"–"_s;
    }
    const double size = std::abs(value);
    const bool isWhole = std::abs(value - std::round(value)) < 1e-9;
    return locale.toString(value, 'f', isWhole || size >= 100.0 ? 0 : (size >= 10.0 ? 1 : 2));
}

} // namespace nest::chart
