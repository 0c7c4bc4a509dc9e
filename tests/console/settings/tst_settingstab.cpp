// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tab Settings in the real window against a real nestd: a change, its undo, somebody else's change, and
// the end.
#include "tests/console/firstpath/console.h"

#include "app/console/pages/function/functionpage.h"
#include "app/console/pages/function/settings/codesettings.h"
#include "app/console/pages/function/settings/settingschange.h"
#include "tests/support/testplatform.h"

#include <QDoubleSpinBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalSpy>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::testsupport::Console;
using nest::testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 20'000;
} // namespace

class TestSettingsTab final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void appliesAChangeAndTakesItBack();
    void showsWhatTheManifestBrings();
    void asksTheGuardBeforeItWrites();
    void checksTheEnvironmentAtTheRow();
    void keepsWhatWasTypedWhenSomebodyElseChangedIt();
    void isRefusedAfterAChangeThatItDidNotSee();
    void putsMineOnTopOfTheirs();
    void showsWhatBelongsToTheCode();
    void savesTheFunctionsOwnFields();
    void deletesAfterTheNameWasTyped();

private:
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }
    void open(Console &console);
    [[nodiscard]] QJsonObject deployment() const;
    void putMaximum(int maximum, const QString &reason) const;
    static void type(QDoubleSpinBox *field, const QString &text);
    static void reveal(const Console &console, const QString &name);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

namespace {
const QByteArray place = "/v1/functions/tuned/deployments/default/main/local";
}

void TestSettingsTab::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    auto files = TestPlatform::helloFiles("tuned");
    files["function.yaml"] += "memory: 128\ntimeout: 7\nenvironment:\n  GREETING: Hello\n";
    QCOMPARE(m_platform->deploy(
                 "tuned", files,
                 R"({"environment":{"COLOUR":"red"},"scaling":{"maximum":5},"reason":"the first"})"),
             QString());
}

void TestSettingsTab::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestSettingsTab::open(Console &console)
{
    QTRY_VERIFY_WITH_TIMEOUT(console.session.deployments().find("tuned/default/main/local"), answerLimit);
    console.pages.openFunction({u"tuned"_s, {}}, u"settings"_s);
    QTRY_VERIFY(console.find<QDoubleSpinBox>(u"maximum"_s));
    QTRY_COMPARE_WITH_TIMEOUT(console.find<QDoubleSpinBox>(u"maximum"_s)->value(), 5.0, answerLimit);
}

QJsonObject TestSettingsTab::deployment() const
{
    return QJsonDocument::fromJson(m_platform->get(place).body).object();
}

void TestSettingsTab::putMaximum(int maximum, const QString &reason) const
{
    QJsonObject now = deployment();
    QJsonObject scaling = now[u"scaling"_s].toObject();
    scaling[u"maximum"_s] = maximum;
    now[u"scaling"_s] = scaling;
    now[u"reason"_s] = reason;
    const QByteArray etag = '"' + now[u"etag"_s].toString().toUtf8() + '"';
    QCOMPARE(
        m_platform
            ->api({"PUT", place, QJsonDocument(now).toJson(QJsonDocument::Compact), {{"If-Match", etag}}})
            .status,
        200);
}

void TestSettingsTab::type(QDoubleSpinBox *field, const QString &text)
{
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
}

void TestSettingsTab::reveal(const Console &console, const QString &name)
{
    auto *widget = console.window.findChild<QWidget *>(name);
    console.find<QScrollArea>({})->ensureWidgetVisible(widget);
}

