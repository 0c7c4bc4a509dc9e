// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reserved instances on the page Pools: the plan of a real platform, a rule from the fields to the platform
// and back, what is refused and where that is said, two windows, and a platform that goes away. Real clicks
// and keys.
#include "tests/console/pools/doorway.h"
#include "tests/console/pools/poolsbench.h"
#include "widgets/chart/floorchart.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>

#include <thread>
#include <tuple>

using namespace Qt::StringLiterals;
using nest::testsupport::answerLimit;
using nest::testsupport::Doorway;
using nest::testsupport::PoolsConsole;
using nest::testsupport::PoolsPlatform;
using nest::testsupport::TestPlatform;

namespace {

constexpr auto address = "/v1/functions/hello/deployments/default/main/local";

QJsonObject rule(const QString &name, int floor, const QString &cron, int minutes)
{
    return {{u"name"_s, name},   {u"cron"_s, cron},     {u"minutes"_s, minutes},
            {u"floor"_s, floor}, {u"zone"_s, u"UTC"_s}, {u"enabled"_s, true}};
}

struct ReservedConsole : PoolsConsole
{
    using PoolsConsole::PoolsConsole;

    [[nodiscard]] nest::chart::FloorContent plan() const
    {
        const auto *chart = find<nest::chart::FloorChart>(u"floorChart"_s);
        return chart != nullptr ? chart->content() : nest::chart::FloorContent();
    }
    [[nodiscard]] int highest() const
    {
        int most = -1;
        for (const auto &step : plan().steps) {
            most = std::max(most, step.floor);
        }
        return most;
    }
    /// The row of the rule in the list; null: there is none.
    [[nodiscard]] QAbstractButton *row(const QString &name) const
    {
        for (auto *each : window.findChildren<QAbstractButton *>(u"ruleRow"_s)) {
            if (each->isVisible() && each->accessibleName().startsWith(name + u", "_s)) {
                return each;
            }
        }
        return nullptr;
    }
    /// And leaves the list of names that comes up.
    void typeZone(const QString &zone) const
    {
        type(u"ruleZone"_s, zone);
        if (QWidget *names = QApplication::activePopupWidget()) {
            QTest::keyClick(names, Qt::Key_Escape);
        }
    }
    void open(const QString &name) const
    {
        QTest::mouseClick(row(name), Qt::LeftButton, {}, QPoint(40, row(name)->height() / 2));
    }
    void flip(const QString &name) const
    {
        auto *box = row(name)->findChild<QCheckBox *>(u"ruleSwitch"_s);
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    }
    [[nodiscard]] bool canReviewRule() const { return find<QPushButton>(u"reviewRule"_s)->isEnabled(); }
};

} // namespace

class TestReservedPanel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysHowToBegin();
    void asksForThePlanWhenTheWatchIsLate();
    void addsARuleAfterAReviewAndTakesItBack();
    void saysWhatIsWrongAtItsField();
    void switchesOffAndRemoves();
    void showsThePlanOfMany();
    void keepsWhatIsTypedWhenSomebodyElseChangesIt();
    void keepsWhatIsTypedWhileOthersAreLookedAt();
    void saysWhatBecameOfTheDeployment();
    void keepsThePlanThatIsThere();
    void saysWhyThereIsNoPreview();
    void keepsFreshFigures();
    void staysReadableWhileThePlatformIsAway();

private:
    [[nodiscard]] QJsonObject deployment() const
    {
        return QJsonDocument::fromJson((*m_platform)->get(address).body).object();
    }
    [[nodiscard]] QJsonArray rules() const
    {
        return deployment()[u"scaling"].toObject()[u"reservations"].toArray();
    }
    [[nodiscard]] bool put(const QJsonArray &rules, int reserved = 0) const
    {
        QJsonObject document = deployment();
        const QString etag = document.take(u"etag"_s).toString();
        document.remove(u"status"_s);
        QJsonObject scaling = document[u"scaling"].toObject();
        scaling[u"reserved"_s] = reserved;
        scaling[u"maximum"_s] = 12;
        scaling[u"reservations"_s] = rules;
        document[u"scaling"_s] = scaling;
        return (*m_platform)
                   ->api({"PUT",
                          address,
                          QJsonDocument(document).toJson(),
                          {{"If-Match", '"' + etag.toUtf8() + '"'}}})
                   .status == 200;
    }

    std::unique_ptr<PoolsPlatform> m_platform;
};

