// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A reservation in words: when it holds, how long, what a change of it does. A cron that names one time of
// the day on some days of the week is "11:30 to 14:00, every day"; any other is shown as it is written.
//
// Pure but for translations. Thread: UI.

#include "api/wire/deployment.h"

#include <QStringList>
#include <QTime>

#include <bitset>
#include <optional>

namespace nest::console {

using Weekdays = std::bitset<7>; // Monday first

/// A cron of the plain kind.
struct DailyTime
{
    QTime from;
    Weekdays days;
    bool operator==(const DailyTime &) const = default;
};

[[nodiscard]] std::optional<DailyTime> dailyTime(const std::string &cron);
[[nodiscard]] std::string cronOf(const DailyTime &time);
/// "every day", "weekdays", "Mon, Wed".
[[nodiscard]] QString daysText(const Weekdays &days);
/// "2 h 30 min".
[[nodiscard]] QString lengthText(int minutes);
/// "11:30 to 14:00, every day"; "*/20 9 * * *, 10 min each".
[[nodiscard]] QString holdsText(const wire::Reservation &rule);
/// What has the rule: its number is a floor of instances there, of idle runtimes here.
enum class RuleOf { Deployment, Pool };
/// What happens to the rule, one sentence a change; nothing on one side: it is new, or it goes.
[[nodiscard]] QStringList ruleChanges(const wire::Reservation *before, const wire::Reservation *after,
                                      RuleOf of = RuleOf::Deployment);
/// "+12 instance-hours in the next 24 h"; empty: as many.
[[nodiscard]] QString hoursChange(double before, double after);
/// "22.5", in the language of the console.
[[nodiscard]] QString hoursText(double hours);

} // namespace nest::console
