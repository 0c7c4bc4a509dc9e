// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What belongs to the whole window: the palette, the keys, the groups behind the scope chips, the history.
// Real clicks and keys against a real nestd.
#include "tests/console/firstpath/console.h"

#include "app/console/pages/function/code/codetab.h"
#include "app/console/pages/function/functionpage.h"
#include "app/console/pages/function/test/loadjobs.h"
#include "app/console/pages/function/versions/versionstab.h"
#include "models/draft/draft.h"
#include "models/roles.h"
#include "tests/support/testplatform.h"
#include "widgets/shell/palettemodel.h"
#include "widgets/state/toast.h"
#include "widgets/table/tableview.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using nest::testsupport::Console;
using nest::testsupport::TestPlatform;
using nest::widgets::PaletteModel;

namespace {

constexpr int answerLimit = 20'000;

const PaletteModel *shown(const Console &console)
{
    const auto *list = console.find<QListView>(u"paletteList"_s);
    return list != nullptr ? static_cast<const PaletteModel *>(list->model()) : nullptr;
}

const nest::widgets::PaletteEntry *entry(const Console &console, const QString &title)
{
    const PaletteModel *model = shown(console);
    for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
        if (const auto *found = model->entry(row); found != nullptr && found->title == title) {
            return found;
        }
    }
    return nullptr;
}

} // namespace

class TestWindowParts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void findsFunctionsActionsAndPlacesByTyping();
    void keepsWhatIsOffInTheListWithItsReason();
    void listsTheKeys();
    void makesALaneFromItsChipAndDeletesItWithWhatRunsInIt();
    void deploysToAGroupThatWasJustMade();
    void asksBeforeSomethingIsMadeOnAGuardedConnection();
    void leadsFromTheStatusBarToWhatRunsAndWhatWasSaid();
    void opensTheGroupThatWasLookedAtLast();
    void listsTheVersionsOfTheFunctionInView();
    void goesBackAndForwardThroughWhatWasSeen();

private:
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

void TestWindowParts::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
}

void TestWindowParts::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestWindowParts::findsFunctionsActionsAndPlacesByTyping()
{
    for (const char *name : {"coupon-match", "coupon-issue", "order-price"}) {
        QCOMPARE(m_platform->deploy(name, TestPlatform::helloFiles(name), "{}"), QString());
    }
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 3U, answerLimit);
    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    auto *field = console.find<QLineEdit>(u"paletteField"_s);
    QVERIFY(field);
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, u"coupm"_s);
    QVERIFY(entry(console, u"coupon-match"_s));
    QVERIFY(!entry(console, u"order-price"_s));
    QCOMPARE(entry(console, u"coupon-match"_s)->detail.left(2), u"v1"_s);
    QVERIFY(entry(console, u"Why so many instances?"_s)); // what can be done to the best hit
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(console.page(), u"function"_s);
    QCOMPARE(console.pages.function().target().function, u"coupon-match"_s);

    // A click on the field of the bar opens it as well; Tab shows what can be done.
    console.click(u"search"_s);
    field = console.find<QLineEdit>(u"paletteField"_s);
    QTest::keyClicks(field, u"order"_s);
    QTest::keyClick(field, Qt::Key_Tab);
    QTest::keyClicks(field, u"why"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(console.page(), u"scaling"_s);

    // What can be done to the function in view needs no name, and a slip of the finger finds it still, and
    // nothing that only has the letters somewhere.
    for (const auto &typed : {u"deploy"_s, u"deply"_s}) {
        QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
        field = console.find<QLineEdit>(u"paletteField"_s);
        QTest::keyClicks(field, typed);
        QVERIFY2(entry(console, u"Deploy…"_s), qPrintable(typed));
        QCOMPARE(shown(console)->entry(1)->section, u"Actions on order-price"_s);
        QVERIFY(!entry(console, u"Start load as the Test panel says"_s));
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_VERIFY(!console.find<QLineEdit>(u"paletteField"_s));
    }

    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    field = console.find<QLineEdit>(u"paletteField"_s);
    QTest::keyClicks(field, u">new function"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(console.page(), u"functions.new"_s);

    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    field = console.find<QLineEdit>(u"paletteField"_s);
    QTest::keyClicks(field, u"zzzz"_s);
    QVERIFY(!console.find<QListView>(u"paletteList"_s));
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_VERIFY(!console.find<QLineEdit>(u"paletteField"_s));
}

void TestWindowParts::keepsWhatIsOffInTheListWithItsReason()
{
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.session.functions().isListed(), answerLimit);
    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    auto *field = console.find<QLineEdit>(u"paletteField"_s);
    QTest::keyClicks(field, u">forward"_s);
    const auto *off = entry(console, u"Forward"_s);
    QVERIFY(off);
    QCOMPARE(off->reason, u"This is the last page you have seen."_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(console.find<QLineEdit>(u"paletteField"_s)); // nothing happened, and one sees why
}

void TestWindowParts::listsTheKeys()
{
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.session.functions().isListed(), answerLimit);
    QVERIFY(console.window.showPage(u"scaling"_s));
    QTest::keyClick(&console.window, Qt::Key_Question);
    QTRY_VERIFY(console.find<QLineEdit>(u"paletteField"_s));
    const auto *older = entry(console, u"Older decision"_s);
    QVERIFY(older);
    QCOMPARE(older->keys, QStringList{u"J"_s});
    QCOMPARE(older->section, u"On this page"_s);
    QCOMPARE(entry(console, u"Search or run a command"_s)->keys, QStringList{u"Ctrl+K"_s});
    QTest::keyClick(console.find<QLineEdit>(u"paletteField"_s), Qt::Key_Escape);
    QVERIFY(console.window.showPage(u"functions"_s));
    QTest::keyClick(&console.window, Qt::Key_Question);
    QTRY_VERIFY(console.find<QLineEdit>(u"paletteField"_s));
    QVERIFY(!entry(console, u"Older decision"_s)); // of a page that is not seen
}

