// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog Deploy over the real window against a real nestd, by keys and clicks. What was written is read
// back from the API.
#include "app/console/changes/codechanges.h"
#include "models/guard.h"
#include "tests/console/deploy/deploybench.h"
#include "tests/support/testplatform.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/state/toast.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::models::Guard;
using Console = nest::testsupport::DeployConsole;
using namespace nest::testsupport;

class TestDeployDialog final : public QObject, private nest::testsupport::DeployBench
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void deploysToOneGroupAndLeavesTheOther();
    void makesAGroupAndComesBackWithItChosen();
    void splitsRequestsByHand();
    void leavesTheOnlyGroupAloneWhenAnotherIsMade();
    void checksWhileTyping();
    void meetsASecondWriter();
    void guardsProduction();
    void undoesByKeyAndDeletesWhatWasNew();
    void retriesWhatFailed();
    void keepsEverythingWhileOffline();
    void publishesABuildFirst();
    void firstDeploymentTakesTheManifest();
};

void TestDeployDialog::init()
{
    startPlatform();
}

void TestDeployDialog::cleanup()
{
    stop();
}

void TestDeployDialog::deploysToOneGroupAndLeavesTheOther()
{
    begin();
    QVERIFY(!m_console->canDeploy());
    QCOMPARE(m_console->text(u"missing"_s), u"Choose at least one group."_s);
    m_console->tick(local);
    QCOMPARE(m_console->text(u"groupCount"_s), u"1 of 3 selected"_s);
    m_console->type(u"reason"_s, u"try it in one region"_s);
    QVERIFY(m_console->canDeploy());
    QCOMPARE(m_console->text(u"summaryHeading"_s), u"What will happen"_s);
    const QRect place = m_console->dialog->panel()->geometry();
    const auto *tabs = m_console->part<nest::widgets::TabStrip>(u"deployTabs"_s);
    QTest::keyClick(m_console->part<QAbstractButton>(u"cell:default/main/local"_s), Qt::Key_D);
    QCOMPARE(tabs->current(), u"code"_s);
    QCOMPARE(m_console->dialog->panel()->geometry(), place); // no button moves away under the pointer
    QTRY_VERIFY_WITH_TIMEOUT(m_console->part<nest::console::CodeChanges>({})->count() == 1, answerLimit);
    QVERIFY(m_console->part<QWidget>(u"changedFiles"_s)->isVisible()); // the name stays in view
    m_console->save(u"deploy-code-dark"_s);
    m_console->save(u"deploy-chosen-dark"_s);
    QTest::keyClick(m_console->part<QLineEdit>(u"reason"_s), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->state(local), u"Changed · at zero, the first request starts v3"_s,
                              answerLimit);
    QCOMPARE(m_console->text(u"deployTitle"_s), u"v3 is deployed"_s);
    QCOMPARE(m_console->text(u"summaryHeading"_s), u"What happened"_s);
    QCOMPARE(sentences(), QStringList{u"v3 was deployed to default/main/local"_s});
    QCOMPARE(m_console->part<QWidget>(u"deployOutcome"_s)->accessibleName(), u"Done"_s);
    QCOMPARE(m_console->dialog->panel()->geometry(), place);
    QCOMPARE(weights(local), u"v3:100"_s);
    QCOMPARE(deployment(local)[u"reason"].toString(), u"try it in one region"_s);
    QCOMPARE(weights(second), u"v2:100"_s);
    QVERIFY(deployment(lane)[u"weights"].toArray().isEmpty());
    m_console->save(u"deploy-done-dark"_s);
}

