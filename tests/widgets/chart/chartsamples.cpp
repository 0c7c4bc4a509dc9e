// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartsamples.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::chart::samples {
namespace {

QJsonObject themeTokens(const QString &theme)
{
    QFile file(QStringLiteral(NEST_SOURCE_DIR "/resources/theme/tokens.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("the tests of the charts need resources/theme/tokens.json");
    }
    return QJsonDocument::fromJson(file.readAll())["theme"_L1][theme].toObject();
}

/// A course that looks measured: waves of three lengths, the same in every run.
double noise(qint64 second)
{
    const double t = double(second);
    return std::sin(t / 7.3) + 0.7 * std::sin(t / 17.9 + 1.0) + 0.5 * std::sin(t / 3.1 + 2.0);
}

double smooth(double from, double to, double share)
{
    const double s = std::clamp(share, 0.0, 1.0);
    return from + (to - from) * s * s * (3.0 - 2.0 * s);
}

double burstLoad(qint64 second)
{
    const double wave = noise(second);
    if (second < 1000) {
        return 235 + 9 * wave;
    }
    if (second < 1015) {
        return smooth(240, 940, double(second - 1000) / 15.0);
    }
    if (second < 1700) {
        return smooth(880, 1600, double(second - 1150) / 500.0) + 16 * wave;
    }
    if (second < 2050) {
        return 1600 + 22 * wave;
    }
    return smooth(1590, 290, double(second - 2050) / 800.0) + 14 * wave;
}

void addStep(QList<StepPoint> &steps, qint64 unixMs, double value)
{
    if (steps.isEmpty() || steps.last().value != value) {
        steps.append({unixMs, value});
    }
}

} // namespace

ChartColours colours(const QString &theme)
{
    const QJsonObject tokens = themeTokens(theme);
    const auto colour = [&](const QString &path) {
        QJsonValue value = tokens;
        for (const QString &part : path.split(u'.')) {
            value = value[part];
        }
        const QColor result(value.toString());
        Q_ASSERT(result.isValid());
        return result;
    };
    ChartColours c;
    c.page = colour(u"surface.page"_s);
    c.tooltip = colour(u"surface.tooltip"_s);
    c.pressed = colour(u"surface.pressed"_s);
    c.borderSubtle = colour(u"border.subtle"_s);
    c.borderControl = colour(u"border.control"_s);
    c.borderStrong = colour(u"border.strong"_s);
    c.grid = colour(u"border.chartGrid"_s);
    c.textPrimary = colour(u"text.primary"_s);
    c.textSecondary = colour(u"text.secondary"_s);
    c.textDim = colour(u"text.dim"_s);
    c.accentText = colour(u"accent.text"_s);
    c.accentTint = colour(u"accent.tint"_s);
    c.warnText = colour(u"status.warn.text"_s);
    c.warnFill = colour(u"status.warn.fill"_s);
    c.badText = colour(u"status.bad.text"_s);
    c.badBorder = colour(u"status.bad.border"_s);
    c.infoText = colour(u"status.info.text"_s);
    c.infoFill = colour(u"status.info.fill"_s);
    c.infoBorder = colour(u"status.info.border"_s);
    c.requests = colour(u"chartRole.requests"_s);
    c.requestsFill = colour(u"chartRole.requestsFill"_s);
    c.capacity = colour(u"chartRole.capacity"_s);
    c.ready = colour(u"chartRole.ready"_s);
    c.readyFill = colour(u"chartRole.readyFill"_s);
    c.desired = colour(u"chartRole.desired"_s);
    c.reserved = colour(u"chartRole.reserved"_s);
    c.whatIf = colour(u"chartRole.whatIf"_s);
    c.oldVersion = colour(u"chartRole.oldVersion"_s);
    c.newVersion = colour(u"chartRole.newVersion"_s);
    return c;
}

ChartStackContent burstHour()
{
    Series requests{.role = Role::Requests, .name = u"Requests"_s, .unit = u"req/s"_s};
    Series capacity{.role = Role::Capacity, .name = u"Capacity"_s, .unit = u"req/s"_s};
    Series capacityIf{
        .role = Role::WhatIf, .name = u"What if"_s, .hasEndLabel = false, .isInReadings = false};
    Series desired{.role = Role::Desired, .name = u"Desired"_s};
    Series ready{.role = Role::Ready, .name = u"Ready"_s};
    Series reserved{.role = Role::Reserved, .name = u"Reserved"_s, .isInReadings = false};
    Series countIf{.role = Role::WhatIf,
                   .name = u"What if"_s,
                   .note = u"What if 21"_s,
                   .isNoteBelow = true,
                   .hasEndLabel = false,
                   .isInReadings = false};
    Chart instances{.unit = u"instances"_s, .heightShare = 0.484, .isWhole = true, .hasShortfall = true};
    double count = 4;
    double average = 235;
    for (qint64 second = 0; second <= 3600; ++second) {
        const qint64 ms = hourFromMs + second * 1000;
        const double load = burstLoad(second);
        requests.points.append({ms, load});
        average += (load - average) / 30.0;
        double next = count;
        if (second == 420) {
            next = 6;
        } else if (second == 660) {
            next = 4;
        } else if (ms == burstMs || ms == burstMs + 2000 || ms == burstMs + 4000 || ms == burstMs + 28'000) {
            next = std::min(13.0, count + 3);
        } else if (ms == burstMs + 60'000) {
            next = 14;
        } else if (ms == burstMs + 64'000) {
            next = 13;
        } else if (ms == burstMs + 66'000) {
            next = 14;
        } else if (second == 2900) {
            next = 8;
        } else if (second > 1150 && second < 2880 && second % 30 == 0) {
            next = std::ceil(average / 70.0);
        }
        if (next != count) {
            Mark mark{.unixMs = ms, .id = u"dec-%1"_s.arg(second), .value = next};
            const bool isPanic = ms >= burstMs && ms <= burstMs + 28'000;
            mark.kind =
                isPanic ? Mark::Kind::Panic : (second == 2900 ? Mark::Kind::Schedule : Mark::Kind::Stable);
            mark.text = u"%1 → %2"_s.arg(count).arg(next);
            instances.marks.append(mark);
        }
        count = next;
        addStep(desired.steps, ms, count);
        addStep(ready.steps, ms + 1000, count);
        addStep(capacity.steps, ms + 1000, count * 70);
        addStep(reserved.steps, ms, second < 2900 ? 4 : 8);
        const double whatIf = std::max(6.0, std::ceil(count * 7.0 / 8.0));
        addStep(countIf.steps, ms + 18'000, whatIf);
        addStep(capacityIf.steps, ms + 18'000, whatIf * 80);
    }
    for (Series *series : {&ready, &capacity, &countIf, &capacityIf}) {
        series->steps.first().unixMs = hourFromMs;
    }
    instances.series = {ready, reserved, countIf, desired};
    Chart load{.unit = u"req/s"_s,
               .note = u"peak 1,639 req/s · success 100.00 %"_s,
               .series = {requests, capacityIf, capacity},
               .heightShare = 0.516};
    return {{load, instances}, {}, {}, hourToMs};
}

ChartStackContent limitedQuarter()
{
    const double unknown = std::nan("");
    const auto at = [](int minute, int second) {
        return dayMs + ((11 * 60 + minute) * 60 + second) * 1000LL;
    };
    const qint64 gapFrom = at(61, 30);
    const qint64 gapTo = at(63, 30);
    Series requests{.role = Role::Requests, .name = u"Requests"_s, .unit = u"req/s"_s};
    Series waiting{.role = Role::Waiting, .name = u"Waiting"_s};
    for (qint64 ms = limitedFromMs; ms <= limitedToMs; ms += 1000) {
        if (ms >= gapFrom && ms < gapTo) {
            continue;
        }
        const double second = double(ms - limitedFromMs) / 1000.0;
        double load = smooth(1200, 1800, (second - 260) / 25.0);
        if (ms >= gapTo) {
            load = smooth(1680, 3600, (second - 520) / 22.0);
            load = second > 700 ? smooth(3600, 2050, (second - 700) / 80.0) : load;
        }
        requests.points.append({ms, load + 30 * noise(ms / 1000)});
        const double wave = (second - 528) / 200.0;
        waiting.points.append({ms, wave > 0 && wave < 1 ? 42'800 * std::sin(wave * 3.14159) : 0.0});
    }
    Series desired{.role = Role::Desired, .name = u"Desired"_s};
    desired.steps = {{limitedFromMs, 18}, {at(60, 27), 20},   {at(60, 35), 22}, {at(60, 48), 24},
                     {at(61, 1), 26},     {gapFrom, unknown}, {gapTo, 24},      {at(64, 47), 25},
                     {at(64, 52), 26},    {at(65, 3), 40},    {at(69, 20), 38}, {at(69, 32), 35},
                     {at(69, 46), 33},    {at(70, 0), 31},    {at(70, 20), 30}};
    Series ready{.role = Role::Ready, .name = u"Ready"_s};
    ready.steps = {{limitedFromMs, 18}, {at(60, 29), 20},   {at(60, 37), 22}, {at(60, 50), 24},
                   {at(61, 3), 26},     {gapFrom, unknown}, {gapTo, 24},      {at(64, 49), 25},
                   {at(64, 54), 26},    {at(65, 4), 29}};
    for (int i = 1; i <= 11; ++i) {
        ready.steps.append({at(65, 14) + i * 10'000, 29.0 + i});
    }
    ready.steps.append(
        {{at(69, 20), 38}, {at(69, 32), 35}, {at(69, 46), 33}, {at(70, 0), 31}, {at(70, 20), 30}});
    Series capacity{.role = Role::Capacity, .name = u"Capacity"_s, .unit = u"req/s"_s};
    for (const StepPoint &step : std::as_const(ready.steps)) {
        capacity.steps.append({step.unixMs, step.value * 70});
    }
    Series wish{.role = Role::Wish, .name = u"Wish"_s, .note = u"wish 52"_s, .hasEndLabel = false};
    wish.steps = {
        {at(65, 3), 52}, {at(68, 18), 50}, {at(68, 36), 46}, {at(68, 52), 42}, {at(69, 5), unknown}};
    Series maximum{.role = Role::Maximum, .name = u"Maximum"_s, .hasEndLabel = false};
    maximum.steps = {{limitedFromMs, 60}, {at(58, 30), 40}};
    Chart load{.unit = u"req/s"_s, .series = {requests, capacity}, .heightShare = 0.39};
    Chart instances{.unit = u"instances"_s,
                    .series = {ready, maximum, wish, desired},
                    .heightShare = 0.41,
                    .isWhole = true,
                    .hasShortfall = true,
                    .shortfallNote = u"11 start cold, pool empty"_s};
    const auto mark = [&](qint64 ms, Mark::Kind kind, double value) {
        instances.marks.append({ms, kind, u"dec-%1"_s.arg(ms / 1000), value, u"40 → 40"_s});
    };
    mark(at(64, 47), Mark::Kind::Stable, 25);
    mark(at(64, 52), Mark::Kind::Stable, 26);
    mark(at(65, 3), Mark::Kind::Limit, 40);
    mark(at(65, 50), Mark::Kind::Limit, 40);
    mark(at(65, 53), Mark::Kind::Limit, 40);
    mark(at(65, 56), Mark::Kind::Limit, 40);
    mark(at(67, 30), Mark::Kind::Limit, 40);
    for (const StepPoint &step : std::as_const(desired.steps)) {
        if (step.unixMs > at(69, 0)) {
            mark(step.unixMs, Mark::Kind::Stable, step.value);
        }
    }
    Chart activator{.unit = u"requests in the activator"_s, .series = {waiting}, .heightShare = 0.2};
    activator.isWhole = true;
    activator.isHiddenAtZero = true;
    return {{load, instances, activator},
            {{gapFrom, gapTo, u"no data, 2 min"_s, u"12:01:30 to 12:03:30"_s}},
            {{at(58, 30), u"rule r5: max 60 → 40, order.lead"_s}},
            limitedToMs};
}

ChartStackContent day(qint64 fromMs, qsizetype seconds)
{
    Series requests{.role = Role::Requests, .name = u"Requests"_s, .unit = u"req/s"_s};
    Series capacity{.role = Role::Capacity, .name = u"Capacity"_s, .unit = u"req/s"_s};
    Series ready{.role = Role::Ready, .name = u"Ready"_s};
    Series desired{.role = Role::Desired, .name = u"Desired"_s};
    for (qsizetype second = 0; second < seconds; ++second) {
        const qint64 ms = fromMs + second * 1000;
        const double load = 900 + 500 * std::sin(double(second) / 9000.0) + 60 * noise(second);
        const double count = std::ceil(load / 70.0);
        requests.points.append({ms, load});
        desired.steps.append({ms, count});
        ready.steps.append({ms, count - double(second % 2)});
        capacity.steps.append({ms, count * 70});
    }
    return {{{.unit = u"req/s"_s, .series = {requests, capacity}},
             {.unit = u"instances"_s, .series = {ready, desired}, .isWhole = true}},
            {},
            {},
            fromMs + seconds * 1000};
}

void useProductFont()
{
    QFont font;
    font.setFamilies({u"Inter"_s, u"Noto Sans CJK SC"_s});
    font.setPixelSize(12);
    font.setFeature("tnum", 1);
    font.setHintingPreference(QFont::PreferNoHinting);
    QApplication::setFont(font);
}

} // namespace nest::chart::samples
