// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The editor of a pool: what is typed stays with its pool, the answer to a change is told wherever one is by
// then, and what cannot be shown is not changed. Real clicks and keys on a real platform.
#include "tests/console/pools/poolsbench.h"

using namespace Qt::StringLiterals;
using nest::testsupport::answerLimit;
using nest::testsupport::PoolsConsole;
using nest::testsupport::PoolsPlatform;
using nest::testsupport::TestPlatform;

class TestPoolEditor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keepsWhatIsTypedOfEachPool();
    void tellsOfAChangeWhereverOneIs();
    void tellsOfARefusalWhereverOneIs();
    void staysWhereOneIsWhenAPoolIsMade();
    void leavesTheFieldsAloneWhileFiguresCome();
    void doesNotTouchAValueOfManyLines();
    void saysThatAChangeWasNotTakenBack();

private:
    std::unique_ptr<PoolsPlatform> m_platform;
};

void TestPoolEditor::init()
{
    m_platform = std::make_unique<PoolsPlatform>();
    QVERIFY2((*m_platform)->start(), qPrintable((*m_platform)->error()));
    QVERIFY(m_platform->put("mine", R"({"idle":1,"mostIdle":4})"));
    QVERIFY(m_platform->put("other", R"({"idle":1,"mostIdle":4})"));
}

void TestPoolEditor::cleanup()
{
    m_platform.reset();
}

void TestPoolEditor::keepsWhatIsTypedOfEachPool()
{
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.find<QLineEdit>(u"poolPackages"_s));
    console.setNumber(u"poolMostIdle"_s, u"6"_s);
    console.type(u"poolPackages"_s, u"half@"_s); // no pool yet
    console.clickRow(u"other"_s);
    QCOMPARE(console.numberIn(u"poolMostIdle"_s), 4);
    QCOMPARE(console.typedIn(u"poolPackages"_s), QString());
    console.click(u"newPool"_s);
    console.type(u"poolName"_s, u"third"_s);
    console.click(u"closePool"_s);
    console.clickRow(u"mine"_s);
    QCOMPARE(console.numberIn(u"poolMostIdle"_s), 6);
    QCOMPARE(console.typedIn(u"poolPackages"_s), u"half@"_s);
    QVERIFY(!console.canReview());
    console.click(u"newPool"_s);
    QCOMPARE(console.typedIn(u"poolName"_s), u"third"_s);
    QCOMPARE(console.find<QPushButton>(u"discardPool"_s)->text(), u"Discard"_s); // else nothing ends it
    console.click(u"discardPool"_s);
    console.click(u"newPool"_s);
    QCOMPARE(console.typedIn(u"poolName"_s), QString());
    QCOMPARE(console.find<QPushButton>(u"discardPool"_s)->text(), u"Close"_s);
    // Somebody else wrote what is kept here.
    QVERIFY(m_platform->put("mine", R"({"idle":2,"mostIdle":5})"));
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"mine"_s, 3), u"2 / 2"_s, answerLimit);
    console.clickRow(u"mine"_s);
    QCOMPARE(console.numberIn(u"poolIdle"_s), 2);
    QCOMPARE(console.numberIn(u"poolMostIdle"_s), 6);
    QVERIFY(console.text(u"poolNote"_s).contains(u"changed it meanwhile"_s));
    console.click(u"discardPool"_s);
    QCOMPARE(console.numberIn(u"poolMostIdle"_s), 5);
    QCOMPARE(console.typedIn(u"poolPackages"_s), QString());
}

/// Another pool was clicked before the answer.
void TestPoolEditor::tellsOfAChangeWhereverOneIs()
{
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.find<QSpinBox>(u"poolMostIdle"_s));
    console.setNumber(u"poolMostIdle"_s, u"6"_s);
    QVERIFY(console.confirm());
    console.clickRow(u"other"_s);
    console.setNumber(u"poolMostIdle"_s, u"7"_s);
    QVERIFY(console.canReview()); // it is not this one that is on its way
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"mine is changed"_s), answerLimit);
    QCOMPARE(console.text(u"poolTitle"_s), u"other"_s);
    QCOMPARE(console.numberIn(u"poolMostIdle"_s), 7);
    QCOMPARE(m_platform->pool("mine")[u"mostIdle"].toInt(), 6);
    QCOMPARE(m_platform->pool("other")[u"mostIdle"].toInt(), 4);
    console.clickRow(u"mine"_s);
    QTRY_COMPARE(console.numberIn(u"poolMostIdle"_s), 6);
    QTRY_VERIFY(!console.canReview()); // nothing is left of it
}

