// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The size schedule in the editor of a pool: a window from the fields to the platform and back, what is wrong
// and where that is said, what the fields cannot say, and somebody else who changes the same pool. Real
// clicks and keys on a real platform.
#include "app/console/pages/pools/windowrow.h"
#include "tests/console/pools/doorway.h"
#include "tests/console/pools/poolsbench.h"

#include <QApplication>
#include <QJsonArray>
#include <QLabel>
#include <QScrollArea>

using namespace Qt::StringLiterals;
using nest::console::WindowRow;
using nest::testsupport::answerLimit;
using nest::testsupport::Doorway;
using nest::testsupport::PoolsConsole;
using nest::testsupport::PoolsPlatform;

namespace {

QJsonObject rule(const QString &name, int idle, const QString &cron, int minutes)
{
    return {{u"name"_s, name},  {u"cron"_s, cron},     {u"minutes"_s, minutes},
            {u"floor"_s, idle}, {u"zone"_s, u"UTC"_s}, {u"enabled"_s, true}};
}

QByteArray poolWith(const QJsonArray &rules, int idle = 0)
{
    return QJsonDocument(QJsonObject{{u"idle"_s, idle}, {u"mostIdle"_s, 4}, {u"schedule"_s, rules}}).toJson();
}

struct ScheduleConsole : PoolsConsole
{
    using PoolsConsole::PoolsConsole;

    [[nodiscard]] QList<WindowRow *> rows() const
    {
        QList<WindowRow *> shown;
        for (auto *row : window.findChildren<WindowRow *>()) {
            if (row->isVisible()) {
                shown.append(row);
            }
        }
        return shown;
    }
    [[nodiscard]] WindowRow *row(const QString &name) const
    {
        for (auto *each : rows()) {
            if (each->text().name == name) {
                return each;
            }
        }
        return nullptr;
    }
    /// Into view first, as a person scrolls.
    void reach(QWidget *part) const
    {
        QCoreApplication::processEvents();
        for (QWidget *up = part->parentWidget(); up != nullptr; up = up->parentWidget()) {
            if (auto *area = qobject_cast<QScrollArea *>(up)) {
                area->ensureWidgetVisible(part);
            }
        }
        QCoreApplication::processEvents();
    }
    void press(const QString &name) const
    {
        reach(find<QWidget>(name));
        click(name);
    }
    void openWindow(const QString &name) const
    {
        reach(row(name));
        QTest::mouseClick(row(name), Qt::LeftButton);
    }
    /// And leaves the list of names that comes up.
    void fill(const QString &name, const QString &value) const
    {
        reach(find<QWidget>(name));
        type(name, value);
        if (QWidget *names = QApplication::activePopupWidget()) {
            QTest::keyClick(names, Qt::Key_Escape);
        }
    }
    [[nodiscard]] QString error(const QString &field) const
    {
        return find<QLabel>(u"windowError-"_s + field) != nullptr ? text(u"windowError-"_s + field)
                                                                  : QString();
    }
};

} // namespace

class TestPoolSchedule final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void addsChangesAndRemovesAWindow();
    void isOneWindowWhenTheWatchIsFasterThanTheAnswer();
    void takesARemovalBack();
    void saysWhatIsWrongAtItsField();
    void saysWhatThePlatformRefuses();
    void keepsWhatTheFieldsCannotSay();
    void keepsWhatIsTypedWhenSomebodyElseChangesIt();
    void marksTheRuleThatHolds();

private:
    [[nodiscard]] QJsonArray schedule() const { return m_platform->pool("mine")[u"schedule"].toArray(); }
    [[nodiscard]] bool put(const QJsonArray &rules, int idle = 0) const
    {
        return m_platform->put("mine", poolWith(rules, idle));
    }

    std::unique_ptr<PoolsPlatform> m_platform;
};

void TestPoolSchedule::init()
{
    m_platform = std::make_unique<PoolsPlatform>();
    QVERIFY2((*m_platform)->start(), qPrintable((*m_platform)->error()));
    QVERIFY(put({}));
}

