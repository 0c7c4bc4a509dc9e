// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page Pools: what is seen of real pools, a change from the field to the platform and back, a pool of
// one's own, what is refused, two windows, and a platform that goes away. Real clicks and keys.
#include "tests/console/pools/doorway.h"
#include "tests/console/pools/poolsbench.h"
#include "widgets/theme/theme.h"

#include <QComboBox>

using namespace Qt::StringLiterals;
using nest::testsupport::answerLimit;
using nest::testsupport::PoolsConsole;
using nest::testsupport::PoolsPlatform;
using nest::testsupport::TestPlatform;

class TestPoolsPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysThatThereAreNone();
    void showsWhatIsKeptReadyAndWhatWasStartedFromIt();
    void changesTheSizeAfterAReviewAndTakesItBack();
    void makesAPoolOfOnesOwnAndDeletesIt();
    void keepsWhatIsTypedWhenSomebodyElseChangesIt();
    void asksForTheNameOnAProtectedConnection();
    void staysReadableWhileThePlatformIsAway();
    void knowsTheRuntimesOfAPlatformThatCameLater();
    void sendsNothingBeforeTheSessionIsConnected();
    void warnsWhenMoreIsWishedForThanFits();

private:
    std::unique_ptr<PoolsPlatform> m_platform;
};

void TestPoolsPage::init()
{
    m_platform = std::make_unique<PoolsPlatform>();
    QVERIFY2((*m_platform)->start(), qPrintable((*m_platform)->error()));
}

void TestPoolsPage::cleanup()
{
    m_platform.reset();
}

void TestPoolsPage::saysThatThereAreNone()
{
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.session.isConnected(), answerLimit);
    QTest::keyClick(&console.window, Qt::Key_G);
    QTest::keyClick(&console.window, Qt::Key_P);
    QTRY_COMPARE(console.page(), u"pools"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"No pools yet"_s), answerLimit);
    console.picture(u"pools-empty"_s);
}

void TestPoolsPage::showsWhatIsKeptReadyAndWhatWasStartedFromIt()
{
    QCOMPARE((*m_platform)->deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QVERIFY(m_platform->put("greeters", R"({"runtime":"python3.13","idle":1,"mostIdle":4})"));
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"node20-256"_s, 3), u"2 / 2"_s, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"greeters"_s, 3), u"1 / 1"_s, answerLimit);
    QCOMPARE(console.cell(u"node20-256"_s, 6), u"–"_s); // nothing was started: not 0 %
    QCOMPARE(console.cell(u"node20-256"_s, 9), u"1"_s);
    QCOMPARE((*m_platform)->gateway({.path = "/fn/hello/"}).status, 200);
    QTRY_VERIFY_WITH_TIMEOUT(console.cell(u"node20-256"_s, 6).startsWith(u"100"_s), answerLimit);
    QCOMPARE(console.cell(u"node20-256"_s, 5), u"1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.cell(u"node20-256"_s, 7).endsWith(u"ms"_s), answerLimit);
    QVERIFY(console.text(u"poolsSummary"_s).contains(u"1 claimed in 1 h, hit rate 100"_s));
    console.clickRow(u"node20-256"_s);
    QTRY_COMPARE(console.text(u"poolTitle"_s), u"node20-256"_s);
    QVERIFY(!console.find<QPushButton>(u"deletePool"_s)); // the platform's own
    QVERIFY(!console.find<QLineEdit>(u"poolPreload"_s));  // a warm one is plain
    console.picture(u"pools"_s);

    // Only those of one kind.
    for (auto *segment : console.window.findChildren<QAbstractButton *>()) {
        if (segment->isVisible() && segment->text() == u"Custom"_s) {
            QTest::mouseClick(segment, Qt::LeftButton);
        }
    }
    QTRY_COMPARE(console.rowOf(u"node20-256"_s), -1);
    QVERIFY(console.rowOf(u"greeters"_s) >= 0);
}

