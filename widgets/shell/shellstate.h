// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the shell shows around every page, as plain values: which connection, how alive it is, which part of
// the platform, which time. The shell makes the sentences; whoever knows the platform only fills these in.
//
// Thread: any, they are values.

#include "widgets/theme/theme.h"

#include <QString>
#include <QStringList>

#include <array>
#include <chrono>
#include <optional>

namespace nest::widgets {

struct ConnectionInfo
{
    QString name; // "local"; empty: not connected
    Environment environment = Environment::Local;
    bool operator==(const ConnectionInfo &) const = default;
};

struct ConnectionStatus
{
    enum class State {
        Starting, // no answer yet
        Live,     // the last word is under 5 s old
        Late,     // 5 to 15 s
        Offline,  // older; values are kept and dim
        Failed    // will not come back by itself; `failure` says why
    };

    State state = State::Starting;
    std::chrono::milliseconds age{0};                   // of the last word from the platform
    std::optional<std::chrono::milliseconds> retryIn{}; // until the next try to reconnect
    std::optional<double> roundTripMs{};
    QString version{};           // of the platform
    int isolationLevel = 0;      // 0: not known
    QString isolationSentence{}; // short: "Isolation 4 of 4"
    QString isolationDetail{};   // long, for the tool tip
    QString timeZone{};          // "UTC+8"
    QString failure{};
    bool operator==(const ConnectionStatus &) const = default;
};

/// Narrows every page. An empty part means all.
struct Scope
{
    QString set, lane, region;
    bool operator==(const Scope &) const = default;
};

enum class ScopePart { Set, Lane, Region };

struct ScopeChoices
{
    QStringList sets, lanes, regions;
    bool operator==(const ScopeChoices &) const = default;
};

enum class TimeRange { FiveMinutes, FifteenMinutes, OneHour, SixHours, TwentyFourHours };
inline constexpr std::array timeRanges{TimeRange::FiveMinutes, TimeRange::FifteenMinutes, TimeRange::OneHour,
                                       TimeRange::SixHours, TimeRange::TwentyFourHours};

[[nodiscard]] std::chrono::seconds durationOf(TimeRange range);
/// "5 min", "24 h", in the language of the console.
[[nodiscard]] QString nameOf(TimeRange range);
/// "0.4 s", "38 s", "2 min 14 s", "3 h", "2 d".
[[nodiscard]] QString ageText(std::chrono::milliseconds age);
/// What a SET, a lane or a region is, in a sentence for who never heard of it.
[[nodiscard]] QString scopeTip(ScopePart part);
/// What isolation protects, and what the next level would add; then what the platform says of it.
[[nodiscard]] QString isolationTip(const ConnectionStatus &status);
/// A tool tip of several sentences, broken into lines.
[[nodiscard]] QString wrappedTip(const QString &text);
/// "Live · 0.4 s behind", "Offline 2 min 14 s, reconnecting in 8 s".
[[nodiscard]] QString liveText(const ConnectionStatus &status);
/// "LOCAL", the word on the badge; the same in every language.
[[nodiscard]] QString environmentBadge(Environment environment);

/// One thing that runs, as the status bar tells of it.
struct Job
{
    QString id;     // "build/hello"; what is told again under it takes the place of what was told before
    QString text{}; // "Building hello · 62 %"; empty: it is over
    QString stop{}; // what ends it, "Cancel build"; empty: nothing does

    bool operator==(const Job &) const = default;
};

} // namespace nest::widgets