void TestPoolSchedule::cleanup()
{
    m_platform.reset();
}

void TestPoolSchedule::addsChangesAndRemovesAWindow()
{
    ScheduleConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.find<QLabel>(u"noWindows"_s));
    console.press(u"addWindow"_s);
    QCOMPARE(console.rows().size(), 1);
    QVERIFY(console.find<QLineEdit>(u"windowFrom"_s)->hasFocus());
    console.fill(u"windowName"_s, u"lunch"_s);
    console.fill(u"windowFrom"_s, u"10:30"_s);
    console.fill(u"windowTo"_s, u"21:00"_s);
    console.setNumber(u"windowFloor"_s, u"3"_s);
    console.fill(u"windowZone"_s, u"UTC"_s);
    QCOMPARE(console.row(u"lunch"_s)->text().from, u"10:30"_s);
    QVERIFY(console.text(u"poolNote"_s).startsWith(u"1 change"_s));
    QCOMPARE(console.text(u"poolCost"_s), u"+31.5 instance-hours a day"_s);
    console.click(u"reviewPool"_s);
    QTRY_VERIFY(console.text(u"guardEffects"_s)
                    .contains(u"lunch keeps 3 runtimes ready: 10:30 to 21:00, every day (UTC)."_s));
    console.picture(u"pools-schedule-review"_s);
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(schedule().size(), 1, answerLimit);
    QCOMPARE(schedule()[0].toObject(), rule(u"lunch"_s, 3, u"30 10 * * *"_s, 630));
    QTRY_COMPARE(console.text(u"poolNote"_s), QString());
    QCOMPARE(console.typedIn(u"windowName"_s), u"lunch"_s); // it stays open
    QVERIFY(!console.canReview());
    // Changed: the old number beside the new one, the rest as it was.
    console.reach(console.find<QSpinBox>(u"windowFloor"_s));
    console.setNumber(u"windowFloor"_s, u"2"_s);
    QCOMPARE(console.row(u"lunch"_s)->text().was, u"3"_s);
    console.press(u"windowDay7"_s);
    QVERIFY(console.row(u"lunch"_s)->text().days != u"every day"_s);
    console.picture(u"pools-schedule-changed"_s);
    console.click(u"reviewPool"_s);
    QTRY_VERIFY(console.text(u"guardEffects"_s).contains(u"Window lunch: Idle: 3 → 2"_s));
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(schedule()[0].toObject(), rule(u"lunch"_s, 2, u"30 10 * * mon-sat"_s, 630),
                              answerLimit);
    QTRY_VERIFY(console.row(u"lunch"_s) != nullptr && console.row(u"lunch"_s)->text().was.isEmpty());
    // Gone, but not before it is written.
    console.press(u"removeWindow"_s);
    QVERIFY(console.rows().isEmpty());
    console.click(u"discardPool"_s);
    QCOMPARE(console.rows().size(), 1);
    console.openWindow(u"lunch"_s);
    console.press(u"removeWindow"_s);
    console.click(u"reviewPool"_s);
    QTRY_VERIFY(console.text(u"guardEffects"_s).contains(u"lunch goes: it kept 2 runtimes ready"_s));
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(schedule().size(), 0, answerLimit);
}

void TestPoolSchedule::isOneWindowWhenTheWatchIsFasterThanTheAnswer()
{
    Doorway door((*m_platform)->socket(), false);
    ScheduleConsole console(door.socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.find<QLabel>(u"noWindows"_s));
    console.press(u"addWindow"_s);
    console.fill(u"windowName"_s, u"lunch"_s);
    console.setNumber(u"poolIdle"_s, u"1"_s);
    door.hold("PUT /v1/pools/mine");
    QVERIFY(console.confirm());
    QTRY_VERIFY_WITH_TIMEOUT(door.isHeld(), answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(schedule().size(), 1, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"mine"_s, 3), u"1 / 1"_s, answerLimit); // the watch has told it
    QCOMPARE(console.rows().size(), 1);
    door.letThrough();
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"mine is changed"_s), answerLimit);
    QTRY_COMPARE(console.text(u"poolNote"_s), QString());
    QCOMPARE(console.rows().size(), 1);
    QCOMPARE(console.typedIn(u"windowName"_s), u"lunch"_s); // it stays open
}

