// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Five fields: what they mean (against an independent reader's answers in vectors/cron.txt), and what is
// refused with which words.

#include "scaling/cron.h"

#include <QFile>
#include <QTest>

#include <random>

using namespace nest::scaling;
using namespace Qt::StringLiterals;

namespace {

/// The next minutes after `from` at which it comes.
QStringList nextOf(const Cron &cron, QDateTime from, qsizetype count)
{
    QStringList found;
    for (QDate day = from.date(); found.size() < count && day.year() < 2036; day = day.addDays(1)) {
        const std::chrono::local_days local{
            std::chrono::days(day.toJulianDay() - QDate(1970, 1, 1).toJulianDay())};
        if (!cron.hasDay(local)) {
            continue;
        }
        for (int minute = 0; minute < 24 * 60 && found.size() < count; ++minute) {
            const QDateTime time(day, QTime(minute / 60, minute % 60), QTimeZone::utc());
            if (time > from && cron.hasHour(minute / 60) && cron.hasMinute(minute % 60)) {
                found.append(time.toString(u"yyyy-MM-ddTHH:mm"_s));
            }
        }
    }
    return found;
}

} // namespace

class ScalingCron final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void comesWhenOthersSayItDoes_data();
    void comesWhenOthersSayItDoes();
    void oneDayFieldIsEnoughWhenBothAreLimited();
    void aStarWithAStepIsStillAStar();
    void leapDaysCome();
    void blanksDoNotMatter();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void survivesNoise();
};

void ScalingCron::comesWhenOthersSayItDoes_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QStringList>("times");
    QFile file(QStringLiteral(NEST_SOURCE_DIR "/tests/scaling/vectors/cron.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int rows = 0;
    const auto lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const auto &line : lines) {
        const auto parts = line.split(u" | "_s);
        if (!line.startsWith(u'#')) {
            QCOMPARE(parts.size(), 2);
            QTest::addRow("%d %s", ++rows, qPrintable(parts.at(0))) << parts.at(0) << parts.at(1).split(u' ');
        }
    }
    QVERIFY(rows >= 150);
}

void ScalingCron::comesWhenOthersSayItDoes()
{
    QFETCH(QString, expression);
    QFETCH(QStringList, times);
    const auto cron = Cron::parse(expression.toStdString());
    QVERIFY2(cron, cron ? "" : cron.error().c_str());
    QCOMPARE(nextOf(*cron, QDateTime(QDate(2026, 2, 27), QTime(23, 59), QTimeZone::utc()), times.size()),
             times);
}

void ScalingCron::oneDayFieldIsEnoughWhenBothAreLimited()
{
    using namespace std::chrono;
    const auto cron = Cron::parse("0 0 13 * fri");
    QVERIFY(cron);
    QVERIFY(cron->hasDay(local_days(2026y / March / 13))); // both
    QVERIFY(cron->hasDay(local_days(2026y / March / 6)));  // a Friday
    QVERIFY(cron->hasDay(local_days(2026y / April / 13))); // a Monday
    QVERIFY(!cron->hasDay(local_days(2026y / April / 14)));
}

void ScalingCron::aStarWithAStepIsStillAStar()
{
    using namespace std::chrono;
    const auto cron = Cron::parse("0 0 */2 * fri"); // as Debian's cron: odd days that are Fridays
    QVERIFY(cron);
    QVERIFY(cron->hasDay(local_days(2026y / March / 13)));
    QVERIFY(!cron->hasDay(local_days(2026y / March / 6)));
    QVERIFY(!cron->hasDay(local_days(2026y / March / 15)));
}

void ScalingCron::leapDaysCome()
{
    const auto cron = Cron::parse("30 2 29 2 *");
    QVERIFY(cron);
    QCOMPARE(nextOf(*cron, QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::utc()), 2),
             (QStringList{u"2028-02-29T02:30"_s, u"2032-02-29T02:30"_s}));
}

void ScalingCron::blanksDoNotMatter()
{
    QCOMPARE(Cron::parse("  0\t9  * * 1-5 ").value(), Cron::parse("0 9 * * mon-fri").value());
    QCOMPARE(Cron::parse("0 9 * * 0").value(), Cron::parse("0 9 * * 7").value());
    QCOMPARE(Cron::parse("0 9 * * 5-7").value(), Cron::parse("0 9 * * fri,sat,SUN").value());
}

void ScalingCron::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char *text, const char *part) {
        QTest::newRow(*text == '\0' ? "empty" : text) << QByteArray(text) << QByteArray(part);
    };
    row("", "has 0 fields; it needs five");
    row("* * * *", "has 4 fields");
    row("0 0 9 * * 1-5", "has 6 fields");
    row("@daily", "has 1 fields");
    row("60 * * * *", "the minute '60' lies outside of 0 to 59");
    row("* 24 * * *", "the hour '24' lies outside of 0 to 23");
    row("* * 0 * *", "the day of month '0' lies outside of 1 to 31");
    row("* * 32 * *", "the day of month '32'");
    row("* * * 13 *", "the month '13'");
    row("* * * 0 *", "the month '0'");
    row("* * * * 8", "the weekday '8'");
    row("* * * * monday", "the weekday 'monday' is not understood");
    row("* * * foo *", "such as feb");
    row("jan * * * *", "the minute 'jan' is not understood; it is a number from 0 to 59");
    row("-5 * * * *", "the minute '-5'");
    row("5- * * * *", "the minute '5-'");
    row("5-1-2 * * * *", "the minute '5-1-2'");
    row("9-5 * * * *", "runs backwards");
    row("* * * * sat-mon", "runs backwards");
    row("5/10 * * * *", "write 5-59/10");
    row("*/0 * * * *", "has no step");
    row("*/ * * * *", "has no step");
    row("*/-1 * * * *", "has no step");
    row("*/x * * * *", "has no step");
    row("1,,2 * * * *", "the minute ''");
    row("1, * * * *", "the minute ''");
    row("** * * * *", "the minute '**'");
    row("? * * * *", "the minute '?'");
    row("0 0 L * *", "the day of month 'L'");
    row("0 0 15W * *", "the day of month '15W'");
    row("0 0 * * 5#2", "the weekday '5#2'");
    row("1.5 * * * *", "the minute '1.5'");
    row("+1 * * * *", "the minute '+1'");
    row("0x1 * * * *", "the minute '0x1'");
    row("00001 * * * *", "the minute '00001'");
    row("0 0 31 2 *", "never comes");
    row("0 0 31 4,6,9,11 *", "never comes");
    row("0 0 30-31 feb *", "never comes");
    QTest::newRow("endless") << QByteArray(300, '1') << QByteArray("longer than 200");
}

void ScalingCron::refusesWhatIsNone()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, part);
    const auto cron = Cron::parse(std::string_view(text.constData(), std::size_t(text.size())));
    QVERIFY(!cron);
    QVERIFY2(cron.error().contains(part.toStdString()), cron.error().c_str());
}

void ScalingCron::survivesNoise()
{
    std::mt19937 random(1);
    const std::string marks = "0123456789*/-, \tmonJAN\x80\xff";
    int read = 0;
    for (int round = 0; round < 50'000; ++round) {
        std::string text = round % 2 == 0 ? "0 9 1-5 */2 mon" : "";
        for (int change = 0; change <= round % 4; ++change) {
            text.insert(random() % (text.size() + 1), 1, marks[random() % marks.size()]);
        }
        read += Cron::parse(text) ? 1 : 0;
    }
    QVERIFY(read > 0);
}

QTEST_GUILESS_MAIN(ScalingCron)
#include "tst_scaling_cron.moc"