void TestDeployDialog::makesAGroupAndComesBackWithItChosen()
{
    begin();
    m_console->tick(local);
    m_console->type(u"reason"_s, u"a place to try it"_s);
    m_console->click(u"newGroup"_s);
    auto *name = m_console->part<QLineEdit>(u"groupLane"_s);
    QTRY_VERIFY(name && name->hasFocus());
    m_console->save(u"deploy-newgroup-dark"_s);
    QTest::keyClicks(name, u"pr-7"_s);
    m_console->click(u"makeGroup"_s);
    const auto cell = [this] {
        return m_console->part<QAbstractButton>(u"cell:default/pr-7/local"_s);
    };
    QTRY_VERIFY_WITH_TIMEOUT(cell() && cell()->isChecked(), answerLimit);
    QVERIFY(m_console->part<QAbstractButton>(u"cell:default/main/local"_s)->isChecked()); // nothing is lost
    QCOMPARE(m_console->part<QLineEdit>(u"reason"_s)->text(), u"a place to try it"_s);
    QTRY_VERIFY(!m_console->part<QWidget>(u"groupDialog"_s));
    QVERIFY(m_console->dialog->isAncestorOf(QApplication::focusWidget()));
    m_console->click(u"deploy"_s);
    constexpr auto made = "default/pr-7/local";
    QTRY_VERIFY_WITH_TIMEOUT(m_console->state(made).startsWith(u"Changed"_s), answerLimit);
    QCOMPARE(weights(made), u"v3:100"_s);
}

