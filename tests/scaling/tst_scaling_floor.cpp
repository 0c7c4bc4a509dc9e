// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reserved instances by the time of day: which rule wins when, in every zone and across clock changes; and
// what the decisions and a simulation make of it. And what is cut when no more fit on the machine.

#include "scaling/floor.h"
#include "scaling/simulate.h"

#include <QTest>

#include <format>

using namespace nest::scaling;
using namespace std::chrono;
using namespace Qt::StringLiterals;

namespace {

TimePoint utc(const char *text)
{
    return TimePoint(milliseconds(
        QDateTime::fromString(QString::fromLatin1(text) + u":00Z"_s, Qt::ISODate).toMSecsSinceEpoch()));
}

FloorRule rule(const char *cron, minutes length, int floor, const char *zone = nullptr)
{
    FloorRule made;
    made.name = cron;
    made.cron = Cron::parse(cron).value();
    made.length = length;
    made.floor = floor;
    made.zone = zone == nullptr ? nullptr : locate_zone(zone);
    return made;
}

/// "2026-03-28T09:00 8 #0": a line a step, times in UTC.
QStringList steps(const std::vector<FloorRule> &rules, int reserved, const char *from, const char *to)
{
    QStringList lines;
    for (const auto &step : floorSteps(rules, reserved, utc(from), utc(to))) {
        lines.append(QString::fromStdString(
            std::format("{:%FT%H:%M} {} #{}", floor<minutes>(step.from), step.floor, step.rule)));
    }
    return lines;
}

} // namespace

class ScalingFloor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void withoutRulesTheReservedNumberHolds();
    void officeHoursHoldInTheirZone();
    void theLargestWins();
    void ofEqualsTheFirstWins();
    void aRuleThatIsOffOrOverHoldsNothing();
    void longHoldsGoOverMidnightAndWeeks();
    void minutesThatFollowEachOtherAreOneStretch();
    void aNightIsAsLongAsTheClockSays_data();
    void aNightIsAsLongAsTheClockSays();
    void aTimeThatIsLeftOut();
    void aTimeThatComesTwice();
    void halfHoursOfDifference();
    void whatIsKnownIsKept();
    void stepsAgreeWithEachMinute();
    void decisionsNameTheRule();
    void aPlatformWithoutTrafficKeepsTheFloor();
    void simulationsFollowTheRules();
    void whatDoesNotFitIsCut();
    void theNextTimeIsFound();
};

void ScalingFloor::withoutRulesTheReservedNumberHolds()
{
    QCOMPARE(steps({}, 3, "2026-03-02T00:00", "2026-03-03T00:00"), QStringList{u"2026-03-02T00:00 3 #-1"_s});
    QCOMPARE(floorSteps({}, 3, utc("2026-03-02T00:00"), utc("2026-03-02T00:00")).size(), std::size_t(1));
}

void ScalingFloor::officeHoursHoldInTheirZone()
{
    const std::vector rules{rule("0 9 * * mon-fri", hours(11), 8, "Asia/Shanghai")}; // UTC+8
    QCOMPARE(
        steps(rules, 2, "2026-03-05T00:00", "2026-03-10T00:00"), // Thursday on
        (QStringList{u"2026-03-05T00:00 2 #-1"_s, u"2026-03-05T01:00 8 #0"_s, u"2026-03-05T12:00 2 #-1"_s,
                     u"2026-03-06T01:00 8 #0"_s, u"2026-03-06T12:00 2 #-1"_s, u"2026-03-09T01:00 8 #0"_s,
                     u"2026-03-09T12:00 2 #-1"_s}));
    QCOMPARE(steps(rules, 2, "2026-03-05T05:30", "2026-03-05T06:00"),
             QStringList{u"2026-03-05T05:30 8 #0"_s});
}

