// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The first path through the window, as a person who has never seen it goes: New function, a name, Create and
// run, Send a request. Real clicks and keys against a real nestd.
#include "tests/console/firstpath/console.h"

#include "app/console/pages/function/code/codetab.h"
#include "app/console/pages/function/functionpage.h"
#include "app/console/pages/function/test/loadjobs.h"
#include "app/console/pages/newfunction/newfunctionpage.h"
#include "tests/support/testplatform.h"
#include "widgets/editor/texteditor.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/state/commandline.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::testsupport::Console;
using nest::testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 20'000;
} // namespace

class TestFirstPath final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void makesAFunctionThatAnswersInUnderAMinute();
    void makesAFunctionInThePythonThatWasChosen();
    void checksTheNameWhileItIsTyped();
    void showsTheFilesAsTheyWillBeWritten();
    void saysWhatFailedAndGoesOnFromThere();
    void scalesWithinThirtySecondsOfPuttingLoadOnIt();
    void sendsARequestFromAnyTabWithF5();
    void changesALineAndDeploysItToOneOfTwoGroups();
    void showsAnAddressOnlyWhereItLeadsToTheGroup();

private:
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

void TestFirstPath::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
}

void TestFirstPath::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestFirstPath::makesAFunctionThatAnswersInUnderAMinute()
{
    QElapsedTimer clock;
    clock.start();
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"newFunction"_s), answerLimit);
    console.click(u"newFunction"_s);
    QTRY_COMPARE(console.page(), u"functions.new"_s);
    auto *name = console.find<QLineEdit>(u"name"_s);
    QTRY_VERIFY(name->hasFocus()); // ready to type
    QTest::keyClicks(name, u"hello-price"_s);
    auto *create = console.find<QPushButton>(u"create"_s);
    QTRY_VERIFY_WITH_TIMEOUT(create->isEnabled(), answerLimit);
    QTest::mouseClick(create, Qt::LeftButton);

    QTRY_COMPARE(console.page(), u"function"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"answerTitle"_s), u"Your function answers at"_s, 50'000);
    const auto *address = console.find<nest::widgets::CommandLine>(u"address"_s);
    QVERIFY(address);
    const QUrl url(address->command());
    QCOMPARE(url.port(), int(m_platform->gatewayPort()));
    qInfo("from an empty window to the first answer: %.1f s", double(clock.elapsed()) / 1000);
    QVERIFY(clock.elapsed() < 60'000);
    QVERIFY2(console.text(u"answerBody"_s).contains(u"Hello, world!"_s),
             qPrintable(console.text(u"answerBody"_s)));

    // The address is real: another program gets the same.
    const auto answer = m_platform->gateway({.path = url.path().toUtf8()});
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("Hello, world!"));

    console.click(u"ask"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"ask"_s)->isEnabled(), answerLimit);
    QVERIFY(console.text(u"answerBody"_s).contains(u"Hello, world!"_s));
    QTRY_VERIFY(console.text(u"whereItRuns"_s).contains(u"default/main/local · v1 · 1 of 1 ready"_s));
    QTRY_COMPARE(console.text(u"ready"_s), u"1 / 1"_s);

    // What was asked before the function was there is asked again.
    console.click(u"next.code"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"eventState"_s), u"0 saved"_s, answerLimit);
}