void TestPoolsPage::changesTheSizeAfterAReviewAndTakesItBack()
{
    QCOMPARE((*m_platform)->deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"node20-256"_s, 3), u"2 / 2"_s, answerLimit);
    console.clickRow(u"node20-256"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"reviewPool"_s));
    QVERIFY(!console.find<QPushButton>(u"reviewPool"_s)->isEnabled());
    QCOMPARE(console.find<QPushButton>(u"reviewPool"_s)->toolTip(), u"Nothing is changed."_s);
    console.setNumber(u"poolIdle"_s, u"3"_s);
    QVERIFY(console.text(u"poolNote"_s).contains(u"less than"_s)); // more than “At most”
    QVERIFY(!console.find<QPushButton>(u"reviewPool"_s)->isEnabled());
    console.setNumber(u"poolMostIdle"_s, u"5"_s);
    QVERIFY(console.find<QPushButton>(u"reviewPool"_s)->isEnabled());
    QCOMPARE(console.text(u"poolCost"_s), u"+24 instance-hours a day"_s);
    console.picture(u"pools-changed"_s);
    console.click(u"reviewPool"_s);
    QTRY_VERIFY(console.find<QWidget>(u"guardDialog"_s));
    QCOMPARE(console.text(u"guardEffects"_s), u"Idle: 2 → 3\nAt most: 2 → 5\n+24 instance-hours a day"_s);
    console.picture(u"pools-review"_s);
    console.type(u"guardReason"_s, u"mornings are busy"_s);
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"node20-256"_s, 3), u"3 / 3"_s, answerLimit);
    QCOMPARE(m_platform->pool("node20-256")[u"reason"].toString(), u"mornings are busy"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"deletePool"_s)); // it has a document now

    console.click(u"toastAction"_s); // Undo
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"node20-256"_s, 3), u"2 / 2"_s, answerLimit);
    QVERIFY(!m_platform->pool("node20-256").contains(u"etag"));
}

void TestPoolsPage::makesAPoolOfOnesOwnAndDeletesIt()
{
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"No pools yet"_s), answerLimit);
    console.click(u"newPool"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"poolName"_s));
    auto *runtimes = console.find<QComboBox>(u"poolRuntime"_s);
    QTRY_VERIFY_WITH_TIMEOUT(runtimes->findData(u"java21"_s) >= 0, answerLimit);
    QTest::keyClicks(console.find<QLineEdit>(u"poolName"_s), u"Mine!"_s);
    QVERIFY(console.text(u"poolNote"_s).contains(u"a to z"_s));
    console.type(u"poolName"_s, u"mine"_s);
    console.type(u"poolPackages"_s, u"nonsense"_s);
    QVERIFY(console.text(u"poolNote"_s).contains(u"shop@3"_s));
    auto *environment = console.find<QPlainTextEdit>(u"poolEnvironment"_s);
    QTest::keyClicks(environment, u"A=1"_s);
    QTest::keyClick(environment, Qt::Key_Return);
    QTest::keyClicks(environment, u"A=2"_s);
    console.type(u"poolPackages"_s, u"ghost@1"_s);
    QVERIFY(console.text(u"poolNote"_s).contains(u"has A twice"_s));
    environment->selectAll();
    QTest::keyClick(environment, Qt::Key_Delete);
    console.setNumber(u"poolIdle"_s, u"1"_s);
    console.picture(u"pools-new"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(console.canReview(), // the lists may be there before the session is connected
                              qPrintable(console.find<QPushButton>(u"reviewPool"_s)->toolTip()), answerLimit);
    console.click(u"reviewPool"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    console.click(u"guardConfirm"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"poolNote"_s).contains(u"no version"_s), answerLimit);
    QCOMPARE(console.find<QLineEdit>(u"poolName"_s)->text(), u"mine"_s); // nothing is lost
    console.type(u"poolPackages"_s, u"nonsense"_s);
    QVERIFY(console.text(u"poolNote"_s).contains(u"shop@3"_s)); // what is wrong now, not then
    QVERIFY(!console.text(u"poolNote"_s).contains(u"no version"_s));
    auto *packages = console.find<QLineEdit>(u"poolPackages"_s);
    packages->selectAll();
    QTest::keyClick(packages, Qt::Key_Delete);
    console.click(u"reviewPool"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"mine"_s, 3), u"1 / 1"_s, answerLimit);
    QTRY_VERIFY(console.find<QPushButton>(u"deletePool"_s));
    console.click(u"deletePool"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.rowOf(u"mine"_s), -1, answerLimit);
    QTRY_VERIFY(console.text(u"poolNote"_s).contains(u"was deleted"_s));
    QCOMPARE((*m_platform)->get("/v1/pools/mine").status, 404);
}