void ScalingFloor::theLargestWins()
{
    const std::vector rules{rule("0 8 * * *", hours(10), 5), rule("0 10 * * *", hours(2), 20),
                            rule("0 11 * * *", hours(6), 3)};
    QCOMPARE(
        steps(rules, 4, "2026-03-02T00:00", "2026-03-03T00:00"),
        (QStringList{u"2026-03-02T00:00 4 #-1"_s, u"2026-03-02T08:00 5 #0"_s, u"2026-03-02T10:00 20 #1"_s,
                     u"2026-03-02T12:00 5 #0"_s, u"2026-03-02T18:00 4 #-1"_s}));
}

void ScalingFloor::ofEqualsTheFirstWins()
{
    const std::vector rules{rule("0 8 * * *", hours(4), 5), rule("0 8 * * *", hours(8), 5)};
    QCOMPARE(
        steps(rules, 5, "2026-03-02T08:00", "2026-03-02T17:00"),
        (QStringList{u"2026-03-02T08:00 5 #0"_s, u"2026-03-02T12:00 5 #1"_s, u"2026-03-02T16:00 5 #-1"_s}));
}

void ScalingFloor::aRuleThatIsOffOrOverHoldsNothing()
{
    auto off = rule("* * * * *", hours(1), 9);
    off.isEnabled = false;
    QCOMPARE(steps({off}, 1, "2026-03-02T00:00", "2026-03-03T00:00"),
             QStringList{u"2026-03-02T00:00 1 #-1"_s});
    auto campaign = rule("0 9 * * *", hours(10), 9);
    campaign.start = utc("2026-03-03T12:00"); // amid its first day
    campaign.end = utc("2026-03-04T12:00");
    QCOMPARE(
        steps({campaign}, 1, "2026-03-02T00:00", "2026-03-06T00:00"),
        (QStringList{u"2026-03-02T00:00 1 #-1"_s, u"2026-03-03T12:00 9 #0"_s, u"2026-03-03T19:00 1 #-1"_s,
                     u"2026-03-04T09:00 9 #0"_s, u"2026-03-04T12:00 1 #-1"_s}));
}

void ScalingFloor::longHoldsGoOverMidnightAndWeeks()
{
    const std::vector night{rule("0 22 * * *", hours(8), 6)};
    QCOMPARE(
        steps(night, 0, "2026-03-02T00:00", "2026-03-02T23:00"),
        (QStringList{u"2026-03-02T00:00 6 #0"_s, u"2026-03-02T06:00 0 #-1"_s, u"2026-03-02T22:00 6 #0"_s}));
    const std::vector week{rule("0 0 1 * *", days(7), 6)};
    QCOMPARE(steps(week, 0, "2026-03-07T20:00", "2026-03-09T00:00"),
             (QStringList{u"2026-03-07T20:00 6 #0"_s, u"2026-03-08T00:00 0 #-1"_s}));
}

void ScalingFloor::minutesThatFollowEachOtherAreOneStretch()
{
    const std::vector rules{rule("* 9-19 * * 1-5", minutes(1), 8)};
    QCOMPARE(
        steps(rules, 0, "2026-03-02T00:00", "2026-03-03T00:00"),
        (QStringList{u"2026-03-02T00:00 0 #-1"_s, u"2026-03-02T09:00 8 #0"_s, u"2026-03-02T20:00 0 #-1"_s}));
}

void ScalingFloor::aNightIsAsLongAsTheClockSays_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QByteArray>("day"); // its evening, UTC noon
    QTest::addColumn<int>("hoursLong");
    QTest::newRow("Berlin, usual") << "Europe/Berlin"_ba << "2026-03-20"_ba << 8;
    QTest::newRow("Berlin, spring") << "Europe/Berlin"_ba << "2026-03-28"_ba << 7;
    QTest::newRow("Berlin, autumn") << "Europe/Berlin"_ba << "2026-10-24"_ba << 9;
    QTest::newRow("New York, spring") << "America/New_York"_ba << "2026-03-07"_ba << 7;
    QTest::newRow("New York, autumn") << "America/New_York"_ba << "2026-10-31"_ba << 9;
    QTest::newRow("Sydney, its autumn") << "Australia/Sydney"_ba << "2026-04-04"_ba << 9;
    QTest::newRow("Shanghai") << "Asia/Shanghai"_ba << "2026-03-28"_ba << 8;
    QTest::newRow("UTC") << "UTC"_ba << "2026-03-28"_ba << 8;
}