void TestWindowParts::makesALaneFromItsChipAndDeletesItWithWhatRunsInIt()
{
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.groups().size(), 1U, answerLimit);
    QTest::keyClick(&console.window, Qt::Key_N, Qt::AltModifier);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QCOMPARE(menu->actions().last()->text(), u"New lane…"_s);
    QTest::keyClick(menu, Qt::Key_Up); // the last one
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_VERIFY(console.find<QWidget>(u"groupDialog"_s));
    auto *lane = console.find<QLineEdit>(u"groupLane"_s);
    QTest::keyClicks(lane, u"Lane 42"_s);
    QVERIFY(console.text(u"groupSaid"_s).contains(u"a to z"_s));
    QVERIFY(!console.find<QPushButton>(u"makeGroup"_s)->isEnabled());
    lane->selectAll();
    QTest::keyClicks(lane, u"main"_s);
    QVERIFY(console.text(u"groupSaid"_s).contains(u"is there already"_s));
    lane->selectAll();
    QTest::keyClicks(lane, u"lane-42"_s);
    QTest::keyClick(lane, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(console.session.groups().find("default/lane-42/local"), answerLimit);
    QTRY_VERIFY(!console.find<QWidget>(u"groupDialog"_s));
    const auto *made = console.session.groups().find("default/lane-42/local");
    QVERIFY(!made->owner.empty());
    QVERIFY(made->expiresAt.has_value());

    QCOMPARE(m_platform->deploy("tried", TestPlatform::helloFiles("tried"), "{}", "default/lane-42/local"),
             QString());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    console.window.activateWindow(); // the popup took that away
    QTRY_VERIFY(console.window.isActiveWindow());
    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(console.find<QLineEdit>(u"paletteField"_s));
    QTest::keyClicks(console.find<QLineEdit>(u"paletteField"_s), u">new lane"_s);
    QTest::keyClick(console.find<QLineEdit>(u"paletteField"_s), Qt::Key_Return);
    const auto del = u"delete.default/lane-42/local"_s;
    QTRY_VERIFY(console.find<QWidget>(u"groupDialog"_s));
    QTRY_VERIFY(console.find<QPushButton>(del));
    QVERIFY(!console.find<QPushButton>(u"delete.default/main/local"_s) ||
            console.session.deployments().size() == 1U);
    console.click(del);
    QTRY_VERIFY(console.find<QPushButton>(del) &&
                console.find<QPushButton>(del)->text().startsWith(u"Delete with"_s));
    console.click(del);
    QTRY_COMPARE_WITH_TIMEOUT(console.session.groups().size(), 1U, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 0U, answerLimit);
}