void TestFirstPath::makesAFunctionInThePythonThatWasChosen()
{
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"newFunction"_s), answerLimit);
    console.click(u"newFunction"_s);
    // One card for all languages; the language is chosen in the form.
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QAbstractButton>(u"http-api"_s), answerLimit);
    const auto segments = [&console] { // it is made anew with each card
        const auto *language = console.find<QWidget>(u"language"_s);
        return language != nullptr ? language->findChildren<QAbstractButton *>() : QList<QAbstractButton *>();
    };
    QTRY_COMPARE(segments().size(), 3);
    const auto languages = segments();
    QCOMPARE(languages[1]->text(), u"Python 3.13"_s);
    QCOMPARE(languages[2]->text(), u"Java 21"_s);
    const auto *manifest = console.find<QPlainTextEdit>(u"manifest"_s);
    QTRY_VERIFY_WITH_TIMEOUT(manifest->toPlainText().contains(u"runtime: node20"_s), answerLimit);
    QTest::mouseClick(languages[1], Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(manifest->toPlainText().contains(u"handler: src/handler.py#handler"_s),
                             answerLimit);
    QVERIFY(manifest->toPlainText().contains(u"runtime: python3.13"_s));
    console.picture(u"new-function-python"_s);
    // The empty one has no Python; back in the first, the languages are all there.
    console.click(u"empty"_s);
    QTRY_COMPARE(segments().size(), 1);
    console.click(u"http-api"_s);
    QTRY_COMPARE(segments().size(), 3);
    QTest::mouseClick(segments()[1], Qt::LeftButton);
    QTest::keyClicks(console.find<QLineEdit>(u"name"_s), u"hello-snake"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"create"_s)->isEnabled(), answerLimit);
    console.click(u"create"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"answerTitle"_s), u"Your function answers at"_s, 50'000);
    QVERIFY2(console.text(u"answerBody"_s).contains(u"Hello, world!"_s),
             qPrintable(console.text(u"answerBody"_s)));
    QCOMPARE(m_platform->get("/v1/functions/hello-snake/versions/1").status, 200);
    QVERIFY(m_platform->get("/v1/functions/hello-snake/versions/1").body.contains("python3.13"));
}

void TestFirstPath::checksTheNameWhileItIsTyped()
{
    QCOMPARE(m_platform->deploy("taken-name", TestPlatform::helloFiles("taken-name"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.session.functions().find("taken-name"), answerLimit);
    QTest::keyClick(&console.window, Qt::Key_N, Qt::ControlModifier);
    QTRY_COMPARE(console.page(), u"functions.new"_s);
    auto *name = console.find<QLineEdit>(u"name"_s);
    QTRY_VERIFY(name->hasFocus());
    QTest::keyClicks(name, u"Hello_Price"_s);
    auto *create = console.find<QPushButton>(u"create"_s);
    QVERIFY(!create->isEnabled());
    QCOMPARE(console.find<QPushButton>(u"nameWayOut"_s)->text(), u"Use hello-price"_s);
    console.click(u"nameWayOut"_s);
    QCOMPARE(name->text(), u"hello-price"_s);
    QTRY_VERIFY_WITH_TIMEOUT(create->isEnabled(), answerLimit);

    name->selectAll();
    QTest::keyClicks(name, u"ab"_s);
    QVERIFY(!create->isEnabled());
    name->selectAll();
    QTest::keyClicks(name, u"taken-name"_s);
    QVERIFY(!create->isEnabled());
    QCOMPARE(console.find<QPushButton>(u"nameWayOut"_s)->text(), u"Open taken-name instead"_s);
    console.click(u"nameWayOut"_s);
    QTRY_COMPARE(console.page(), u"function"_s);
    QCOMPARE(console.pages.function().target().function, u"taken-name"_s);
    QTest::keyClick(&console.window, Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(console.page(), u"functions.new"_s);
    QCOMPARE(console.find<QLineEdit>(u"name"_s)->text(), u"taken-name"_s); // what was typed is still there
}

void TestFirstPath::showsTheFilesAsTheyWillBeWritten()
{
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"newFunction"_s), answerLimit);
    console.click(u"newFunction"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"name"_s));
    QTest::keyClicks(console.find<QLineEdit>(u"name"_s), u"seen-before"_s);
    auto *memory = console.find<QSpinBox>(u"memory"_s);
    memory->selectAll();
    QTest::keyClicks(memory, u"384"_s);
    auto *maximum = console.find<QSpinBox>(u"maximum"_s);
    maximum->selectAll();
    QTest::keyClicks(maximum, u"4"_s);
    const auto *manifest = console.find<QPlainTextEdit>(u"manifest"_s);
    QTRY_VERIFY_WITH_TIMEOUT(manifest->toPlainText().contains(u"name: seen-before"_s), answerLimit);
    const QString shown = manifest->toPlainText();
    QVERIFY2(shown.contains(u"memory: 384"_s) && shown.contains(u"maximum: 4"_s), qPrintable(shown));
    auto *create = console.find<QPushButton>(u"create"_s);
    QTRY_VERIFY_WITH_TIMEOUT(create->isEnabled(), answerLimit);

    auto *reserved = console.find<QSpinBox>(u"reserved"_s);
    reserved->selectAll();
    QTest::keyClicks(reserved, u"9"_s);
    QVERIFY(!create->isEnabled());
    QVERIFY(console.text(u"problem"_s).contains(u"more than the maximum of 4"_s));
    reserved->selectAll();
    QTest::keyClicks(reserved, u"0"_s);
    QVERIFY(create->isEnabled());

    QTest::keyClick(console.find<QLineEdit>(u"name"_s), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(console.page(), u"function"_s);
    const auto file = [&] {
        return m_platform->get("/v1/functions/seen-before/files/function.yaml");
    };
    QTRY_COMPARE_WITH_TIMEOUT(file().status, 200, answerLimit);
    const auto written = QString::fromUtf8(file().body).replace(u"\\n"_s, u"\n"_s);
    QVERIFY2(written.contains(shown), qPrintable(written));
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"answerTitle"_s), u"Your function answers at"_s, 50'000);
    const auto version = m_platform->get("/v1/functions/seen-before/versions/1");
    QVERIFY2(version.body.contains("\"memoryMegabytes\":384"), version.body.constData());
    const auto deployment = m_platform->get("/v1/functions/seen-before/deployments/default/main/local");
    QVERIFY2(deployment.body.contains("\"maximum\":4"), deployment.body.constData());
}