void TestReservedPanel::init()
{
    m_platform = std::make_unique<PoolsPlatform>();
    QVERIFY2((*m_platform)->start({u"--price"_s, u"0.4 CNY"_s}), qPrintable((*m_platform)->error()));
    QCOMPARE((*m_platform)->deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
}

void TestReservedPanel::cleanup()
{
    m_platform.reset();
}

void TestReservedPanel::saysHowToBegin()
{
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"Nothing is reserved"_s), answerLimit);
    QVERIFY(!console.find<QPushButton>(u"addRule"_s)->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"capacityLine"_s).startsWith(u"Memory promised: "_s) &&
                                 console.text(u"capacityLine"_s).endsWith(u" MB"_s),
                             answerLimit);
    console.picture(u"reserved-empty"_s);
}

/// The deployments are listed before the session is connected.
void TestReservedPanel::asksForThePlanWhenTheWatchIsLate()
{
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 150)}));
    Doorway held((*m_platform)->socket(), true);
    ReservedConsole console(held.socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(held.isHeld() && console.session.deployments().isListed(), answerLimit);
    QVERIFY(!console.session.isConnected());
    QVERIFY(!console.row(u"lunch"_s));
    held.letThrough();
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s), answerLimit);
}

void TestReservedPanel::addsARuleAfterAReviewAndTakesItBack()
{
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    auto *choice = console.find<QComboBox>(u"reservedChoice"_s);
    QTRY_COMPARE_WITH_TIMEOUT(choice->count(), 1, answerLimit);
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Down);
    QTRY_COMPARE_WITH_TIMEOUT(console.highest(), 0, answerLimit); // a plan of nothing
    console.click(u"addRule"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"ruleName"_s));
    QVERIFY(!console.canReviewRule());
    console.type(u"ruleName"_s, u"lunch"_s);
    console.type(u"ruleFrom"_s, u"11:30"_s);
    console.type(u"ruleTo"_s, u"14:00"_s);
    console.setNumber(u"ruleFloor"_s, u"2"_s);
    console.typeZone(u"UTC"_s);
    // What it would be, before anything is sent.
    QTRY_VERIFY_WITH_TIMEOUT(!console.plan().whatIf.isEmpty(), answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"ruleCost"_s), u"+5 instance-hours in the next 24 h"_s,
                              answerLimit);
    QCOMPARE(console.text(u"reservedHours"_s), u"0 → 5 h"_s);
    QCOMPARE(console.text(u"reservedCost"_s), u"0.00 → 0.50 CNY"_s); // of 256 MB each
    QVERIFY(rules().isEmpty());
    console.picture(u"reserved-whatif"_s);
    console.click(u"reviewRule"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    QCOMPARE(
        console.text(u"guardEffects"_s),
        u"lunch keeps 2 instances ready: 11:30 to 14:00, every day (UTC).\n+5 instance-hours in the next 24 h"_s);
    console.type(u"guardReason"_s, u"lunch is busy"_s);
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.highest(), 2, answerLimit);
    QVERIFY(console.plan().whatIf.isEmpty());
    QCOMPARE(rules().size(), 1);
    QCOMPARE(rules().first()[u"cron"].toString(), u"30 11 * * *"_s);
    QCOMPARE(rules().first()[u"minutes"].toInt(), 150);
    QCOMPARE(deployment()[u"reason"].toString(), u"lunch is busy"_s);
    QTRY_VERIFY(console.row(u"lunch"_s));
    QVERIFY(console.row(u"lunch"_s)->accessibleName().contains(u"11:30 to 14:00, every day, UTC"_s));
    QCOMPARE(console.text(u"ruleTitle"_s), u"lunch"_s);
    console.click(u"toastAction"_s); // Undo
    QTRY_COMPARE_WITH_TIMEOUT(console.highest(), 0, answerLimit);
    QVERIFY(rules().isEmpty());
}