/// Two windows at the same pool.
void TestPoolsPage::keepsWhatIsTypedWhenSomebodyElseChangesIt()
{
    QVERIFY(m_platform->put("mine", R"({"idle":1,"mostIdle":4})"));
    PoolsConsole other((*m_platform)->socket(), m_platform->otherSettingsFile());
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"mine"_s, 3), u"1 / 1"_s, answerLimit);
    console.clickRow(u"mine"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"poolMostIdle"_s));
    console.setNumber(u"poolMostIdle"_s, u"9"_s);
    QVERIFY(other.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(other.cell(u"mine"_s, 3), u"1 / 1"_s, answerLimit);
    other.clickRow(u"mine"_s);
    other.setNumber(u"poolIdle"_s, u"2"_s);
    QVERIFY(other.confirm());
    QTRY_VERIFY_WITH_TIMEOUT(other.showsText(u"mine is changed"_s), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"poolNote"_s).contains(u"changed it meanwhile"_s), answerLimit);
    QCOMPARE(console.numberIn(u"poolMostIdle"_s), 9);
    QCOMPARE(console.numberIn(u"poolIdle"_s), 2); // nobody typed there: theirs is not taken back
    console.picture(u"pools-conflict"_s);
    console.click(u"reviewPool"_s);
    QTRY_COMPARE(console.text(u"guardEffects"_s), u"At most: 4 → 9"_s);
    console.click(u"guardCancel"_s);
    console.click(u"discardPool"_s);
    QTRY_COMPARE(console.numberIn(u"poolMostIdle"_s), 4);
    QCOMPARE(console.numberIn(u"poolIdle"_s), 2);
    QCOMPARE(console.text(u"poolNote"_s), QString()); // nothing is left to change
}

void TestPoolsPage::asksForTheNameOnAProtectedConnection()
{
    QVERIFY(m_platform->put("mine", R"({"idle":1,"mostIdle":4})"));
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.rowOf(u"mine"_s) >= 0, answerLimit);
    auto &guard = console.pages.guard();
    guard.setLevel(nest::models::Guard::Level::TypeName);
    console.clickRow(u"mine"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"poolIdle"_s));
    console.setNumber(u"poolIdle"_s, u"2"_s);
    QVERIFY(!console.find<QPushButton>(u"reviewPool"_s)->isEnabled()); // locked
    QVERIFY(guard.unlock(u"INC-7"_s));
    QTRY_VERIFY(console.find<QPushButton>(u"reviewPool"_s)->isEnabled());
    console.click(u"reviewPool"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"guardName"_s));
    QVERIFY(!console.find<QPushButton>(u"guardConfirm"_s)->isEnabled());
    console.type(u"guardReason"_s, u"INC-7"_s);
    console.type(u"guardName"_s, u"mine"_s);
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"mine"_s, 3), u"2 / 2"_s, answerLimit);
}