void TestSettingsTab::showsWhatTheManifestBrings()
{
    auto files = TestPlatform::helloFiles("greeter");
    files["function.yaml"] += "\nenvironment:\n  GREETING: Hello\n";
    QCOMPARE(m_platform->deploy("greeter", files, "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    open(console);
    console.pages.openFunction({u"greeter"_s, {}}, u"settings"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"defaultValue"_s), u"Hello"_s, answerLimit);
    QCOMPARE(console.text(u"defaultNote"_s), u"from the manifest of v1"_s);
    QCOMPARE(console.text(u"noOverride"_s), u"No override: the values above hold."_s);
    console.picture(u"settings-defaults"_s);
    console.click(u"overrideDefault"_s);
    QCOMPARE(console.text(u"defaultNote"_s), u"from the manifest of v1, overridden below"_s);
    QVERIFY(!console.find<QPushButton>(u"overrideDefault"_s));
    QTRY_VERIFY(console.find<QLineEdit>(u"variableValue"_s));
    auto *value = console.find<QLineEdit>(u"variableValue"_s);
    QCOMPARE(value->text(), u"Hello"_s);
    QTRY_COMPARE(console.window.focusWidget(), value);
    QTest::keyClicks(value, u"Hi"_s); // instead of what is chosen
    QCOMPARE(value->text(), u"Hi"_s);
    QVERIFY2(console.text(u"summary"_s).contains(u"GREETING"_s), qPrintable(console.text(u"summary"_s)));
    console.picture(u"settings-overridden"_s);
    console.click(u"variableAct"_s); // taken back
    QTRY_COMPARE(console.text(u"noOverride"_s), u"No override: the values above hold."_s);
}

void TestSettingsTab::appliesAChangeAndTakesItBack()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QCOMPARE(console.text(u"summary"_s), u"Nothing is changed."_s);
    auto *apply = console.find<QPushButton>(u"apply"_s);
    QVERIFY(!apply->isEnabled());
    console.picture(u"settings"_s);
    auto *maximum = console.find<QDoubleSpinBox>(u"maximum"_s);
    type(maximum, u"8"_s);
    QCOMPARE(console.text(u"maximum.was"_s), u"was 5"_s);
    QCOMPARE(console.text(u"summary"_s), u"The maximum goes from 5 to 8 instances."_s);
    auto *reserved = console.find<QDoubleSpinBox>(u"reserved"_s);
    type(reserved, u"9"_s);
    QVERIFY(console.text(u"problem"_s).contains(u"more than the maximum of 8"_s));
    console.click(u"reserved.reset"_s);
    QCOMPARE(reserved->value(), 0.0);
    QCOMPARE(console.text(u"problem"_s), QString());

    auto *value = console.find<QLineEdit>(u"variableValue"_s);
    value->selectAll();
    QTest::keyClicks(value, u"blue"_s);
    QVERIFY(console.text(u"summary"_s).contains(u"COLOUR goes from “red” to “blue”."_s));
    QVERIFY(!apply->isEnabled()); // without a reason
    QTest::keyClicks(console.find<QLineEdit>(u"changeReason"_s), u"more guests"_s);
    QVERIFY(apply->isEnabled());
    reveal(console, u"apply"_s);
    console.picture(u"settings-changed"_s);
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"applied"_s), u"Applied, rule revision 2."_s, answerLimit);
    QJsonObject now = deployment();
    QCOMPARE(now[u"scaling"_s][u"maximum"_s].toInt(), 8);
    QCOMPARE(now[u"environment"_s][u"COLOUR"_s].toString(), u"blue"_s);
    QCOMPARE(now[u"reason"_s].toString(), u"more guests"_s);
    QCOMPARE(console.text(u"summary"_s), u"Nothing is changed."_s);

    console.click(u"undo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"applied"_s), u"Taken back, rule revision 3."_s, answerLimit);
    now = deployment();
    QCOMPARE(now[u"scaling"_s][u"maximum"_s].toInt(), 5);
    QCOMPARE(now[u"environment"_s][u"COLOUR"_s].toString(), u"red"_s);
    QCOMPARE(maximum->value(), 5.0);
    QVERIFY(!console.find<QPushButton>(u"undo"_s));
}