void TestReservedPanel::saysWhatIsWrongAtItsField()
{
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 150)}));
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s), answerLimit);
    console.open(u"lunch"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"ruleFrom"_s));
    console.type(u"ruleFrom"_s, u"noon"_s);
    QVERIFY(console.text(u"ruleError-cron"_s).contains(u"such as 11:30"_s));
    QVERIFY(!console.canReviewRule());
    for (auto *segment : console.window.findChildren<QAbstractButton *>()) {
        if (segment->isVisible() && segment->text() == u"Cron"_s) {
            QTest::mouseClick(segment, Qt::LeftButton);
        }
    }
    QTRY_VERIFY(console.find<QLineEdit>(u"ruleCron"_s));
    console.type(u"ruleCron"_s, u"0 25 * * *"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        console.text(u"ruleError-cron"_s).contains(u"the hour '25' lies outside of 0 to 23"_s), answerLimit);
    QVERIFY(!console.canReviewRule());
    console.picture(u"reserved-wrong"_s);
    console.type(u"ruleCron"_s, u"0 12 * * *"_s);
    console.typeZone(u"Moon/Sea"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"ruleError-zone"_s).contains(u"no zone"_s), answerLimit);
    QCOMPARE(console.text(u"ruleError-cron"_s), QString());
    console.typeZone(u"Europe/Berlin"_s);
    console.setNumber(u"ruleFloor"_s, u"900"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"ruleError-floor"_s).contains(u"the maximum of"_s), answerLimit);
    console.type(u"ruleEnd"_s, u"soon"_s);
    QVERIFY(console.text(u"ruleError-end"_s).contains(u"2026-12-01 09:00"_s));
    QCOMPARE(rules().first()[u"cron"].toString(), u"30 11 * * *"_s); // nothing was sent
    console.click(u"discardRule"_s);
    QCOMPARE(console.find<QLineEdit>(u"ruleZone"_s)->text(), u"UTC"_s);
    QVERIFY(!console.find<QLabel>(u"ruleError-end"_s));
}

void TestReservedPanel::switchesOffAndRemoves()
{
    QVERIFY(put({rule(u"always"_s, 2, u"* * * * *"_s, 60)}, 1));
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.highest(), 2, answerLimit);
    QCOMPARE(console.plan().steps.first().name, u"always"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"reservedStatus"_s),
                              u"Requested 2 (always) · allocated 2 · in use 0 · spill-over 0"_s, answerLimit);
    QVERIFY(console.row(u"always"_s)->accessibleName().contains(u"holds now"_s));
    QVERIFY(console.row(u"Base floor"_s)->accessibleName().endsWith(u"floor 1"_s));
    console.flip(u"always"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    QCOMPARE(console.text(u"guardEffects"_s), u"It is switched off."_s);
    console.type(u"guardReason"_s, u"quiet week"_s);
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.highest(), 1, answerLimit);
    QVERIFY(!rules().first()[u"enabled"].toBool());
    QTRY_VERIFY(console.row(u"always"_s)->accessibleName().contains(u", off"_s));
    console.open(u"always"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"removeRule"_s));
    console.click(u"removeRule"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    console.click(u"guardConfirm"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!console.row(u"always"_s), answerLimit);
    QVERIFY(rules().isEmpty());
    QVERIFY(!console.find<QLineEdit>(u"ruleName"_s));
}

/// As on the picture of the design.
void TestReservedPanel::showsThePlanOfMany()
{
    QVERIFY(put({rule(u"lunch"_s, 8, u"30 11 * * *"_s, 120), rule(u"predicted"_s, 6, u"0 13 * * *"_s, 600),
                 rule(u"dinner"_s, 10, u"45 16 * * *"_s, 195)},
                4));
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    console.window.resize(1440, 900);
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.plan().rules.size(), 3, answerLimit);
    QCOMPARE(console.highest(), 10);
    QTRY_VERIFY(console.row(u"dinner"_s));
    auto *chart = console.find<nest::chart::FloorChart>(u"floorChart"_s);
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_Right);
    QCOMPARE(chart->currentStep(), 0);
    QVERIFY(chart->accessibleDescription().contains(u"lunch"_s));
    console.picture(u"reserved-many"_s);
    console.open(u"dinner"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"ruleFloor"_s));
    console.setNumber(u"ruleFloor"_s, u"7"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!console.plan().whatIf.isEmpty(), answerLimit);
    console.picture(u"reserved-edit"_s);
    console.window.resize(1024, 700);
    console.picture(u"reserved-narrow"_s);
}