void TestWindowParts::deploysToAGroupThatWasJustMade()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    console.pages.openFunction({u"alpha"_s, {}}, u"summary"_s);
    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(console.find<QLineEdit>(u"paletteField"_s), u">new lane"_s);
    QTest::keyClick(console.find<QLineEdit>(u"paletteField"_s), Qt::Key_Return);
    QTRY_VERIFY(console.find<QLineEdit>(u"groupLane"_s));
    auto *lane = console.find<QLineEdit>(u"groupLane"_s);
    QVERIFY(lane->toolTip().contains(u"trying a change"_s));
    QTest::keyClicks(lane, u"pr-7"_s);
    QTest::keyClick(lane, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QAbstractButton>(u"toastAction"_s), answerLimit);
    QVERIFY(console.showsText(u"default/pr-7/local is there"_s));
    QCOMPARE(console.find<QAbstractButton>(u"toastAction"_s)->text(), u"Deploy to it…"_s);
    console.picture(u"group-made"_s);
    console.click(u"toastAction"_s);
    const auto cell = u"cell:default/pr-7/local"_s;
    QTRY_VERIFY_WITH_TIMEOUT(
        console.find<QAbstractButton>(cell) && console.find<QAbstractButton>(cell)->isChecked(), answerLimit);
}

void TestWindowParts::asksBeforeSomethingIsMadeOnAGuardedConnection()
{
    using nest::models::Guard;
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.groups().size(), 1U, answerLimit);
    Guard &guard = console.pages.guard();

    // A group on STAGING: seen, refused, then confirmed.
    guard.setLevel(Guard::Level::Confirm);
    const auto askForLane = [&] {
        QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(console.find<QLineEdit>(u"paletteField"_s), u">new lane"_s);
        QTest::keyClick(console.find<QLineEdit>(u"paletteField"_s), Qt::Key_Return);
        QTRY_VERIFY(console.find<QLineEdit>(u"groupLane"_s));
        QTest::keyClicks(console.find<QLineEdit>(u"groupLane"_s), u"pr-7"_s);
        QTest::keyClick(console.find<QLineEdit>(u"groupLane"_s), Qt::Key_Return);
    };
    askForLane();
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    QCOMPARE(console.session.groups().size(), 1U);
    console.click(u"guardCancel"_s);
    QTRY_VERIFY(!console.find<QPushButton>(u"guardConfirm"_s));
    QCOMPARE(console.find<QLineEdit>(u"groupLane"_s)->text(), u"pr-7"_s); // nothing is lost
    QTest::keyClick(console.find<QLineEdit>(u"groupLane"_s), Qt::Key_Return);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    console.click(u"guardConfirm"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.session.groups().find("default/pr-7/local"), answerLimit);

    // A function on PROD, unlocked: its name and the reason.
    guard.setLevel(Guard::Level::TypeName);
    QVERIFY(guard.unlock(u"INC-1204"_s));
    QVERIFY(console.window.showPage(u"functions.new"_s));
    QTRY_VERIFY(console.find<QLineEdit>(u"name"_s));
    QTest::keyClicks(console.find<QLineEdit>(u"name"_s), u"refund"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"create"_s)->isEnabled(), answerLimit);
    console.click(u"create"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"guardName"_s));
    QVERIFY(!console.find<QPushButton>(u"guardConfirm"_s)->isEnabled());
    console.type(u"guardReason"_s, u"INC-1204 needs it"_s);
    console.type(u"guardName"_s, u"refund"_s);
    console.picture(u"guard-create"_s);
    QCOMPARE(console.session.functions().size(), 0U);
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    QCOMPARE(console.session.deployments().at(0).reason, std::string("INC-1204 needs it"));

    // A version on PROD.
    auto *code = console.pages.function().findChild<nest::console::CodeTab *>();
    console.pages.openFunction({u"refund"_s, {}}, u"code"_s);
    QTRY_VERIFY_WITH_TIMEOUT(code->draft() && !code->draft()->files().empty(), answerLimit);
    QVERIFY(code->draft()->add(u"src/more.js"_s, u"export const more = 1;\n"_s));
    // The build of the creation may not be known to be over yet.
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"build"_s)->isEnabled(), answerLimit);
    QTest::keyClick(code, Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"publish"_s)->isEnabled(), answerLimit);
    console.click(u"publish"_s);
    QTRY_VERIFY(QApplication::activePopupWidget());
    QTest::keyClicks(QApplication::activePopupWidget()->findChild<QLineEdit *>(), u"more"_s);
    QTest::keyClick(QApplication::activePopupWidget()->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_VERIFY(console.find<QLineEdit>(u"guardName"_s));
    QVERIFY(!QApplication::activePopupWidget());
    console.type(u"guardName"_s, u"refund"_s);
    console.click(u"guardConfirm"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"is v2 now"_s), answerLimit);
}