void TestDeployDialog::leavesTheOnlyGroupAloneWhenAnotherIsMade()
{
    QCOMPARE(m_platform->deploy("hello", filesOf(1), "{}", local), QString());
    QCOMPARE(publish(2), 2);
    m_console = std::make_unique<Console>(m_platform->socket());
    QTRY_COMPARE_WITH_TIMEOUT(m_console->session.deployments().size(), 1U, answerLimit);
    m_console->open({.function = u"hello"_s, .build = {}, .version = 2});
    const auto cell = [this](const QString &group) {
        return m_console->part<QAbstractButton>(u"cell:"_s + group);
    };
    QTRY_VERIFY_WITH_TIMEOUT(cell(u"default/main/local"_s) && cell(u"default/main/local"_s)->isChecked(),
                             answerLimit); // where else
    m_console->click(u"newGroup"_s);
    auto *name = m_console->part<QLineEdit>(u"groupLane"_s);
    QTRY_VERIFY(name && name->hasFocus());
    QTest::keyClicks(name, u"pr-7"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(cell(u"default/pr-7/local"_s) && cell(u"default/pr-7/local"_s)->isChecked(),
                             answerLimit);
    QVERIFY(!cell(u"default/main/local"_s)->isChecked());
    m_console->click(u"deploy"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_console->state("default/pr-7/local").startsWith(u"Changed"_s), answerLimit);
    QCOMPARE(weights("default/pr-7/local"), u"v2:100"_s);
    QCOMPARE(weights(local), u"v1:100"_s);
}

void TestDeployDialog::splitsRequestsByHand()
{
    begin();
    m_console->tick(second);
    const auto segments = m_console->part<QWidget>(u"split:"_s + QString::fromLatin1(second))
                              ->findChildren<QAbstractButton *>();
    QTest::mouseClick(segments.last(), Qt::LeftButton);
    QCOMPARE(m_console->text(u"weights:"_s + QString::fromLatin1(second)), u"v2 80 % · v3 20 %"_s);
    m_console->click(u"deploy"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_console->state(second).startsWith(u"Changed"_s), answerLimit);
    QCOMPARE(weights(second), u"v2:80 v3:20"_s);
}

void TestDeployDialog::checksWhileTyping()
{
    begin();
    m_console->tick(local);
    const QString reserved = u"reserved:default/main/local"_s;
    m_console->type(reserved, u"9"_s);
    QCOMPARE(m_console->text(u"settingsProblem"_s), u"Reserved 9 is more than the maximum of 4."_s);
    QVERIFY(!m_console->canDeploy());
    m_console->type(reserved, u"many"_s);
    QCOMPARE(m_console->text(u"missing"_s), u"A field holds no number."_s);
    m_console->type(reserved, u"2"_s);
    QVERIFY(m_console->canDeploy());
    m_console->type(u"utilisation:default/main/local"_s, u"1.5"_s);
    QCOMPARE(m_console->text(u"missing"_s), u"The utilisation must lie between 0.05 and 1."_s);
    m_console->type(u"utilisation:default/main/local"_s, u"0.8"_s);
    m_console->type(u"maximum:default/main/local"_s, u"0"_s);
    QVERIFY(!m_console->canDeploy());
    m_console->type(u"maximum:default/main/local"_s, u"3"_s);
    QVERIFY(m_console->canDeploy());
    m_console->save(u"deploy-edited-dark"_s);
    m_console->theme.setChoice(nest::widgets::ThemeController::Choice::Light);
    m_console->save(u"deploy-edited-light"_s);
    for (const auto *tab : {"code", "config"}) {
        m_console->part<nest::widgets::TabStrip>(u"deployTabs"_s)->setCurrent(QString::fromLatin1(tab));
        QTRY_VERIFY_WITH_TIMEOUT(m_console->part<nest::console::CodeChanges>({})->count() == 1, answerLimit);
        m_console->save(u"deploy-%1-light"_s.arg(QString::fromLatin1(tab)));
    }
    m_console->click(u"deploy"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->state(local), u"Ready · 2 of 2 instances"_s, 40'000);
    m_console->save(u"deploy-ready-light"_s);
    const QJsonObject scaling = deployment(local)[u"scaling"].toObject();
    QCOMPARE(scaling[u"reserved"].toInt(), 2);
    QCOMPARE(scaling[u"maximum"].toInt(), 3);
    QCOMPARE(scaling[u"utilisation"].toDouble(), 0.8);
}

void TestDeployDialog::meetsASecondWriter()
{
    begin();
    m_console->tick(local);
    m_console->tick(second);
    // Somebody else is faster, and this console has not been told yet.
    const auto other = m_platform->api({"PUT",
                                        "/v1/functions/hello/deployments/" + QByteArray(local),
                                        R"({"weights":[{"version":2,"weight":100}],"scaling":{"maximum":7}})",
                                        {{"If-Match", "*"}}});
    QCOMPARE(other.status, 200);
    m_console->click(u"deploy"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_console->state(local).contains(u"changed it meanwhile. It is now v2, reserved 0, maximum 7"_s),
        answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(m_console->state(second).startsWith(u"Changed"_s), answerLimit); // not held up
    QCOMPARE(m_console->text(u"deployTitle"_s), u"v3 was not deployed to 1 of 2 groups"_s);
    QVERIFY(sentences().contains(u"v3 was not deployed to default/main/local"_s));
    QCOMPARE(weights(local), u"v2:100"_s); // not written over
    QCOMPARE(weights(second), u"v3:100"_s);
    m_console->save(u"deploy-stale-dark"_s);
    m_console->click(u"again:default/main/local"_s); // now that it was seen
    QTRY_VERIFY_WITH_TIMEOUT(m_console->state(local).startsWith(u"Changed"_s), answerLimit);
    QCOMPARE(weights(local), u"v3:100"_s);
}

void TestDeployDialog::guardsProduction()
{
    begin(Guard::Level::TypeName);
    m_console->tick(local);
    QCOMPARE(m_console->text(u"missing"_s), u"Production is read-only: unlock it first."_s);
    m_console->save(u"deploy-locked-dark"_s);
    m_console->click(u"unlock"_s); // without a reason nothing happens
    QVERIFY(m_console->guard.isLocked());
    m_console->type(u"unlockReason"_s, u"incident 12"_s);
    m_console->click(u"unlock"_s);
    QVERIFY(m_console->guard.isUnlocked());
    QCOMPARE(m_console->text(u"missing"_s), u"Type the function name to confirm."_s);
    m_console->type(u"confirmName"_s, u"hallo"_s);
    m_console->type(u"reason"_s, u"tax per city"_s);
    QVERIFY(!m_console->canDeploy());
    QTest::keyClick(m_console->part<QLineEdit>(u"reason"_s), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_console->canDeploy() == false && weights(local) == u"v1:100"_s);
    m_console->type(u"confirmName"_s, u"hello"_s);
    QVERIFY(m_console->canDeploy());
    m_console->save(u"deploy-production-dark"_s);
    m_console->type(u"reason"_s, u" "_s);
    QCOMPARE(m_console->text(u"missing"_s), u"Give a reason."_s);
    m_console->type(u"reason"_s, u"tax per city"_s);
    m_console->guard.lock(); // the time is over just now
    QVERIFY(!m_console->canDeploy());
    QCOMPARE(weights(local), u"v1:100"_s);
}

void TestDeployDialog::undoesByKeyAndDeletesWhatWasNew()
{
    begin();
    m_console->tick(local);
    m_console->tick(lane);
    m_console->click(u"deploy"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->toasts->toasts().size(), 1, answerLimit);
    QCOMPARE(weights(local), u"v3:100"_s);
    QCOMPARE(weights(lane), u"v3:100"_s);
    m_console->save(u"deploy-toast-dark"_s);
    QTest::keyClick(m_console->window.focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->state(local), u"Back to v1"_s, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->state(lane), u"Deleted again"_s, answerLimit);
    QCOMPARE(m_console->text(u"deployTitle"_s), u"v3 was taken back"_s);
    QCOMPARE(sentences(), (QStringList{u"v3 was taken back in default/lane-42/local"_s,
                                       u"v3 was taken back in default/main/local"_s}));
    QCOMPARE(m_console->part<QWidget>(u"deployOutcome"_s)->accessibleName(), u"Taken back"_s);
    QCOMPARE(weights(local), u"v1:100"_s);
    QTRY_COMPARE(m_platform->get("/v1/functions/hello/deployments/" + QByteArray(lane)).status, 404);
    // The dialog is gone, the toast of a second one is still there: Undo from the window.
    m_console->click(u"cancel"_s);
    QTRY_VERIFY(m_console->dialog.isNull());
    m_console->open({.function = u"hello"_s, .build = {}, .version = 3});
    // As soon as this console was told of the undo.
    QTRY_VERIFY_WITH_TIMEOUT(m_console->part<QAbstractButton>(u"cell:default/main/local"_s)
                                 ->accessibleDescription()
                                 .startsWith(u"v1 "_s),
                             answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->text(u"missing"_s), u"Choose at least one group."_s, answerLimit);
    m_console->tick(local);
    m_console->click(u"deploy"_s);
    QTest::keyClick(m_console->window.focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(m_console->dialog.isNull());
    QTRY_VERIFY_WITH_TIMEOUT(!m_console->toasts->toasts().isEmpty() &&
                                 m_console->toasts->toasts().last()->text().action == u"Undo"_s,
                             answerLimit);
    QTest::mouseClick(m_console->toasts->toasts().last()->findChild<QAbstractButton *>(u"toastAction"_s),
                      Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(weights(local), u"v1:100"_s, answerLimit);
}

void TestDeployDialog::retriesWhatFailed()
{
    begin();
    m_console->tick(local);
    m_platform->kill();
    m_console->click(u"deploy"_s); // it was not noticed yet
    QTRY_VERIFY_WITH_TIMEOUT(m_console->part<QAbstractButton>(u"again:default/main/local"_s)->isVisible(),
                             answerLimit);
    QVERIFY2(m_console->state(local).contains(u"No platform answers"_s) ||
                 m_console->state(local).contains(u"connection"_s),
             qPrintable(m_console->state(local)));
    m_console->save(u"deploy-failed-dark"_s);
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(m_console->session.isConnected(), answerLimit);
    m_console->click(u"again:default/main/local"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_console->state(local).startsWith(u"Changed"_s), answerLimit);
    QCOMPARE(weights(local), u"v3:100"_s);
}

void TestDeployDialog::keepsEverythingWhileOffline()
{
    begin();
    m_console->tick(local);
    m_console->type(u"reserved:default/main/local"_s, u"1"_s);
    m_console->type(u"reason"_s, u"kept"_s);
    m_platform->kill();
    QTRY_COMPARE_WITH_TIMEOUT(m_console->text(u"missing"_s), u"Offline: nothing can be deployed."_s,
                              answerLimit);
    QVERIFY(!m_console->canDeploy());
    m_console->save(u"deploy-offline-dark"_s);
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(m_console->canDeploy(), answerLimit);
    QCOMPARE(m_console->part<QLineEdit>(u"reserved:default/main/local"_s)->text(), u"1"_s);
    QCOMPARE(m_console->part<QLineEdit>(u"reason"_s)->text(), u"kept"_s);
}

void TestDeployDialog::publishesABuildFirst()
{
    QCOMPARE(m_platform->deploy("hello", filesOf(1), "{}", local), QString());
    const auto body =
        QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(filesOf(2)["src/handler.js"])}}).toJson();
    (void)m_platform->api({"PUT", "/v1/functions/hello/files/src/handler.js", body, {{"If-Match", "*"}}});
    QCOMPARE(m_platform->api({"POST", "/v1/functions/hello/builds"}).status, 202);
    m_console = std::make_unique<Console>(m_platform->socket());
    QVERIFY(QTest::qWaitForWindowExposed(&m_console->window));
    QTRY_VERIFY_WITH_TIMEOUT(m_console->session.deployments().size() == 1, answerLimit);
    m_console->open({.function = u"hello"_s, .build = 2, .version = {}});
    QTRY_COMPARE_WITH_TIMEOUT(m_console->part<QComboBox>(u"version"_s)->currentText(),
                              u"Publish build #2 as v2…"_s, answerLimit);
    QCOMPARE(m_console->text(u"missing"_s), u"Publish the build first."_s);
    m_console->type(u"description"_s, u"tax per city"_s);
    m_console->save(u"deploy-publish-dark"_s);
    m_console->click(u"publish"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->text(u"publishResult"_s),
                              u"Published as v2. It can be deployed now."_s, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->part<QComboBox>(u"version"_s)->currentText(), u"v2  tax per city"_s,
                              answerLimit);
    QTRY_VERIFY(m_console->part<QAbstractButton>(u"deploy"_s)->text() == u"Deploy v2"_s);
}

/// What function.yaml says of scaling holds for the first deployment, but for what was typed.
void TestDeployDialog::firstDeploymentTakesTheManifest()
{
    QCOMPARE(m_platform->api({"POST", "/v1/functions", R"({"name":"hello"})"}).status, 201);
    auto files = filesOf(1);
    files["function.yaml"].append("scaling:\n  maximum: 5\n  threshold: 20\n");
    for (auto file = files.begin(); file != files.end(); ++file) {
        const auto body =
            QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(file.value())}}).toJson();
        (void)m_platform->api({"PUT", "/v1/functions/hello/files/" + file.key(), body, {{"If-Match", "*"}}});
    }
    QCOMPARE(m_platform->api({"POST", "/v1/functions/hello/builds"}).status, 202);
    m_console = std::make_unique<Console>(m_platform->socket());
    QVERIFY(QTest::qWaitForWindowExposed(&m_console->window));
    QTRY_VERIFY_WITH_TIMEOUT(m_console->session.functions().size() == 1, answerLimit);
    m_console->open({.function = u"hello"_s, .build = {}, .version = {}});
    QTRY_COMPARE_WITH_TIMEOUT(m_console->part<QComboBox>(u"version"_s)->currentText(),
                              u"Publish build #1 as v1…"_s, answerLimit);
    m_console->click(u"publish"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->text(u"groupCount"_s), u"1 of 1 selected"_s,
                              answerLimit); // where else
    m_console->type(u"threshold:default/main/local"_s, u"30"_s);
    m_console->type(u"utilisation:default/main/local"_s, u"0.9"_s);
    m_console->type(u"utilisation:default/main/local"_s, {}); // thought better of it
    QTRY_VERIFY(m_console->canDeploy());
    m_console->save(u"deploy-first-dark"_s);
    m_console->click(u"deploy"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_console->state(local).startsWith(u"Changed"_s), answerLimit);
    const QJsonObject scaling = deployment(local)[u"scaling"].toObject();
    QCOMPARE(scaling[u"maximum"].toInt(), 5);
    QCOMPARE(scaling[u"threshold"].toDouble(), 30.0);
    QCOMPARE(scaling[u"utilisation"].toDouble(), 0.7);
}

QTEST_MAIN(TestDeployDialog)
#include "tst_deploydialog.moc"
