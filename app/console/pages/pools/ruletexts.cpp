// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/ruletexts.h"

#include "app/console/look.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

struct Rules
{
    Q_DECLARE_TR_FUNCTIONS(Rules)
};

constexpr int minutesOfADay = 24 * 60;
constexpr std::size_t sunday = 6;
const std::array weekdayNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// 0 is Monday; nothing: no weekday.
std::optional<std::size_t> weekday(const QString &text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (isNumber) { // of a cron: 0 and 7 are Sunday
        return number >= 0 && number <= 7 ? std::optional(static_cast<std::size_t>((number + 6) % 7))
                                          : std::nullopt;
    }
    for (std::size_t day = 0; day < weekdayNames.size(); ++day) {
        if (text.compare(QLatin1StringView(weekdayNames[day]), Qt::CaseInsensitive) == 0) {
            return day;
        }
    }
    return std::nullopt;
}

std::optional<Weekdays> weekdays(const QString &field)
{
    if (field == "*"_L1) {
        return Weekdays().set();
    }
    Weekdays days;
    for (const QString &part : field.split(u',')) {
        const QStringList ends = part.split(u'-');
        const auto first = weekday(ends.first());
        const auto last = weekday(ends.last());
        if (ends.size() > 2 || !first || !last || *first > *last) {
            return std::nullopt;
        }
        for (std::size_t day = *first; day <= *last; ++day) {
            days.set(day);
        }
    }
    return days;
}

QString lifeText(const std::optional<wire::Time> &time)
{
    return time ? QLocale().toString(QDateTime::fromMSecsSinceEpoch(time->time_since_epoch().count()),
                                     u"yyyy-MM-dd HH:mm"_s)
                : Rules::tr("none", "no start or end");
}

} // namespace

std::optional<DailyTime> dailyTime(const std::string &cron)
{
    const QStringList fields = toText(cron).split(u' ', Qt::SkipEmptyParts);
    if (fields.size() != 5 || fields.at(2) != "*"_L1 || fields.at(3) != "*"_L1) {
        return std::nullopt;
    }
    bool isMinute = false;
    bool isHour = false;
    const QTime from(fields.at(1).toInt(&isHour), fields.at(0).toInt(&isMinute));
    const auto days = weekdays(fields.at(4));
    if (!isMinute || !isHour || !from.isValid() || !days) {
        return std::nullopt;
    }
    return DailyTime{from, *days};
}

std::string cronOf(const DailyTime &time)
{
    QStringList parts;
    for (std::size_t day = 0; day < weekdayNames.size();) {
        std::size_t last = day;
        while (time.days[day] && last + 1 < sunday && time.days[last + 1]) { // a cron's week ends on Saturday
            ++last;
        }
        if (time.days[day]) {
            const auto name = [](std::size_t of) {
                return QString(QLatin1StringView(weekdayNames[of]));
            };
            parts.append(last == day       ? name(day)
                         : last == day + 1 ? name(day) + u',' + name(last)
                                           : name(day) + u'-' + name(last));
        }
        day = last + 1;
    }
    const QString days = time.days.all() ? u"*"_s : parts.join(u',');
    return u"%1 %2 * * %3"_s.arg(time.from.minute()).arg(time.from.hour()).arg(days).toStdString();
}

QString daysText(const Weekdays &days)
{
    if (days.all()) {
        return Rules::tr("every day");
    }
    if (days == Weekdays(0b0011111)) {
        return Rules::tr("weekdays");
    }
    if (days == Weekdays(0b1100000)) {
        return Rules::tr("weekends");
    }
    QStringList names;
    for (std::size_t day = 0; day < days.size(); ++day) {
        if (days[day]) {
            names.append(QLocale().dayName(static_cast<int>(day) + 1, QLocale::ShortFormat));
        }
    }
    return names.join(u", "_s);
}

QString lengthText(int minutes)
{
    const int hours = minutes / 60;
    const int rest = minutes % 60;
    return rest == 0    ? Rules::tr("%1 h").arg(hours)
           : hours == 0 ? Rules::tr("%1 min").arg(rest)
                        : Rules::tr("%1 h %2 min").arg(hours).arg(rest);
}

QString holdsText(const wire::Reservation &rule)
{
    const auto time = dailyTime(rule.cron);
    if (!time || rule.minutes > minutesOfADay) {
        return Rules::tr("%1, %2 each", "cron, length").arg(toText(rule.cron), lengthText(rule.minutes));
    }
    if (rule.minutes == minutesOfADay) {
        return Rules::tr("24 h from %1, %2", "time, days")
            .arg(time->from.toString(u"HH:mm"_s), daysText(time->days));
    }
    return Rules::tr("%1 to %2, %3", "time, time, days")
        .arg(time->from.toString(u"HH:mm"_s), time->from.addSecs(rule.minutes * 60).toString(u"HH:mm"_s),
             daysText(time->days));
}

QStringList ruleChanges(const wire::Reservation *before, const wire::Reservation *after, RuleOf of)
{
    if (before == nullptr && after == nullptr) {
        return {};
    }
    if (before == nullptr) {
        QStringList said{Rules::tr("%1 keeps %n instances ready: %2 (%3).", nullptr, after->floor)
                             .arg(toText(after->name), holdsText(*after), toText(after->zone))};
        if (!after->enabled) {
            said.append(Rules::tr("It is switched off."));
        }
        return said;
    }
    if (after == nullptr) {
        return {Rules::tr("%1 goes: it kept %n instances ready, %2 (%3).", nullptr, before->floor)
                    .arg(toText(before->name), holdsText(*before), toText(before->zone))};
    }
    QStringList changes;
    const auto add = [&changes](const QString &name, const QString &was, const QString &is) {
        if (was != is) {
            changes.append(Rules::tr("%1: %2 → %3", "setting, old, new").arg(name, was, is));
        }
    };
    add(Rules::tr("Name"), toText(before->name), toText(after->name));
    add(Rules::tr("Holds"), holdsText(*before), holdsText(*after));
    add(of == RuleOf::Pool ? Rules::tr("Idle") : Rules::tr("Floor"), QLocale().toString(before->floor),
        QLocale().toString(after->floor));
    add(Rules::tr("Zone"), toText(before->zone), toText(after->zone));
    add(Rules::tr("Start"), lifeText(before->start), lifeText(after->start));
    add(Rules::tr("End"), lifeText(before->end), lifeText(after->end));
    if (before->enabled != after->enabled) {
        changes.append(after->enabled ? Rules::tr("It is switched on.") : Rules::tr("It is switched off."));
    }
    return changes;
}

QString hoursText(double hours)
{
    return QLocale().toString(hours, 'f', hours == std::floor(hours) ? 0 : 1);
}

QString hoursChange(double before, double after)
{
    const double rounded = std::round((after - before) * 10) / 10;
    if (rounded == 0) {
        return {};
    }
    const QString text = hoursText(std::abs(rounded));
    return rounded > 0 ? Rules::tr("+%1 instance-hours in the next 24 h").arg(text)
                       : Rules::tr("−%1 instance-hours in the next 24 h").arg(text);
}

} // namespace nest::console