void ScalingFloor::aNightIsAsLongAsTheClockSays()
{
    QFETCH(QByteArray, zone);
    QFETCH(QByteArray, day);
    QFETCH(int, hoursLong);
    const std::vector rules{rule("0 22 * * *", hours(8), 6, zone.constData())};
    const auto *known = locate_zone(zone.constData());
    const auto evening = floor<minutes>(utc((day + "T00:00").constData()));
    const local_time<minutes> at(evening.time_since_epoch() + hours(22));
    const TimePoint begin = known->to_sys(at);
    const auto made = floorSteps(rules, 0, begin - hours(1), begin + hours(14));
    QCOMPARE(made.size(), std::size_t(3));
    QCOMPARE(made[1].from, begin);
    QCOMPARE(made[1].to - made[1].from, milliseconds(hours(hoursLong)));
}

void ScalingFloor::aTimeThatIsLeftOut()
{
    // On 2026-03-29 Berlin goes from 02:00 (01:00 UTC) straight to 03:00.
    const auto at = [](const char *cron, minutes length) {
        return steps({rule(cron, length, 6, "Europe/Berlin")}, 0, "2026-03-29T00:00", "2026-03-29T12:00");
    };
    QCOMPARE(at("30 2 * * *", hours(1)), (QStringList{u"2026-03-29T00:00 0 #-1"_s, u"2026-03-29T01:00 6 #0"_s,
                                                      u"2026-03-29T01:30 0 #-1"_s}));
    QCOMPARE(at("10 2 * * *", minutes(20)),
             QStringList{u"2026-03-29T00:00 0 #-1"_s}); // no such minute on that day
    QCOMPARE(at("0 1 * * *", hours(3)),                 // to 04:00
             (QStringList{u"2026-03-29T00:00 6 #0"_s, u"2026-03-29T02:00 0 #-1"_s}));
}

void ScalingFloor::aTimeThatComesTwice()
{
    // On 2026-10-25 Berlin has 02:00 to 03:00 twice: from 00:00 and from 01:00 UTC.
    const auto at = [](const char *cron, minutes length) {
        return steps({rule(cron, length, 6, "Europe/Berlin")}, 0, "2026-10-24T23:00", "2026-10-25T12:00");
    };
    QCOMPARE(
        at("30 2 * * *", minutes(15)), // from the first 02:30 to the second 02:45
        (QStringList{u"2026-10-24T23:00 0 #-1"_s, u"2026-10-25T00:30 6 #0"_s, u"2026-10-25T01:45 0 #-1"_s}));
    QCOMPARE(at("0 1 * * *", hours(3)), // 01:00 to 04:00 takes four hours
             (QStringList{u"2026-10-24T23:00 6 #0"_s, u"2026-10-25T03:00 0 #-1"_s}));
}

void ScalingFloor::halfHoursOfDifference()
{
    // Lord Howe changes its clock by half an hour; Kathmandu is 5:45 ahead.
    const std::vector rules{rule("0 9 * * *", hours(1), 6, "Asia/Kathmandu")};
    QCOMPARE(
        steps(rules, 0, "2026-03-02T00:00", "2026-03-02T12:00"),
        (QStringList{u"2026-03-02T00:00 0 #-1"_s, u"2026-03-02T03:15 6 #0"_s, u"2026-03-02T04:15 0 #-1"_s}));
    const std::vector island{rule("0 22 * * *", hours(8), 6, "Australia/Lord_Howe")};
    const auto made = floorSteps(island, 0, utc("2026-04-04T10:00"), utc("2026-04-05T10:00"));
    QCOMPARE(made[1].to - made[1].from, milliseconds(minutes(8 * 60 + 30))); // 02:00 back to 01:30
}