void TestSettingsTab::asksTheGuardBeforeItWrites()
{
    using nest::models::Guard;
    Console console(m_platform->socket(), settingsFile());
    open(console);
    Guard &guard = console.pages.guard();
    guard.setLevel(Guard::Level::TypeName);
    QVERIFY(!console.find<QPushButton>(u"apply"_s)->isEnabled()); // locked
    QVERIFY(guard.unlock(u"incident 12"_s));
    type(console.find<QDoubleSpinBox>(u"maximum"_s), u"8"_s);
    QTest::keyClicks(console.find<QLineEdit>(u"changeReason"_s), u"more guests"_s);
    reveal(console, u"apply"_s);
    console.click(u"apply"_s);
    QTRY_VERIFY(console.find<QWidget>(u"guardDialog"_s));
    QCOMPARE(console.text(u"guardEffects"_s), u"The maximum goes from 5 to 8 instances."_s);
    QCOMPARE(console.find<QLineEdit>(u"guardReason"_s)->text(), u"more guests"_s);
    auto *confirm = console.find<QPushButton>(u"guardConfirm"_s);
    QVERIFY(!confirm->isEnabled());
    QCOMPARE(console.text(u"guardMissing"_s), u"Type the name to confirm."_s);
    console.picture(u"settings-guard"_s);
    QTest::keyClicks(console.find<QLineEdit>(u"guardName"_s), u"tune"_s);
    QVERIFY(!confirm->isEnabled());
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!console.find<QWidget>(u"guardDialog"_s));
    QCOMPARE(deployment()[u"scaling"_s][u"maximum"_s].toInt(), 5); // nothing was sent, nothing is lost
    QCOMPARE(console.find<QDoubleSpinBox>(u"maximum"_s)->value(), 8.0);

    console.click(u"apply"_s);
    QTRY_VERIFY(console.find<QLineEdit>(u"guardName"_s));
    QTest::keyClicks(console.find<QLineEdit>(u"guardName"_s), u"tuned"_s);
    guard.lock(); // the time is over just now
    QVERIFY(!console.find<QPushButton>(u"guardConfirm"_s)->isEnabled());
    QVERIFY(guard.unlock(u"incident 12"_s));
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"applied"_s), u"Applied, rule revision 2."_s, answerLimit);
    QCOMPARE(deployment()[u"scaling"_s][u"maximum"_s].toInt(), 8);
    QCOMPARE(deployment()[u"reason"_s].toString(), u"more guests"_s);

    // A level that confirms asks no name, and a field without a reason on the wire asks for none.
    QTRY_VERIFY(!console.find<QWidget>(u"guardDialog"_s));
    guard.setLevel(Guard::Level::Confirm);
    reveal(console, u"saveFields"_s);
    QTest::keyClicks(console.find<QLineEdit>(u"field.owner"_s), u"team-a"_s);
    console.click(u"saveFields"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    QVERIFY(!console.find<QLineEdit>(u"guardName"_s));
    QVERIFY(!console.find<QLineEdit>(u"guardReason"_s));
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"fieldsNote"_s), u"Saved."_s, answerLimit);

    QTRY_VERIFY(!console.find<QWidget>(u"guardDialog"_s));
    reveal(console, u"deleteName"_s);
    QTest::keyClicks(console.find<QLineEdit>(u"deleteName"_s), u"tuned"_s);
    console.click(u"deleteFunction"_s);
    QTRY_VERIFY(console.find<QPushButton>(u"guardConfirm"_s));
    console.click(u"guardCancel"_s);
    QTRY_VERIFY(!console.find<QWidget>(u"guardDialog"_s));
    QCOMPARE(m_platform->get("/v1/functions/tuned").status, 200);
}