void TestWindowParts::leadsFromTheStatusBarToWhatRunsAndWhatWasSaid()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    QVERIFY(console.window.showPage(u"scaling"_s));
    // The keys and the search are always in view.
    console.click(u"hint.keys.show"_s);
    QTRY_COMPARE(console.find<QLineEdit>(u"paletteField"_s)->text(), u"?"_s);
    QTest::keyClick(console.find<QLineEdit>(u"paletteField"_s), Qt::Key_Escape);
    QTRY_VERIFY(!console.find<QLineEdit>(u"paletteField"_s));
    console.click(u"hint.palette.open"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"paletteField"_s));
    QTest::keyClick(console.find<QLineEdit>(u"paletteField"_s), Qt::Key_Escape);
    // Words that are only heard here are explained.
    QVERIFY(console.find<QAbstractButton>(u"scope.lane"_s)->toolTip().contains(u"trying a change"_s));
    QTRY_VERIFY(console.showsText(u"Isolation "_s));

    QVERIFY(!console.find<QWidget>(u"jobs"_s));
    QVERIFY(!console.find<QAbstractButton>(u"messages"_s));
    nest::client::LoadPlan plan;
    plan.requestsPerSecond = 5;
    plan.duration = std::chrono::minutes(2);
    const auto started = nest::console::LoadJobs::of(console.session).start(u"alpha"_s, {}, plan);
    QVERIFY2(started, started ? "" : started.error().detail.c_str());
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QAbstractButton>(u"job.load/alpha"_s), answerLimit);
    QVERIFY(console.find<QAbstractButton>(u"job.load/alpha"_s)->text().contains(u"alpha"_s));
    console.click(u"job.load/alpha"_s);
    QTRY_COMPARE(console.page(), u"function"_s);
    QCOMPARE(console.pages.function().target().function, u"alpha"_s);
    QCOMPARE(console.pages.function().place(), u"alpha/default/main/local/code"_s);
    console.picture(u"job-running"_s);
    auto *stop = console.find<QToolButton>(u"stop.load/alpha"_s);
    QCOMPARE(stop->text(), u"Stop load"_s);
    QVERIFY(stop->accessibleName().contains(u"Load test alpha"_s)); // which one
    console.click(u"stop.load/alpha"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!console.find<QAbstractButton>(u"job.load/alpha"_s), answerLimit);
    QVERIFY(!console.find<QWidget>(u"jobs"_s));
    const auto again = nest::console::LoadJobs::of(console.session).start(u"gone"_s, {}, plan);
    QVERIFY(!again);

    // What was said is read again after it is gone.
    auto *area = console.window.findChild<nest::widgets::ToastArea *>();
    area->show({.tone = nest::widgets::Tone::Bad, .sentence = u"Not done"_s, .detail = u"no room"_s});
    QTRY_VERIFY(console.find<QAbstractButton>(u"messages"_s));
    console.window.activateWindow();
    for (qsizetype left = area->toasts().size(); left > 0; --left) { // that the load ended was said too
        QTest::keyClick(&console.window, Qt::Key_M, Qt::ControlModifier);
        QTRY_COMPARE(area->toasts().size(), left - 1);
    }
    console.click(u"messages"_s);
    QTRY_VERIFY(console.find<QWidget>(u"messageList"_s));
    QVERIFY(console.showsText(u"no room"_s));
    console.picture(u"messages"_s);
    QTest::keyClick(console.find<QWidget>(u"messageList"_s), Qt::Key_Escape);
    QTRY_VERIFY(!console.find<QWidget>(u"messageList"_s));
}