void TestPoolsPage::staysReadableWhileThePlatformIsAway()
{
    QVERIFY(m_platform->put("mine", R"({"idle":1,"mostIdle":4})"));
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"mine"_s, 3), u"1 / 1"_s, answerLimit);
    console.clickRow(u"mine"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"poolMostIdle"_s));
    console.setNumber(u"poolMostIdle"_s, u"7"_s);
    (*m_platform)->kill();
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"Offline "_s), answerLimit);
    QVERIFY(!console.find<QPushButton>(u"reviewPool"_s)->isEnabled());
    QCOMPARE(console.find<QSpinBox>(u"poolMostIdle"_s)->value(), 7);
    QCOMPARE(console.find<QAbstractButton>(u"poolPill"_s)->accessibleName(), u"Was: 1 idle"_s);
    console.picture(u"pools-offline"_s);
    QVERIFY2((*m_platform)->start(), qPrintable((*m_platform)->error()));
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"reviewPool"_s)->isEnabled(), answerLimit);
    QCOMPARE(console.find<QSpinBox>(u"poolMostIdle"_s)->value(), 7);
}

/// The page was seen before there was anybody to ask, and again after.
void TestPoolsPage::knowsTheRuntimesOfAPlatformThatCameLater()
{
    (*m_platform)->kill();
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.session.state(), nest::models::Session::State::Offline, answerLimit);
    QVERIFY(console.window.showPage(u"functions"_s));
    QVERIFY2((*m_platform)->start(), qPrintable((*m_platform)->error()));
    QTRY_VERIFY_WITH_TIMEOUT(console.session.isConnected(), answerLimit);
    QVERIFY(console.window.showPage(u"pools"_s));
    console.click(u"newPool"_s);
    auto *runtimes = console.find<QComboBox>(u"poolRuntime"_s);
    QTRY_VERIFY_WITH_TIMEOUT(runtimes->findData(u"java21"_s) >= 0, answerLimit);
}

/// The lists are there, the watch is not yet: what is typed waits for it.
void TestPoolsPage::sendsNothingBeforeTheSessionIsConnected()
{
    nest::testsupport::Doorway door((*m_platform)->socket(), true);
    PoolsConsole console(door.socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"No pools yet"_s), answerLimit);
    console.click(u"newPool"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QComboBox>(u"poolRuntime"_s)->count() > 1, answerLimit);
    console.type(u"poolName"_s, u"mine"_s);
    QTRY_VERIFY_WITH_TIMEOUT(door.isHeld(), answerLimit);
    QVERIFY(!console.canReview());
    door.letThrough();
    QTRY_VERIFY_WITH_TIMEOUT(console.canReview(), answerLimit);
    QCOMPARE(console.typedIn(u"poolName"_s), u"mine"_s);
}

void TestPoolsPage::warnsWhenMoreIsWishedForThanFits()
{
    QCOMPARE((*m_platform)->stop(), 0);
    QVERIFY2((*m_platform)->start({u"--capacity-memory"_s, u"600"_s}), qPrintable((*m_platform)->error()));
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"capacityLine"_s), u"Memory promised: 0 of 600 MB"_s,
                              answerLimit);
    auto *line = console.find<QLabel>(u"capacityLine"_s);
    const auto colourOf = [line] {
        return line->palette().color(QPalette::WindowText);
    };
    const auto &theme = nest::widgets::themeOf(line);
    QCOMPARE(colourOf(), theme.text.dim);
    QCOMPARE(line->toolTip(), u"No instances."_s);
    QCOMPARE(
        (*m_platform)
            ->deploy("hello", TestPlatform::helloFiles("hello"), R"({"scaling":{"reserved":4,"maximum":4}})"),
        QString());
    QTRY_VERIFY_WITH_TIMEOUT(
        console.text(u"capacityLine"_s).startsWith(u"Memory promised: 512 of 600 MB · 1 version"_s),
        2 * answerLimit);
    QCOMPARE(colourOf(), theme.warn.text);
    QVERIFY(line->toolTip().startsWith(u"default/main/local: 512 MB promised, 2 instances, 1 version"_s));
    console.picture(u"capacity-limited"_s);
}

QTEST_MAIN(TestPoolsPage)
#include "tst_poolspage.moc"