void TestSettingsTab::checksTheEnvironmentAtTheRow()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    console.click(u"addVariable"_s);
    const auto fields = [&](const QString &name) {
        return console.window.findChildren<QLineEdit *>(name);
    };
    const auto note = [&] {
        return console.window.findChildren<QLabel *>(u"variableNote"_s).last()->text();
    };
    QTRY_COMPARE(fields(u"variableName"_s).size(), 2);
    QLineEdit *name = fields(u"variableName"_s).last();
    QTRY_VERIFY(name->hasFocus());
    QTest::keyClicks(name, u"9LIVES"_s);
    QVERIFY(note().contains(u"does not begin with a figure"_s));
    name->selectAll();
    QTest::keyClicks(name, u"COLOUR"_s);
    QVERIFY(note().contains(u"twice"_s));
    QVERIFY(!console.find<QPushButton>(u"apply"_s)->isEnabled());
    name->selectAll();
    QTest::keyClicks(name, u"NEST_X"_s);
    QVERIFY(note().contains(u"the platform's"_s));
    name->selectAll();
    QTest::keyClicks(name, u"SIZE"_s);
    QLineEdit *value = fields(u"variableValue"_s).last();
    value->setText(QString(40'000, u'x')); // as pasted
    QVERIFY(note().contains(u"32 KiB"_s));
    value->setText(u"large"_s);
    QCOMPARE(note(), u"new"_s);
    QTest::mouseClick(console.window.findChildren<QPushButton *>(u"variableAct"_s).first(), Qt::LeftButton);
    QVERIFY(console.text(u"summary"_s).contains(u"COLOUR is removed from the environment"_s));
    QTest::keyClicks(console.find<QLineEdit>(u"changeReason"_s), u"sizes, no colours"_s);
    console.click(u"apply"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(deployment()[u"environment"_s].toObject(), (QJsonObject{{u"SIZE"_s, u"large"_s}}));
}

void TestSettingsTab::keepsWhatWasTypedWhenSomebodyElseChangedIt()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    type(console.find<QDoubleSpinBox>(u"concurrency"_s), u"33"_s);
    putMaximum(7, u"theirs"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        console.text(u"conflict"_s).contains(u"The maximum goes from 5 to 7 instances."_s), answerLimit);
    QVERIFY(console.text(u"conflict"_s).contains(u"theirs"_s));
    QCOMPARE(console.find<QDoubleSpinBox>(u"concurrency"_s)->value(), 33.0);
    reveal(console, u"apply"_s);
    console.picture(u"settings-conflict"_s);
    console.click(u"mineOnTop"_s);
    QCOMPARE(console.find<QDoubleSpinBox>(u"maximum"_s)->value(), 7.0);
    QCOMPARE(console.text(u"summary"_s), u"One instance gets at most 33 requests at once, not 100."_s);
    QTest::keyClicks(console.find<QLineEdit>(u"changeReason"_s), u"mine on top"_s);
    console.click(u"apply"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    const QJsonObject now = deployment();
    QCOMPARE(now[u"concurrencyLimit"_s].toInt(), 33);
    QCOMPARE(now[u"scaling"_s][u"maximum"_s].toInt(), 7);

    // With nothing typed their change is simply shown; with something it can be thrown away.
    putMaximum(6, u"theirs again"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.find<QDoubleSpinBox>(u"maximum"_s)->value(), 6.0, answerLimit);
    type(console.find<QDoubleSpinBox>(u"concurrency"_s), u"44"_s);
    putMaximum(4, u"and again"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"takeTheirs"_s), answerLimit);
    console.click(u"takeTheirs"_s);
    QCOMPARE(console.find<QDoubleSpinBox>(u"concurrency"_s)->value(), 33.0);
    QCOMPARE(console.find<QDoubleSpinBox>(u"maximum"_s)->value(), 4.0);
}

void TestSettingsTab::isRefusedAfterAChangeThatItDidNotSee()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    type(console.find<QDoubleSpinBox>(u"concurrency"_s), u"12"_s);
    QTest::keyClicks(console.find<QLineEdit>(u"changeReason"_s), u"fewer at once"_s);
    putMaximum(9, u"first"_s);
    console.click(u"apply"_s); // the watch has hardly told of it; told or refused, it ends the same
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"conflict"_s).contains(u"from 5 to 9"_s), answerLimit);
    QCOMPARE(deployment()[u"concurrencyLimit"_s].toInt(), 100);
    QCOMPARE(console.find<QLineEdit>(u"changeReason"_s)->text(), u"fewer at once"_s);
    console.click(u"mineOnTop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"apply"_s)->isEnabled(), answerLimit);
    console.click(u"apply"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(deployment()[u"concurrencyLimit"_s].toInt(), 12);
    QCOMPARE(deployment()[u"scaling"_s][u"maximum"_s].toInt(), 9);
}

void TestSettingsTab::putsMineOnTopOfTheirs()
{
    nest::console::DeploymentSettings base;
    base.environment = {{"A", "1"}, {"B", "2"}, {"C", "3"}};
    base.secrets = {{"S", "S"}, {"GONE", "GONE"}};
    auto mine = base;
    mine.secrets = {{"S", "S"}, {"MINE", "S"}};
    mine.scaling.maximum = 4;
    mine.environment = {{"A", "mine"}, {"C", "3"}, {"D", "4"}};
    auto theirs = base;
    theirs.scaling.maximum = 6;
    theirs.scaling.reserved = 2;
    theirs.environment = {{"A", "1"}, {"B", "2"}, {"C", "theirs"}};
    theirs.secrets = {{"S", "OTHER"}, {"GONE", "GONE"}};
    const auto both = nest::console::rebased(base, mine, theirs);
    QCOMPARE(both.scaling.maximum, 4);
    QCOMPARE(both.scaling.reserved, 2);
    const nest::wire::Environment expected{{"A", "mine"}, {"C", "theirs"}, {"D", "4"}};
    QVERIFY(both.environment == expected);
    const nest::wire::Environment handed{{"S", "OTHER"}, {"MINE", "S"}};
    QVERIFY(both.secrets == handed);
    QCOMPARE(nest::console::changeSentences(base, both),
             (QStringList{u"Reserved instances go from 0 to 2."_s,
                          u"The maximum goes from 10 to 4 instances."_s, u"A goes from “1” to “mine”."_s,
                          u"C goes from “3” to “theirs”."_s, u"D is new in the environment, with “4”."_s,
                          u"B is removed from the environment; it was “2”."_s,
                          u"The secret S is handed over as MINE."_s, u"S is the secret OTHER, not S."_s,
                          u"The secret GONE is not handed over any more."_s}));
    QCOMPARE(nest::console::changeSentences(base, base), QStringList());

    const auto figures = nest::console::readManifest(
        "name: x\r\nmemory: 512 # MB\nenvironment:\n  # a word\n  A: \"one two\"\n  B: 'x'\ntimeout: 9\n");
    QVERIFY(figures.memoryMegabytes == 512 && figures.timeoutSeconds == 9);
    const nest::wire::Environment read{{"A", "one two"}, {"B", "x"}};
    QVERIFY(figures.environment == read);
    QVERIFY(!nest::console::readManifest("name: x\n").memoryMegabytes);
    QCOMPARE(nest::console::readManifest("network:\n  # of orders\n  grants:\n  - {name: db}\nmemory: 1\n")
                 .network,
             (QStringList{u"grants:"_s, u"- {name: db}"_s}));
    QCOMPARE(nest::console::readManifest("network: {egress: open}\n").network,
             QStringList(u"{egress: open}"_s));
}

void TestSettingsTab::showsWhatBelongsToTheCode()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"version.memory"_s), u"128 MB"_s, answerLimit);
    QCOMPARE(console.text(u"version.timeout"_s), u"7 s"_s);
    QCOMPARE(console.text(u"version.environment"_s), u"GREETING=Hello"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"draft.memory"_s), u"128 MB"_s, answerLimit);
    QCOMPARE(console.text(u"draft.environment"_s), u"GREETING=Hello"_s);
    QCOMPARE(console.text(u"version.network"_s), u"none"_s);
    QCOMPARE(console.text(u"draft.network"_s), u"none"_s);
    QSignalSpy asked(&console.pages.function(), &nest::console::FunctionPage::tabRequested);
    reveal(console, u"changeInCode"_s);
    console.click(u"changeInCode"_s);
    // Its own page has no Code tab here, or shows it.
    QVERIFY(asked.size() == 1 || console.pages.function().currentTab()->info().id == u"code"_s);
}