void ScalingFloor::whatIsKnownIsKept()
{
    const std::vector rules{rule("0 9 * * *", hours(1), 6)};
    const auto known = floorAt(rules, 1, utc("2026-03-02T09:10"));
    QCOMPARE(known.floor, 6);
    QCOMPARE(known.to, utc("2026-03-02T10:00"));
    const FloorStep other{known.from, known.to, 99, 0};
    QCOMPARE(floorAt(rules, 1, utc("2026-03-02T09:59"), other).floor, 99); // not computed again
    QCOMPARE(floorAt(rules, 1, utc("2026-03-02T10:00"), other).floor, 1);
    QCOMPARE(floorAt(rules, 1, utc("2026-03-02T09:00"), other).floor, 6); // a clock that went back
}

void ScalingFloor::stepsAgreeWithEachMinute()
{
    const std::vector rules{rule("*/50 1-23/5 * * *", minutes(35), 4, "Europe/Berlin"),
                            rule("15 2 * * sun", hours(3), 7, "America/New_York"),
                            rule("30 23 * * *", hours(4), 5, "Australia/Lord_Howe"),
                            rule("0 0 28 * *", days(2), 6, "Asia/Kathmandu")};
    const auto from = utc("2026-03-26T00:00");
    const auto all = floorSteps(rules, 3, from, from + days(6));
    QCOMPARE(all.front().from, from);
    QCOMPARE(all.back().to, from + days(6));
    for (std::size_t i = 1; i < all.size(); ++i) {
        QCOMPARE(all[i].from, all[i - 1].to);
        QVERIFY(all[i].floor != all[i - 1].floor || all[i].rule != all[i - 1].rule);
    }
    std::size_t at = 0;
    for (auto now = from; now < from + days(6); now += minutes(7)) {
        while (all[at].to <= now) {
            ++at;
        }
        const auto alone = floorAt(rules, 3, now);
        QCOMPARE(std::pair(alone.floor, alone.rule), std::pair(all[at].floor, all[at].rule));
    }
}

void ScalingFloor::decisionsNameTheRule()
{
    Policy policy;
    policy.reserved = 1;
    policy.maximum = 10;
    policy.floors = {rule("0 9 * * *", hours(2), 4), rule("0 10 * * *", hours(2), 6)};
    const Inputs quiet{.stableAverage = 0, .panicAverage = 0, .ready = 1};
    State state;
    const auto at = [&](const char *time) {
        auto evaluation = evaluate(policy, quiet, state, utc(time));
        state = evaluation.state;
        return evaluation.decision;
    };
    const auto before = at("2026-03-02T08:59");
    QCOMPARE(before.desired, 1);
    QCOMPARE(before.floorRule, -1);
    const auto begun = at("2026-03-02T09:00");
    QCOMPARE(begun.desired, 4);
    QCOMPARE(begun.limit, Limit::Reserved);
    QCOMPARE(begun.cause, Cause::Schedule);
    QCOMPARE(begun.floorRule, 0);
    const auto named = std::ranges::find(begun.steps, std::string_view("reserved"), &Step::name);
    QVERIFY(named != begun.steps.end());
    QCOMPARE(named->border, 4.0);
    QCOMPARE(at("2026-03-02T09:30").cause, Cause::Stable); // nothing has changed
    const auto both = at("2026-03-02T10:30");
    QCOMPARE(both.desired, 6);
    QCOMPARE(both.floorRule, 1);
    policy.maximum = 5; // a floor never exceeds the maximum
    QCOMPARE(at("2026-03-02T11:30").desired, 5);
    const auto over = at("2026-03-02T12:00");
    QCOMPARE(over.floorRule, -1);
}

