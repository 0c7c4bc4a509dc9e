// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// When a reservation holds in words and back, and what the fields of its editor make of what is typed.
#include "app/console/pages/pools/rulefields.h"

#include <QTest>

using namespace nest;
using namespace nest::console;
using namespace Qt::StringLiterals;

class TestRuleTexts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhenItHolds_data();
    void saysWhenItHolds();
    void writesTheCronOfDays_data();
    void writesTheCronOfDays();
    void readsWhatIsTyped();
    void keepsWhatAFieldDoesNotSay_data();
    void keepsWhatAFieldDoesNotSay();
    void saysWhatIsWrong();
    void takesTheirsWhereNothingWasTyped();
};

void TestRuleTexts::saysWhenItHolds_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<QString>("words");
    QTest::newRow("daily") << u"30 11 * * *"_s << 150 << u"11:30 to 14:00, every day"_s;
    QTest::newRow("over midnight") << u"0 22 * * mon-fri"_s << 480 << u"22:00 to 06:00, weekdays"_s;
    QTest::newRow("weekend, numbers") << u"0 9 * * 6,7"_s << 60 << u"09:00 to 10:00, weekends"_s;
    QTest::newRow("Sunday is 0") << u"0 9 * * 0"_s << 60 << u"09:00 to 10:00, Sun"_s;
    QTest::newRow("some days") << u"0 9 * * Mon,wed"_s << 60 << u"09:00 to 10:00, Mon, Wed"_s;
    QTest::newRow("a whole day") << u"0 0 * * *"_s << 1440 << u"24 h from 00:00, every day"_s;
    QTest::newRow("longer") << u"0 0 * * mon"_s << 1500 << u"0 0 * * mon, 25 h each"_s;
    QTest::newRow("often") << u"*/20 9 * * *"_s << 10 << u"*/20 9 * * *, 10 min each"_s;
    QTest::newRow("a day of the month") << u"0 9 1 * *"_s << 90 << u"0 9 1 * *, 1 h 30 min each"_s;
    QTest::newRow("no cron") << u"25 * *"_s << 10 << u"25 * *, 10 min each"_s;
}

void TestRuleTexts::saysWhenItHolds()
{
    QFETCH(QString, cron);
    QFETCH(int, minutes);
    QLocale::setDefault(QLocale::English);
    QTEST(holdsText({.name = "lunch", .cron = cron.toStdString(), .minutes = minutes, .floor = 1}), "words");
}

void TestRuleTexts::writesTheCronOfDays_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<QString>("cron");
    QTest::newRow("all") << 0b1111111 << u"30 11 * * *"_s;
    QTest::newRow("weekdays") << 0b0011111 << u"30 11 * * mon-fri"_s;
    QTest::newRow("two in a row") << 0b1100000 << u"30 11 * * sat,sun"_s;
    QTest::newRow("apart") << 0b0010101 << u"30 11 * * mon,wed,fri"_s;
    QTest::newRow("to Sunday") << 0b1111100 << u"30 11 * * wed-sat,sun"_s;
    QTest::newRow("both") << 0b1000111 << u"30 11 * * mon-wed,sun"_s;
}

void TestRuleTexts::writesTheCronOfDays()
{
    QFETCH(int, days);
    const DailyTime time{QTime(11, 30), Weekdays(static_cast<unsigned long long>(days))};
    QTEST(QString::fromStdString(cronOf(time)), "cron");
    QCOMPARE(dailyTime(cronOf(time)).value_or(DailyTime{}) == time, true);
}

void TestRuleTexts::readsWhatIsTyped()
{
    RuleFields fields = newRule();
    fields.name = u" lunch "_s;
    fields.when.from = u"22:00"_s;
    fields.when.to = u"6:30"_s;
    fields.floor = 8;
    fields.start = u"2026-12-01 09:00"_s;
    RuleProblems problems;
    const auto rule = readRule(fields, nullptr, problems);
    QVERIFY(rule);
    QCOMPARE(rule->name, std::string("lunch"));
    QCOMPARE(rule->cron, std::string("0 22 * * *"));
    QCOMPARE(rule->minutes, 510);
    QCOMPARE(rule->floor, 8);
    QVERIFY(rule->start && !rule->end);
    RuleFields same = fieldsOf(*rule);
    QCOMPARE(same.when.to, u"06:30"_s);
    QCOMPARE(same.start, fields.start);
    fields.when.to = u"24:00"_s;
    QCOMPARE(readRule(fields, nullptr, problems)->minutes, 120);
}

void TestRuleTexts::keepsWhatAFieldDoesNotSay_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<int>("minutes");
    QTest::newRow("numbers of days") << u"0 9 * * 1-5"_s << 60;
    QTest::newRow("Sunday is 7") << u"5 9 * * 7"_s << 90;
    QTest::newRow("a step") << u"*/20 9 * * *"_s << 10;
    QTest::newRow("longer than a day") << u"0  0 * * mon"_s << 1500;
}

/// Seconds, and the second of two equal hours in autumn.
void TestRuleTexts::keepsWhatAFieldDoesNotSay()
{
    QFETCH(QString, cron);
    QFETCH(int, minutes);
    qputenv("TZ", "Europe/Berlin");
    const auto at = [](const QString &text) {
        return wire::Time(
            std::chrono::milliseconds(QDateTime::fromString(text, Qt::ISODateWithMs).toMSecsSinceEpoch()));
    };
    const wire::Reservation rule{.name = "lunch",
                                 .cron = cron.toStdString(),
                                 .minutes = minutes,
                                 .floor = 2,
                                 .zone = "UTC",
                                 .enabled = true,
                                 .start = at(u"2026-10-25T01:30:30.250Z"_s),
                                 .end = at(u"2026-12-24T17:00:59Z"_s)};
    RuleFields fields = fieldsOf(rule);
    RuleProblems problems;
    fields.floor = 3;
    auto next = readRule(fields, &rule, problems);
    QVERIFY(next);
    QCOMPARE(next->floor, 3);
    next->floor = rule.floor;
    QVERIFY(*next == rule);
    fields.end = u"2026-12-24 18:30"_s;
    next = readRule(fields, &rule, problems);
    QVERIFY(next && next->start == rule.start && next->end == at(u"2026-12-24T17:30:00Z"_s));
    fields.start.clear();
    QVERIFY(!readRule(fields, &rule, problems)->start);
}

void TestRuleTexts::saysWhatIsWrong()
{
    RuleFields fields = newRule();
    fields.when.from = u"25:00"_s;
    fields.end = u"tomorrow"_s;
    RuleProblems problems;
    QVERIFY(!readRule(fields, nullptr, problems));
    QVERIFY(problems.contains("name") && problems.contains("cron") && problems.contains("end"));
    fields.when.from = u"09:00"_s;
    fields.when.days.reset();
    QVERIFY(!readRule(fields, nullptr, problems));
    QVERIFY(problems["cron"].contains(u"at least one day"_s));
}

void TestRuleTexts::takesTheirsWhereNothingWasTyped()
{
    const RuleFields base = newRule();
    RuleFields mine = base;
    mine.floor = 5;
    RuleFields theirs = base;
    theirs.floor = 3;
    theirs.when.to = u"23:00"_s;
    const RuleFields both = rebased(base, mine, theirs);
    QCOMPARE(both.floor, 5);
    QCOMPARE(both.when.to, u"23:00"_s);
}

QTEST_GUILESS_MAIN(TestRuleTexts)
#include "tst_ruletexts.moc"