void TestPoolSchedule::takesARemovalBack()
{
    const QJsonObject lunch = rule(u"lunch"_s, 1, u"0 9 * * *"_s, 60);
    QVERIFY(put({lunch}));
    ScheduleConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.row(u"lunch"_s));
    console.openWindow(u"lunch"_s);
    console.press(u"removeWindow"_s);
    QVERIFY(console.confirm());
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"mine is changed"_s), answerLimit);
    QCOMPARE(schedule().size(), 0);
    console.click(u"toastAction"_s);
    QTRY_COMPARE_WITH_TIMEOUT(schedule().size(), 1, answerLimit);
    QCOMPARE(schedule()[0].toObject(), lunch);
    QTRY_COMPARE_WITH_TIMEOUT(console.rows().size(), 1, answerLimit);
}

void TestPoolSchedule::saysWhatIsWrongAtItsField()
{
    QVERIFY(put({rule(u"lunch"_s, 1, u"0 9 * * *"_s, 60)}));
    ScheduleConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.row(u"lunch"_s));
    console.openWindow(u"lunch"_s);
    console.fill(u"windowFrom"_s, u"25:00"_s);
    QVERIFY(console.error(u"cron"_s).contains(u"11:30"_s));
    QVERIFY(!console.canReview());
    QCOMPARE(console.text(u"poolNote"_s), u"Mend the window lunch of the size schedule."_s);
    console.picture(u"pools-schedule-wrong"_s);
    console.fill(u"windowTo"_s, u"12:00"_s);
    QCOMPARE(console.typedIn(u"windowFrom"_s), u"25:00"_s); // nothing is lost
    console.press(u"windowDone"_s);
    QVERIFY(!console.row(u"lunch"_s)->text().note.isEmpty());
    QTest::keyClick(console.row(u"lunch"_s), Qt::Key_Space); // by the keys
    QCOMPARE(console.typedIn(u"windowFrom"_s), u"25:00"_s);
    console.fill(u"windowFrom"_s, u"08:00"_s);
    QCOMPARE(console.error(u"cron"_s), QString());
    QVERIFY(console.canReview());
    console.press(u"addWindow"_s);
    console.fill(u"windowName"_s, u"lunch"_s);
    QVERIFY(!console.canReview());
    QVERIFY(console.text(u"poolNote"_s).contains(u"named lunch"_s));
    QTest::keyClick(console.find<QLineEdit>(u"windowName"_s), Qt::Key_Escape);
    QVERIFY(console.find<QLineEdit>(u"windowName"_s) == nullptr); // left, with what was typed
    QCOMPARE(console.rows().size(), 2);
}

void TestPoolSchedule::saysWhatThePlatformRefuses()
{
    QVERIFY(put({rule(u"lunch"_s, 1, u"0 9 * * *"_s, 60), rule(u"dinner"_s, 1, u"0 18 * * *"_s, 60)}));
    ScheduleConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.row(u"dinner"_s));
    console.openWindow(u"dinner"_s);
    console.fill(u"windowZone"_s, u"Mars/Base"_s);
    console.press(u"windowDone"_s);
    QVERIFY(console.confirm());
    QTRY_VERIFY_WITH_TIMEOUT(!console.error(u"zone"_s).isEmpty(), answerLimit); // it opens by itself
    QCOMPARE(console.typedIn(u"windowZone"_s), u"Mars/Base"_s);
    QCOMPARE(console.typedIn(u"windowName"_s), u"dinner"_s);
    QCOMPARE(console.text(u"poolNote"_s), u"It is refused: look at what is marked in the size schedule."_s);
    console.picture(u"pools-schedule-refused"_s);
    console.fill(u"windowZone"_s, u"UTC"_s);
    QCOMPARE(console.error(u"zone"_s), QString());
}