/// Two windows at the same rule.
void TestReservedPanel::keepsWhatIsTypedWhenSomebodyElseChangesIt()
{
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 150)}));
    ReservedConsole other((*m_platform)->socket(), m_platform->otherSettingsFile());
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s), answerLimit);
    console.open(u"lunch"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"ruleFloor"_s));
    console.setNumber(u"ruleFloor"_s, u"3"_s);
    QVERIFY(other.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(other.row(u"lunch"_s), answerLimit);
    other.open(u"lunch"_s);
    QTRY_VERIFY(other.find<QLineEdit>(u"ruleTo"_s));
    other.type(u"ruleTo"_s, u"15:00"_s);
    other.click(u"reviewRule"_s);
    QTRY_VERIFY(other.find<QPushButton>(u"guardConfirm"_s));
    other.click(u"guardConfirm"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"ruleNote"_s).contains(u"changed it meanwhile"_s), answerLimit);
    QCOMPARE(console.numberIn(u"ruleFloor"_s), 3);
    QCOMPARE(console.typedIn(u"ruleTo"_s), u"15:00"_s); // nobody typed there: theirs is not taken back
    console.picture(u"reserved-conflict"_s);
    console.click(u"reviewRule"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    QVERIFY(console.text(u"guardEffects"_s).startsWith(u"Floor: 2 → 3"_s));
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rules().first()[u"floor"].toInt(), 3, answerLimit);
    QCOMPARE(rules().first()[u"minutes"].toInt(), 210);
}

void TestReservedPanel::keepsWhatIsTypedWhileOthersAreLookedAt()
{
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 150), rule(u"dinner"_s, 1, u"0 18 * * *"_s, 60)}));
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s), answerLimit);
    console.open(u"lunch"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"ruleFloor"_s));
    console.setNumber(u"ruleFloor"_s, u"3"_s);
    console.open(u"dinner"_s);
    QCOMPARE(console.numberIn(u"ruleFloor"_s), 1);
    console.setNumber(u"ruleFloor"_s, u"4"_s);
    console.click(u"addRule"_s);
    console.type(u"ruleName"_s, u"breakfast"_s);
    console.click(u"newPool"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"poolName"_s));
    QVERIFY(!console.find<QLineEdit>(u"ruleName"_s));
    // Somebody else changes one of them meanwhile.
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 90), rule(u"dinner"_s, 1, u"0 18 * * *"_s, 60)}));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s)->accessibleName().contains(u"13:00"_s), answerLimit);
    console.click(u"addRule"_s);
    QCOMPARE(console.typedIn(u"ruleName"_s), u"breakfast"_s);
    console.open(u"dinner"_s);
    QCOMPARE(console.numberIn(u"ruleFloor"_s), 4);
    QCOMPARE(console.text(u"ruleNote"_s), QString());
    console.open(u"lunch"_s);
    QCOMPARE(console.numberIn(u"ruleFloor"_s), 3);
    QCOMPARE(console.typedIn(u"ruleTo"_s), u"13:00"_s);
    QVERIFY(console.text(u"ruleNote"_s).contains(u"changed it meanwhile"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!console.plan().whatIf.isEmpty(), answerLimit);
    console.click(u"discardRule"_s);
    console.open(u"dinner"_s);
    console.open(u"lunch"_s);
    QCOMPARE(console.numberIn(u"ruleFloor"_s), 2);
}

void TestReservedPanel::saysWhatBecameOfTheDeployment()
{
    QCOMPARE(
        (*m_platform)->deploy("other", TestPlatform::helloFiles("other"), R"({"scaling":{"reserved":1}})"),
        QString());
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 150)}));
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s), answerLimit);
    console.open(u"lunch"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"ruleFloor"_s));
    console.setNumber(u"ruleFloor"_s, u"3"_s);
    QJsonObject document = deployment();
    document.remove(u"etag"_s);
    document.remove(u"status"_s);
    QVERIFY((*m_platform)->api({"DELETE", address, {}, {{"If-Match", "*"}}}).status < 300);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"ruleNote"_s), u"The deployment is gone."_s, answerLimit);
    QCOMPARE(console.numberIn(u"ruleFloor"_s), 3);
    QVERIFY(!console.canReviewRule());
    const auto again =
        (*m_platform)->api({"PUT", address, QJsonDocument(document).toJson(), {{"If-None-Match", "*"}}});
    QVERIFY2(again.status == 201, again.body.constData());
    QTRY_VERIFY_WITH_TIMEOUT(console.canReviewRule(), answerLimit);
    QCOMPARE(console.text(u"ruleNote"_s), QString());
    QVERIFY((*m_platform)->api({"DELETE", address, {}, {{"If-Match", "*"}}}).status < 300);
    QTRY_VERIFY_WITH_TIMEOUT(!console.canReviewRule(), answerLimit);
    console.click(u"discardRule"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        console.find<QComboBox>(u"reservedChoice"_s)->currentText().startsWith(u"other"_s), answerLimit);
}

