// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How much a connection is guarded, and its lock.
#include "models/guard.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::models::Guard;

class TestGuard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void levelFollowsTheEnvironment();
    void onlyProductionIsLocked();
    void unlocksWithAReasonAndLocksItself();
    void locksAtOnce();
};

void TestGuard::levelFollowsTheEnvironment()
{
    QCOMPARE(Guard::levelOf(u"LOCAL"_s), Guard::Level::Open);
    QCOMPARE(Guard::levelOf(u"test"_s), Guard::Level::Open);
    QCOMPARE(Guard::levelOf(u"STAGING"_s), Guard::Level::Confirm);
    QCOMPARE(Guard::levelOf(u"PROD"_s), Guard::Level::TypeName);
    QCOMPARE(Guard::levelOf(u"something new"_s),
             Guard::Level::TypeName); // what is not known is taken as worst
}

void TestGuard::onlyProductionIsLocked()
{
    Guard open(Guard::Level::Open);
    QVERIFY(!open.isLocked());
    QVERIFY(!open.needsReason());
    QVERIFY(open.chipText().isEmpty());
    QVERIFY(!open.unlock(u"why not"_s));
    Guard confirm(Guard::Level::Confirm);
    QVERIFY(!confirm.isLocked());
    QVERIFY(confirm.needsReason());
    QVERIFY(!confirm.needsName());
    Guard production(Guard::Level::TypeName);
    QVERIFY(production.isLocked());
    QVERIFY(production.needsName());
    QCOMPARE(production.chipText(), u"Production is read-only"_s);
    QVERIFY(production.lockedSentence().contains(u"Unlock it"_s));
}

void TestGuard::unlocksWithAReasonAndLocksItself()
{
    Guard guard(Guard::Level::TypeName);
    QSignalSpy changed(&guard, &Guard::changed);
    QSignalSpy ticks(&guard, &Guard::timeLeftChanged);
    QVERIFY(!guard.unlock(u"  "_s)); // a reason is asked for
    QVERIFY(guard.isLocked());
    QVERIFY(guard.unlock(u" incident 12 "_s));
    QVERIFY(guard.isUnlocked());
    QCOMPARE(guard.reason(), u"incident 12"_s);
    QVERIFY(guard.timeLeft() > 14min && guard.timeLeft() <= 15min);
    QVERIFY(guard.chipText().startsWith(u"Unlocked 1"_s));
    QVERIFY(guard.unlock(u"shorter"_s, 2s));
    QTRY_VERIFY_WITH_TIMEOUT(guard.isLocked(), 6'000);
    QTRY_COMPARE(changed.count(), 3);
    QVERIFY(ticks.count() >= 1);
    QVERIFY(guard.reason().isEmpty());
}

void TestGuard::locksAtOnce()
{
    Guard guard(Guard::Level::TypeName);
    QVERIFY(guard.unlock(u"look"_s));
    guard.lock();
    QVERIFY(guard.isLocked());
    QCOMPARE(guard.timeLeft(), 0s);
    guard.setLevel(Guard::Level::Open);
    QVERIFY(!guard.isLocked());
}

QTEST_GUILESS_MAIN(TestGuard)
#include "tst_guard.moc"
