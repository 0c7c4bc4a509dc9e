// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/shellstate.h"

#include <QCoreApplication>
#include <QLocale>

namespace nest::widgets {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct Shell
{
    Q_DECLARE_TR_FUNCTIONS(Shell)
};
} // namespace

std::chrono::seconds durationOf(TimeRange range)
{
    switch (range) {
    case TimeRange::FiveMinutes:
        return 5min;
    case TimeRange::FifteenMinutes:
        return 15min;
    case TimeRange::OneHour:
        return 1h;
    case TimeRange::SixHours:
        return 6h;
    case TimeRange::TwentyFourHours:
        break;
    }
    return 24h;
}

QString nameOf(TimeRange range)
{
    const std::chrono::seconds length = durationOf(range);
    return length < 1h ? Shell::tr("%1 min").arg(length / 1min) : Shell::tr("%1 h").arg(length / 1h);
}

QString scopeTip(ScopePart part)
{
    switch (part) {
    case ScopePart::Set:
        return Shell::tr("A SET is a closed part of the platform with its own deployments, as for one tenant "
                         "or one group of users.");
    case ScopePart::Lane:
        return Shell::tr("A lane is for trying a change: requests of the lane go to what is deployed in it, "
                         "and to main for all else.");
    case ScopePart::Region:
        break;
    }
    return Shell::tr("A region is the place, such as a data centre, where functions run.");
}

QString isolationTip(const ConnectionStatus &status)
{
    QStringList lines{
        Shell::tr("Isolation keeps functions apart from each other and from the files of this computer.")};
    switch (status.isolationLevel) {
    case 1:
        lines.append(Shell::tr("Level 2 is missing: functions could not read files that are not theirs."));
        break;
    case 2:
        lines.append(Shell::tr("Level 3 is missing: functions would not see other processes."));
        break;
    case 3:
        lines.append(
            Shell::tr("Level 4 is missing: exact limits of memory and processor time for each function."));
        break;
    default:
        break;
    }
    if (!status.isolationDetail.isEmpty()) {
        lines.append(status.isolationDetail);
    }
    return lines.join(u'\n');
}

QString wrappedTip(const QString &text)
{
    return u"<p>"_s + text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</p>"_s;
}

QString ageText(std::chrono::milliseconds age)
{
    if (age < 10s) {
        return Shell::tr("%1 s").arg(QLocale().toString(static_cast<double>(age.count()) / 1000, 'f', 1));
    }
    if (age < 1min) {
        return Shell::tr("%1 s").arg(age / 1s);
    }
    if (age < 1h) {
        const auto seconds = (age % 1min) / 1s;
        return seconds == 0 || age >= 10min ? Shell::tr("%1 min").arg(age / 1min)
                                            : Shell::tr("%1 min %2 s").arg(age / 1min).arg(seconds);
    }
    return age < 48h ? Shell::tr("%1 h").arg(age / 1h) : Shell::tr("%1 d").arg(age / 24h);
}

QString liveText(const ConnectionStatus &status)
{
    switch (status.state) {
    case ConnectionStatus::State::Starting:
        return Shell::tr("Starting");
    case ConnectionStatus::State::Live:
        return Shell::tr("Live · %1 behind").arg(ageText(status.age));
    case ConnectionStatus::State::Late:
        return Shell::tr("Late · %1 s").arg(status.age / 1s);
    case ConnectionStatus::State::Offline:
        return status.retryIn ? Shell::tr("Offline %1, reconnecting in %2 s")
                                    .arg(ageText(status.age))
                                    .arg(std::chrono::ceil<std::chrono::seconds>(*status.retryIn).count())
                              : Shell::tr("Offline %1, reconnecting").arg(ageText(status.age));
    case ConnectionStatus::State::Failed:
        break;
    }
    return status.failure.isEmpty() ? Shell::tr("Not connected") : status.failure;
}

QString environmentBadge(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return u"PROD"_s;
    case Environment::Staging:
        return u"STAGING"_s;
    case Environment::Test:
        return u"TEST"_s;
    case Environment::Local:
        break;
    }
    return u"LOCAL"_s;
}

} // namespace nest::widgets