/// Seconds, a length over midnight, the rule's own life: no field here has them.
void TestPoolSchedule::keepsWhatTheFieldsCannotSay()
{
    QJsonObject often = rule(u"often"_s, 1, u"*/20 9 * * *"_s, 10);
    QJsonObject term = rule(u"term"_s, 1, u"0 9 * * 1-5"_s, 60);
    term[u"end"_s] = u"2030-01-01T00:00:30.000Z"_s;
    QVERIFY(put({often, term}));
    ScheduleConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.row(u"often"_s));
    QCOMPARE(console.row(u"often"_s)->text().from, u"*/20 9 * * *"_s);
    QCOMPARE(console.row(u"often"_s)->text().to, QString());
    console.openWindow(u"term"_s);
    console.reach(console.find<QSpinBox>(u"windowFloor"_s));
    console.setNumber(u"windowFloor"_s, u"2"_s);
    QCOMPARE(console.text(u"poolCost"_s), u"– instance-hours a day"_s);
    console.picture(u"pools-schedule-cron"_s);
    QVERIFY(console.confirm());
    term[u"floor"_s] = 2;
    QTRY_COMPARE_WITH_TIMEOUT(schedule()[1].toObject()[u"floor"].toInt(), 2, answerLimit);
    QCOMPARE(schedule()[0].toObject(), often);
    QCOMPARE(schedule()[1].toObject(), term); // also "1-5", which the fields write otherwise
    console.openWindow(u"often"_s);
    console.press(u"removeWindow"_s);
    QVERIFY(console.confirm());
    QTRY_COMPARE_WITH_TIMEOUT(schedule().size(), 1, answerLimit);
}

void TestPoolSchedule::keepsWhatIsTypedWhenSomebodyElseChangesIt()
{
    QVERIFY(put({rule(u"lunch"_s, 1, u"0 9 * * *"_s, 60), rule(u"dinner"_s, 1, u"0 18 * * *"_s, 60)}));
    ScheduleConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.row(u"lunch"_s));
    console.openWindow(u"lunch"_s);
    console.reach(console.find<QSpinBox>(u"windowFloor"_s));
    console.setNumber(u"windowFloor"_s, u"2"_s);
    // They move the same window, take the other away and add one.
    QVERIFY(put({rule(u"lunch"_s, 1, u"0 10 * * *"_s, 60), rule(u"night"_s, 1, u"0 23 * * *"_s, 60)}));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"night"_s), answerLimit);
    QCOMPARE(console.rows().size(), 2);
    QCOMPARE(console.typedIn(u"windowFrom"_s), u"10:00"_s); // theirs
    QCOMPARE(console.numberIn(u"windowFloor"_s), 2);        // mine
    QVERIFY(console.text(u"poolNote"_s).contains(u"changed it meanwhile"_s));
    QVERIFY(console.confirm());
    QTRY_COMPARE_WITH_TIMEOUT(schedule()[0].toObject(), rule(u"lunch"_s, 2, u"0 10 * * *"_s, 60),
                              answerLimit);
    QCOMPARE(schedule().size(), 2);
}

void TestPoolSchedule::marksTheRuleThatHolds()
{
    QVERIFY(
        put({rule(u"always"_s, 2, u"0 0 * * *"_s, 24 * 60), rule(u"less"_s, 1, u"0 0 * * *"_s, 24 * 60)}));
    ScheduleConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"always"_s) && console.row(u"always"_s)->text().isWinner,
                             answerLimit);
    QVERIFY(console.row(u"always"_s)->text().days.startsWith(u"now"_s));
    QVERIFY(!console.row(u"less"_s)->text().isWinner);
    console.picture(u"pools-schedule"_s);
}

QTEST_MAIN(TestPoolSchedule)
#include "tst_poolschedule.moc"