void TestWindowParts::opensTheGroupThatWasLookedAtLast()
{
    const auto lane =
        m_platform->api({"PUT", "/v1/groups/default/lane-42/local", "{}", {{"If-None-Match", "*"}}});
    QVERIFY(lane.status == 200 || lane.status == 201);
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}", "default/lane-42/local"),
             QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 2U, answerLimit);
    console.pages.openFunction({u"alpha"_s, {"default", "lane-42", "local"}}, u"summary"_s);
    QVERIFY(console.window.showPage(u"functions"_s));
    auto *table = console.window.currentPage()->findChild<nest::widgets::TableView *>();
    QVERIFY(table);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_COMPARE(console.page(), u"function"_s);
    QCOMPARE(console.pages.function().target().group.lane, std::string("lane-42"));
}

void TestWindowParts::listsTheVersionsOfTheFunctionInView()
{
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    }
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(console.find<QLineEdit>(u"paletteField"_s), u"@"_s);
    QVERIFY(console.text(u"paletteNothing"_s).contains(u"open one first"_s));
    QTest::keyClick(console.find<QLineEdit>(u"paletteField"_s), Qt::Key_Escape);

    console.pages.openFunction({u"alpha"_s, {}}, u"summary"_s);
    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    auto *field = console.find<QLineEdit>(u"paletteField"_s);
    QTest::keyClicks(field, u"@"_s);
    QTRY_VERIFY_WITH_TIMEOUT(entry(console, u"v2"_s), answerLimit);
    QCOMPARE(shown(console)->entry(1)->title, u"v2"_s); // the newest first
    console.picture(u"palette-versions"_s);
    QTest::keyClicks(field, u"1"_s);
    QTRY_VERIFY(!entry(console, u"v2"_s));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(console.pages.function().place(), u"alpha/default/main/local/versions"_s);
    auto *table = console.pages.function()
                      .findChild<nest::console::VersionsTab *>()
                      ->findChild<nest::widgets::TableView *>();
    QTRY_COMPARE_WITH_TIMEOUT(table->currentSource().data(nest::models::KeyRole).toInt(), 1, answerLimit);

    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    field = console.find<QLineEdit>(u"paletteField"_s);
    QTest::keyClicks(field, u"@2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(entry(console, u"v2"_s), answerLimit);
    QTest::keyClick(field, Qt::Key_Tab);
    QTest::keyClicks(field, u"deploy"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(console.find<QWidget>(u"deployDialog"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QComboBox>(u"version"_s)->currentText().startsWith(u"v2"_s),
                             answerLimit);
}

void TestWindowParts::goesBackAndForwardThroughWhatWasSeen()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    QCOMPARE(m_platform->deploy("beta", TestPlatform::helloFiles("beta"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 2U, answerLimit);
    for (const auto &name : {u"alpha"_s, u"beta"_s}) {
        QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(console.find<QLineEdit>(u"paletteField"_s), name);
        QTest::keyClick(console.find<QLineEdit>(u"paletteField"_s), Qt::Key_Return);
    }
    QCOMPARE(console.pages.function().target().function, u"beta"_s);
    QTest::keyClick(&console.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(console.pages.function().target().function, u"alpha"_s);
    QTest::keyClick(&console.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(console.page(), u"functions"_s);
    QTest::keyClick(&console.window, Qt::Key_Right, Qt::AltModifier);
    QTest::keyClick(&console.window, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(console.page(), u"function"_s);
    QCOMPARE(console.pages.function().target().function, u"beta"_s);
}

QTEST_MAIN(TestWindowParts)
#include "tst_windowparts.moc"
