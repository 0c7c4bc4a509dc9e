// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/rulefields.h"

#include "app/console/look.h"
#include "models/diff/rebase.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::take;

namespace {

struct Rules
{
    Q_DECLARE_TR_FUNCTIONS(Rules)
};

constexpr int minutesOfADay = 24 * 60;
constexpr auto dateForm = "yyyy-MM-dd HH:mm"_L1;

QString dateText(const std::optional<wire::Time> &time)
{
    return time ? QDateTime::fromMSecsSinceEpoch(time->time_since_epoch().count()).toString(dateForm)
                : QString();
}

std::optional<wire::Time> readDate(const QString &text, const char *field, RuleProblems &problems)
{
    const QString wanted = text.trimmed();
    if (wanted.isEmpty()) {
        return std::nullopt;
    }
    const QDateTime at = QDateTime::fromString(wanted, dateForm);
    if (!at.isValid()) {
        problems[field] = Rules::tr("A date and time such as 2026-12-01 09:00, or nothing.");
        return std::nullopt;
    }
    return wire::Time(std::chrono::milliseconds(at.toMSecsSinceEpoch()));
}

QTime readTime(const QString &text)
{
    const QString wanted = text.trimmed();
    return wanted == "24:00"_L1 ? QTime(0, 0) : QTime::fromString(wanted, u"H:mm"_s);
}

void readPlain(const RuleWhen &when, wire::Reservation &rule, RuleProblems &problems)
{
    const QTime from = readTime(when.from);
    const QTime to = readTime(when.to);
    if (!from.isValid() || !to.isValid()) {
        problems["cron"] = Rules::tr("Two times such as 11:30 and 14:00.");
        return;
    }
    if (when.days.none()) {
        problems["cron"] = Rules::tr("Choose at least one day.");
        return;
    }
    rule.cron = cronOf({from, when.days});
    const int minutes = from.secsTo(to) / 60;
    rule.minutes = minutes > 0 ? minutes : minutes + minutesOfADay; // over midnight
}

/// A field says less than the rule may: seconds, which of two hours, another way to write the same days. What
/// it says of the base is therefore the base's own.
void keepTimes(const RuleWhen &when, const RuleWhen &was, const wire::Reservation &base,
               wire::Reservation &rule)
{
    if (when.isPlain != was.isPlain) {
        return;
    }
    if (when.isPlain ? when.from == was.from && when.days == was.days : when.cron == was.cron) {
        rule.cron = base.cron;
    }
    if (when.isPlain ? when.from == was.from && when.to == was.to : when.minutes == was.minutes) {
        rule.minutes = base.minutes;
    }
}

} // namespace

RuleFields fieldsOf(const wire::Reservation &rule)
{
    const auto plain = dailyTime(rule.cron);
    const bool isPlain = plain && rule.minutes <= minutesOfADay;
    const QTime from = isPlain ? plain->from : QTime(9, 0);
    return {.name = toText(rule.name),
            .when = {.isPlain = isPlain,
                     .from = from.toString(u"HH:mm"_s),
                     .to = from.addSecs((isPlain ? rule.minutes : 60) * 60).toString(u"HH:mm"_s),
                     .days = isPlain ? plain->days : Weekdays().set(),
                     .cron = toText(rule.cron),
                     .minutes = rule.minutes},
            .floor = rule.floor,
            .zone = toText(rule.zone),
            .isEnabled = rule.enabled,
            .start = dateText(rule.start),
            .end = dateText(rule.end)};
}

RuleFields newRule()
{
    wire::Reservation rule{.name = {}, .cron = "0 9 * * *", .minutes = 60, .floor = 1};
    rule.zone = QTimeZone::systemTimeZoneId().toStdString();
    return fieldsOf(rule);
}

std::optional<wire::Reservation> readRule(const RuleFields &fields, const wire::Reservation *base,
                                          RuleProblems &problems)
{
    problems.clear();
    wire::Reservation rule;
    const std::optional<RuleFields> was = base != nullptr ? std::optional(fieldsOf(*base)) : std::nullopt;
    rule.name = fields.name.trimmed().toStdString();
    if (rule.name.empty()) {
        problems["name"] = Rules::tr("Give it a name.");
    }
    if (fields.when.isPlain) {
        readPlain(fields.when, rule, problems);
    } else {
        rule.cron = fields.when.cron.simplified().toStdString();
        rule.minutes = fields.when.minutes;
    }
    if (was) {
        keepTimes(fields.when, was->when, *base, rule);
    }
    rule.floor = fields.floor;
    rule.zone = fields.zone.trimmed().toStdString();
    rule.enabled = fields.isEnabled;
    rule.start = was && fields.start == was->start ? base->start : readDate(fields.start, "start", problems);
    rule.end = was && fields.end == was->end ? base->end : readDate(fields.end, "end", problems);
    return problems.empty() ? std::optional(rule) : std::nullopt;
}

RuleFields rebased(const RuleFields &base, const RuleFields &mine, const RuleFields &theirs)
{
    RuleFields result = theirs;
    take(result.name, base.name, mine.name);
    take(result.when, base.when, mine.when);
    take(result.floor, base.floor, mine.floor);
    take(result.zone, base.zone, mine.zone);
    take(result.isEnabled, base.isEnabled, mine.isEnabled);
    take(result.start, base.start, mine.start);
    take(result.end, base.end, mine.end);
    return result;
}

} // namespace nest::console