void TestPoolEditor::tellsOfARefusalWhereverOneIs()
{
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.find<QLineEdit>(u"poolPackages"_s));
    console.type(u"poolPackages"_s, u"ghost@1"_s);
    QVERIFY(console.confirm());
    console.clickRow(u"other"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"mine was not changed"_s), answerLimit);
    QVERIFY(console.showsText(u"no version"_s));
    QCOMPARE(console.text(u"poolNote"_s), QString());
    console.picture(u"pools-refused-elsewhere"_s);
    console.clickRow(u"mine"_s);
    QCOMPARE(console.typedIn(u"poolPackages"_s), u"ghost@1"_s); // nothing is lost
    // Where one has stayed it is said there, until something else is typed.
    QVERIFY(console.confirm());
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"poolNote"_s).contains(u"no version"_s), answerLimit);
    console.type(u"poolPackages"_s, u"bad"_s);
    QVERIFY(console.text(u"poolNote"_s).contains(u"shop@3"_s));
    QVERIFY(!console.text(u"poolNote"_s).contains(u"no version"_s));
    console.type(u"poolPackages"_s, u"ghost@1"_s);
    QVERIFY(console.confirm());
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"poolNote"_s).contains(u"no version"_s), answerLimit);
    console.click(u"discardPool"_s);
    QCOMPARE(console.text(u"poolNote"_s), QString());
}

void TestPoolEditor::staysWhereOneIsWhenAPoolIsMade()
{
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.rowOf(u"other"_s) >= 0, answerLimit);
    console.click(u"newPool"_s);
    console.type(u"poolName"_s, u"third"_s);
    console.setNumber(u"poolIdle"_s, u"0"_s);
    QVERIFY(console.confirm());
    console.clickRow(u"mine"_s);
    console.setNumber(u"poolMostIdle"_s, u"6"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"third is made"_s), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.rowOf(u"third"_s) >= 0, answerLimit);
    QCOMPARE(console.text(u"poolTitle"_s), u"mine"_s);
    QCOMPARE(console.numberIn(u"poolMostIdle"_s), 6);
    console.click(u"newPool"_s);
    QCOMPARE(console.typedIn(u"poolName"_s), QString()); // that one is made
}

/// An emptied number stays empty and the caret stays where it is.
void TestPoolEditor::leavesTheFieldsAloneWhileFiguresCome()
{
    QVERIFY(m_platform->put("mine", R"({"idle":1,"mostIdle":4,"preload":["zlib","crypto"]})"));
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"mine"_s, 3), u"1 / 1"_s, answerLimit);
    QCOMPARE((*m_platform)->deploy("hello", TestPlatform::helloFiles("hello"), R"({"pool":"mine"})"),
             QString());
    console.clickRow(u"mine"_s);
    QTRY_COMPARE(console.typedIn(u"poolPreload"_s), u"zlib, crypto"_s);
    console.find<QLineEdit>(u"poolPreload"_s)->setCursorPosition(2);
    auto *idle = console.find<QSpinBox>(u"poolIdle"_s);
    idle->setFocus();
    idle->selectAll();
    QTest::keyClick(idle, Qt::Key_Delete);
    QCOMPARE(idle->cleanText(), QString());
    QCOMPARE((*m_platform)->gateway({.path = "/fn/hello/"}).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(console.cell(u"mine"_s, 5), u"1"_s, answerLimit); // claimed
    QCOMPARE(idle->cleanText(), QString());
    QCOMPARE(console.find<QLineEdit>(u"poolPreload"_s)->cursorPosition(), 2);
    QTest::keyClicks(idle, u"3"_s);
    QCOMPARE(idle->value(), 3);
}

void TestPoolEditor::doesNotTouchAValueOfManyLines()
{
    QVERIFY(m_platform->put("mine", R"({"idle":1,"mostIdle":4,"environment":{"A":"one\ntwo","B":"2"}})"));
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.find<QPlainTextEdit>(u"poolEnvironment"_s));
    QCOMPARE(console.find<QPushButton>(u"reviewPool"_s)->toolTip(), u"Nothing is changed."_s);
    auto *environment = console.find<QPlainTextEdit>(u"poolEnvironment"_s);
    QVERIFY(environment->isReadOnly());
    QVERIFY(environment->toolTip().contains(u"line break"_s));
    console.setNumber(u"poolMostIdle"_s, u"6"_s);
    console.click(u"reviewPool"_s);
    QTRY_COMPARE(console.text(u"guardEffects"_s), u"At most: 4 → 6"_s);
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_platform->pool("mine")[u"mostIdle"].toInt(), 6, answerLimit);
    QCOMPARE(m_platform->pool("mine")[u"environment"].toObject()[u"A"].toString(), u"one\ntwo"_s);
    console.clickRow(u"other"_s);
    QVERIFY(!environment->isReadOnly());
}

void TestPoolEditor::saysThatAChangeWasNotTakenBack()
{
    PoolsConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.open(u"mine"_s));
    QTRY_VERIFY(console.find<QSpinBox>(u"poolMostIdle"_s));
    console.setNumber(u"poolMostIdle"_s, u"6"_s);
    QVERIFY(console.confirm());
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"mine is changed"_s), answerLimit);
    QVERIFY(m_platform->put("mine", R"({"idle":1,"mostIdle":5})"));
    console.click(u"toastAction"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"mine was not taken back"_s), answerLimit);
    console.picture(u"pools-not-taken-back"_s);
    QCOMPARE(m_platform->pool("mine")[u"mostIdle"].toInt(), 5);
}

QTEST_MAIN(TestPoolEditor)
#include "tst_pooleditor.moc"