void TestFirstPath::saysWhatFailedAndGoesOnFromThere()
{
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"newFunction"_s), answerLimit);
    console.click(u"newFunction"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"name"_s));
    QTest::keyClicks(console.find<QLineEdit>(u"name"_s), u"interrupted"_s);
    auto *create = console.find<QPushButton>(u"create"_s);
    QTRY_VERIFY_WITH_TIMEOUT(create->isEnabled(), answerLimit);
    QTest::keyClick(console.find<QLineEdit>(u"name"_s), Qt::Key_Return); // as the button
    QTRY_VERIFY(console.find<QPushButton>(u"cancelCreation"_s));
    console.click(u"cancelCreation"_s);
    QTRY_COMPARE(console.text(u"answerTitle"_s), u"It does not answer yet"_s);
    QVERIFY(console.text(u"note"_s).contains(u"Cancelled"_s));
    console.click(u"retryCreation"_s);
    // Whatever step it was stopped at: it goes on from there to the end.
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"answerTitle"_s), u"Your function answers at"_s, 50'000);
    QCOMPARE(m_platform->gateway({.path = "/fn/interrupted/"}).status, 200);
}

void TestFirstPath::scalesWithinThirtySecondsOfPuttingLoadOnIt()
{
    QCOMPARE(m_platform->deploy("loaded", TestPlatform::helloFiles("loaded"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    const auto ready = [&] {
        const auto *deployment = console.session.deployments().find("loaded/default/main/local");
        return deployment != nullptr && deployment->status ? deployment->status->ready : 0;
    };
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    console.pages.openFunction({u"loaded"_s, {}}, u"summary"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"load"_s) && console.find<QPushButton>(u"load"_s)->isEnabled());
    console.click(u"load"_s);
    // Asked first: how much, and where it goes.
    auto *dialog = console.find<QWidget>(u"loadDialog"_s);
    QVERIFY(dialog);
    QVERIFY(console.showsText(u"Put load on loaded"_s));
    console.picture(u"load-dialog"_s);
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!console.find<QWidget>(u"loadDialog"_s));
    QVERIFY(!nest::console::LoadJobs::of(console.session).isRunning(u"loaded"_s));
    console.click(u"load"_s);
    dialog = console.find<QWidget>(u"loadDialog"_s);
    QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    QCOMPARE(qobject_cast<QLineEdit *>(QApplication::focusWidget())->text(), u"200"_s);
    QTest::keyClicks(QApplication::focusWidget(), u"240"_s); // instead of what is chosen
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QElapsedTimer clock;
    clock.start();
    QTRY_COMPARE(console.pages.function().currentTab()->info().id, u"scaling"_s); // where one sees it
    QTRY_VERIFY_WITH_TIMEOUT(ready() >= 2, 30'000);
    qInfo("from Put load on it to the second instance: %.1f s", double(clock.elapsed()) / 1000);

    console.pages.function().showTab(u"code"_s);
    QTRY_VERIFY(console.find<QAbstractButton>(u"load"_s)); // the segment of the test panel
    console.click(u"load"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"loadStop"_s));
    // The fields are those of the run, which was not started here.
    const auto *rate = console.find<QWidget>(u"loadRate"_s);
    QVERIFY(!rate->isEnabled());
    QCOMPARE(rate->findChild<QLineEdit *>()->text(), u"240"_s);
    QCOMPARE(console.find<QWidget>(u"loadDuration"_s)->findChild<QLineEdit *>()->text(), u"2:00"_s);
    console.picture(u"load-followed"_s);
    console.click(u"loadStop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!nest::console::LoadJobs::of(console.session).isRunning(u"loaded"_s),
                             answerLimit);
    QTRY_VERIFY(console.find<QWidget>(u"loadRate"_s)->isEnabled());
}

void TestFirstPath::sendsARequestFromAnyTabWithF5()
{
    QCOMPARE(m_platform->deploy("asked", TestPlatform::helloFiles("asked"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    console.pages.openFunction({u"asked"_s, {}}, u"settings"_s);
    QVERIFY(QTest::qWaitForWindowActive(&console.window));
    const auto *cancel = console.window.actions().action(u"test.cancel"_s);
    QVERIFY(cancel && console.window.actions().present().contains(cancel));
    QCOMPARE(nest::widgets::ActionRegistry::disabledReason(cancel), u"No request is running."_s);
    QVERIFY(console.window.actions().action(u"test.startLoad"_s)->isEnabled());
    QTRY_VERIFY(console.window.actions().action(u"test.send"_s)->isEnabled());
    QTest::keyClick(&console.window, Qt::Key_F5);
    QTRY_COMPARE(console.pages.function().currentTab()->info().id, u"code"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QLabel>(u"duration"_s), answerLimit);
    QTRY_VERIFY(console.find<QLabel>(u"duration"_s)->text().endsWith(u" ms"_s));
    QVERIFY(console.find<QAbstractButton>(u"copyTrace"_s));
    console.picture(u"answer"_s);
}

void TestFirstPath::showsAnAddressOnlyWhereItLeadsToTheGroup()
{
    const QByteArray lane = "default/pr-7/local";
    QCOMPARE(m_platform->api({"PUT", "/v1/groups/" + lane, "{}", {{"If-None-Match", "*"}}}).status, 201);
    for (const QByteArray &group : {QByteArray("default/main/local"), lane}) {
        QCOMPARE(m_platform->deploy("asked", TestPlatform::helloFiles("asked"), "{}", group), QString());
    }
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 2U, answerLimit);
    console.pages.openFunction({u"asked"_s, {}}, u"summary"_s);
    QTRY_VERIFY(console.find<nest::widgets::CommandLine>(u"address"_s));
    console.pages.openFunction({u"asked"_s, {"default", "pr-7", "local"}}, u"summary"_s);
    QTRY_VERIFY(!console.find<nest::widgets::CommandLine>(u"address"_s));
    const QString curl = console.find<nest::widgets::CommandLine>(u"curl"_s)->command();
    QVERIFY2(curl.contains(u"-H 'nest-lane: pr-7'"_s), qPrintable(curl));
}

void TestFirstPath::changesALineAndDeploysItToOneOfTwoGroups()
{
    const QByteArray second = "default/main/second";
    QCOMPARE(m_platform->deploy("greeter", TestPlatform::helloFiles("greeter"), "{}"), QString());
    QCOMPARE(m_platform
                 ->api({.method = "PUT",
                        .path = "/v1/groups/" + second,
                        .body = "{}",
                        .headers = {{"If-None-Match", "*"}}})
                 .status,
             201);
    QCOMPARE(m_platform
                 ->api({.method = "PUT",
                        .path = "/v1/functions/greeter/deployments/" + second,
                        .body = R"({"weights":[{"version":1,"weight":100}]})",
                        .headers = {{"If-None-Match", "*"}}})
                 .status,
             201);
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 2U, answerLimit);
    console.pages.openFunction({u"greeter"_s, {}}, u"code"_s);
    auto *tab = qobject_cast<nest::console::CodeTab *>(console.pages.function().currentTab());
    QVERIFY(tab);
    QTRY_VERIFY_WITH_TIMEOUT(tab->currentEditor() && !tab->currentEditor()->text().isEmpty(), answerLimit);
    QWidget *keys = tab->currentEditor();
    while (keys->focusProxy() != nullptr) {
        keys = keys->focusProxy();
    }
    console.window.activateWindow();
    QTRY_VERIFY(console.window.isActiveWindow());
    QTest::keyClick(keys, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClicks(keys, u"// changed by hand"_s);
    QTest::keyClick(keys, Qt::Key_Return);
    QTest::keyClick(keys, Qt::Key_B, Qt::ControlModifier); // saves, then builds
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"buildResult"_s).contains(u"Build 2 passed"_s), answerLimit);
    QTRY_VERIFY(console.find<QPushButton>(u"deploy"_s)->isEnabled());
    console.click(u"deploy"_s);

    QTRY_VERIFY(console.find<QWidget>(u"deployDialog"_s));
    auto *dialog = console.find<QWidget>(u"deployDialog"_s);
    const auto inDialog = [dialog](const QString &name) {
        return dialog->findChild<QAbstractButton *>(name);
    };
    QTRY_VERIFY(inDialog(u"publish"_s)->isVisible() && inDialog(u"publish"_s)->isEnabled());
    QTest::mouseClick(inDialog(u"publish"_s), Qt::LeftButton);
    const QString cell = u"cell:"_s + QString::fromLatin1(second);
    QTRY_VERIFY_WITH_TIMEOUT(inDialog(cell) && inDialog(cell)->isEnabled(), answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(m_platform->get("/v1/functions/greeter/versions/2").status, 200, answerLimit);
    if (!inDialog(cell)->isChecked()) {
        QTest::mouseClick(inDialog(cell), Qt::LeftButton);
    }
    if (auto *home = inDialog(u"cell:default/main/local"_s); home != nullptr && home->isChecked()) {
        QTest::mouseClick(home, Qt::LeftButton);
    }
    QTRY_VERIFY_WITH_TIMEOUT(inDialog(u"deploy"_s)->isEnabled(), answerLimit);
    QTest::mouseClick(inDialog(u"deploy"_s), Qt::LeftButton);

    const auto answer = [&](const QByteArray &region) {
        return m_platform->gateway({.path = "/fn/greeter/", .headers = {{"nest-region", region}}}).body;
    };
    QTRY_VERIFY_WITH_TIMEOUT(answer("second").contains("\"version\":2"), answerLimit);
    QVERIFY2(answer("local").contains("\"version\":1"), answer("local").constData());
}

QTEST_MAIN(TestFirstPath)
#include "tst_firstpath.moc"