void TestSettingsTab::savesTheFunctionsOwnFields()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    reveal(console, u"saveFields"_s);
    auto *owner = console.find<QLineEdit>(u"field.owner"_s);
    owner->selectAll();
    QTest::keyClicks(owner, u"team price"_s);
    console.picture(u"settings-fields"_s);
    console.click(u"saveFields"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"fieldsNote"_s), u"Saved."_s, answerLimit);
    const auto now = QJsonDocument::fromJson(m_platform->get("/v1/functions/tuned").body).object();
    QCOMPARE(now[u"owner"_s].toString(), u"team price"_s);
    QVERIFY(!console.find<QPushButton>(u"saveFields"_s)->isEnabled());
}

void TestSettingsTab::deletesAfterTheNameWasTyped()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    reveal(console, u"deleteProblem"_s);
    reveal(console, u"deleteFunction"_s);
    QVERIFY(console.text(u"deleteWhat"_s).contains(u"default/main/local"_s));
    auto *remove = console.find<QPushButton>(u"deleteFunction"_s);
    QVERIFY(!remove->isEnabled());
    QTest::keyClicks(console.find<QLineEdit>(u"deleteName"_s), u"tune"_s);
    QVERIFY(!remove->isEnabled());
    QTest::keyClicks(console.find<QLineEdit>(u"deleteName"_s), u"d"_s);
    QVERIFY(remove->isEnabled());
    console.picture(u"settings-delete"_s);
    QTest::mouseClick(remove, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_platform->get("/v1/functions/tuned").status, 404, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"There is no function tuned"_s), answerLimit);
}

QTEST_MAIN(TestSettingsTab)
#include "tst_settingstab.moc"