/// The platform refuses a plan: the one before stays, dim, with what is wrong.
void TestReservedPanel::keepsThePlanThatIsThere()
{
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 150)}));
    Doorway door((*m_platform)->socket(), false);
    ReservedConsole console(door.socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s), answerLimit);
    auto *chart = console.find<nest::chart::FloorChart>(u"floorChart"_s);
    const QImage bright = chart->grab().toImage();
    door.refuse("/floor");
    QVERIFY(put({rule(u"lunch"_s, 3, u"30 11 * * *"_s, 150)}));
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"reservedTrouble"_s), u"The plan is old: It is too busy."_s,
                              answerLimit);
    QCOMPARE(console.highest(), 2);
    QVERIFY(chart->grab().toImage() != bright);
    console.picture(u"reserved-old"_s);
    door.refuse({});
    console.window.currentPage()->refresh(); // Retry
    QTRY_COMPARE_WITH_TIMEOUT(console.highest(), 3, answerLimit);
    QVERIFY(!console.find<QLabel>(u"reservedTrouble"_s));
}

void TestReservedPanel::saysWhyThereIsNoPreview()
{
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 150)}));
    Doorway door((*m_platform)->socket(), false);
    ReservedConsole console(door.socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s), answerLimit);
    console.open(u"lunch"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"ruleFloor"_s));
    door.refuse("POST ");
    console.setNumber(u"ruleFloor"_s, u"3"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"ruleNote"_s),
                              u"What it would change is not known: It is too busy."_s, answerLimit);
    QVERIFY(console.canReviewRule()); // nothing is wrong with it
    door.refuse({});
    console.window.currentPage()->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"ruleCost"_s), u"+2.5 instance-hours in the next 24 h"_s,
                              answerLimit);
    QCOMPARE(console.text(u"ruleNote"_s), QString());
}

/// What was asked is newer than what the list knows while something else changes.
void TestReservedPanel::keepsFreshFigures()
{
    QVERIFY(put({rule(u"always"_s, 1, u"* * * * *"_s, 60)}));
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    const auto said = u"Requested 1 (always) · allocated 1 · in use %1 · spill-over 0"_s;
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"reservedStatus"_s), said.arg(0), answerLimit);
    std::jthread busy([port = (*m_platform)->gatewayPort()] {
        std::ignore = nest::testsupport::sendOverTcp(port, {.path = "/fn/hello/?wait=15000"});
    });
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"reservedStatus"_s), said.arg(1), answerLimit);
    QStringList seen;
    connect(&console.session.deployments(), &nest::models::CollectionBase::changed, this,
            [&] { seen.append(console.text(u"reservedStatus"_s)); });
    QCOMPARE((*m_platform)->deploy("other", TestPlatform::helloFiles("other"), "{}"), QString());
    QTRY_VERIFY_WITH_TIMEOUT(console.session.deployments().find("other/default/main/local"), answerLimit);
    QVERIFY(!seen.isEmpty());
    QCOMPARE(seen.first(), said.arg(1));
}

void TestReservedPanel::staysReadableWhileThePlatformIsAway()
{
    QVERIFY(put({rule(u"lunch"_s, 2, u"30 11 * * *"_s, 150)}));
    ReservedConsole console((*m_platform)->socket(), m_platform->settingsFile());
    QVERIFY(console.window.showPage(u"pools"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.row(u"lunch"_s), answerLimit);
    console.open(u"lunch"_s);
    QTRY_VERIFY(console.find<QSpinBox>(u"ruleFloor"_s));
    console.setNumber(u"ruleFloor"_s, u"3"_s);
    QTRY_VERIFY(console.canReviewRule());
    QCOMPARE((*m_platform)->stop(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"reservedStatus"_s).startsWith(u"Was: "_s), answerLimit);
    QVERIFY(!console.canReviewRule());
    QVERIFY(console.find<QPushButton>(u"reviewRule"_s)->toolTip().startsWith(u"Offline"_s));
    QVERIFY(!console.find<QPushButton>(u"addRule"_s)->isEnabled());
    QCOMPARE(console.highest(), 2);
    QCOMPARE(console.numberIn(u"ruleFloor"_s), 3);
    console.picture(u"reserved-offline"_s);
    QVERIFY2((*m_platform)->start(), qPrintable((*m_platform)->error()));
    QTRY_VERIFY_WITH_TIMEOUT(console.canReviewRule(), answerLimit);
    QCOMPARE(console.numberIn(u"ruleFloor"_s), 3);
    QVERIFY(!console.text(u"reservedStatus"_s).startsWith(u"Was: "_s));
}

QTEST_MAIN(TestReservedPanel)
#include "tst_reservedpanel.moc"