void ScalingFloor::aPlatformWithoutTrafficKeepsTheFloor()
{
    Policy policy;
    policy.floors = {rule("0 9 * * *", hours(2), 4)};
    State state;
    const auto made = evaluate(policy, {}, state, utc("2026-03-02T09:10")); // nothing was ever measured
    QCOMPARE(made.decision.desired, 4);
    // An hour without a request does not take the last ones while the rule holds.
    const Inputs idle{.stableAverage = 0, .panicAverage = 0, .ready = 4, .secondsSinceLastRequest = 3'600};
    QCOMPARE(evaluate(policy, idle, made.state, utc("2026-03-02T10:50")).decision.desired, 4);
}

void ScalingFloor::simulationsFollowTheRules()
{
    Policy policy;
    policy.maximum = 40;
    policy.floors = {rule("0 9 * * *", hours(2), 8)};
    Samples samples{.start = utc("2026-03-02T08:00"),
                    .requestsPerSecond = std::vector<double>(4 * 3'600, 100)};
    const auto made = simulate(policy, samples, {});
    const auto at = [&](const char *time) {
        int desired = 0;
        for (const auto &level : made.levels) {
            desired = level.time <= utc(time) ? level.desired : desired;
        }
        return desired;
    };
    QCOMPARE(at("2026-03-02T08:59"), 2);
    QCOMPARE(at("2026-03-02T09:01"), 8);
    QCOMPARE(at("2026-03-02T10:59"), 8);
    QCOMPARE(at("2026-03-02T11:05"), 2);
}

void ScalingFloor::whatDoesNotFitIsCut()
{
    const TimePoint now(std::chrono::days(20'000));
    Policy policy;
    policy.reserved = 8;
    Inputs inputs{.stableAverage = 0, .panicAverage = 0, .ready = 2};
    inputs.room = 3;
    inputs.instanceMegabytes = 256;
    const auto cut = evaluate(policy, inputs, {}, now).decision;
    QCOMPARE(cut.desired, 3);
    QCOMPARE(cut.limit, Limit::Capacity);
    QCOMPARE(cut.steps.back(), (Step{"capacity", 256, 3, 8, 3}));
    inputs.room = 1; // the machine became smaller: what runs goes on
    QCOMPARE(evaluate(policy, inputs, {}, now).decision.desired, 2);
    inputs.room = 20;
    QCOMPARE(evaluate(policy, inputs, {}, now).decision.limit, Limit::Reserved);
    inputs = {};
    inputs.queued = 1;
    inputs.room = 0;
    policy.reserved = 0;
    const auto none = evaluate(policy, inputs, {}, now).decision; // not even the first one
    QCOMPARE(none.desired, 0);
    QCOMPARE(none.limit, Limit::Capacity);
}

void ScalingFloor::theNextTimeIsFound()
{
    const auto next = [](const char *cron, const char *now) {
        return nextBegin(rule(cron, 60min, 1), utc(now));
    };
    QCOMPARE(next("0 9 * * *", "2026-03-02T08:00"), utc("2026-03-02T09:00"));
    QCOMPARE(next("0 9 * * *", "2026-03-02T09:30"), utc("2026-03-03T09:00")); // it holds: the one after
    QCOMPARE(next("0 9 * * *", "2026-03-02T09:00"), utc("2026-03-03T09:00"));
    QCOMPARE(next("0 9 24 12 *", "2026-03-02T09:00"), utc("2026-12-24T09:00"));
    QVERIFY(!next("* * * * *", "2026-03-02T09:00"));  // it never ends, so it never begins
    QVERIFY(!next("0 0 29 2 *", "2026-03-02T09:00")); // too far off
    FloorRule dense = rule("*/2 * * * *", 1min, 1);
    dense.start = utc("2026-06-01T00:00");
    QCOMPARE(nextBegin(dense, utc("2026-03-02T09:00")), utc("2026-06-01T00:00"));
    dense.end = utc("2026-06-01T00:01");
    QVERIFY(!nextBegin(dense, utc("2026-06-01T00:00"))); // it holds for the last time
    QVERIFY(!nextBegin(dense, utc("2026-07-01T00:00"))); // it has ended
    FloorRule off = rule("0 9 * * *", 60min, 1);
    off.isEnabled = false;
    QVERIFY(!nextBegin(off, utc("2026-03-02T08:00")));
}

QTEST_GUILESS_MAIN(ScalingFloor)
#include "tst_scaling_floor.moc"
